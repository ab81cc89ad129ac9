"""Releases of results on the desk: asking for one, deciding on it, and what was released."""

from typing import Any

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from measures.admin.desk import SEE_RESULTS, go, in_words, may, name_of, page, require
from measures.admin.release_rows import grid_of
from measures.admin.words import desk_moment
from measures.compute.released import read_tables
from measures.models.results import PublishedTable, ReleaseRequest, ResultsRelease
from measures.publications.release_requests import ask_for_release, decide
from measures.publications.results import CannotReleaseError, newest_over
from surveys.models.versions import Survey
from surveys.tally.joined import published_of
from surveys.tally.periods import Span, months_later, parse_span, quarter_span
from surveys.tally.store import months_tallied

SEE = "measures.view_resultsrelease"
DECIDE = "measures.add_resultsrelease"
ROOM = "results-releases"
# Older quarters are released by the command, where somebody begins to publish.
QUARTERS_OFFERED = 4
LATELY = 10
State = ReleaseRequest.State
TONES = {
    State.WAITING: "ready",
    State.APPROVED: "ready",
    State.RELEASED: "live",
    State.DECLINED: "over",
    State.REFUSED: "over",
}


@require_http_methods(["GET", "HEAD", "POST"])
def show_releases(request: HttpRequest) -> HttpResponse:
    """What was released, what is asked for, and what could be released now."""
    require(request, SEE, SEE_RESULTS)
    if request.method == "POST":
        try:
            messages.success(request, _act(request))
        except CannotReleaseError as error:
            return _list(request, problems=error.reasons)
        return go(reverse(ROOM))
    return _list(request)


def _act(request: HttpRequest) -> str:
    """Does what a button says, and returns the words for it."""
    act = request.POST.get("act")
    if act == "ask":
        require(request, SEE_RESULTS, DECIDE)
        # PostgreSQL can hold no NUL, and so not look it up either.
        results = request.POST.get("results", "").replace("\0", "")
        survey, _slash, quarter = results.partition("/")
        ask_for_release(survey, quarter, by=name_of(request))
        return _("Asked. Somebody else who may publish decides.")
    if act not in ("approve", "decline"):
        raise Http404
    require(request, DECIDE)
    number = request.POST.get("request", "")
    asked = get_object_or_404(ReleaseRequest, pk=int(number) if number.isdecimal() else 0)
    decide(asked.pk, approve=act == "approve", by=name_of(request))
    if act == "approve":
        return _("Approved. The tables are made and attacked now, which takes a minute or two.")
    return _("Declined. Nothing was released.")


def _list(request: HttpRequest, *, problems: tuple[str, ...] = ()) -> HttpResponse:
    may_decide = may(request, DECIDE)
    may_ask = may(request, SEE_RESULTS, DECIDE)
    asked = ReleaseRequest.objects.select_related("survey")
    open_requests = asked.filter(state__in=(State.WAITING, State.APPROVED))
    ended = asked.filter(state__in=(State.DECLINED, State.REFUSED))[:LATELY]
    withheld = Q(tables__cells__status="suppressed")
    releases = (
        ResultsRelease.objects.select_related("survey")
        .annotate(held=Count("tables__cells", filter=withheld), cells=Count("tables__cells"))
        .order_by("-quarter", "survey__slug")
    )
    return page(
        request,
        "releases.html",
        title=_("Releases of results"),
        room=ROOM,
        status=400 if problems else 200,
        problems=problems,
        ready=_ready() if may_ask else [],
        may_ask=may_ask,
        open_requests=[_request_row(one, request, may_decide=may_decide) for one in open_requests],
        is_being_made=any(one.state == State.APPROVED for one in open_requests),
        ended=[_request_row(one, request, may_decide=False) for one in ended],
        releases=[_release_row(one) for one in releases],
    )


def _ready() -> list[dict[str, str]]:
    """Quarters that are over, that somebody answered in, and that nobody released or asked for."""
    taken = set(ResultsRelease.objects.values_list("survey", "quarter"))
    taken |= set(
        ReleaseRequest.objects.filter(state__in=(State.WAITING, State.APPROVED)).values_list(
            "survey", "quarter"
        )
    )
    return [
        {
            "value": f"{survey.slug}/{span.key}",
            "label": f"{in_words(survey.slug)}, {span.label}",
        }
        for survey in Survey.objects.filter(versions__published_at__isnull=False).distinct()
        for span in _answered(survey)
        if (survey.pk, span.key) not in taken
    ]


