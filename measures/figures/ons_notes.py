"""What an ONS workbook says around its tables: when it came out, and its numbered notes."""

import re
from collections.abc import Iterable
from datetime import date

from measures.figures.periods import days_in, year_ending
from measures.figures.workbooks import Sheet, as_text
from measures.stats.periods import Period

_RELEASED = re.compile(
    r"\b(?:published(?: on)?|released(?: on)?|release date|publication date"
    r"|date of (?:release|publication|correction))\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\bnext\b", re.IGNORECASE)
_NOTE = re.compile(r"^(?:\[?note )?(\d{1,2})[\].:)]*(?: |$)(.*)", re.IGNORECASE)
_TABLE = re.compile(r"^table [a-z]?\d", re.IGNORECASE)


def released_on(sheets: Iterable[Sheet]) -> date | None:
    """The day that the workbook gives for its release, a correction's where there is one.

    A line such as "Published on 6th February 2019" or, in two cells, "Release date" and a date;
    lines about the next release don't count. None where no sheet says.
    """
    days = [
        day
        for sheet in sheets
        if not _TABLE.match(sheet.name)
        for row in sheet.rows
        for line in [" ".join(text for text in map(as_text, row) if text)]
        if _RELEASED.search(line) and not _NEXT.search(line)
        for day in days_in(line)
    ]
    return max(days, default=None)


def numbered_notes(table: Sheet, sheets: Iterable[Sheet]) -> dict[int, str]:
    """The text of each numbered note: under the table itself, or on the sheet called Notes."""
    notes: dict[int, str] = {}
    for sheet in [*(s for s in sheets if s.name.casefold() == "notes"), table]:
        for row in sheet.rows:
            texts = [text for text in map(as_text, row) if text]
            match = _NOTE.match(" ".join(texts)) if texts else None
            # A row of figures that begins with a number is no note.
            if match and match[2] and len(texts) <= 3:
                notes[int(match[1])] = match[2].strip()
    return notes


def period_in_contents(table: str, sheets: Iterable[Sheet]) -> Period | None:
    """The year ending that the list of contents gives for a table, free of glued footnotes."""
    for sheet in sheets:
        if _TABLE.match(sheet.name):
            continue
        for row in sheet.rows:
            line = " ".join(text for text in map(as_text, row) if text)
            if line.casefold().startswith(table.casefold()) and (period := year_ending(line)):
                return period
    return None
