"""What may be published of a survey's share: the only door between exact counts and a reader.

The rules are those of the disclosure policy, by number: D4 a minimum base, D6 counts rounded to
5 (the "10-5 rule" of the ONS), D7 whole percentages from the published counts and only on a base
of 50. Everything a reader gets is worked out from the rounded counts, so no arithmetic on it
gives back more than they do.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from measures.stats.intervals import wilson
from measures.stats.rounding import round_half_away, round_to
from measures.stats.values import Estimate, Suppressed

MINIMUM_CELL = 10  # D4
ROUNDED_TO = 5  # D6
MINIMUM_BASE_OF_A_PERCENTAGE = 50  # D7
LOWEST_BOUND, HIGHEST_BOUND = 5, 95  # D7: what is told instead of 0% and 100%


@dataclass(frozen=True)
class PublishedShare:
    """Counts rounded to 5, and the whole percentage they give.

    `percent` is None on a base below 50. With `bound` it is only a limit, "at most" or
    "at least", and `count` is None: withheld.
    """

    count: int | None
    base: int
    percent: int | None = None
    bound: Literal["at most", "at least"] | None = None

    @property
    def in_words(self) -> str:
        """ "72%", "at most 5%", or "about 25 of about 40"."""
        if self.percent is None:
            return f"about {self.count} of about {self.base}"
        return f"{self.bound} {self.percent}%" if self.bound else f"{self.percent}%"

    def estimate(self, *, is_sample: bool) -> Estimate | None:
        """The share from 0 to 1, with its Wilson interval when the answers are a sample.

        None where only a bound is told.
        """
        if self.count is None:
            return None
        share = self.count / self.base
        low, high = wilson(self.count, self.base) if is_sample else (None, None)
        method = "wilson" if is_sample else "share of those who answered"
        return Estimate(share, low, high, n=self.base, effective_n=self.base, method=method)


def publish_share(part: int, answered: int) -> PublishedShare | Suppressed:
    """What may be told of `part` among `answered`, both exact.

    Nothing below 10 answers. Where the part or the rest is below 10, zero included, its size is
    withheld: a bound on a base of 50 or more, nothing on a smaller one. Worked: 187 of 260 is
    185 of 260, 71%; 4 of 60 is "at most 16%", since all that is told of the 4 is that it is 9 or
    fewer.
    """
    if not 0 <= part <= answered:
        raise ValueError(f"{part} can't be a part of {answered}")
    if answered < MINIMUM_CELL:
        return Suppressed(f"fewer than {MINIMUM_CELL} people, or none, answered")
    base, has_percentage = round_to(answered, ROUNDED_TO), answered >= MINIMUM_BASE_OF_A_PERCENTAGE
    rest = answered - part
    if min(part, rest) < MINIMUM_CELL:
        if not has_percentage:
            return Suppressed(f"fewer than {MINIMUM_CELL} people gave one of the answers")
        return _bound(base, is_low=part < rest)
    count = round_to(part, ROUNDED_TO)
    if not has_percentage:
        return PublishedShare(count, base)
    percent = int(round_half_away(Fraction(100 * count, base), places=0))
    if percent in (0, 100):
        return _bound(base, is_low=percent == 0)
    return PublishedShare(count, base, percent)


def _bound(base: int, *, is_low: bool) -> PublishedShare:
    """The limit that follows from "9 or fewer" alone, never nearer the end than 5%."""
    # The true base may be up to 2 below the rounded one, and the limit must hold for it too.
    smallest_base = base - ROUNDED_TO // 2
    limit = max(-(-100 * (MINIMUM_CELL - 1) // smallest_base), LOWEST_BOUND)
    if is_low:
        return PublishedShare(None, base, limit, "at most")
    return PublishedShare(None, base, min(100 - limit, HIGHEST_BOUND), "at least")
