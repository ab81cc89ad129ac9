"""A return from the force: what only the force can count, as a CSV that a person typed."""

import re
from datetime import date

from measures.figures.csv_rows import Line, read_lines
from measures.figures.gazetteer import Gazetteer
from measures.figures.parsed import Parsed, Remark, Row, Unreadable
from measures.figures.periods import day_of
from measures.stats.periods import Period, month_of, parse_month

COLUMNS = ("measure", "area", "period_start", "period_end", "count", "source", "note")
NOTE_LENGTH = 500

_SLUG = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
_COUNT = re.compile(r"\d{1,12}")


def parse(content: bytes, file_name: str, *, places: Gazetteer) -> Parsed:
    """One figure a line: measure, area code, first and last day or month, count, source, note.

    A month such as 2022-11 stands for its first day as a start and its last day as an end. A line
    that repeats an earlier one is set aside. Raises Unreadable with every line that is wrong.
    """
    problems: list[str] = []
    set_aside: list[Remark] = []
    rows: dict[tuple[str, str, date, date], Row] = {}
    lines = read_lines(content, file_name, columns=COLUMNS)
    sources = dict.fromkeys(line.cells["source"] for line in lines)
    for line in lines:
        found = _problems(line, places)
        problems += [f"{file_name}: line {line.number}: {problem}" for problem in found]
        if found:
            continue
        row = _row(line, has_one_source=len(sources) == 1)
        earlier = rows.setdefault(row.key, row)
        if earlier is not row and earlier.value == row.value:
            set_aside.append(Remark(row.where, f"repeats {earlier.where}"))
        elif earlier is not row:
            problems.append(
                f"{file_name}: {row.where}: count {row.value}, but {earlier.where} says "
                f"{earlier.value} for the same measure, area and period"
            )
    if problems:
        raise Unreadable(problems)
    names = sorted({places.name_of(row.area) for row in rows.values()})
    return Parsed(
        publisher=f"Force return for {', '.join(names)}"[:200],
        title="; ".join(sources)[:300],
        licence="",
        released_at=None,
        rows=tuple(rows.values()),
        set_aside=tuple(set_aside),
    )


def _problems(line: Line, places: Gazetteer) -> list[str]:
    cells = line.cells
    problems = []
    if not _SLUG.fullmatch(cells["measure"]):
        problems.append(
            f"measure {cells['measure']!r}: expected its short name, such as violence-with-injury"
        )
    if cells["area"] not in places:
        problems.append(f"area {cells['area']!r} is not known: expected a code such as E23000032")
    if not _COUNT.fullmatch(cells["count"]):
        problems.append(
            f"count {cells['count']!r}: expected a whole number from 0 up, without commas"
        )
    if not cells["source"]:
        problems.append("source is empty: expected where the count comes from")
    if len(_note(line, has_one_source=False)) > NOTE_LENGTH:
        problems.append(f"source and note: expected at most {NOTE_LENGTH} characters together")
    return problems + _period_problems(cells["period_start"], cells["period_end"])


def _period_problems(start: str, end: str) -> list[str]:
    first, last = _days(start), _days(end)
    if first and last and first.starts > last.ends:
        return [f"period_end {end} is before period_start {start}"]
    return [
        f"{name} {text!r}: expected a day such as 2022-11-30 or a month such as 2022-11"
        for name, text, days in (("period_start", start, first), ("period_end", end, last))
        if days is None
    ]


def _days(text: str) -> Period | None:
    """What is written, a day or a month, from its first day to its last."""
    if day := day_of(text):
        return Period(day, day)
    try:
        return month_of(parse_month(text))
    except ValueError:
        return None


def _row(line: Line, *, has_one_source: bool) -> Row:
    cells = line.cells
    first, last = _days(cells["period_start"]), _days(cells["period_end"])
    if first is None or last is None:
        raise ValueError(f"line {line.number} has no period: it was to be refused before")
    return Row(
        area=cells["area"],
        category=cells["measure"],
        starts=first.starts,
        ends=last.ends,
        value=int(cells["count"]),
        label=cells["measure"],
        where=f"line {line.number}",
        note=_note(line, has_one_source=has_one_source),
    )


def _note(line: Line, *, has_one_source: bool) -> str:
    """What to know of a count, with its source where that is not the source of the whole file."""
    source, note = line.cells["source"], line.cells["note"]
    return note if has_one_source else f"Source: {source.rstrip('.')}. {note}".strip()
