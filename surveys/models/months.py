"""The month that stands where a day would say too much, and how long a month is kept."""

from datetime import date

from django.utils import timezone

from surveys.definitions.counters import month_of


def this_month() -> date:
    """The first day of the month in which what is given now is kept."""
    return month_of(timezone.now())


def first_month_kept(months: int) -> date:
    """The month before which nothing of a class is kept: at most so many months, often less.

    What people gave knows its month only, so that of the last day goes with that of the first.
    """
    now = this_month()
    total = now.year * 12 + now.month - months
    return date(total // 12, total % 12 + 1, 1)
