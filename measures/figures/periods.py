"""The days that a publisher's words for a period stand for."""

import calendar
import re
from datetime import date, timedelta

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9

_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
# The run of digits after the month may end in the numbers of footnotes: see `_year`.
_YEAR_ENDING = re.compile(
    rf"\b(?:year|twelve months|12 months) ending (?:\d{{1,2}} )?({_MONTH_NAMES})\.? ?(\d{{2,}})",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH_NAMES})\.?,? (\d{{4}})\b", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")
_ISO_MONTH = re.compile(r"(\d{4})-(\d{2})")


def month_of(text: str) -> tuple[date, date]:
    """First and last day of a month written as 2022-11; raises ValueError for anything else."""
    match = _ISO_MONTH.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is not a month such as 2022-11")
    first = date(int(match[1]), int(match[2]), 1)
    return first, last_day(first)


def last_day(day: date) -> date:
    """The last day of the month that holds `day`."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])


def year_ending(text: str) -> tuple[date, date] | None:
    """The twelve months that a title names, or None where it names no year ending.

    ONS glues the numbers of footnotes to the year: "year ending June 181,2" is June 2018 with
    notes 1 and 2, "year ending June 20191,2" is June 2019.
    """
    match = _YEAR_ENDING.search(" ".join(text.split()))
    if not match:
        return None
    ends = last_day(date(_year(match[2]), MONTHS[match[1].casefold()], 1))
    day_after = ends + timedelta(days=1)
    return day_after.replace(year=day_after.year - 1), ends


def _year(digits: str) -> int:
    """The year at the head of a run of digits; four digits where they can be one of this era."""
    if len(digits) >= 4 and digits[:2] in ("19", "20"):
        return int(digits[:4])
    return 2000 + int(digits[:2])


def days_in(text: str) -> list[date]:
    """Every full date written in a text: 6th February 2019, 25 January 2024, 2024-01-25."""
    found = [(int(y), MONTHS[m.casefold()], int(d)) for d, m, y in _DAY.findall(text)]
    found += [(int(y), int(m), int(d)) for y, m, d in _ISO_DAY.findall(text)]
    return [day for day in map(_possible_day, found) if day]


def _possible_day(parts: tuple[int, int, int]) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None  # 31 June: a text that only looks like a date
