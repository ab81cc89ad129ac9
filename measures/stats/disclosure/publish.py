"""What may be told of one column of a table: the only door between exact counts and a reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor, sqrt
from typing import Literal

from measures.stats.disclosure.noise import KEYS, LARGEST, shifted
from measures.stats.disclosure.rules import (
    ALL,
    LOWEST_BOUND,
    MINIMUM_BASE_OF_A_PERCENTAGE,
    MINIMUM_CELL,
    OPEN,
    ROUNDED_TO,
    SENSITIVE,
    Policy,
    Rules,
)
from measures.stats.intervals import Z_95
from measures.stats.rounding import round_half_away, round_to

ANSWERED = ""
MISSING = "~"
# What a withheld count may be at most: 11 shifted by -2 is below 10 as well.
LARGEST_WITHHELD = MINIMUM_CELL - 1 + LARGEST


@dataclass(frozen=True)
class Exact:
    """How many gave an answer, and the sum of their record keys. Never leaves the building.

    `answer` is an option's code, `net:satisfied`, a missing code such as `~dont-know`, or empty
    for all who answered.
    """

    answer: str
    n: int
    key: int

    def rest_of(self, base: "Exact") -> "Exact":
        """Those of the base who are not in it: a count like any other (D8)."""
        return Exact(self.answer, base.n - self.n, (base.key - self.key) % KEYS)


@dataclass(frozen=True)
class Cell:
    """A number as it may be told, with the same meaning as the fields of PublishedCell.

    Percentages are of those who answered. A suppressed cell has no number; with `bound` ("at most"
    or "at least") its `share` is a limit that follows from what is known anyway.
    """

    answer: str
    status: Literal["published", "suppressed"]
    n: int | None = None
    share: float | None = None
    low: int | None = None
    high: int | None = None
    bound: Literal["", "at most", "at least"] = ""


@dataclass(frozen=True)
class Weighted:
    """Weighted shares of one column, from the exact tallies: one an answer, 0 to 1 or None.

    `smallest` and `largest` are the weights, 1 on average, that any person of the survey has.
    """

    shares: Sequence[float | None]
    smallest: float
    largest: float


def publish_counts(
    answers: Sequence[Exact],
    base: Exact,
    *,
    rules: Rules = ALL,
    policy: Policy = SENSITIVE,
    split: bool,
    weighted: Weighted | None = None,
    effective: float | None = None,
) -> list[Cell]:
    """The cells of one column: all who answered first, then each answer in the order given.

    `split` is whether the column is a group of people rather than everyone. `effective` is the
    effective base of a probability sample; without it no cell has an interval. Worked, without
    noise: 187 of 260 is 185 of 260 and 71%; 4 of 60 is withheld and "at most 20%", since all that
    is told of the 4 is that they are 11 or fewer.
    """
    if any(not 0 <= answer.n <= base.n for answer in answers if is_of_base(answer.answer)):
        raise ValueError(f"an answer of {base.n} people has more people than that, or fewer than 0")
    column = _Column(base, rules, weighted, effective)
    if policy == OPEN and not split:
        return column.openly(answers)
    return column.sensitively(answers)


def is_of_base(answer: str) -> bool:
    """Whether those who gave it are among all who answered; "don't know" and its like are not."""
    return not answer.startswith(MISSING)


def told(count: Exact, rules: Rules = ALL) -> int | None:
    """The count as it may be told, by D4 to D6; None where it is withheld.

    Worked: 12 shifted by 1 is 15; 9 is withheld however it is shifted, and 11 where it is shifted
    by -2.
    """
    if rules.d4 and count.n < MINIMUM_CELL:
        return None
    n = shifted(count.n, count.key) if rules.d5 else count.n
    if not rules.d6:
        return n
    if rules.d4 and n < MINIMUM_CELL:
        return None
    return round_to(n, ROUNDED_TO)


class _Column:
    """One column while it is worked out."""

    def __init__(
        self, base: Exact, rules: Rules, weighted: Weighted | None, effective: float | None
    ) -> None:
        self.base, self.rules, self.weighted = base, rules, weighted
        # To one decimal, so that the interval tells no more of the base than is told of it.
        self.efficiency = round(effective / base.n, 1) if effective and base.n else None
        self.shown = told(base, rules)

    def openly(self, answers: Sequence[Exact]) -> list[Cell]:
        """Exact totals of everyone together, for a consultation."""
        self.shown = self.base.n
        cells = [Cell(ANSWERED, "published", self.base.n)]
        for i, answer in enumerate(answers):
            percent = self._percent(i, answer.n, answer) if self.base.n else None
            share = None if percent is None else int(round_half_away(percent, places=0))
            cells.append(self._with_interval(Cell(answer.answer, "published", answer.n, share)))
        return cells

    def sensitively(self, answers: Sequence[Exact]) -> list[Cell]:
        if self.shown is None:
            return [Cell(code, "suppressed") for code in [ANSWERED, *(a.answer for a in answers)]]
        cells = [Cell(ANSWERED, "published", self.shown)]
        return cells + [self._cell(i, answer) for i, answer in enumerate(answers)]

    def _cell(self, i: int, answer: Exact) -> Cell:
        n = told(answer, self.rules)
        if not is_of_base(answer.answer):
            status: Literal["published", "suppressed"] = "suppressed" if n is None else "published"
            return Cell(answer.answer, status, n)
        if n is None:
            return self._withheld(answer.answer, is_low=True)
        if self.rules.d8 and told(answer.rest_of(self.base), self.rules) is None:
            return self._withheld(answer.answer, is_low=False)
        return self._shared(i, n, answer)

    def _shared(self, i: int, n: int, answer: Exact) -> Cell:
        """The count with its percentage (D7)."""
        percent = self._percent(i, n, answer)
        if not self.rules.d7:
            share = None if percent is None else float(percent)
            return Cell(answer.answer, "published", n, share)
        if percent is None or not self._has_percentages:
            return Cell(answer.answer, "published", n)
        whole = min(100, int(round_half_away(percent, places=0)))
        if whole == 0:
            return Cell(answer.answer, "published", n, LOWEST_BOUND, bound="at most")
        if whole == 100:
            return Cell(answer.answer, "published", n, 100 - LOWEST_BOUND, bound="at least")
        return self._with_interval(Cell(answer.answer, "published", n, whole))

    @property
    def _has_percentages(self) -> bool:
        return self.shown is not None and self.shown >= MINIMUM_BASE_OF_A_PERCENTAGE

    def _percent(self, i: int, n: int, answer: Exact) -> Fraction | None:
        """Of the weighted tallies where there are weights, else of the counts as they are told."""
        if not is_of_base(answer.answer) or not self.shown:
            return None
        if self.weighted is not None:
            share = self.weighted.shares[i]
            return None if share is None else 100 * Fraction(share)
        if not self.rules.d7:
            return Fraction(100 * answer.n, self.base.n)
        return Fraction(100 * n, self.shown)

    def _with_interval(self, cell: Cell) -> Cell:
        """The cell with Wilson's interval around the share as it is told, ends rounded outwards."""
        if cell.share is None or self.efficiency is None or not self.shown:
            return cell
        low, high = _wilson(cell.share / 100, self.shown * max(self.efficiency, 0.1))
        return Cell(cell.answer, cell.status, cell.n, cell.share, floor(low), ceil(high))

    def _withheld(self, answer: str, *, is_low: bool) -> Cell:
        """No number; on a base of 50 the limit that follows from its being withheld alone."""
        limit = self._limit(self.shown) if self.shown and self._has_percentages else None
        if limit is None:
            return Cell(answer, "suppressed")
        if is_low:
            return Cell(answer, "suppressed", share=limit, bound="at most")
        return Cell(answer, "suppressed", share=100 - limit, bound="at least")

    def _limit(self, shown: int) -> int | None:
        """What a withheld count can be at most, as a percentage; None where that says nothing."""
        # The true base may be below the told one, and the limit must hold for it too.
        smallest_base = shown - LARGEST - ROUNDED_TO // 2
        part, rest = float(LARGEST_WITHHELD), float(smallest_base - LARGEST_WITHHELD)
        if self.weighted is not None:
            part, rest = part * self.weighted.largest, rest * self.weighted.smallest
        limit = max(ceil(100 * part / (part + rest)), LOWEST_BOUND)
        return limit if limit < 50 else None


def _wilson(share: float, n: float) -> tuple[float, float]:
    """Wilson's interval as percentages, on an effective base (see measures.stats.intervals)."""
    square = Z_95 * Z_95
    spread = Z_95 * sqrt(square + 4 * n * share * (1 - share))
    centre = 2 * n * share + square
    return tuple(100 * end / (2 * (n + square)) for end in (centre - spread, centre + spread))  # type: ignore[return-value]
