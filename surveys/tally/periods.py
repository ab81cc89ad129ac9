"""Months as their first days, and the runs of them that are reported."""

from datetime import date


def month_from_text(text: str) -> date:
    """`2022-11` as 1 November 2022; raises ValueError with what was expected."""
    try:
        year, month = text.split("-")
        if len(year) != 4 or len(month) != 2:
            raise ValueError(text)
        return date(int(year), int(month), 1)
    except ValueError:
        raise ValueError(f"{text!r} is no month: expected a form like 2022-11") from None


def months_later(month: date, n: int) -> date:
    """The month n months on; n may be negative."""
    total = month.year * 12 + month.month - 1 + n
    return date(total // 12, total % 12 + 1, 1)


def year_to(last: date) -> tuple[date, date]:
    """The first and last month of the twelve that end with `last`."""
    return months_later(last, -11), last
