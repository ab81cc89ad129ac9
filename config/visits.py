"""Counting visits of those who agreed: one number a month, and no way back from it to anyone."""

import re
from datetime import date

from django.db.models import F
from django.utils import timezone

from config.models import VisitMonth

MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")


def this_month() -> str:
    """The month in which we are, as the cookie of the last visit writes it: `2026-11`."""
    return f"{timezone.localdate():%Y-%m}"


def is_counted(last: str) -> bool:
    """Whether a browser that came last in the month `last` was counted this month already."""
    return last == this_month()


def count_visit(*, last: str) -> None:
    """Adds one to this month: to those who came back where `last` is a month, else to the new."""
    kind = "returning" if MONTH.fullmatch(last) else "first_time"
    month = date.fromisoformat(f"{this_month()}-01")
    VisitMonth.objects.update_or_create(
        month=month, defaults={kind: F(kind) + 1}, create_defaults={kind: 1}
    )
