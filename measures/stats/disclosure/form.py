"""Whether tables are of the closed set, and their cells of the form that the rules give them."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Literal

from measures.stats.disclosure.allowed import FORCE_LEVEL_ONLY, PLACES, Facts
from measures.stats.disclosure.publish import ANSWERED, Cell
from measures.stats.disclosure.rules import (
    ALL,
    MINIMUM_BASE_OF_A_PERCENTAGE,
    MINIMUM_CELL,
    ROUNDED_TO,
)
from measures.stats.disclosure.tables import Table
from surveys.tally.periods import four_quarters_to, parse_span

Kind = Literal["closed set", "rule", "frozen"]
Found = tuple[Kind, Table, str]


def misshapen(tables: Sequence[Table], facts: Mapping[str, Facts] | None) -> Iterator[Found]:
    """Each table that no release may hold, and each cell that no table may, with the reason."""
    for table in tables:
        yield from (("closed set", table, words) for words in _outside(table, facts or {}))
        if not table.is_open:
            yield from (("rule", table, words) for words in _wrong_cells(table))
        if table.rules != ALL:
            off = [name for name, is_on in table.rules.as_json().items() if not is_on]
            yield "rule", table, f"released without {', '.join(off)}"
    yield from _released_again(tables)


def _outside(table: Table, facts: Mapping[str, Facts]) -> Iterator[str]:
    """D1, D2 and D3, told apart so that the words say which."""
    quarter = parse_span(table.quarter)
    year = four_quarters_to(quarter)
    if table.period not in (quarter, year):
        yield f"D2: the release of {quarter.key} holds that quarter and the four that end with it"
    elif table.by and table.period != year:
        yield "D2: splits are told over four quarters only"
    if table.survey in FORCE_LEVEL_ONLY and table.by in PLACES:
        yield "D3: this survey is never told by place"
    known = facts.get(table.survey)
    if known and table.by and table.by not in known.breakdowns:
        yield f"D1: {table.by} is none of the breakdowns that the survey declares"
    if known and table.question not in known.questions:
        yield f"D1: {table.question} is none of the questions that the survey counts"


def _wrong_cells(table: Table) -> Iterator[str]:
    for group, cells in table.columns.items():
        base = next((cell.n for cell in cells if cell.answer == ANSWERED), None)
        for cell in cells:
            for words in _wrong(cell, base):
                yield f"{cell.answer or 'all'} among {group or 'everyone'}: {words}"


def _wrong(cell: Cell, base: int | None) -> Iterator[str]:
    if cell.n is not None and cell.n < MINIMUM_CELL:
        yield f"D4: {cell.n} is below {MINIMUM_CELL}"
    if cell.n is not None and cell.n % ROUNDED_TO:
        yield f"D6: {cell.n} is not rounded to {ROUNDED_TO}"
    if cell.share is None:
        return
    if base is None or base < MINIMUM_BASE_OF_A_PERCENTAGE:
        yield f"D7: a percentage of fewer than {MINIMUM_BASE_OF_A_PERCENTAGE}"
    if cell.share != int(cell.share) or not 0 < cell.share < 100:
        yield f"D7: {cell.share}% is no whole percentage between 0 and 100"


def _released_again(tables: Sequence[Table]) -> Iterator[Found]:
    """D9: a table of one period and split is released once."""
    times = Counter((t.survey, t.period, t.question, t.by) for t in tables)
    for table in tables:
        if times.pop((table.survey, table.period, table.question, table.by), 1) > 1:
            yield "frozen", table, "D9: released more than once"
