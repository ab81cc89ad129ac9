"""How far a published share may lie from the exact one, since its counts were rounded first."""

from fractions import Fraction
from math import ceil

from measures.stats.suppression import ROUNDED_TO, PublishedShare


def points_off(share: PublishedShare) -> int:
    """The most percentage points between a published share and the exact one, rounded up.

    Counts are whole numbers, so rounding to 5 moves each by at most r = 2. Behind a published
    part p of a base b lie at most p + r of b - r, and at least p - r of b + r. Worked: 63% of a
    base of 160 is told from 100 of 160; behind it lie 98 of 162 (60.5%) to 102 of 158 (64.6%),
    so it is up to 2.5, which is 3, points off. Raises ValueError where no percentage is told.
    """
    if share.percent is None or share.count is None:
        raise ValueError("only a whole percentage of a known count can be points off")
    moved = ROUNDED_TO // 2
    # Exact, since a float could turn 2 into 3.
    most = Fraction(100 * min(share.count + moved, share.base - moved), share.base - moved)
    least = Fraction(100 * max(share.count - moved, 0), share.base + moved)
    return max(ceil(most - share.percent), ceil(share.percent - least))
