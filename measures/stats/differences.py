"""How two independent estimates of a share differ, and how sure that is."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import erfc, sqrt

from measures.stats.values import Estimate, NotAvailable


@dataclass(frozen=True)
class Difference:
    """One share minus another with its 95% interval; all from -1 to 1."""

    value: float
    low: float
    high: float

    @property
    def is_clear(self) -> bool:
        """Whether the interval leaves out no difference at all."""
        return self.low > 0 or self.high < 0


def difference_of(
    share: Estimate | NotAvailable, before: Estimate | NotAvailable
) -> Difference | NotAvailable:
    """share minus before, of two groups or periods that have nobody in common.

    Method 10 of Newcombe (1998), Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17, 873-890, from the intervals that both shares carry:
    with Wilson intervals on effective bases it is Newcombe's on effective bases. That any interval
    of each share will do is shown by Zou & Donner (2008), Statistics in Medicine 27, 1693-1702.
    Worked in Newcombe: 56/70 minus 48/80 gives 0.0524 to 0.3339.
    """
    if isinstance(share, NotAvailable):
        return share
    if isinstance(before, NotAvailable):
        return before
    if share.low is None or share.high is None or before.low is None or before.high is None:
        return NotAvailable("a share without a margin of error can't be compared")
    value = share.value - before.value
    below = sqrt((share.value - share.low) ** 2 + (before.high - before.value) ** 2)
    above = sqrt((share.high - share.value) ** 2 + (before.value - before.low) ** 2)
    return Difference(value, value - below, value + above)


def two_shares_p(one: Estimate, other: Estimate) -> float:
    """How often chance gives two groups of one true share a difference of at least this, 0 to 1.

    The z test with the share of both together (Fleiss, Levin & Paik (2003), Statistical Methods
    for Rates and Proportions, 3rd edition, section 3.1, without continuity correction), each group
    counted by its effective base. Worked: 70 of 82 against 129 of 136 gives 0.0161. Raises
    ValueError where a base is not known.
    """
    bases = [estimate.effective_n or estimate.n or 0 for estimate in (one, other)]
    if min(bases) <= 0:
        raise ValueError("a share is tested on a base: give effective_n or n")
    both = (bases[0] * one.value + bases[1] * other.value) / sum(bases)
    variance = both * (1 - both) * (1 / bases[0] + 1 / bases[1])
    if variance <= 0:
        # Nobody in either group, or everybody in both.
        return 1.0
    return erfc(abs(one.value - other.value) / sqrt(2 * variance))


def holm(p_values: Sequence[float]) -> tuple[float, ...]:
    """The values raised so that, of many tests, one false finding at 5% stays one in twenty.

    Holm (1979), A simple sequentially rejective multiple test procedure, Scandinavian Journal of
    Statistics 6, 65-70. Worked: 0.01, 0.04, 0.03 become 0.03, 0.06, 0.06.
    """
    raised, most = [0.0] * len(p_values), 0.0
    for rank, at in enumerate(sorted(range(len(p_values)), key=p_values.__getitem__)):
        most = max(most, min(1.0, (len(p_values) - rank) * p_values[at]))
        raised[at] = most
    return tuple(raised)
