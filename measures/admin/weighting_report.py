"""What answers were weighted by and what that cost: the weighting report of the desk."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from measures.admin.asked import Survey, surveys_with_results
from measures.admin.chart_margins import Shift, draw_shifts
from measures.admin.charts import Key, Picture
from measures.admin.desk import SEE_RESULTS, in_words, name_of, page, require
from measures.admin.spans import newest, quarters, years
from measures.admin.which_survey import links_to_surveys
from measures.compute.tables import answer_table
from measures.compute.weighting import MarginRow, Weighting, weighting_of
from measures.publications.charts.tint import tinted
from measures.stats.rounding import with_commas
from measures.stats.values import NotAvailable
from surveys.models.audit import record
from surveys.tally.joined import published_of
from surveys.tally.periods import Span, parse_span
from surveys.tally.tabulated import stratum_words
from surveys.versions.read import definition_of

MOST_CELLS = 10
# A gap below this is rounding, as a part of a margin's people.
SETTLED = 0.0005


@dataclass(frozen=True)
class Heavy:
    """A weighting cell whose people count for most: each of them for so many."""

    label: str
    people: int
    weight: float


@require_safe
def show_weighting(request: HttpRequest) -> HttpResponse:
    """The margins before and after, the largest weights, what they cost; looking is recorded."""
    require(request, SEE_RESULTS)
    surveys = surveys_with_results()
    survey = _survey(request.GET.get("survey", ""), surveys)
    spans = _spans(survey)
    span = _span(request.GET.get("period", ""), survey, spans)
    found = weighting_of(survey.slug, span) if span else NotAvailable(_("nobody answered yet"))
    if span is not None:
        record(name_of(request), "view weighting", subject=survey.slug, period=span.key)
    return page(
        request,
        "weighting.html",
        title=_("Weighting: %s") % survey.label,
        room="results-weighting",
        survey=survey.slug,
        surveys=links_to_surveys("results-weighting", surveys, current=survey.slug),
        spans=spans,
        span=span,
        **(_report(found, survey) if isinstance(found, Weighting) else {"reason": found.reason}),
    )


def _report(weighting: Weighting, survey: Survey) -> dict[str, Any]:
    table = answer_table(survey.slug, survey.headline.name, span=weighting.span, is_weighted=False)
    return {
        "is_synthetic": table.is_synthetic,
        "weighting": weighting,
        "headline": _headline(weighting),
        "facts": _facts(weighting),
        "settled": _settled(weighting),
        "margins": [
            {
                "field": in_words(field),
                "rows": _rows(rows),
                "nobody": _nobody(rows),
                "picture": _picture(weighting, field),
            }
            for field, rows in weighting.margins.items()
        ],
        "heavy": _heaviest(weighting),
    }


def _headline(weighting: Weighting) -> str:
    worth = int(weighting.efficiency * weighting.people)
    return _(
        "Weighted, the answers of %(people)s people tell as much as those of %(worth)s who all "
        "weigh alike."
    ) % {"people": with_commas(weighting.people), "worth": with_commas(worth)}


def _facts(weighting: Weighting) -> list[tuple[str, str, str]]:
    return [
        (_("People who answered"), with_commas(weighting.people), ""),
        (
            _("Efficiency"),
            f"{100 * weighting.efficiency:.0f}%",
            _("effective base by people, 100% where all weigh alike"),
        ),
        (_("Largest weight"), f"{weighting.largest:.2f}", _("one person counts for so many")),
        (_("Smallest weight"), f"{weighting.smallest:.2f}", ""),
    ]


def _settled(weighting: Weighting) -> str:
    """How raking went: rounds, the gap that is left, and whose weights were trimmed."""
    rounds = ngettext(
        "Raking settled after %(n)s round.", "Raking settled after %(n)s rounds.", weighting.rounds
    ) % {"n": weighting.rounds}
    trimmed = ngettext(
        "The weight of %(n)s person was held at a limit.",
        "The weights of %(n)s people were held at a limit.",
        weighting.trimmed,
    ) % {"n": weighting.trimmed}
    left = (
        _("Every margin is met.")
        if weighting.largest_gap < SETTLED
        else _("A margin is still missed by %(gap)s%% of its people.")
        % {"gap": f"{100 * weighting.largest_gap:.1f}"}
    )
    held = trimmed if weighting.trimmed else _("No weight had to be held at a limit.")
    return f"{rounds} {left} {held}"


def _rows(rows: tuple[MarginRow, ...]) -> list[dict[str, str]]:
    return [
        {
            "label": row.label,
            "n": with_commas(row.n),
            "population": "–" if row.population is None else _percent(row.population),
            "unweighted": _percent(row.unweighted),
            "weighted": _percent(row.weighted),
            "moved": _moved(row.weighted - row.unweighted),
        }
        for row in rows
    ]


def _moved(share: float) -> str:
    """ "+3.4" or "−3.2" percentage points; what rounds to nothing has no sign."""
    points = round(100 * share, 1)
    return f"{points:+.1f}".replace("-", "−") if points else "0.0"


def _nobody(rows: tuple[MarginRow, ...]) -> str:
    """Who is in the population and did not answer at all, so that the others stand for them."""
    labels = [row.label for row in rows if row.population is not None and not row.n]
    if not labels:
        return ""
    return _("Nobody answered of: %s. The others stand for them.") % ", ".join(labels)


def _picture(weighting: Weighting, field: str) -> Picture:
    rows = weighting.margins[field]
    title = _("%s: before and after weighting") % in_words(field)
    shifts = [Shift(row.label, row.unweighted, row.weighted, with_commas(row.n)) for row in rows]
    described = "; ".join(
        f"{row.label} {_percent(row.unweighted)}, {_percent(row.weighted)}" for row in rows
    )
    svg = draw_shifts(shifts, name=f"margin-{field}", title=title, described=described)
    return Picture(
        title,
        _("Share of all, %s") % weighting.span.label,
        described,
        tinted(svg),
        keys=(Key("slate", _("as they came")), Key("teal", _("weighted"))),
    )


def _heaviest(weighting: Weighting) -> list[Heavy]:
    version = published_of(weighting.survey)[-1]
    fields = tuple(definition_of(version).strata)
    words = stratum_words(version, fields)
    sample = weighting.sample
    order = np.argsort(-sample.weight, kind="stable")[:MOST_CELLS]
    return [
        Heavy(
            _cell_in_words(weighting.strata[at], fields, words),
            people=int(sample.frequency[at]),
            weight=float(sample.weight[at]),
        )
        for at in order
    ]


def _cell_in_words(stratum: str, fields: tuple[str, ...], words: dict[str, dict[str, str]]) -> str:
    """The words of a weighting cell: "Ashford, Female, 25 to 34"."""
    codes = stratum.split("|")
    if len(codes) != len(fields):
        return stratum
    told = (words[name].get(code, code) for name, code in zip(fields, codes, strict=True))
    return ", ".join(told)


def _survey(slug: str, surveys: list[Survey]) -> Survey:
    """The survey asked for, or the first that is weighted at all."""
    found = next((one for one in surveys if one.slug == slug), None)
    if slug and found is None:
        raise Http404(f"no survey called {slug} has results")
    weighted = (one for one in surveys if definition_of(published_of(one.slug)[-1]).strata)
    chosen = found or next(weighted, next(iter(surveys), None))
    if chosen is None:
        raise Http404("no survey was ever published")
    return chosen


def _spans(survey: Survey) -> list[Span]:
    """The years and quarters to look at, newest first."""
    if survey.months is None:
        return []
    return sorted([*quarters(survey.months), *years(survey.months)], key=_by_end, reverse=True)


def _by_end(span: Span) -> tuple[Any, int]:
    return span.last, len(list(span.months()))


def _span(key: str, survey: Survey, spans: list[Span]) -> Span | None:
    """The span asked for, else the newest whole year; None where nobody answered."""
    if survey.months is None:
        return None
    try:
        asked = parse_span(key) if key else None
    except ValueError:
        asked = None
    return asked if asked in spans else newest(survey.months)


def _percent(share: float) -> str:
    return f"{100 * share:.1f}%"
