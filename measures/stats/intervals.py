"""How sure an estimate is: intervals for shares from counts, and from standard errors."""

from math import inf, isinf, log, sqrt, tanh

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


def wilson_effective(share: float, effective_n: float, *, df: float = inf) -> tuple[float, float]:
    """The 95% score interval of a weighted share, as if of `effective_n` answers alike.

    Wilson's interval on the effective base (the number that answered divided by the design effect)
    as Korn & Graubard (1998), Survey Methodology 24, 193-201, do it for the exact one; with few
    degrees of freedom the t distribution's percentile takes the normal one's place. Holds its
    share, stays within 0 and 1, and has a width at 0 and 1. Worked: 81/263 and 263 give `wilson`.
    """
    if not effective_n > 0:
        raise ValueError("a share needs at least one answer")
    if not 0 <= share <= 1:
        raise ValueError(f"{share} is no share from 0 to 1")
    times = percentile(df)
    square = times * times
    centre = 2 * effective_n * share + square
    spread = times * sqrt(square + 4 * effective_n * share * (1 - share))
    under = 2 * (effective_n + square)
    # Within 0 and 1 also where subtraction leaves a rounding error, and exact at the ends.
    low, high = max((centre - spread) / under, 0.0), min((centre + spread) / under, 1.0)
    return (0.0 if share == 0 else low), (1.0 if share == 1 else high)


def logit_interval(share: float, se: float, df: float) -> tuple[float, float]:
    """The 95% interval of a share, symmetric on the scale of log odds.

    Both ends are inside 0 and 1; Lumley (2010), Complex Surveys, section 2.3.1. Worked: 0.827948
    with standard error 0.024345 on 197 degrees of freedom gives 0.774540 to 0.870815. A share of 0
    or 1 has no log odds and is refused.
    """
    if not 0 < share < 1:
        raise ValueError(f"{share} has no log odds")
    odds, spread = log(share / (1 - share)), percentile(df) * se / (share * (1 - share))
    # 1/(1 + e⁻ˣ) by the hyperbolic tangent, which no spread is too wide for.
    return (1 + tanh((odds - spread) / 2)) / 2, (1 + tanh((odds + spread) / 2)) / 2


def t_interval(value: float, se: float, df: float) -> tuple[float, float]:
    """The 95% interval of anything, symmetric: `se` times Student's percentile on both sides.

    Worked: 662.287363 with standard error 9.408941 on 197 degrees of freedom gives 643.732188 to
    680.842538.
    """
    spread = percentile(df) * se
    return value - spread, value + spread


def percentile(df: float) -> float:
    """The 97.5th percentile of Student's t distribution; infinite `df` is the normal one.

    Worked: 2.144787 for 14. Raises ValueError below 1: nothing is left to tell the spread by.
    """
    # Here, since scipy takes longer to load than a page to show, and few pages ask for this.
    from scipy.special import stdtrit

    if isinf(df):
        return Z_95
    if df < 1:
        raise ValueError("an interval needs at least one degree of freedom")
    return float(stdtrit(df, 0.975))


def _check(part: int, n: int) -> None:
    if n <= 0:
        raise ValueError("a share needs at least one answer")
    if not 0 <= part <= n:
        raise ValueError(f"{part} can't be a part of {n}")
