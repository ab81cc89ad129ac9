"""Populations on the desk: whom each survey speaks for, since when, and bringing another one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from measures.admin.desk import SEE_RESULTS, go, in_words, may, name_of, page, require, typed
from measures.admin.which_survey import links_to_surveys, published_surveys, survey_asked_for
from measures.admin.words import desk_moment
from measures.figures.margins import (
    Added,
    add_population,
    margins_of,
    parse_margins,
    population_at,
    weighting_fields,
)
from measures.figures.parsed import Unreadable
from measures.models.weighting import Population
from measures.stats.periods import parse_month
from surveys.models.versions import Survey
from surveys.tally.joined import published_of
from surveys.tally.tabulated import stratum_words

BRING = "measures.add_population"
# A margin has a line for each code: all of them together are far smaller.
MOST_BYTES = 1024 * 1024


@dataclass(frozen=True)
class Given:
    """What was typed into the form, and why nothing of it was stored."""

    source: str = ""
    month: str = ""
    is_frame: bool = False
    problems: list[str] = field(default_factory=list)


# The token is checked by the inner view: reading it here would read a file of any size first.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show_populations(request: HttpRequest) -> HttpResponse:
    """The populations of one survey, newest first, and a form that brings another."""
    require(request, SEE_RESULTS)
    told = request.META.get("CONTENT_LENGTH") or ""
    if told.isdecimal() and int(told) > MOST_BYTES:
        problem = f"The files are larger than {MOST_BYTES // 1024**2} MiB: these are no margins."
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
        added = _bring(request, survey, given)
    except Unreadable as error:
        given.problems.extend(error.problems)
        return _page(request, survey, given, status=400)
    messages.success(request, _done(added))
    return go(request.get_full_path())


def _bring(request: HttpRequest, survey: Survey, given: Given) -> Added:
    contents = {
        name: (sent.name or name, sent.read())
        for name in weighting_fields(survey)
        for sent in [request.FILES.get(f"file-{name}")]
        if isinstance(sent, UploadedFile)
    }
    try:
        month = parse_month(given.month)
    except ValueError as error:
        raise Unreadable([f"It holds from: {error}"]) from error
    return add_population(
        survey,
        parse_margins(survey, contents),
        source=given.source,
        holds_from=month,
        is_frame=given.is_frame,
        actor=name_of(request),
    )


def _given(request: HttpRequest) -> Given:
    return Given(
        source=typed(request.POST, "source"),
        month=typed(request.POST, "month", most=20),
        is_frame="is-frame" in request.POST,
    )


def _done(added: Added) -> str:
    if not added.is_new:
        return "This population is known already: nothing changed."
    left_out = [f"{name} {', '.join(codes)}" for name, codes in added.left_out.items()]
    outside = f" Outside of it are: {'; '.join(left_out)}." if left_out else ""
    return f"The population is stored, and weights follow it.{outside}"


def _survey(request: HttpRequest) -> Survey:
    """The survey asked for, or the first that can be weighted."""
    return survey_asked_for(request, usual=weighting_fields)


def _page(request: HttpRequest, survey: Survey, given: Given, *, status: int = 200) -> HttpResponse:
    fields = weighting_fields(survey)
    words = stratum_words(published_of(survey.slug)[-1], tuple(fields))
    held = population_at(survey.slug, timezone.localdate())
    populations = Population.objects.filter(survey=survey).order_by("-holds_from", "-id")
    return page(
        request,
        "populations.html",
        title=f"Populations: {in_words(survey.slug)}",
        status=status,
        room="results-populations",
        survey=survey.slug,
        surveys=links_to_surveys("results-populations", published_surveys(), current=survey.slug),
        fields=[(name, in_words(name), ", ".join(codes)) for name, codes in fields.items()],
        populations=[_row(one, held, words) for one in populations],
        given=given,
        may_bring=may(request, BRING),
    )


def _row(
    population: Population, held: Population | None, words: Mapping[str, Mapping[str, str]]
) -> dict[str, Any]:
    return {
        "population": population,
        "from": f"{population.holds_from:%B %Y}",
        "is_held": population == held,
        "added": desk_moment(population.added_at),
        "margins": [
            {
                "field": in_words(name),
                "total": sum(margin.values()),
                "lines": [
                    (words.get(name, {}).get(code, code), n, 100 * n / sum(margin.values()))
                    for code, n in margin.items()
                ],
            }
            for name, margin in margins_of(population).items()
        ],
    }
