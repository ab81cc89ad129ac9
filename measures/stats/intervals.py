"""How sure a share is: intervals for proportions, from counts."""

from math import sqrt

# The 97.5th percentile of the normal distribution: 95% lies within it on both sides.
Z_95 = 1.959963984540054


def wilson(part: int, n: int) -> tuple[float, float]:
    """The 95% score interval of a share, both ends from 0 to 1.

    Wilson (1927), Probable inference, the law of succession, and statistical inference, JASA 22,
    209-212; without continuity correction, method 3 of Newcombe (1998), Statistics in Medicine
    17, 857-872. Worked there: 81 of 263 gives 0.2553 to 0.3662.
    """
    _check(part, n)
    share, square = part / n, Z_95 * Z_95
    centre = 2 * n * share + square
    spread = Z_95 * sqrt(square + 4 * n * share * (1 - share))
    low, high = (centre - spread) / (2 * (n + square)), (centre + spread) / (2 * (n + square))
    # Exactly 0 and 1 at the ends, where subtraction leaves a rounding error.
    return (0.0 if part == 0 else low), (1.0 if part == n else high)


def newcombe_difference(
    part: int, n: int, *, part_before: int, n_before: int
) -> tuple[float, float]:
    """The 95% interval of part/n minus part_before/n_before, both ends from -1 to 1.

    Method 10 (square and add Wilson intervals, no continuity correction) of Newcombe (1998),
    Interval estimation for the difference between independent proportions, Statistics in
    Medicine 17, 873-890. Worked there: 56/70 minus 48/80 gives 0.0524 to 0.3339.
    """
    low, high = wilson(part, n)
    low_before, high_before = wilson(part_before, n_before)
    share, share_before = part / n, part_before / n_before
    below = sqrt((share - low) ** 2 + (high_before - share_before) ** 2)
    above = sqrt((high - share) ** 2 + (share_before - low_before) ** 2)
    return share - share_before - below, share - share_before + above


def _check(part: int, n: int) -> None:
    if n <= 0:
        raise ValueError("a share needs at least one answer")
    if not 0 <= part <= n:
        raise ValueError(f"{part} can't be a part of {n}")
