"""The days that a publisher's words for a period stand for."""

import calendar
import re
from datetime import date

from measures.stats import periods
from measures.stats.periods import Period

MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9

_MONTH_NAMES = "|".join(sorted(MONTHS, key=len, reverse=True))
# The run of digits after the month may end in the numbers of footnotes: see `_year`.
_YEAR_ENDING = re.compile(
    rf"\b(?:year|twelve months|12 months) ending (?:\d{{1,2}}(?:st|nd|rd|th)? )?"
    rf"({_MONTH_NAMES})\.? ?(\d{{2,}})",
    re.IGNORECASE,
)
_DAY = re.compile(
    rf"\b(\d{{1,2}})(?:st|nd|rd|th)? ({_MONTH_NAMES})\.?,? (\d{{4}})\b", re.IGNORECASE
)
_ISO_DAY = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})\b")


def day_of(text: str) -> date | None:
    """The day written as 2022-11-30, or None for anything else."""
    try:
        return date.fromisoformat(text) if _ISO_DAY.fullmatch(text) else None
    except ValueError:
        return None  # 2022-02-30


def year_ending(text: str) -> Period | None:
    """The twelve months that a title names, or None where it names no year ending.

    ONS glues the numbers of footnotes to the year: "year ending June 181,2" is June 2018 with
    notes 1 and 2, "year ending June 20191,2" is June 2019.
    """
    match = _YEAR_ENDING.search(" ".join(text.split()))
    if not match:
        return None
    return periods.year_ending(date(_year(match[2]), MONTHS[match[1].casefold()], 1))


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
