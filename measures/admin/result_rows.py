"""The table of a question as the page shows it: lines of cells, with letters, bases and markers."""

from dataclasses import dataclass, field

from measures.admin.figures_in_words import base, interval, percent
from measures.compute.tables import NOT_STATED, Answer, Column, ResultTable
from measures.stats.claims import Base, judge_base
from measures.stats.columns import ColumnTests, compare_columns
from measures.stats.values import Estimate, NotAvailable


@dataclass(frozen=True)
class Cell:
    """One number. `above` are the letters of the columns that it is clearly above."""

    n: str
    percent: str = ""
    interval: str = ""
    above: str = ""


@dataclass(frozen=True)
class Head:
    """The head of a column: its letter, where columns are compared, and what its base allows."""

    label: str
    letter: str
    marker: str
    words: str


@dataclass(frozen=True)
class Line:
    """An answer: its words, its cells in the order of the heads, and where it is looked at closer.

    `is_told` says that headline and chart are about it.
    """

    code: str
    label: str
    kind: str
    cells: tuple[Cell, ...]
    address: str = ""
    is_told: bool = False


@dataclass(frozen=True)
class Foot:
    """A line about the bases below the table."""

    label: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Grid:
    """The whole table; `compared` says how columns were compared, or why they were not."""

    heads: tuple[Head, ...]
    lines: tuple[Line, ...]
    feet: tuple[Foot, ...]
    compared: str = ""
    markers: tuple[tuple[str, str], ...] = field(default=())

    @property
    def is_split(self) -> bool:
        return len(self.heads) > 1


def grid_of(table: ResultTable, *, first_net: str = "") -> Grid:
    """The table with shares where bases allow them; the columns of a breakdown are compared.

    `first_net` is the code of the net that stands before the others.
    """
    bases = [judge_base(column.answered, column.effective) for column in table.columns]
    tests = {answer.code: _tested(table, at) for at, answer in enumerate(table.answers)}
    found = [one for one in tests.values() if isinstance(one, ColumnTests)]
    # A group may be compared in some of the lines only: enough are sure of one answer, not of all.
    places = zip(*(one.letters for one in found), strict=True)
    letters = ("", *map(max, places)) if found else ("",) * len(table.columns)
    return Grid(
        heads=tuple(
            Head(column.label, letter, judged.marker, judged.words)
            for column, letter, judged in zip(table.columns, letters, bases, strict=True)
        ),
        lines=tuple(
            _line(table, at, answer, bases, tests[answer.code])
            for at, answer in _in_order(table, first_net)
        ),
        feet=_feet(table),
        compared=_compared(table, tests),
        markers=tuple(dict.fromkeys((one.marker, one.words) for one in bases if one.marker)),
    )


def _in_order(table: ResultTable, first_net: str) -> list[tuple[int, Answer]]:
    """Options, then nets with the first of them first, then what is outside the base."""
    kinds = ("option", "net", "missing")
    return sorted(
        enumerate(table.answers),
        key=lambda one: (
            kinds.index(one[1].kind),
            one[1].kind == "net" and one[1].code != first_net,
        ),
    )


def _tested(table: ResultTable, at: int) -> ColumnTests | NotAvailable:
    """The groups of one line compared; everyone together, the first column, takes no part."""
    if table.answers[at].kind == "missing" or len(table.columns) < 3:
        return NotAvailable("there is nothing to compare")
    shares = [
        NotAvailable("no group") if column.group == NOT_STATED else column.cells[at].share
        for column in table.columns[1:]
    ]
    return compare_columns(shares, design=table.design)


def _compared(table: ResultTable, tests: dict[str, ColumnTests | NotAvailable]) -> str:
    """How columns were compared, or the first reason why they were not."""
    if len(table.columns) < 3:
        return ""
    if any(isinstance(one, ColumnTests) for one in tests.values()):
        return (
            "A letter beside a share names the columns that it is clearly above: tested pair by "
            "pair at 5%, with Holm’s allowance for the number of pairs in the row."
        )
    reason = next(one.reason for one in tests.values() if isinstance(one, NotAvailable))
    return f"Columns were not compared: {reason}"


def _line(
    table: ResultTable,
    at: int,
    answer: Answer,
    bases: list[Base],
    tests: ColumnTests | NotAvailable,
) -> Line:
    above = ("", *tests.higher_than) if isinstance(tests, ColumnTests) else ()
    cells = tuple(
        _cell(column, at, judged, above=above[n] if above else "")
        for n, (column, judged) in enumerate(zip(table.columns, bases, strict=True))
    )
    return Line(answer.code, answer.label, answer.kind, cells)


def _cell(column: Column, at: int, judged: Base, *, above: str) -> Cell:
    told = column.cells[at]
    if not isinstance(told.share, Estimate) or judged.is_too_small:
        return Cell(base(told.n))
    return Cell(base(told.n), percent(told.share.value), interval(told.share), above)


def _feet(table: ResultTable) -> tuple[Foot, ...]:
    columns = table.columns
    feet = [Foot("Answers in the base", tuple(base(column.answered) for column in columns))]
    if any(int(column.effective) != column.answered for column in columns):
        effective = tuple(base(column.effective) for column in columns)
        deffs = tuple(f"{column.deff:.2f}" if column.deff else "–" for column in columns)
        feet += [Foot("Effective base", effective), Foot("Design effect", deffs)]
    if any(isinstance(column.mean, Estimate) for column in columns):
        feet.append(Foot("Mean", tuple(_mean(column) for column in columns)))
    return (
        *feet,
        Foot("Skipped or not asked", tuple(base(column.skipped) for column in columns)),
        Foot("All responses", tuple(base(column.people) for column in columns)),
    )


def _mean(column: Column) -> str:
    mean = column.mean
    if not isinstance(mean, Estimate) or judge_base(column.answered).is_too_small:
        return "–"
    if mean.low is None or mean.high is None:
        return f"{mean.value:.1f}"
    return f"{mean.value:.1f} ({mean.low:.1f} to {mean.high:.1f})"
