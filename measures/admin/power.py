"""What would this sample be able to tell? Smallest changes by number of answers, on the desk."""

from dataclasses import dataclass
from math import ceil
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from measures.admin.asked import Survey, surveys_with_results
from measures.admin.chart_power import draw_power
from measures.admin.charts import Picture
from measures.admin.desk import SEE_RESULTS, page, require
from measures.admin.planned import Planned, read_planned
from measures.admin.which_survey import Link, links_to_surveys
from measures.publications.charts.tint import tinted
from measures.stats.claims import judge_base, may_claim
from measures.stats.power import detectable_change, margin_of_error, sample_for
from surveys.tally.joined import published_of
from surveys.versions.read import definition_of

# Numbers of answers that offices of this kind have; what was asked for is put among them.
SIZES = (50, 100, 150, 200, 300, 400, 600, 800, 1000, 1500, 2000, 3000)


@dataclass(frozen=True)
class Line:
    """What so many answers tell, in percentage points; None where no change would be told."""

    n: int
    margin: float
    up: float | None
    down: float | None
    marker: str
    is_asked: bool


@require_safe
def show_power(request: HttpRequest) -> HttpResponse:
    """What was planned, as a sentence, a chart and a table by number of answers."""
    require(request, SEE_RESULTS)
    surveys = surveys_with_results()
    planned = read_planned(request.GET, surveys)
    slug = planned.survey.slug if planned.survey else ""
    return page(
        request,
        "power.html",
        title=_("What would this sample be able to tell?"),
        room="results-power",
        survey=slug,
        surveys=_surveys(surveys, slug),
        planned=planned,
        forbidden=_forbidden(planned.survey),
        **_found(planned),
    )


def _surveys(surveys: list[Survey], slug: str) -> list[Link]:
    """To begin from one of the surveys, or from none."""
    none = Link(_("no survey"), reverse("results-power"), not slug)
    return [none, *links_to_surveys("results-power", surveys, current=slug)]


def _found(planned: Planned) -> dict[str, Any]:
    """The sentence, the chart and the table; nothing where the design forbids them."""
    if _forbidden(planned.survey):
        return {}
    lines = _lines(planned)
    return {
        "headline": _headline(planned),
        "answers_for": _answers_for(planned),
        "picture": _picture(planned, lines),
        "lines": lines,
    }


def _forbidden(survey: Survey | None) -> str:
    """Why nothing can be told of this survey's changes; empty where it can."""
    if survey is None:
        return ""
    claim = may_claim(definition_of(published_of(survey.slug)[-1]).design)
    return "" if claim.margin_of_error else claim.words


def _lines(planned: Planned) -> list[Line]:
    most = planned.population
    sizes = sorted({planned.n, *(n for n in SIZES if most is None or n <= most)})
    return [_line(planned, n) for n in sizes]


def _line(planned: Planned, n: int) -> Line:
    share, plan = planned.share / 100, planned.plan
    found = detectable_change(share, n, plan=plan)
    return Line(
        n,
        margin=100 * margin_of_error(share, n, plan=plan),
        up=None if found.up is None else 100 * found.up,
        down=None if found.down is None else 100 * found.down,
        marker=judge_base(n, plan.effective(n)).marker,
        is_asked=n == planned.n,
    )


def _headline(planned: Planned) -> str:
    """What the number of answers tells, in a sentence that a Commissioner would repeat."""
    line = _line(planned, planned.n)
    often = {80: _("four times in five"), 90: _("nine times in ten")}[planned.power]
    named = {"n": f"{planned.n:,}", "share": f"{planned.share:g}", "often": often}
    if line.up is None and line.down is None:
        return _("With %(n)s answers each time no change from %(share)s%% would be told.") % named
    named["ways"] = _ways(line)
    return (
        _(
            "With %(n)s answers each time, a share of %(share)s%% must %(ways)s percentage points "
            "or more to be told from chance %(often)s."
        )
        % named
    )


def _ways(line: Line) -> str:
    """ "rise by 10 or fall by 11", in whole percentage points rounded up."""
    if line.up is not None and line.down is not None and _points(line.up) == _points(line.down):
        return _("rise or fall by %s") % _points(line.up)
    ways = [
        words % _points(points)
        for words, points in ((_("rise by %s"), line.up), (_("fall by %s"), line.down))
        if points is not None
    ]
    return _(" or ").join(ways)


def _answers_for(planned: Planned) -> str:
    """How many answers the change that is worth telling takes, upwards and downwards."""
    told = []
    for sign, way in ((1, _("rise")), (-1, _("fall"))):
        if 0 <= planned.share + sign * planned.change <= 100:
            n = sample_for(planned.share / 100, sign * planned.change / 100, plan=planned.plan)
            told.append(_("%(n)s for a %(way)s") % {"n": f"{n:,}", "way": way})
    if not told:
        return _("No share can change by so much from there.")
    return _(
        "A change of %(change)s percentage points takes this many answers each time: %(told)s."
    ) % {
        "change": f"{planned.change:g}",
        "told": ", ".join(told),
    }


def _picture(planned: Planned, lines: list[Line]) -> Picture:
    share, plan = planned.share / 100, planned.plan

    def smallest(n: int) -> float | None:
        up = detectable_change(share, n, plan=plan).up
        return None if up is None else 100 * up

    title = _("The more answers, the smaller the change that is told")
    described = "; ".join(f"{one.n:,}: {one.up:.1f}" for one in lines if one.up is not None)
    svg = draw_power(
        smallest,
        asked=planned.n,
        reach=(min(lines[0].n, SIZES[0]), max(lines[-1].n, 2 * lines[0].n)),
        name="power",
        title=title,
        described=described,
    )
    subtitle = _("Smallest rise from %s%% that is told, in percentage points, by answers each time")
    return Picture(title, subtitle % f"{planned.share:g}", described, tinted(svg))


def _points(points: float) -> str:
    """Whole points, rounded up: what is promised must be told."""
    return str(ceil(points - 1e-9))
