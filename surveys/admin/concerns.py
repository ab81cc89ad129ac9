"""The safeguarding lead's queue: what waits, what was said, and the steps until it is closed.

Nobody else sees it, and each look at what was said is recorded.
"""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import URLPattern, path, reverse
from django.views.decorators.http import require_http_methods

from surveys.admin.desk import go, in_words, moment, name_of, page, require
from surveys.admin.read_only import ReadOnlyAdmin
from surveys.admin.waiting import FILTERS, counts, filtered, standing
from surveys.definitions.whereabouts import in_english
from surveys.fieldwork.concerns import ConcernMovedOnError, acknowledge, act, close, read_concern
from surveys.fieldwork.synthetic_concerns import is_synthetic
from surveys.models.audit import AuditEntry
from surveys.models.safeguarding import Concern

SEE = "surveys.view_concern"
WORK = "surveys.change_concern"
A_PAGE = 50
LONGEST = 2_000
MOVED_ON = "Somebody else was quicker: this is how it stands now. Nothing of yours was stored."
EMPTY = {
    "open": "No concern is open. Nobody waits for you.",
    "waiting": "Somebody has taken on every open concern.",
    "overdue": "Nothing is overdue.",
    "closed": "No concern is closed yet, or those that were are deleted.",
    "all": "No concern was ever raised, or those that were are deleted.",
}


class CannotStepError(ValueError):
    """What was sent can't be stored, in words."""


@admin.register(Concern)
class ConcernAdmin(ReadOnlyAdmin):
    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("", wrap(list_concerns), name="surveys_concern_changelist"),
            path("<uuid:pk>/change/", wrap(show_concern), name="surveys_concern_change"),
        ]


@require_http_methods(["GET", "HEAD"])
def list_concerns(request: HttpRequest) -> HttpResponse:
    """What waits: open concerns first, of those the oldest first."""
    require(request, SEE)
    show = request.GET.get("show", "open")
    show = show if show in FILTERS else "open"
    found = Paginator(filtered(show), A_PAGE).get_page(request.GET.get("page"))
    numbers = counts()
    return page(
        request,
        "concerns.html",
        title="Concerns for somebody’s safety",
        filters=[(key, words, numbers[key], key == show) for key, words in FILTERS.items()],
        rows=[_row(concern) for concern in found],
        found=found,
        show=show,
        empty=EMPTY[show],
        numbers=numbers,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def show_concern(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One concern with what was said; posting takes a step."""
    require(request, SEE)
    concern = get_object_or_404(Concern.objects.select_related("survey"), pk=pk)
    error = ""
    if request.method == "POST":
        require(request, WORK)
        try:
            messages.success(request, _step(request, concern))
            return go(reverse("admin:surveys_concern_change", args=[pk]))
        except ConcernMovedOnError:
            messages.error(request, MOVED_ON)
            return go(reverse("admin:surveys_concern_change", args=[pk]))
        except CannotStepError as wrong:
            error = str(wrong)
    told = read_concern(concern, actor=name_of(request))
    return page(
        request,
        "concern.html",
        title=f"Concern of {moment(concern.raised_at)}",
        status=400 if error else 200,
        concern=concern,
        row=_row(concern),
        told=told,
        actions=[(moment(one.at), one.by, one.what) for one in told.actions],
        way=_way(concern),
        outcomes=Concern.Outcome.choices,
        error=error,
        seen=str(concern.acted_at),
        given=request.POST,
        months=settings.CONCERN_MONTHS,
        may_work=request.user.has_perm(WORK),
        history=[
            (moment(entry.at), entry.actor, entry.action)
            for entry in AuditEntry.objects.filter(subject=str(concern))[:50]
        ],
    )


def _step(request: HttpRequest, concern: Concern) -> str:
    """Takes the step that was pressed; returns what was done, in words."""
    steps: dict[str, Callable[[HttpRequest, Concern], str]] = {
        "acknowledge": _acknowledge,
        "act": _act,
        "close": _close,
    }
    step = steps.get(request.POST.get("do", ""))
    if step is None:
        raise CannotStepError("Press one of the buttons.")
    return step(request, concern)


def _acknowledge(request: HttpRequest, concern: Concern) -> str:
    acknowledge(concern, actor=name_of(request))
    return "You have taken this concern on."


def _act(request: HttpRequest, concern: Concern) -> str:
    what = request.POST.get("what", "").replace("\r\n", "\n").strip()
    if not what:
        raise CannotStepError("Write down what was done.")
    if len(what) > LONGEST or "\x00" in what:
        raise CannotStepError(f"Write at most {LONGEST:,} characters.")
    if request.POST.get("seen") != str(concern.acted_at):
        raise ConcernMovedOnError
    act(concern, actor=name_of(request), what=what)
    return "What was done is written down."


def _close(request: HttpRequest, concern: Concern) -> str:
    outcome = request.POST.get("outcome", "")
    if outcome not in Concern.Outcome.values:
        raise CannotStepError("Choose how it ended.")
    close(concern, actor=name_of(request), outcome=outcome)
    return "This concern is closed."


def _row(concern: Concern) -> dict[str, Any]:
    return {
        "concern": concern,
        "standing": standing(concern),
        "raised": moment(concern.raised_at),
        "survey": in_words(concern.survey.slug),
        "why": concern.get_why_display(),
        "language": in_english(concern.language),
        "with": concern.closed_by or concern.acted_by or concern.acknowledged_by,
        "is_synthetic": is_synthetic(concern.pk),
    }


def _way(concern: Concern) -> list[dict[str, Any]]:
    steps = [
        ("Raised", concern.raised_at, ""),
        ("Taken on", concern.acknowledged_at, concern.acknowledged_by),
        ("Acted on", concern.acted_at, concern.acted_by),
        ("Closed", concern.closed_at, concern.closed_by),
    ]
    return [
        {"name": name, "done": at is not None, "at": moment(at), "by": by} for name, at, by in steps
    ]
