"""Released tables as the attacker gets them: nothing in them but what anybody may read."""

from collections import defaultdict

from measures.compute.released import ReleasedTable
from measures.models.results import PublishedCell
from measures.stats.disclosure.publish import Cell
from measures.stats.disclosure.rules import Rules
from measures.stats.disclosure.tables import Shape, Table
from surveys.tally.periods import parse_span


def visitor_table(table: ReleasedTable) -> Table:
    """A table read from the published cells."""
    columns: dict[str, list[Cell]] = defaultdict(list)
    for (group, _answer), cell in table.cells.items():
        columns[group].append(_cell(cell))
    return Table(
        survey=table.release.survey,
        quarter=table.release.quarter,
        period=parse_span(table.period),
        question=table.question,
        by=table.by,
        shape=Shape.from_json(table.about["shape"]),
        columns=dict(columns),
        policy=table.about["policy"],
        rules=Rules.from_json(table.rules),
        release=table.release.quarter,
    )


def _cell(cell: PublishedCell) -> Cell:
    return Cell(
        cell.answer,
        cell.status,  # type: ignore[arg-type]  # one of its choices
        cell.n,
        cell.share,
        cell.low,
        cell.high,
        cell.bound,  # type: ignore[arg-type]  # as above
    )