def _answered(survey: Survey) -> list[Span]:
    """The newest quarters that are over and that answers reach into, newest first."""
    months = months_tallied(*published_of(survey.slug))
    if months is None:
        return []
    newest = newest_over()
    spans = [quarter_span(months_later(newest.first, -3 * n)) for n in range(QUARTERS_OFFERED)]
    return [span for span in spans if months[0] <= span.last and months[1] >= span.first]


def _request_row(
    asked: ReleaseRequest, request: HttpRequest, *, may_decide: bool
) -> dict[str, Any]:
    is_waiting = asked.state == State.WAITING
    return {
        "pk": asked.pk,
        "survey": in_words(asked.survey.slug),
        "period": parse_span(asked.quarter).label,
        "asked": desk_moment(asked.asked_at),
        "asked_by": asked.asked_by,
        "decided_by": asked.decided_by,
        "state": asked.get_state_display(),
        "tone": TONES[State(asked.state)],
        "reasons": _reasons(asked, request),
        "is_waiting": is_waiting,
        "may_decide": is_waiting and may_decide and asked.asked_by != name_of(request),
    }


def _reasons(asked: ReleaseRequest, request: HttpRequest) -> list[str]:
    """Why it was refused. What the attack found bounds small numbers: not everybody may read it."""
    if asked.message and not may(request, SEE_RESULTS):
        return [_("Why is told to those who may see exact results.")]
    return asked.message.splitlines()


def _release_row(release: Any) -> dict[str, Any]:
    return {
        "survey": in_words(release.survey.slug),
        "period": parse_span(release.quarter).label,
        "address": reverse("results-release", args=[release.pk]),
        "released": desk_moment(release.released_at),
        "by": release.released_by,
        "cells": release.cells,
        "held": release.held,
        "held_percent": round(100 * release.held / release.cells) if release.cells else 0,
    }


@require_safe
def show_release(request: HttpRequest, pk: int) -> HttpResponse:
    """One release, a table at a time, exactly as everybody may read it."""
    require(request, SEE, SEE_RESULTS)
    release = get_object_or_404(ResultsRelease.objects.select_related("survey"), pk=pk)
    tables = list(release.tables.order_by("id"))
    chosen = _chosen(request, tables)
    found = read_tables(PublishedTable.objects.filter(pk=chosen.pk)) if chosen else []
    return page(
        request,
        "release.html",
        title=f"{in_words(release.survey.slug)}, {parse_span(release.quarter).label}",
        room=ROOM,
        survey=release.survey.slug,
        release=release,
        released=desk_moment(release.released_at),
        chosen=chosen,
        choices=_choices(tables),
        grid=grid_of(found[0]) if found else None,
        api=reverse("api-survey-results", args=[release.survey.slug]),
        left_out=release.left_out,
        rules=[name for name, is_on in sorted(release.rules.items()) if is_on],
    )


def _chosen(request: HttpRequest, tables: list[PublishedTable]) -> PublishedTable | None:
    """The table that was picked, or the nearest one that there is."""
    period, question, by = (request.GET.get(name, "") for name in ("period", "question", "by"))

    def fits(table: PublishedTable) -> tuple[bool, bool, bool]:
        # Without a choice the four quarters, which are told of most.
        is_period = table.period == period or (not period and table.period.startswith("year"))
        return (table.question == question, table.by == by, is_period)

    return max(tables, key=fits, default=None)


def _choices(tables: list[PublishedTable]) -> dict[str, list[tuple[str, str]]]:
    """What can be picked, each with its words, in the order of the release."""
    return {
        "periods": list({one.period: str(one.about["label"]) for one in tables}.items()),
        "questions": list({one.question: str(one.about["asked"]) for one in tables}.items()),
        "splits": list({one.by: str(one.about["by_label"]) for one in tables if one.by}.items()),
    }
