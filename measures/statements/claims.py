"""What a statement says, as typed claims that carry their numbers; the words come after."""

from dataclasses import dataclass

from measures.compute.values import CountFound, Result, ShareFound
from measures.definitions.schema import ComparatorKind
from measures.stats.compare import CountChange, ShareChange
from measures.stats.periods import Period
from measures.stats.values import NotAvailable, Suppressed


@dataclass(frozen=True)
class Comparator:
    """What a change is measured from."""

    kind: ComparatorKind
    period: Period


@dataclass(frozen=True)
class Level:
    """The measure was this in the period; of a comparator when one is named."""

    measure: str
    area: str
    period: Period
    found: CountFound | ShareFound
    comparator: ComparatorKind | None = None


@dataclass(frozen=True)
class Change:
    """The measure changed by this since the comparator."""

    measure: str
    area: str
    period: Period
    comparator: Comparator
    before: CountFound | ShareFound
    change: CountChange | ShareChange


@dataclass(frozen=True)
class NoData:
    """There is no number to publish for the period, and why."""

    measure: str
    area: str
    period: Period
    reason: str
    is_withheld: bool
    comparator: ComparatorKind | None = None


Claim = Level | Change | NoData


def claims_of(result: Result) -> tuple[Claim, ...]:
    """The level first, then one claim for each comparison of the definition.

    A comparison is a Change where it can be worked out, the comparator's Level where only that is
    known, and NoData otherwise.
    """
    return (
        _level(result),
        *(_comparison(result, index) for index in range(len(result.comparisons))),
    )


def _level(result: Result) -> Level | NoData:
    bound = (result.measure.slug, result.area, result.period)
    if isinstance(result.current, Suppressed | NotAvailable):
        return NoData(*bound, *_why(result.current))
    return Level(*bound, result.current)


def _comparison(result: Result, index: int) -> Claim:
    comparison = result.comparisons[index]
    name, area = result.measure.slug, result.area
    if isinstance(comparison.value, Suppressed | NotAvailable):
        why, is_withheld = _why(comparison.value)
        return NoData(name, area, comparison.period, why, is_withheld, comparison.kind)
    if comparison.change is None:
        return Level(name, area, comparison.period, comparison.value, comparison.kind)
    return Change(
        name,
        area,
        result.period,
        Comparator(comparison.kind, comparison.period),
        comparison.value,
        comparison.change,
    )


def _why(value: Suppressed | NotAvailable) -> tuple[str, bool]:
    return value.reason, isinstance(value, Suppressed)
