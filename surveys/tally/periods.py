"""Spans of whole months that results are about: a month, a quarter, four quarters."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

# Of a century that anything is about: a year before and one after every span is then a date too.
CENTURIES = "(?P<year>(?:19|20|21)[0-9]{2})"
QUARTER = re.compile(CENTURIES + r"-Q(?P<quarter>[1-4])", re.ASCII)
MONTH = re.compile(CENTURIES + r"-(?P<month>0[1-9]|1[0-2])", re.ASCII)
YEAR = "year-to-"


@dataclass(frozen=True, order=True)
class Span:
    """The months from `first` to `last`, both given by their first day and included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last or self.first.day != 1 or self.last.day != 1:
            raise ValueError(f"expected whole months in order, not {self.first} to {self.last}")

    @property
    def key(self) -> str:
        """`2022-11`, `2022-Q4`, `year-to-2022-Q4`, or `2022-01..2022-11` for any other."""
        length = len(list(self.months()))
        ends_quarter = self.last.month % 3 == 0
        if length == 1:
            return f"{self.last:%Y-%m}"
        if length == 3 and ends_quarter:
            return quarter_key(self.last)
        if length == 12 and ends_quarter:
            return f"{YEAR}{quarter_key(self.last)}"
        return f"{self.first:%Y-%m}..{self.last:%Y-%m}"

    @property
    def label(self) -> str:
        """In words: "November 2022", "October to December 2022", "year ending December 2022"."""
        length = len(list(self.months()))
        if length == 1:
            return f"{self.last:%B %Y}"
        if length == 12:
            return f"year ending {self.last:%B %Y}"
        begin = f"{self.first:%B}" if self.first.year == self.last.year else f"{self.first:%B %Y}"
        return f"{begin} to {self.last:%B %Y}"

    def months(self) -> Iterator[date]:
        month = self.first
        while month <= self.last:
            yield month
            month = months_later(month, 1)

    def year_before(self) -> "Span":
        """The same months of the year before."""
        return Span(months_later(self.first, -12), months_later(self.last, -12))


def months_later(month: date, n: int) -> date:
    """The first day of the month n months on; n may be negative."""
    total = month.year * 12 + month.month - 1 + n
    return date(total // 12, total % 12 + 1, 1)


def quarter_key(month: date) -> str:
    """The calendar quarter that a month is in: `2022-Q4`."""
    return f"{month.year:04}-Q{(month.month + 2) // 3}"


def month_span(month: date) -> Span:
    """The month of a day."""
    return Span(month.replace(day=1), month.replace(day=1))


def quarter_span(month: date) -> Span:
    """The calendar quarter that a month is in."""
    first = date(month.year, (month.month - 1) // 3 * 3 + 1, 1)
    return Span(first, months_later(first, 2))


def four_quarters_to(quarter: Span) -> Span:
    """The four quarters of which this one is the last."""
    return Span(months_later(quarter.last, -11), quarter.last)


def parse_span(text: str) -> Span:
    """The span with this key. Raises ValueError with what was expected."""
    key = text.removeprefix(YEAR)
    if found := QUARTER.fullmatch(key):
        quarter = quarter_span(date(int(found["year"]), int(found["quarter"]) * 3, 1))
        return four_quarters_to(quarter) if text.startswith(YEAR) else quarter
    if found := MONTH.fullmatch(text):
        return month_span(date(int(found["year"]), int(found["month"]), 1))
    raise ValueError(
        f"{text!r} is no period; expected a quarter such as 2022-Q4, year-to-2022-Q4 for the four "
        "quarters that end with it, or a month such as 2022-11"
    )
