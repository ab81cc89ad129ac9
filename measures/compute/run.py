"""The measures of a period: current, the year before, the baseline and the changes."""

from collections.abc import Sequence
from datetime import datetime

from measures.compute.combine import count_in, years_of
from measures.compute.inputs import KnownFigures, known_figures
from measures.compute.released import four_quarters_by, released_share
from measures.compute.values import Comparison, CountFound, Result, ShareFound, Value
from measures.definitions.schema import ComparatorKind, Measure, SurveyShare
from measures.stats.compare import CountChange, ShareChange, compare_counts, compare_shares
from measures.stats.periods import Period
from measures.stats.values import NotAvailable


def compute_measures(
    measures: Sequence[Measure], *, area: str, period: Period, as_of: datetime
) -> tuple[Result, ...]:
    """Every measure for the period, as figures and released results were known at `as_of`.

    Figures are read once for all measures. A survey's share is of the newest four quarters that
    had ended by the end of the period, and its result says so by its own period.
    """
    known = known_figures(measures, area=area, as_of=as_of)
    return tuple(
        _share_result(measure, measure.share, area=area, period=period, as_of=as_of)
        if measure.share
        else _count_result(measure, area=area, period=period, known=known)
        for measure in measures
    )


def _count_result(measure: Measure, *, area: str, period: Period, known: KnownFigures) -> Result:
    current = count_in(measure, period, known=known)
    comparisons = []
    for kind in measure.compare:
        other = comparator_period(measure, period, kind=kind)
        value = count_in(measure, other, known=known)
        comparisons.append(Comparison(kind, other, value, _count_change(current, value)))
    years = years_of(measure, known=known)
    return Result(measure, area, period, current, tuple(comparisons), years)


def _share_result(
    measure: Measure, share: SurveyShare, *, area: str, period: Period, as_of: datetime
) -> Result:
    own = four_quarters_by(period.last_month)
    current = released_share(share, own, as_of=as_of)
    comparisons = []
    for kind in measure.compare:
        other = four_quarters_by(comparator_period(measure, own, kind=kind).last_month)
        value: Value = released_share(share, other, as_of=as_of)
        if why := _why_not_compared(current, value):
            value = NotAvailable(why)
        comparisons.append(Comparison(kind, other, value, _share_change(share, current, value)))
    return Result(measure, area, own, current, tuple(comparisons), ())


def comparator_period(measure: Measure, period: Period, *, kind: ComparatorKind) -> Period:
    """The period that a comparison of this kind looks back to."""
    if kind == "previous-year":
        return period.year_before()
    if measure.baseline is None:
        raise ValueError(f"{measure.slug} has no baseline to be compared with")
    return measure.baseline.period


def _why_not_compared(now: Value, then: Value) -> str:
    """Why two shares can't be compared, where the question was asked in two ways; else ""."""
    if not (isinstance(now, ShareFound) and isinstance(then, ShareFound)):
        return ""
    if now.series == then.series:
        return ""
    later = max(now, then, key=lambda found: found.series)
    told = f" ({later.broke})" if later.broke else ""
    return f"people were asked in another way then{told}, so the two cannot be compared"


def _count_change(now: Value, before: Value) -> CountChange | None:
    if isinstance(now, CountFound) and isinstance(before, CountFound):
        return compare_counts(now.count, before.count)
    return None


def _share_change(share: SurveyShare, now: Value, before: Value) -> ShareChange | None:
    # Who chooses to answer may differ from year to year: such answers are not a sample to test.
    if share.design == "self-selected":
        return None
    if isinstance(now, ShareFound) and isinstance(before, ShareFound):
        return compare_shares(now.share, before.share)
    return None
