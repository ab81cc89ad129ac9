"""Measures worked out without a database, for what is said and drawn of them."""

from datetime import UTC, date, datetime

from measures.compute.run import comparator_period
from measures.compute.values import (
    Comparison,
    CountFound,
    Result,
    ResultsFile,
    ShareFound,
    Value,
)
from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.stats.compare import CountChange, ShareChange, compare_counts, compare_shares
from measures.stats.intervals import wilson
from measures.stats.periods import Period, year_ending
from measures.stats.published import PublishedShare
from measures.stats.rounding import percentage, round_to
from measures.stats.values import Estimate, NotAvailable, Suppressed

NOVEMBER = year_ending(date(2022, 11, 1))
RELEASE = ResultsFile("a-survey", "2022-Q4", datetime(2023, 1, 26, tzinfo=UTC), "0" * 64)
MISSING = NotAvailable("no figure for the year has been published or supplied")


def measure_of(slug: str) -> Measure:
    measure = definitions().measure(slug)
    if measure is None:
        raise LookupError(slug)
    return measure


def count_result(
    slug: str, now: int | None, before: int | None = None, baseline: int | None = None
) -> Result:
    """A count with last year's and the baseline's; None is not available."""
    measure = measure_of(slug)
    current = _count(now, NOVEMBER)
    comparisons = []
    for kind, value in (("previous-year", before), ("baseline", baseline)):
        period = comparator_period(measure, NOVEMBER, kind=kind)  # type: ignore[arg-type]  # a literal
        other = _count(value, period)
        change: CountChange | None = None
        if now is not None and value is not None:
            change = compare_counts(now, value)
        comparisons.append(Comparison(kind, period, other, change))  # type: ignore[arg-type]  # as above
    known = [one.value for one in comparisons] + [current]
    years = sorted(
        (one for one in known if isinstance(one, CountFound)), key=lambda one: one.period.ends
    )
    return Result(measure, "E23000032", NOVEMBER, current, tuple(comparisons), tuple(years))


def share_result(
    slug: str,
    now: tuple[int, int],
    before: tuple[int, int] | None = None,
    *,
    is_synthetic: bool = False,
) -> Result:
    """A share with last year's, from exact counts; no baseline."""
    measure = measure_of(slug)
    current = _share(now, NOVEMBER, slug=slug, is_synthetic=is_synthetic)
    previous = comparator_period(measure, NOVEMBER, kind="previous-year")
    other = _share(before, previous, slug=slug, is_synthetic=is_synthetic) if before else MISSING
    change: ShareChange | None = None
    is_sample = measure.share is not None and measure.share.design != "self-selected"
    if is_sample and isinstance(current, ShareFound) and isinstance(other, ShareFound):
        change = compare_shares(current.share, other.share)
    comparison = Comparison("previous-year", previous, other, change)
    return Result(measure, "E23000032", NOVEMBER, current, (comparison,), ())


def _count(value: int | None, period: Period) -> Value:
    if value is None:
        return NotAvailable(f"no figure for the {period.label} has been published or supplied")
    return CountFound(period, Estimate(value), ())


def _share(counts: tuple[int, int], period: Period, *, slug: str, is_synthetic: bool) -> Value:
    share = measure_of(slug).share
    is_sample = share is not None and share.design == "probability"
    published = published_share(*counts, is_sample=is_sample)
    if isinstance(published, Suppressed):
        return published
    return ShareFound(period, published, is_synthetic, RELEASE)


def published_share(part: int, answered: int, *, is_sample: bool) -> PublishedShare | Suppressed:
    """What a release would tell of a part of those who answered, were the noise 0 everywhere."""
    if answered < 10:
        return Suppressed("about 10 people or fewer, or none, answered")
    base, rest = round_to(answered, 5), answered - part
    if min(part, rest) < 10:
        if base < 50:
            return Suppressed("about 10 people or fewer gave one of the answers")
        return PublishedShare(None, base, *((16, "at most") if part < rest else (84, "at least")))
    if base < 50:
        return PublishedShare(round_to(part, 5), base)
    percent = int(percentage(round_to(part, 5), base, places=0))
    ends = wilson(round_to(part, 5), base) if is_sample else None
    low, high = (round(100 * end) for end in ends) if ends else (None, None)
    return PublishedShare(round_to(part, 5), base, percent, None, low, high)
