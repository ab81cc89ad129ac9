"""Shares, bases and intervals as the desk's tables and charts write them."""

from fractions import Fraction

from measures.stats.rounding import round_half_away
from measures.stats.values import Estimate, NotAvailable


def whole_percent(share: float) -> int:
    """A share from 0 to 1 as a whole percentage, halves away from zero: 0.745 is 75."""
    # By way of its decimal digits: 0.745 is 74.5% to a reader, whatever its binary is.
    return int(round_half_away(100 * Fraction(f"{share:.9f}"), places=0))


def percent(share: float) -> str:
    """ "74%"; what somebody said and rounds to none is "under 1%"."""
    rounded = whole_percent(share)
    return "under 1%" if share > 0 and rounded == 0 else f"{rounded}%"


def interval(estimate: Estimate | NotAvailable) -> str:
    """ "70 to 78"; nothing where there is no interval."""
    if isinstance(estimate, NotAvailable) or estimate.low is None or estimate.high is None:
        return ""
    return f"{whole_percent(estimate.low)} to {whole_percent(estimate.high)}"


def base(n: float) -> str:
    """ "1,204"; an effective base is cut to whole answers, never rounded up."""
    return f"{int(n):,}"
