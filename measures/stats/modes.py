"""Whether people answer otherwise by one channel than by another, beyond who uses which."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import erfc, sqrt

import numpy as np
from numpy.typing import NDArray

from measures.stats.claims import SMALLEST_BASE, points_in_words
from measures.stats.compare import SIGNIFICANCE
from measures.stats.differences import Difference, holm
from measures.stats.intervals import Z_95

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class ChannelGap:
    """How the share of one channel stands to another's among people alike.

    `is_clear` after all pairs of channels were tested together.
    """

    channel: str
    other: str
    difference: Difference
    p: float
    words: str

    @property
    def is_clear(self) -> bool:
        return self.p < SIGNIFICANCE


def channel_gaps(
    said: Mapping[str, Counts], answered: Mapping[str, Counts], *, alike_in: str = ""
) -> tuple[ChannelGap, ...]:
    """Each pair of channels compared within groups of people alike, the clearest first.

    `said` of those who `answered`, by channel and then by group (the weighting cells); `alike_in`
    names what they are alike in, for the words. A channel with fewer than 30 answers takes no
    part. Pairs are tested together by Holm (1979).
    """
    channels = [name for name, n in answered.items() if n.sum() >= SMALLEST_BASE]
    pairs = [
        (one, other, gap)
        for one, other in combinations(channels, 2)
        if (gap := _pooled(said, answered, pair=(one, other))) is not None
    ]
    raised = holm([p for _one, _other, (_difference, p) in pairs])
    gaps = [
        ChannelGap(
            one,
            other,
            difference,
            p,
            _words(one, other, difference=difference, p=p, alike_in=alike_in),
        )
        for (one, other, (difference, _raw)), p in zip(pairs, raised, strict=True)
    ]
    return tuple(sorted(gaps, key=lambda gap: (gap.p, -abs(gap.difference.value))))


def mantel_haenszel(
    part: Counts, n: Counts, *, part_other: Counts, n_other: Counts
) -> tuple[Difference, float] | None:
    """The difference of two groups' shares among people alike, and its p; None with nobody alike.

    Each argument holds a count by group of people alike. Mantel & Haenszel (1959), pooled as a
    risk difference by Greenland & Robins (1985), Biometrics 41, 55-68, with the variance of Sato
    (1989), Biometrics 45, 1323-1324, which holds for many small groups as for a few large ones.
    Worked: 8 of 106 and 22 of 98 against 5 of 120 and 16 of 85 (Rothman, Greenland & Lash (2008),
    Modern Epidemiology, 3rd edition, table 15-1) give 0.035, -0.028 to 0.097.
    """
    alike = (n > 0) & (n_other > 0)
    a, b = part[alike].astype(float), part_other[alike].astype(float)
    m, k = n[alike].astype(float), n_other[alike].astype(float)
    whole = m + k
    weight = (m * k / whole).sum()
    if not weight:
        return None
    value = float(((a * k - b * m) / whole).sum() / weight)
    p_sum = ((m * m * b - k * k * a + m * k * (k - m) / 2) / whole**2).sum()
    q_sum = ((a * (k - b) + b * (m - a)) / (2 * whole)).sum()
    se = sqrt(max(0.0, float(value * p_sum + q_sum))) / float(weight)
    difference = Difference(value, value - Z_95 * se, value + Z_95 * se)
    if not se:
        # Everybody in both said the same, or all of one and none of the other.
        return difference, 1.0 if not value else 0.0
    return difference, erfc(abs(value) / se / sqrt(2))


@dataclass(frozen=True)
class MixChange:
    """How far a share moves only since more or fewer people came by each channel (-1 to 1)."""

    value: float
    words: str


def mix_change(
    said: Sequence[int],
    answered: Sequence[int],
    *,
    said_before: Sequence[int],
    answered_before: Sequence[int],
) -> MixChange | None:
    """The part of a share's change that follows from the channels' part in the answers alone.

    Counts by channel, in the same order. Kitagawa (1955), Components of a difference between two
    rates, JASA 50, 1168-1194: each channel's change of part in all answers times its mean share.
    Worked: 80% by telephone and 60% online at both times, half and half before, a fifth and four
    fifths now: the share falls by 6 percentage points, all of it from the mix. None where a channel
    that was used at one time was not at the other, or nobody answered.
    """
    total, total_before = sum(answered), sum(answered_before)
    if not total or not total_before:
        return None
    value = 0.0
    for one, n, one_before, n_before in zip(
        said, answered, said_before, answered_before, strict=True
    ):
        if not n and not n_before:
            continue
        if not n or not n_before:
            return None
        mean = (one / n + one_before / n_before) / 2
        value += (n / total - n_before / total_before) * mean
    points = points_in_words(value)
    # What rounds to nothing has no direction.
    way = "" if points.startswith("less") else "up " if value > 0 else "down "
    return MixChange(value, f"a change of channels alone moves the share {way}by {points}")


def _pooled(
    said: Mapping[str, Counts], answered: Mapping[str, Counts], *, pair: tuple[str, str]
) -> tuple[Difference, float] | None:
    one, other = pair
    return mantel_haenszel(
        said[one], answered[one], part_other=said[other], n_other=answered[other]
    )


def _words(one: str, other: str, *, difference: Difference, p: float, alike_in: str) -> str:
    among = f"among people alike in {alike_in}" if alike_in else "not allowing for who uses which"
    if p >= SIGNIFICANCE:
        return f"{one} and {other}: no clear difference {among}"
    way = "higher" if difference.value > 0 else "lower"
    return f"{one} is {points_in_words(difference.value)} {way} than {other} {among}"
