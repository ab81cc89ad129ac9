"""What a survey's design and the size of its base allow to be said, and the words for it."""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from measures.stats.differences import Difference
from measures.stats.rounding import round_half_away
from measures.stats.values import NotAvailable

Design = Literal["probability", "census", "self-selected"]
# Product defaults: below the first a share is not told, below the second it is marked.
SMALLEST_BASE = 30
CAREFUL_BASE = 100


@dataclass(frozen=True)
class MayClaim:
    """What shares of a survey may be called.

    `margin_of_error`: they may stand with an interval and be tested against each other.
    `of_population`: they may be said of everybody asked about ("72% of people who reported"), and
    not only of those who answered. `words` say either to a reader of the desk.
    """

    margin_of_error: bool
    of_population: bool
    words: str


DESIGNS: dict[Design, MayClaim] = {
    "probability": MayClaim(
        True,
        True,
        "A random sample: its shares stand for everybody it was drawn from, within the margin of "
        "error. The margin covers chance only, not who chose not to answer.",
    ),
    "census": MayClaim(
        True,
        True,
        "Everybody was asked: the margin of error covers those who did not answer, as though "
        "chance had picked them.",
    ),
    "self-selected": MayClaim(
        False,
        False,
        "Whoever wished to answered: the shares are of the people who answered and of nobody "
        "else. They have no margin of error and can't be tested against each other.",
    ),
}


@dataclass(frozen=True)
class Base:
    """How far a number of answers carries.

    `marker` is "[low]" where a share is refused, "[u]" (unreliable) where it is to be treated
    with care, and empty otherwise; `words` say why, and are empty with it.
    """

    is_too_small: bool
    needs_care: bool
    marker: Literal["", "[low]", "[u]"]
    words: str


def may_claim(design: Design) -> MayClaim:
    """What may be claimed of a survey of this design, and the words for it."""
    return DESIGNS[design]


def judge_base(answered: int, effective: float | None = None) -> Base:
    """Whether so many answers are enough to tell a share of them.

    Below 30 they are not, below 100 the share is to be treated with care. Uneven weights make
    answers tell less: the effective base counts where it is the smaller one. Worked: 120 answers
    with an effective base of 80 are marked "[u]".
    """
    told = answered if effective is None else min(answered, effective)
    kind = "answers" if told == answered else "in the effective base"
    if told < SMALLEST_BASE:
        words = f"fewer than {SMALLEST_BASE} {kind}: too few to tell shares of them"
        return Base(True, True, "[low]", words)
    if told < CAREFUL_BASE:
        return Base(False, True, "[u]", f"fewer than {CAREFUL_BASE} {kind}: treat with care")
    return Base(False, False, "", "")


def change_in_words(difference: Difference | NotAvailable) -> str:
    """A change of a share since before: "up 3 percentage points", "no clear change".

    A change inside chance has no direction, however large. One that is clear and rounds to 0 is
    "less than 1 percentage point". A change that can't be known is said with its reason.
    """
    if isinstance(difference, NotAvailable):
        return f"change not known: {difference.reason}"
    if not difference.is_clear:
        return "no clear change"
    return f"{'up' if difference.value > 0 else 'down'} {points_in_words(difference.value)}"


def points_in_words(share: float) -> str:
    """A difference of shares (-1 to 1) as whole percentage points, without its sign."""
    # By way of its decimal digits: 0.145 is 14.5 points to a reader, whatever its binary is.
    points = int(round_half_away(100 * Fraction(f"{abs(share):.9f}"), places=0))
    if points == 0:
        return "less than 1 percentage point"
    return f"{points} percentage point{'' if points == 1 else 's'}"
