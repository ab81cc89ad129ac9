"""Months as their first days, and counting in them."""

from datetime import date


def months_later(month: date, n: int) -> date:
    """The month n months on; n may be negative."""
    total = month.year * 12 + month.month - 1 + n
    return date(total // 12, total % 12 + 1, 1)
