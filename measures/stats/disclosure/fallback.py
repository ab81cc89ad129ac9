"""What is left out of a release so that nothing in it, with all before, tells too much."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from measures.stats.disclosure.attack import Bounded, too_narrow
from measures.stats.disclosure.publish import Cell
from measures.stats.disclosure.systems import Ceiling, Place, systems_of
from measures.stats.disclosure.tables import Table

NET: Final = "net:"
# A year's table reaches three quarters further back than its release; what was released longer ago
# than this shares no month with any table that shares one with the candidate.
QUARTERS_IN_REACH: Final = 8
# Percentages go in three steps: single answers', other nets', the first net's.
LAST_STEP: Final = 3


@dataclass(frozen=True)
class Safe:
    """The tables that may be released, and in words what was taken out of them and why."""

    tables: tuple[Table, ...]
    left_out: tuple[str, ...]


def leave_out_until_safe(
    candidate: Sequence[Table],
    earlier: Iterable[Table],
    *,
    ceilings: Sequence[Ceiling] = (),
    proved: set[bytes] | None = None,
) -> Safe:
    """The candidate's tables of one survey without what the attacker could use.

    Where a count is bounded too tightly the weighted percentages beside it go first: those of
    single answers, then all but the first net's, then all, so that counts alone are told. If that
    does not help, the split goes; of tables of everyone the quarter, then the four quarters.
    `proved` is what too_narrow() remembers: the gate needs not attack the same again.
    """
    proved = set() if proved is None else proved
    before = _by_question(within_reach(candidate, earlier))
    found = [
        _Question(tables, before.get(question, []), ceilings, proved).safe()
        for question, tables in _by_question(candidate).items()
    ]
    return Safe(
        tables=tuple(table for one in found for table in one.tables),
        left_out=tuple(words for one in found for words in one.left_out),
    )


def within_reach(candidate: Sequence[Table], earlier: Iterable[Table]) -> list[Table]:
    """The earlier tables of the same survey that bear on the months of the candidate."""
    survey = {table.survey for table in candidate}
    newest = max((_number(table.quarter) for table in candidate), default=0)
    return [
        table
        for table in earlier
        if table.survey in survey and _number(table.quarter) > newest - QUARTERS_IN_REACH
    ]


def _number(quarter: str) -> int:
    year, number = quarter.split("-Q")
    return int(year) * 4 + int(number)


def _by_question(tables: Iterable[Table]) -> Mapping[str, list[Table]]:
    found: dict[str, list[Table]] = defaultdict(list)
    for table in tables:
        found[table.question].append(table)
    return found


class _Question:
    """The tables of one question while they are made safe: the whole first, then each split."""

    def __init__(
        self,
        candidate: list[Table],
        earlier: list[Table],
        ceilings: Sequence[Ceiling],
        proved: set[bytes],
    ) -> None:
        self.candidate, self.earlier = candidate, earlier
        self.ceilings, self.proved = ceilings, proved
        self.left_out: list[str] = []

    def safe(self) -> Safe:
        kept = self._made_safe([table for table in self.candidate if not table.by], [])
        whole = tuple(kept)
        for by in sorted({table.by for table in self.candidate if table.by}):
            kept += self._made_safe([table for table in self.candidate if table.by == by], whole)
        return Safe(tuple(kept), tuple(self.left_out))

    def _made_safe(self, tables: list[Table], whole: Sequence[Table]) -> list[Table]:
        by = {table.by for table in tables} | {""}
        earlier = [table for table in self.earlier if table.by in by]
        steps: dict[str, int] = defaultdict(int)
        places = None
        while tables and (found := self._attacked([*tables, *whole, *earlier], places)):
            # With less told nothing else can become narrow.
            places = {one.target.place for one in found}
            groups = {one.target.group for one in found}
            tables = _with_fewer_shares(tables, groups, steps) or self._without_one(tables, found)
        return tables

    def _attacked(self, tables: list[Table], among: Collection[Place] | None) -> list[Bounded]:
        return [
            one
            for system in systems_of(tables, self.ceilings)
            for one in too_narrow(system, among=among, proved=self.proved)
        ]

    def _without_one(self, tables: list[Table], found: list[Bounded]) -> list[Table]:
        """Without the table of the shortest period."""
        *kept, gone = sorted(tables, key=lambda table: table.period.first)
        self.left_out.append(f"{gone.name}: with it, {found[0].in_words}")
        return kept


def _with_fewer_shares(
    tables: list[Table], groups: set[str], steps: dict[str, int]
) -> list[Table] | None:
    """The tables with the next percentages of these groups taken out; None where none is left."""
    while any(steps[group] < LAST_STEP for group in groups):
        for group in groups:
            steps[group] += 1
        stripped = [_stripped(table, steps) for table in tables]
        if stripped != tables:
            return stripped
    return None


def _stripped(table: Table, steps: Mapping[str, int]) -> Table:
    """The table with fewer percentages in the columns that were found, the more the further on."""
    if table.shape.weights is None:
        return table
    columns = {
        group: [_without_share(cell, cells, steps.get(group, 0)) for cell in cells]
        for group, cells in table.columns.items()
    }
    return replace(table, columns=columns)


def _without_share(cell: Cell, cells: Sequence[Cell], step: int) -> Cell:
    first_net = next((one.answer for one in cells if one.answer.startswith(NET)), None)
    goes = (
        (step >= 1 and not cell.answer.startswith(NET))
        or (step == 2 and cell.answer != first_net)
        or step > 2
    )
    if not goes or cell.n is None:
        return cell
    return Cell(cell.answer, cell.status, cell.n)
