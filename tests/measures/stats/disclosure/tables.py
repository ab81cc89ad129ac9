"""Small tables written by hand, for attacks whose answer can be worked out on paper."""

from collections.abc import Mapping

from measures.stats.disclosure.publish import Cell
from measures.stats.disclosure.tables import Shape, Table
from surveys.tally.periods import parse_span

Numbers = Mapping[str, int | None]


def cell(answer: str, n: int | None, *, share: int | None = None, bound: str = "") -> Cell:
    return Cell(answer, "suppressed" if n is None else "published", n, share, bound=bound)


def table(
    numbers: Mapping[str, Numbers],
    *,
    period: str = "2022-Q4",
    by: str = "",
    options: tuple[str, ...] = ("yes", "no"),
    question: str = "q",
    **more,
) -> Table:
    """The numbers told by group and answer; None is withheld."""
    span = parse_span(period)
    columns = {
        group: [n if isinstance(n, Cell) else cell(answer, n) for answer, n in cells.items()]
        for group, cells in numbers.items()
    }
    return Table(
        "a-survey",
        quarter=period.removeprefix("year-to-"),
        period=span,
        question=question,
        by=by,
        shape=more.pop("shape", Shape(options)),
        columns=columns,
        **more,
    )
