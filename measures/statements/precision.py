"""How far a published share may lie from the exact one, since its counts were changed first."""

from fractions import Fraction
from math import ceil

from measures.stats.published import PublishedShare

# What disclosure control moves a count by: noise of at most 2, then rounding to 5, at most 2 more.
MOVED = 4


def points_off(share: PublishedShare) -> int:
    """The most percentage points between a published share and the exact one, rounded up.

    Noise of at most 2 and rounding to 5 move each count by at most r = 4. Behind a published
    part p of a base b lie at most p + r of b - r, and at least p - r of b + r. Worked: 63% of a
    base of 160 is told from 100 of 160; behind it lie 96 of 164 (58.5%) to 104 of 156 (66.7%),
    so it is up to 4.5, which is 5, points off. Raises ValueError where no percentage is told.
    """
    if share.percent is None or share.count is None:
        raise ValueError("only a whole percentage of a known count can be points off")
    # Exact, since a float could turn 2 into 3.
    most = Fraction(100 * min(share.count + MOVED, share.base - MOVED), share.base - MOVED)
    least = Fraction(100 * max(share.count - MOVED, 0), share.base + MOVED)
    return max(ceil(most - share.percent), ceil(share.percent - least))
