"""How the fieldwork goes, on the desk: response rates by mode, and bringing the cases' outcomes."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from measures.admin.desk import SEE_RESULTS, go, in_words, may, name_of, page, require, typed
from measures.admin.fieldwork_rows import (
    case_rows,
    channel_rows,
    facts_of,
    picture_of,
    rate_rows,
)
from measures.admin.which_survey import links_to_surveys, published_surveys, survey_asked_for
from measures.compute.channels import ChannelEffect, channel_effect
from measures.compute.fieldwork import fieldwork_of, quarters_on_record
from measures.figures.dispositions import (
    MODES,
    Ended,
    Stored,
    parse_dispositions,
    read_counts_typed,
    refuse_without_sample,
    store_dispositions,
)
from measures.figures.parsed import Unreadable
from measures.stats.rates import USUAL_CODES
from measures.stats.rounding import with_commas
from measures.stats.values import NotAvailable
from surveys.models.audit import record
from surveys.models.versions import Survey
from surveys.tally.periods import Span, four_quarters_to, parse_span

BRING = "measures.add_disposition"
# A row for each quarter, mode and code: even ten years are far smaller.
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Given:
    """What was typed into the form, and why nothing of it was stored."""

    quarter: str = ""
    mode: str = ""
    counts: dict[str, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


# The token is checked by the inner view: reading it here would read a file of any size first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show_fieldwork(request: HttpRequest) -> HttpResponse:
    """The rates of one survey over a quarter or four, and a form that brings more cases."""
    require(request, SEE_RESULTS)
    told = request.META.get("CONTENT_LENGTH") or ""
    if told.isdecimal() and int(told) > MOST_BYTES:
        problem = _("The file is larger than 1 MiB: these are no outcomes of cases.")
        return _page(request, _survey(request), Given(problems=[problem]), status=413)
    return _show(request)


@csrf_protect
def _show(request: HttpRequest) -> HttpResponse:
    survey = _survey(request)
    if request.method != "POST":
        return _page(request, survey, Given())
    require(request, BRING)
    given = _given(request)
    try:
        stored = store_dispositions(survey, _rows(request, given), actor=name_of(request))
    except Unreadable as error:
        given.problems.extend(error.problems)
        return _page(request, survey, given, status=400)
    messages.success(request, _done(stored))
    return go(f"{request.path}?survey={survey.slug}&period={max(stored.sets)[0]}")


def _rows(request: HttpRequest, given: Given) -> tuple[Ended, ...]:
    sent = request.FILES.get("file")
    if isinstance(sent, UploadedFile):
        return parse_dispositions(sent.read(), sent.name or _("the file"))
    return read_counts_typed(given.counts, quarter=given.quarter, mode=given.mode)


def _given(request: HttpRequest) -> Given:
    def box(name: str) -> str:
        return typed(request.POST, name, most=20)

    counts = {code: box(f"code-{code}") for code in USUAL_CODES}
    return Given(box("quarter"), box("mode"), {code: n for code, n in counts.items() if n})


def _done(stored: Stored) -> str:
    sets = ", ".join(f"{quarter} {MODES[mode]}" for quarter, mode in stored.sets)
    told = ngettext(
        "%(n)s case is stored for %(sets)s.",
        "%(n)s cases are stored for %(sets)s.",
        stored.cases,
    )
    replaced = _(" They take the place of what was there.") if stored.replaced else ""
    return told % {"n": with_commas(stored.cases), "sets": sets} + replaced


def _page(request: HttpRequest, survey: Survey, given: Given, *, status: int = 200) -> HttpResponse:
    known = quarters_on_record(survey.slug)
    spans = _spans(known)
    span = _span(request.GET.get("period", ""), spans)
    found = fieldwork_of(survey.slug, span) if span else None
    shown = None if found is None or isinstance(found, NotAvailable) else found
    return page(
        request,
        "fieldwork.html",
        title=_("Fieldwork: %s") % in_words(survey.slug),
        status=status,
        room="results-fieldwork",
        survey=survey.slug,
        surveys=links_to_surveys("results-fieldwork", published_surveys(), current=survey.slug),
        forbidden=_forbidden(survey),
        spans=spans,
        span=span,
        is_synthetic=shown.is_synthetic if shown else False,
        facts=facts_of(shown) if shown else [],
        modes=shown.modes if shown else (),
        families=rate_rows(shown) if shown else [],
        cases=case_rows(shown) if shown else [],
        **_picture(survey, known, span),
        given=given,
        may_bring=may(request, BRING),
        mode_names=MODES,
        usual=[(code, words, given.counts.get(code, "")) for code, words in USUAL_CODES.items()],
        **_channels(request, survey, span),
    )


def _picture(survey: Survey, known: list[Span], span: Span | None) -> dict[str, Any]:
    """The rate over time; a single quarter is no picture."""
    if len(known) < 2:
        return {}
    picture, rows = picture_of(survey.slug, known, span)
    return {"picture": picture, "picture_rows": rows}


def _channels(request: HttpRequest, survey: Survey, span: Span | None) -> dict[str, Any]:
    """The headline share by channel; that somebody saw counts is put on record."""
    if span is None:
        return {}
    effect = channel_effect(survey.slug, span)
    if not isinstance(effect, ChannelEffect):
        return {"no_channels": effect.reason}
    record(name_of(request), "view channels", subject=survey.slug, period=span.key)
    return {"effect": effect, "channels": channel_rows(effect)}


def _forbidden(survey: Survey) -> str:
    try:
        refuse_without_sample(survey)
    except Unreadable:
        return _(
            "Nobody is sampled for this survey: whoever wishes answers, so there are no cases and "
            "no response rate. Say how many answered, never how many of whom."
        )
    return ""


def _spans(known: list[Span]) -> list[Span]:
    """Every quarter with cases, newest first, each after the year that it ends if that is whole."""
    found: list[Span] = []
    for at, quarter in reversed(list(enumerate(known))):
        year = four_quarters_to(quarter)
        if at >= 3 and known[at - 3].first == year.first:
            found.append(year)
        found.append(quarter)
    return found


def _span(key: str, spans: list[Span]) -> Span | None:
    """The span asked for where it has cases, else the newest quarter; None where nothing has."""
    try:
        asked = parse_span(key) if key else None
    except ValueError:
        asked = None
    quarters = [span for span in spans if len(list(span.months())) == 3]
    return asked if asked in spans else next(iter(quarters), None)


def _survey(request: HttpRequest) -> Survey:
    """The survey asked for, or the first with a sample."""
    return survey_asked_for(request, usual=lambda survey: not _forbidden(survey))
