"""Which months of a survey were published: what is in them can't be taken back any more."""

from datetime import date

from django.db import connection
from django.utils import timezone

from surveys.models.tallies import TALLY_LOCK, Release
from surveys.models.versions import Survey


def hold_totals() -> None:
    """Nothing is counted or taken out until the caller's transaction ends.

    Waits for whoever counts or takes out right now.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TALLY_LOCK])


def record_release(survey_slug: str, *, first: date, last: date, by: str) -> None:
    """Remembers that totals over the months from `first` to `last` were published.

    Both are given by their first day. Publishing the same months again changes nothing. Raises
    Survey.DoesNotExist for a survey that is not here.
    """
    Release.objects.get_or_create(
        survey=Survey.objects.get(slug=survey_slug),
        first_month=first,
        last_month=last,
        defaults={"released_at": timezone.now(), "released_by": by},
    )


def is_released(survey_id: int, month: date) -> bool:
    """Whether totals that hold the month, given by its first day, were published."""
    return Release.objects.filter(
        survey_id=survey_id, first_month__lte=month, last_month__gte=month
    ).exists()
