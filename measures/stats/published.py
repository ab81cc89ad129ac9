"""A survey's share as it was published: all that a reader gets of it."""

from dataclasses import dataclass
from typing import Literal

from measures.stats.rounding import with_commas
from measures.stats.values import Estimate


@dataclass(frozen=True)
class PublishedShare:
    """Counts after noise and rounding, and the whole percentage that stands with them.

    `percent` is None on a base below 50. With `bound` it is only a limit, "at most" or
    "at least", and `count` is None: withheld. `low` and `high` are the ends of its 95% interval,
    whole percentages too; None where the design allows no interval. A share that `is_weighted`
    does not follow from the counts: they are of people, and it stands for a population.
    """

    count: int | None
    base: int
    percent: int | None = None
    bound: Literal["at most", "at least"] | None = None
    low: int | None = None
    high: int | None = None
    is_weighted: bool = False

    @property
    def in_words(self) -> str:
        """ "72%", "at most 5%", or "about 25 of about 40"."""
        if self.percent is None:
            return f"about {with_commas(self.count or 0)} of about {with_commas(self.base)}"
        return f"{self.bound} {self.percent}%" if self.bound else f"{self.percent}%"

    @property
    def estimate(self) -> Estimate | None:
        """The share from 0 to 1 with its interval; None unless a whole percentage has one."""
        if self.percent is None or self.bound or self.low is None or self.high is None:
            return None
        # The ends were rounded by themselves, and may have come to lie beyond the share.
        low, high = min(self.low, self.percent), max(self.high, self.percent)
        return Estimate(
            self.percent / 100, low / 100, high / 100, n=self.base, method="as published"
        )
