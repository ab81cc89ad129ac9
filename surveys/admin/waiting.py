"""How long a concern waits, in words: what makes its age red, and what is next."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from surveys.admin.desk import counted
from surveys.models.safeguarding import Concern

# The filters of the list, each with the words of its link.
FILTERS = {
    "open": "Open",
    "waiting": "Nobody has taken on",
    "overdue": "Overdue",
    "closed": "Closed",
    "all": "All",
}


@dataclass(frozen=True)
class Standing:
    """Where a concern stands: its state, the tone it is drawn in, its age, and what is next."""

    state: str
    tone: str
    age: str
    is_overdue: bool
    next: str


def standing(concern: Concern, *, now: datetime | None = None) -> Standing:
    """How a concern stands, counted from the last step that anybody took."""
    now = now or timezone.now()
    if concern.closed_at is not None:
        took = in_words(concern.closed_at - concern.raised_at)
        return Standing("Closed", "plain", f"closed after {took}", False, "Nothing.")
    waited = in_words(now - _last_step(concern))
    is_overdue = _last_step(concern) < due_before(now)
    overdue = "overdue: " if is_overdue else ""
    if concern.acknowledged_at is None:
        return Standing("New", "over", f"{overdue}waits for {waited}", is_overdue, "Take it on.")
    if concern.acted_at is None:
        age = f"{overdue}taken on {waited} ago, nothing done yet"
        return Standing("Taken on", "ready", age, is_overdue, "Act, and write down what was done.")
    age = f"{overdue}last step {waited} ago"
    return Standing("Acted on", "live", age, is_overdue, "Act again, or close it with an outcome.")


def in_words(age: timedelta) -> str:
    """ "less than an hour", "5 hours", "2 days": whole ones, rounded down."""
    hours = int(age.total_seconds() // 3600)
    if hours < 1:
        return "less than an hour"
    return counted(hours, "hour") if hours < 48 else counted(hours // 24, "day")


def due_before(now: datetime) -> datetime:
    """A last step before this moment is too long ago."""
    return now - timedelta(hours=settings.CONCERN_HOURS)


def filtered(key: str) -> QuerySet[Concern]:
    """The concerns of one filter: open ones first, of those the oldest first."""
    concerns = Concern.objects.select_related("survey")
    found = concerns if key == "all" else concerns.filter(_rule(key))
    return found.annotate(is_over=Q(closed_at__isnull=False)).order_by("is_over", "raised_at")


def counts() -> dict[str, int]:
    """How many concerns each filter finds."""
    return {key: filtered(key).count() for key in FILTERS}


def _rule(key: str) -> Q:
    is_open = Q(closed_at__isnull=True)
    match key:
        case "waiting":
            return is_open & Q(acknowledged_at__isnull=True)
        case "overdue":
            last = Coalesce("acted_at", "acknowledged_at", "raised_at")
            found = Concern.objects.annotate(last=last).filter(last__lt=due_before(timezone.now()))
            return is_open & Q(pk__in=found.values("pk"))
        case "closed":
            return ~is_open
    return is_open


def _last_step(concern: Concern) -> datetime:
    return concern.acted_at or concern.acknowledged_at or concern.raised_at
