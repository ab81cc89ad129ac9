"""What a reader who knows the rules concludes from each published cell: limits on counts."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf
from typing import Literal

from measures.stats.disclosure.noise import LARGEST
from measures.stats.disclosure.publish import ANSWERED, Cell, is_of_base
from measures.stats.disclosure.rules import MINIMUM_CELL, ROUNDED_TO, Rules
from measures.stats.disclosure.tables import Table

# A whole percentage may be off by half of one; one with decimals by what a float may be off.
HALF_A_PERCENT, A_FLOAT = 0.005, 1e-9


@dataclass(frozen=True)
class Limit:
    """low ≤ of_part × part + of_base × base ≤ high, in people.

    `part` is an answer of the table and `base` all who answered; either factor may be 0.
    """

    answer: str
    low: float
    high: float
    of_part: float = 1
    of_base: float = 0


def limits(table: Table, cells: Sequence[Cell]) -> Iterator[Limit]:
    """All that one column of a table says about the counts behind it."""
    for cell in cells:
        if cell.n is not None:
            low, high = (cell.n, cell.n) if table.is_open else behind(cell.n, table.rules)
            yield Limit(cell.answer, low, high)
            yield from _of_share(table, cell, cells)
        elif (side := small_side(table, cell, cells)) is not None:
            of_part, of_base = (1, 0) if side == "part" else (-1, 1)
            yield Limit(cell.answer, 0, most_withheld(table.rules), of_part, of_base)


def small_side(table: Table, cell: Cell, cells: Sequence[Cell]) -> Literal["part", "rest"] | None:
    """Whether a withheld cell is small itself or withheld for the rest's sake (D8); None where
    that can't be told from its column."""
    base = next(one for one in cells if one.answer == ANSWERED)
    if base.n is None or not is_of_base(cell.answer) or not table.rules.d8:
        return "part"
    if cell.bound:
        return "part" if cell.bound == "at most" else "rest"
    codes = table.shape.nets.get(cell.answer, (cell.answer,))
    others = sum(
        behind(one.n, table.rules)[0]
        for one in cells
        if one.answer in table.shape.options and one.answer not in codes and one.n is not None
    )
    is_large = table.shape.is_single and others > most_withheld(table.rules)
    return "part" if is_large else None


def behind(told: int, rules: Rules) -> tuple[int, int]:
    """The smallest and the largest true count that is told as this number.

    Worked: 20 is 16 to 24; 10 is 10 to 14, since 8 is withheld even where it is shifted by 2.
    """
    low = high = told
    if rules.d6:
        low, high = low - ROUNDED_TO // 2, high + ROUNDED_TO // 2
        low = max(low, MINIMUM_CELL) if rules.d4 else low
    if rules.d5:
        low, high = low - LARGEST, high + LARGEST
    return max(low, MINIMUM_CELL if rules.d4 else 0), high


def most_withheld(rules: Rules) -> int:
    """The largest count that may be withheld for being small."""
    return MINIMUM_CELL - 1 + (LARGEST if rules.d5 and rules.d6 else 0)


def _of_share(table: Table, cell: Cell, cells: Sequence[Cell]) -> Iterator[Limit]:
    """What a percentage adds to the told counts: nothing where it follows from them.

    A weighted one is part × a / (part × a + rest × b) for mean weights a and b between the smallest
    and the largest, so it is at least s only if part × (largest × (1 - s) + s × smallest) is at
    least s × smallest × base, and the same the other way round.
    """
    follows = table.shape.weights is None and table.rules.d7
    if cell.n is None or cell.share is None or cell.bound or follows or table.is_open:
        return
    smallest, largest = table.shape.weights or (1.0, 1.0)
    off = HALF_A_PERCENT if table.rules.d7 else A_FLOAT
    low, high = max(0.0, cell.share / 100 - off), min(1.0, cell.share / 100 + off)
    part = behind(cell.n, table.rules)
    base = next(behind(one.n, table.rules) for one in cells if one.n and one.answer == ANSWERED)
    at_least = Limit(cell.answer, 0, inf, largest * (1 - low) + low * smallest, -low * smallest)
    at_most = Limit(cell.answer, -inf, 0, smallest * (1 - high) + high * largest, -high * largest)
    # With weights far apart most percentages say less than the counts beside them.
    if at_least.of_part * part[0] + at_least.of_base * base[1] < 0:
        yield at_least
    if at_most.of_part * part[1] + at_most.of_base * base[0] > 0:
        yield at_most
