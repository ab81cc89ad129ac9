"""Everything that is known of a measure's counts over time, one row a period."""

from datetime import datetime

from measures.compute.combine import years_of
from measures.compute.inputs import known_figures
from measures.compute.values import CountFound
from measures.definitions.schema import Measure
from measures.stats.periods import Period
from measures.stats.values import Estimate


def series_of(measure: Measure, *, area: str, as_of: datetime) -> tuple[CountFound, ...]:
    """Months and quarters as they were published, and every whole year; shortest first, by end.

    Where two sources have the same period, the one that the definition names first.
    """
    known = known_figures([measure], area=area, as_of=as_of)
    found: dict[Period, CountFound] = {}
    for source in measure.count:
        for period, reading in known.of(source).items():
            if period not in found and not period.is_year:
                found[period] = CountFound(period, Estimate(reading.value), (reading,))
    found |= {year.period: year for year in years_of(measure, known=known)}
    return tuple(sorted(found.values(), key=lambda one: (_months(one.period), one.period.ends)))


def kind_of(period: Period) -> str:
    """ "month", "quarter", "rolling-year", or "other"."""
    if period.is_year:
        return "rolling-year"
    kinds = {1: "month", 3: "quarter"} if period.is_of_whole_months else {}
    return kinds.get(_months(period), "other")


def _months(period: Period) -> int:
    """How many months it touches: months differ by days and belong together all the same."""
    return len(list(period.months()))
