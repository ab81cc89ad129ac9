"""One measure's count for a period, from the first of its sources that has all of it."""

from django.utils.text import get_text_list

from measures.compute.inputs import KnownFigures, Readings
from measures.compute.values import CountFound, Reading
from measures.definitions.schema import CountSource, Measure
from measures.stats.periods import Period, year_ending
from measures.stats.values import Estimate, NotAvailable


def count_in(measure: Measure, period: Period, *, known: KnownFigures) -> CountFound | NotAvailable:
    """The measure's count for exactly these days.

    Sources are asked in the order of the definition; the first that has the period itself, or
    every one of its months, wins, so a count never mixes two sources. Nine months are never
    compared with twelve: where some months are here, the reason names those that are missing.
    """
    missing: list[tuple[CountSource, list[Period]]] = []
    for source in measure.count:
        readings = known.of(source)
        found = _from_one_source(readings, period)
        if found:
            return _count(period, found)
        months = list(period.months())
        gaps = [month for month in months if month not in readings]
        if len(gaps) < len(months):
            missing.append((source, gaps))
    return NotAvailable(_why(period, missing))


def years_of(measure: Measure, *, known: KnownFigures) -> tuple[CountFound, ...]:
    """Every year, ending in whatever month, of which a source has the whole; oldest first.

    Where two sources have the same year, the one that the definition names first.
    """
    years: dict[Period, CountFound] = {}
    for source in measure.count:
        readings = known.of(source)
        for period in _possible_years(readings):
            if period not in years and (found := _from_one_source(readings, period)):
                years[period] = _count(period, found)
    return tuple(years[period] for period in sorted(years, key=lambda one: one.ends))


def _possible_years(readings: Readings) -> set[Period]:
    years = {period for period in readings if period.is_year}
    # Twelve months also make the year that ends with the last of them.
    return years | {year_ending(period.starts) for period in readings if period.is_month}


def _from_one_source(readings: Readings, period: Period) -> tuple[Reading, ...]:
    """The figure of these days, or those of all its months; nothing when a month is missing."""
    if period in readings:
        return (readings[period],)
    months = list(period.months())
    if period.is_of_whole_months and all(month in readings for month in months):
        return tuple(readings[month] for month in months)
    return ()


def _count(period: Period, readings: tuple[Reading, ...]) -> CountFound:
    total = sum(reading.value for reading in readings)
    return CountFound(period, Estimate(total), readings)


def _why(period: Period, missing: list[tuple[CountSource, list[Period]]]) -> str:
    if not missing:
        return f"no figure for the {period.label} has been published or supplied"
    _, gaps = min(missing, key=lambda one: len(one[1]))
    all_months = len(list(period.months()))
    listed = get_text_list([gap.label for gap in gaps], "and")
    verb = "is" if len(gaps) == 1 else "are"
    return (
        f"only {all_months - len(gaps)} of the {all_months} months of the {period.label} have been "
        f"published or supplied: {listed} {verb} missing"
    )
