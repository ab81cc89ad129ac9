"""What a sample would be able to tell: the smallest change it shows, or how many it takes."""

from dataclasses import dataclass
from math import ceil, sqrt
from statistics import NormalDist

from measures.stats.intervals import Z_95

# Halvings of an interval below 1 wide, which leave less than any float tells apart.
HALVINGS = 60


@dataclass(frozen=True)
class Plan:
    """How a sample will be drawn, and how often one wants to be right.

    `deff` is the design effect (1 for a simple random sample; uneven weights raise it),
    `population` how many there are to draw from, where that is few enough to matter. `power` is
    the chance to see a change that is there, `significance` the chance to see one that is not.
    """

    deff: float = 1.0
    population: int | None = None
    power: float = 0.8
    significance: float = 0.05

    def __post_init__(self) -> None:
        if self.deff <= 0:
            raise ValueError(f"a design effect is above 0, not {self.deff:g}")
        if not (0.5 <= self.power < 1 and 0 < self.significance < 0.5):
            raise ValueError("expected a power of 0.5 to 1 and a significance below 0.5")
        if self.population is not None and self.population < 1:
            raise ValueError("a population has at least one member")

    @property
    def z(self) -> tuple[float, float]:
        """The normal deviates of the significance, two-sided, and of the power."""
        normal = NormalDist()
        return normal.inv_cdf(1 - self.significance / 2), normal.inv_cdf(self.power)

    def effective(self, n: float) -> float:
        """How many answers of a simple random sample from very many tell as much as these.

        n / deff / (1 - n / population), Kish (1965), Survey Sampling, sections 2.6 and 8.2.
        Infinite where everybody answers. Worked: 300 of 1,000 at a deff of 1.5 are 285.7.
        """
        if self.population is None:
            return n / self.deff
        if n >= self.population:
            return float("inf")
        return n / self.deff / (1 - n / self.population)

    def answers_for(self, effective: float) -> int:
        """How many answers, rounded up, have this effective base."""
        whole = effective * self.deff
        if self.population is not None:
            whole /= 1 + whole / self.population
        # A rounding error must not ask for one more.
        return ceil(whole - 1e-9)


@dataclass(frozen=True)
class Detectable:
    """The smallest rise and fall of a share that would be told, from 0 to 1.

    None where not even a change to all, or to nobody, would be.
    """

    up: float | None
    down: float | None


def margin_of_error(share: float, n: int, *, plan: Plan) -> float:
    """Half the width of the 95% Wilson interval of such a share on n answers, from 0 to 1.

    Wilson (1927), JASA 22, 209-212, on the effective base. Worked: 50% of 1,000 is within 3.09
    percentage points.
    """
    _check(share, n)
    base = plan.effective(n)
    if base == float("inf"):
        return 0.0
    square = Z_95 * Z_95
    return Z_95 * sqrt(base * share * (1 - share) + square / 4) / (base + square)


def detectable_change(
    share: float, n: int, *, n_before: int | None = None, plan: Plan | None = None
) -> Detectable:
    """The smallest change from `share`, measured on n_before answers, that n answers would tell.

    n_before is n unless given. The z test of two shares with the power of equation 4.14 of Fleiss,
    Levin & Paik (2003), Statistical Methods for Rates and Proportions, 3rd edition, each sample by
    its effective base. Worked: from 50% on 76.65 answers each, a power of 90% tells a rise of 25
    percentage points (R 4.4, power.prop.test).
    """
    plan = plan or Plan()
    _check(share, n)
    bases = plan.effective(n), plan.effective(n if n_before is None else n_before)
    if min(bases) <= 0:
        raise ValueError("a change is told on answers of both times: give at least one of each")
    up, down = (_smallest(share, end, bases=bases, plan=plan) for end in (1.0, 0.0))
    return Detectable(up, down)


def sample_for(share: float, change: float, *, plan: Plan | None = None) -> int:
    """How many answers each of two periods takes to tell this change (such as -0.05) from `share`.

    Equation 4.14 of Fleiss, Levin & Paik (2003), without continuity correction, times the design
    effect. Worked: 50% to 75% with a power of 90% takes 77 (R 4.4, power.prop.test: 76.65). Raises
    ValueError where the change leads below 0% or above 100%.
    """
    plan = plan or Plan()
    _check(share, 1)
    after = share + change
    if not change or not 0 <= after <= 1:
        raise ValueError(f"{share:.0%} can't change by {100 * change:+g} percentage points")
    # With bases of one answer, the deviation that the change must reach falls by the root of n.
    return plan.answers_for((_needed(share, after, bases=(1, 1), plan=plan) / change) ** 2)


def _smallest(share: float, end: float, *, bases: tuple[float, float], plan: Plan) -> float | None:
    """The distance to the share nearest to this one, on the way to `end`, that would be told."""

    def is_told(distance: float) -> bool:
        after = share + distance * (end - share)
        return abs(after - share) >= _needed(share, after, bases=bases, plan=plan)

    if end == share or not is_told(1.0):
        return None
    low, high = 0.0, 1.0
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (low, middle) if is_told(middle) else (middle, high)
    return high * abs(end - share)


def _needed(share: float, after: float, *, bases: tuple[float, float], plan: Plan) -> float:
    """The difference that two shares on these bases must have to be told apart."""
    z_significance, z_power = plan.z
    now, before = (0.0 if base == float("inf") else 1 / base for base in bases)
    # Of both together: as the test does that finds no difference.
    both = (
        (share + after) / 2 if not now + before else (share * now + after * before) / (now + before)
    )
    alike = both * (1 - both) * (now + before)
    apart = after * (1 - after) * now + share * (1 - share) * before
    return z_significance * sqrt(alike) + z_power * sqrt(apart)


def _check(share: float, n: int) -> None:
    if not 0 <= share <= 1:
        raise ValueError(f"a share is from 0 to 1, not {share:g}")
    if n <= 0:
        raise ValueError("a sample has at least one answer")
