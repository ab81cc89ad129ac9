"""XmR charts: whether a series of counts only varies as it always does, or something changed."""

from collections.abc import Container, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import pairwise
from statistics import fmean

from measures.stats.periods import Period
from measures.stats.signals import Reach, Rules, Signal, signals_of

# Wheeler (2000), Understanding Variation, 2nd edition: 3 / 1.128 of the average range.
TO_LIMIT = 2.66
FEWEST = 6
FEWEST_SETTLED = 12


class CannotChartError(ValueError):
    """The series is none that such a chart may be drawn of; says why and what to do."""


@dataclass(frozen=True)
class Reading:
    """A count and the month or quarter that it is of; None where nothing was counted."""

    period: Period
    value: float | None


@dataclass(frozen=True)
class Rebase:
    """From this reading on (by its place, 0 first) the mean and limits are new, and why."""

    at: int
    reason: str


@dataclass(frozen=True)
class Stretch:
    """The readings from `first` to `last`, by place, that share a mean and limits.

    `low` is never below 0, since no count is. `is_provisional` with fewer than 12 readings.
    `reason` says why it began; empty for the first.
    """

    first: int
    last: int
    mean: float
    low: float
    high: float
    range_mean: float
    is_provisional: bool
    reason: str


@dataclass(frozen=True)
class XmrChart:
    """The readings with their moving ranges (None where there is none), stretches and signals."""

    readings: tuple[Reading, ...]
    ranges: tuple[float | None, ...]
    stretches: tuple[Stretch, ...]
    signals: tuple[Signal, ...]

    @property
    def signalled(self) -> frozenset[int]:
        """The places of all readings that any signal is made of."""
        return frozenset(place for signal in self.signals for place in signal.places)


def xmr_chart(
    readings: Sequence[Reading], *, rules: Rules | None = None, rebased: Sequence[Rebase] = ()
) -> XmrChart:
    """The chart of a series of monthly or quarterly counts, oldest first.

    Limits are mean ± 2.66 times the mean moving range (Wheeler (2000), Understanding Variation,
    2nd edition, chapter 3). Worked: the ten flow rates of NIST/SEMATECH (2012), e-Handbook,
    section 6.3.2.2, have the mean 50.81, the mean range 1.8778 and limits 45.82 and 55.80. Ranges
    and runs stop at a rebasing and at a reading that is missing. Raises CannotChartError where the
    periods are not months or quarters in order, where they overlap as rolling sums do, or where a
    stretch has fewer than 6 readings.
    """
    _check_periods([reading.period for reading in readings])
    starts = _starts(rebased, len(readings))
    values = [reading.value for reading in readings]
    ranges = tuple(_ranges(values, starts))
    ends = [*(start - 1 for start in [*starts][1:]), len(readings) - 1]
    stretches = tuple(
        _stretch(values, ranges, at=(first, last), why=reason)
        for (first, reason), last in zip(starts.items(), ends, strict=True)
    )
    signals = tuple(
        signal for stretch in stretches for signal in _found(readings, stretch, rules or Rules())
    )
    return XmrChart(tuple(readings), ranges, stretches, signals)


def _check_periods(periods: Sequence[Period]) -> None:
    for period in periods:
        if not period.is_of_whole_months or len(list(period.months())) not in (1, 3):
            raise CannotChartError(
                f"{period.label} is neither a month nor a quarter: a chart with limits is of "
                "monthly or quarterly counts, never of rolling sums, whose neighbours share months"
            )
    for before, now in pairwise(periods):
        if now.starts <= before.ends:
            raise CannotChartError(
                f"{before.label} and {now.label} overlap or are out of order: neighbours of a "
                "rolling sum move together, so limits would be far too narrow; chart the counts "
                "of single months or quarters instead"
            )
        if now.starts != before.ends + timedelta(days=1):
            raise CannotChartError(
                f"nothing stands between {before.label} and {now.label}: give the periods "
                "between them too, with no value"
            )
        if len(list(now.months())) != len(list(before.months())):
            raise CannotChartError(f"{before.label} and {now.label} are not equally long")


def _starts(rebased: Sequence[Rebase], count: int) -> dict[int, str]:
    """Where each stretch starts, with the reason; raises for a rebasing that can't be."""
    starts = {0: ""}
    for rebase in sorted(rebased, key=lambda one: one.at):
        if not 0 < rebase.at < count or rebase.at in starts:
            raise CannotChartError(f"limits can't begin anew at reading {rebase.at} of {count}")
        if not rebase.reason.strip():
            raise CannotChartError("limits begin anew only with a reason: say what changed")
        starts[rebase.at] = rebase.reason
    return starts


def _ranges(values: Sequence[float | None], starts: Container[int]) -> list[float | None]:
    """How far each reading is from the one before it, within its stretch."""
    moves: list[float | None] = [None]
    for at, (before, now) in enumerate(pairwise(values), start=1):
        is_apart = before is None or now is None or at in starts
        moves.append(None if is_apart else abs((now or 0) - (before or 0)))
    return moves


def _stretch(
    values: Sequence[float | None], ranges: Sequence[float | None], *, at: tuple[int, int], why: str
) -> Stretch:
    """The mean and limits of the readings from the first to the last place of `at`."""
    first, last = at
    known = [value for value in values[first : last + 1] if value is not None]
    moves = [move for move in ranges[first : last + 1] if move is not None]
    if len(known) < FEWEST or not moves:
        raise CannotChartError(
            f"{len(known)} readings are too few for limits: wait until there are {FEWEST}"
        )
    mean, range_mean = fmean(known), fmean(moves)
    return Stretch(
        first,
        last,
        mean=mean,
        low=max(0.0, mean - TO_LIMIT * range_mean),
        high=mean + TO_LIMIT * range_mean,
        range_mean=range_mean,
        is_provisional=len(known) < FEWEST_SETTLED,
        reason=why,
    )


def _found(readings: Sequence[Reading], stretch: Stretch, rules: Rules) -> list[Signal]:
    within = readings[stretch.first : stretch.last + 1]
    return [
        replace(signal, places=tuple(stretch.first + place for place in signal.places))
        for signal in signals_of(
            [reading.value for reading in within],
            Reach(stretch.mean, TO_LIMIT * stretch.range_mean),
            rules=rules,
            labels=[reading.period.label for reading in within],
        )
    ]
