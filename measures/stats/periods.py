"""Periods of whole months, as figures and statements name them."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, order=True)
class Period:
    """The days from `starts` to `ends`, both included."""

    starts: date
    ends: date

    def __post_init__(self) -> None:
        if self.starts > self.ends:
            raise ValueError(f"a period runs forward, not from {self.starts} to {self.ends}")

    @classmethod
    def of_months(cls, first: date, last: date) -> "Period":
        """The whole months from `first` to `last`, both given by their first day."""
        return cls(first, month_of(last).ends)

    @property
    def is_year(self) -> bool:
        """Whether it is twelve whole months."""
        return self == year_ending(self.last_month)

    @property
    def is_month(self) -> bool:
        return self == month_of(self.starts)

    @property
    def is_of_whole_months(self) -> bool:
        """Whether it runs from the first day of a month to the last day of one."""
        return self.starts.day == 1 and self.ends == month_of(self.ends).ends

    @property
    def last_month(self) -> date:
        """The first day of its last month."""
        return self.ends.replace(day=1)

    @property
    def key(self) -> str:
        """The last month as an address has it: 2022-11."""
        return f"{self.ends:%Y-%m}"

    @property
    def label(self) -> str:
        """In words: "year ending November 2022", "March 2022", or both days."""
        if self.is_year:
            return f"year ending {self.ends:%B %Y}"
        if self.is_month:
            return f"{self.starts:%B %Y}"
        return f"{in_words(self.starts)} to {in_words(self.ends)}"

    def months(self) -> Iterator["Period"]:
        """Its calendar months, the first and last of them whole even where it is not."""
        month = self.starts.replace(day=1)
        while month <= self.ends:
            yield month_of(month)
            month = add_months(month, 1)

    def year_before(self) -> "Period":
        """The same months of the year before."""
        return Period(add_months(self.starts, -12), month_of(add_months(self.last_month, -12)).ends)


def year_ending(month: date) -> Period:
    """The twelve months whose last is this one."""
    last = month_of(month)
    return Period(add_months(last.starts, -11), last.ends)


def month_of(day: date) -> Period:
    """The whole month of a day."""
    last = calendar.monthrange(day.year, day.month)[1]
    return Period(day.replace(day=1), day.replace(day=last))


def add_months(day: date, months: int) -> date:
    """The first day of the month so many months later."""
    index = day.year * 12 + day.month - 1 + months
    return date(index // 12, index % 12 + 1, 1)


def parse_month(text: str) -> date:
    """The first day of a month written as 2022-11. Raises ValueError with what was expected."""
    year, _, month = text.partition("-")
    is_shaped = len(year) == 4 and len(month) == 2 and (year + month).isdecimal()
    if not is_shaped or not (text.isascii() and 1 <= int(month) <= 12 and int(year) > 0):
        raise ValueError(f"{text!r} is not a month; expected a year and a month, such as 2022-11")
    return date(int(year), int(month), 1)


def in_words(day: date) -> str:
    """5 March 2023."""
    return f"{day.day} {day:%B %Y}"
