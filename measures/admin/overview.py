"""Responses on the desk: what came today, how far the quarter is, and what waits to be counted."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from measures.admin.desk import SEE_RESULTS, in_words, may, name_of, page, require, typed
from measures.admin.hours import hour_chart, hour_in_words
from measures.admin.quota_rows import field_rows
from measures.admin.quotas import Progress, progress_of
from measures.admin.targets import SET_TARGET, TargetForm, set_target_of
from measures.admin.which_survey import links_to_surveys, published_surveys, survey_asked_for
from measures.stats.rounding import with_commas
from surveys.models.audit import record
from surveys.models.versions import Survey, Version
from surveys.tally.arrivals import Waiting, arrivals, nothing_came, waiting_to_be_counted
from surveys.tally.judging import set_aside_now
from surveys.tally.periods import Span, quarter_span
from surveys.tally.tabulated import CHANNEL_WORDS


@require_http_methods(["GET", "HEAD", "POST"])
def show_responses(request: HttpRequest) -> HttpResponse:
    """All surveys side by side or, with `survey`, one of them; a look at one is recorded."""
    require(request, SEE_RESULTS)
    if typed(request.GET, "survey"):
        return _one(request, survey_asked_for(request))
    surveys = {survey.slug: survey for survey in published_surveys()}
    rows = [{**row, **_state(surveys[row["slug"]])} for row in lately()]
    return page(
        request,
        "overview.html",
        title="Responses",
        room="results-responses",
        rows=rows,
        span=_this_quarter(),
        hours=len(nothing_came().hours),
    )


def _one(request: HttpRequest, survey: Survey) -> HttpResponse:
    slug = survey.slug
    form = TargetForm(survey)
    if request.method == "POST":
        require(request, SET_TARGET)
        answer = set_target_of(request, survey)
        if isinstance(answer, HttpResponse):
            return answer
        form = answer
    record(name_of(request), "view responses", subject=slug)
    arrived = arrivals().get(survey.pk) or nothing_came()
    state = _state(survey)
    return page(
        request,
        "overview_one.html",
        title=f"Responses: {in_words(slug)}",
        status=400 if form.error else 200,
        room="results-responses",
        survey=slug,
        surveys=links_to_surveys("results-responses", published_surveys(), current=slug),
        pk=survey.pk,
        arrived=arrived,
        chart=hour_chart(arrived),
        channels=[(CHANNEL_WORDS[key], n) for key, n in sorted(arrived.channels.items())],
        form=form,
        fields=field_rows(state["progress"]),
        may_set_target=may(request, SET_TARGET),
        **state,
    )


def _state(survey: Survey) -> dict[str, Any]:
    """The quarter, what waits and what is set aside, with the words beside each number."""
    progress = progress_of(survey.slug, _this_quarter(), today=timezone.localdate())
    waiting = waiting_to_be_counted(_published(survey))
    return {
        "progress": progress,
        "course": course_in_words(progress),
        "waiting": waiting,
        "waits": wait_in_words(waiting),
        "set_aside": set_aside_now(survey),
    }


def lately() -> list[dict[str, Any]]:
    """What came to each survey in the last hours, with its small chart; for who may see it."""
    came = arrivals()
    return [
        {
            "slug": survey.slug,
            "name": in_words(survey.slug),
            "arrived": arrived,
            "chart": hour_chart(arrived),
        }
        for survey in published_surveys()
        for arrived in [came.get(survey.pk) or nothing_came()]
    ]


def course_in_words(progress: Progress) -> str:
    """ "34% of the 120 for the quarter, 59% of it over: 30 fewer than on an even course." """
    target, expected = progress.target, progress.expected
    if target is None or expected is None:
        return "No target is set."
    part = f"{progress.got / target:.0%}" if target else "all"
    told = f"{part} of the {with_commas(target)} for the quarter, {progress.elapsed:.0%} of it over"
    ahead = progress.got - expected
    if not ahead:
        return f"{told}: just on an even course."
    more = "more" if ahead > 0 else "fewer"
    return f"{told}: {with_commas(abs(ahead))} {more} than on an even course."


def wait_in_words(waiting: Waiting) -> str:
    """ "The oldest came on 5 March 2023 between 7pm and 8pm." """
    if not waiting.n:
        return "Everything is counted."
    if waiting.oldest is None:
        return "No receipt tells since when: loaded from a file, or for more than two days."
    late = " Is a worker running?" if waiting.is_late else ""
    return f"The oldest came {hour_in_words(waiting.oldest)}.{late}"


def _published(survey: Survey) -> list[Version]:
    versions = Version.objects.filter(survey=survey, published_at__isnull=False)
    return list(versions.only("pk"))


def _this_quarter() -> Span:
    return quarter_span(timezone.localdate())
