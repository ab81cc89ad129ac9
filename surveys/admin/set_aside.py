"""What looked like a machine's, on the desk: looked at, decided upon, alone or a burst at once."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, QuerySet, Window
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from surveys.admin.bursts import (
    STATES,
    Burst,
    burst_asked,
    groups_of,
    is_published,
    signs_in_words,
    states_of,
)
from surveys.admin.desk import JUDGE, counted, go, in_words, moment, name_of, page, require
from surveys.models.audit import record
from surveys.models.responses import OwnWords, Response
from surveys.models.versions import Survey
from surveys.questions.base import said
from surveys.tally.judging import Found, NumberChangedError, judge
from surveys.versions.read import definition_of

A_PAGE = 50


@require_safe
def show_set_aside(request: HttpRequest, pk: int) -> HttpResponse:
    """How many, by sign and month, and each of them; looking is recorded."""
    require(request, JUDGE)
    survey = get_object_or_404(Survey, pk=pk)
    burst = burst_asked(request, survey)
    record(name_of(request), "view set-aside", subject=survey.slug, **burst.told())
    alike = Window(Count("pk"), partition_by=[F("version_id"), F("answers")])
    responses = burst.responses().select_related("version").annotate(alike=alike)
    # A hundred times the same comes first: that is what a machine sends.
    ordered = Paginator(responses.order_by("-alike", "-period", "pk"), A_PAGE)
    shown = ordered.get_page(request.GET.get("page"))
    return page(
        request,
        "set_aside.html",
        title=f"Set aside: {in_words(survey.slug)}",
        survey=survey,
        states=states_of(burst),
        groups=groups_of(burst),
        rows=[_row(response, survey) for response in shown],
        shown=shown,
        pages=[(n, burst.query(page=str(n))) for n in ordered.page_range],
        narrowed=burst.in_words(),
        everything=Burst(survey, burst.found).query(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, pk: int, what: str) -> HttpResponse:
    """A burst at once: first what it would do and to how many, then the act."""
    require(request, JUDGE)
    survey = get_object_or_404(Survey, pk=pk)
    burst, counts = burst_asked(request, survey), _counts(what)
    is_changed = False
    if request.method == "POST":
        try:
            n = _judge(request, burst, burst.responses(), counts=counts)
        except NumberChangedError:
            is_changed = True
        else:
            messages.success(request, _done(n, counts=counts))
            return go(_address(survey))
    n = burst.responses().count()
    act = f"{'Count' if counts else 'Leave out'} {counted(n, 'response')}"
    return page(
        request,
        "set_aside_decide.html",
        title=f"{act}?",
        status=409 if is_changed else 200,
        survey=survey,
        which=f"{STATES[burst.found]}: {burst.in_words() or 'all of them'}.",
        n=n,
        counts=counts,
        is_changed=is_changed,
        is_published=is_published(burst),
        button=act,
        back=_address(survey) + burst.query(),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_one(request: HttpRequest, pk: int, response_pk: UUID) -> HttpResponse:
    """One response: its coded answers, what it has in common with others, and the decision."""
    require(request, JUDGE)
    survey = get_object_or_404(Survey, pk=pk)
    known = Response.objects.select_related("version__survey", "judgement")
    response = get_object_or_404(known, pk=response_pk, version__survey=survey)
    found = _found(response)
    if request.method == "POST":
        return _decide_one(request, response, found)
    record(name_of(request), "view set-aside response", subject=str(response.version))
    return page(
        request,
        "set_aside_one.html",
        title="A response that was set aside",
        survey=survey,
        response=response,
        state=STATES[found],
        may_count=found is not Found.COUNTED,
        may_leave_out=found is not Found.LEFT_OUT,
        signs=signs_in_words(response.signs),
        alike=_alike(response),
        answers=_answers_in_words(response),
        written=OwnWords.objects.filter(response=response).count(),
        decided=_decided(response),
        back=_address(survey) + Burst(survey, found).query(),
    )


def _decide_one(request: HttpRequest, response: Response, found: Found) -> HttpResponse:
    counts = _counts(request.POST.get("what", ""))
    burst = Burst(response.version.survey, found)
    try:
        _judge(request, burst, burst.responses().filter(pk=response.pk), counts=counts)
    except NumberChangedError:
        messages.warning(request, "Somebody decided on it at the same moment. Look again.")
    else:
        messages.success(request, _done(1, counts=counts))
    return go(request.path)


def _found(response: Response) -> Found:
    """How it stands with a response; 404 for one that was never set aside, or was taken back."""
    if response.standing == Response.Standing.SET_ASIDE:
        return Found.WAITING
    if response.standing == Response.Standing.REFUSED:
        return Found.LEFT_OUT
    if response.standing == Response.Standing.COUNTS and hasattr(response, "judgement"):
        return Found.COUNTED
    raise Http404("it was never set aside, or its sender took it back")


def _answers_in_words(response: Response) -> list[tuple[str, str]]:
    """Question and answer as people read them, in the order of the questionnaire."""
    definition = definition_of(response.version)
    language = definition.languages[0]
    return [
        (said(field.ask, language), field.show(response.answers[field.name], language))
        for field in definition.fields
        if field.name in response.answers
    ]


def _row(response: Any, survey: Survey) -> dict[str, Any]:
    return {
        "address": reverse("admin:survey-set-aside-one", args=[survey.pk, response.pk]),
        # Enough to tell one from another on this page.
        "name": str(response.pk)[:8],
        "version": response.version.number,
        "month": response.period,
        "language": response.language,
        "signs": signs_in_words(response.signs),
        "answered": len(response.answers),
        "alike": response.alike - 1,
    }


def _alike(response: Response) -> str:
    """ "3 others that do not count give exactly these answers" """
    others = Response.objects.filter(version=response.version, answers=response.answers)
    do_not_count = [Response.Standing.SET_ASIDE, Response.Standing.REFUSED]
    n = others.filter(standing__in=do_not_count).exclude(pk=response.pk).count()
    give = "that does not count gives" if n == 1 else "that do not count give"
    return f"{counted(n, 'other')} {give} exactly these answers"


def _decided(response: Response) -> str:
    """ "ana, 5 March 2023, 9am" """
    if not hasattr(response, "judgement"):
        return ""
    return f"{response.judgement.decided_by}, {moment(response.judgement.decided_at)}"


def _judge(
    request: HttpRequest, burst: Burst, responses: QuerySet[Response], *, counts: bool
) -> int:
    """The act; the form says of how many its reader was told."""
    told = request.POST.get("n", "")
    return judge(
        responses,
        counts=counts,
        expected=int(told) if told.isdecimal() else -1,
        actor=name_of(request),
        subject=burst.survey.slug,
        **burst.told(),
    )


def _counts(what: str) -> bool:
    if what not in ("count", "leave-out"):
        raise Http404("expected count or leave-out")
    return what == "count"


def _done(n: int, *, counts: bool) -> str:
    n_responses = counted(n, "response")
    if counts:
        return f"Done: {n_responses} will be in the results within a minute."
    return f"Done: {n_responses} left out of the results."


def _address(survey: Survey) -> str:
    return reverse("admin:survey-set-aside", args=[survey.pk])
