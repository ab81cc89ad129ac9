"""Has it changed? Two counts, or two shares, and whether chance alone would do it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from measures.stats.differences import difference_of
from measures.stats.published import PublishedShare
from measures.stats.rounding import percentage
from measures.stats.values import NotAvailable

# Below this a percentage makes noise look like news, so only the counts are given.
MINIMUM_BASE_OF_A_PERCENTAGE = 50
# A difference that chance gives at least this often is "no clear change".
SIGNIFICANCE = 0.05
# Two whole percentages are each up to half a point from what they were rounded from.
POINTS_BY_ROUNDING = 1


@dataclass(frozen=True)
class CountChange:
    """now minus before; `percentage` of before, to one decimal, None on a base below 50."""

    difference: int
    percentage: Decimal | None
    p_value: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than chance alone would give, at 5%."""
        return self.p_value < SIGNIFICANCE


@dataclass(frozen=True)
class ShareChange:
    """now minus before in whole percentage points, with its 95% interval in the same unit."""

    points: int
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no change at all."""
        return self.low > 0 or self.high < 0


def compare_counts(now: int, before: int) -> CountChange:
    """How a count differs from the count of an equally long time before.

    Worked: 18,212 after 17,119 is 1,093 more, 6.4%. The percentage is None where before is 0 or
    below 50. A year with a leap day is taken to be as long as any other.
    """
    has_percentage = before >= MINIMUM_BASE_OF_A_PERCENTAGE
    return CountChange(
        difference=now - before,
        percentage=percentage(now - before, before) if has_percentage else None,
        p_value=two_counts_p(now, before),
    )


def two_counts_p(now: int, before: int) -> float:
    """How often two Poisson counts of one rate differ at least this much, from 0 to 1.

    The conditional exact test of Przyborowski & Wilenski (1940), Homogeneity of results in
    testing samples from Poisson series, Biometrika 31, 313-323: given their sum, one of two
    equally long counts is binomial with one half; two-sided by doubling, which is exact since
    that distribution is symmetric. Worked: 1 and 9 give 22/1024 = 0.0215. A corrected count below
    zero is no Poisson count: p is then 1, so nothing is called a clear change.
    """
    # Here, since scipy takes longer to load than a page to show, and no page asks for this.
    from scipy.special import bdtr

    if min(now, before) < 0 or now == before:
        return 1.0
    return min(1.0, 2 * float(bdtr(min(now, before), now + before, 0.5)))


def compare_shares(now: PublishedShare, before: PublishedShare) -> ShareChange | None:
    """The difference of two published shares, so that a reader's subtraction agrees with it.

    None unless both are whole percentages with an interval. The interval of the difference is
    made from theirs by method 10 of Newcombe (1998), Statistics in Medicine 17, 873-890, and is
    one point wider at each end, since both shares were rounded. Worked: 72% (70 to 74) after 70%
    (67 to 73) is 2 points more, -2.6 to 6.6.
    """
    if now.percent is None or before.percent is None or not (now.estimate and before.estimate):
        return None
    found = difference_of(now.estimate, before.estimate)
    if isinstance(found, NotAvailable):
        return None
    points = now.percent - before.percent
    # From the whole points, since 0.72 - 0.71 is a little more than 0.01.
    return ShareChange(
        points=points,
        low=points - 100 * (found.value - found.low) - POINTS_BY_ROUNDING,
        high=points + 100 * (found.high - found.value) + POINTS_BY_ROUNDING,
    )


def direction(difference: int) -> Literal["up", "down", "same"]:
    """The word for a difference, whose number then goes without a sign."""
    if difference == 0:
        return "same"
    return "up" if difference > 0 else "down"
