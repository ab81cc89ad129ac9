"""The measures of a period: current, the year before, the baseline and the changes."""

from collections.abc import Sequence
from datetime import datetime

from measures.compute.combine import count_in, years_of
from measures.compute.inputs import KnownFigures, exact_share, known_figures
from measures.compute.values import (
    Comparison,
    CountFound,
    ExactShare,
    Result,
    ShareFound,
    Value,
)
from measures.definitions.schema import ComparatorKind, Measure, SurveyShare
from measures.stats.compare import CountChange, ShareChange, compare_counts, compare_shares
from measures.stats.periods import Period
from measures.stats.suppression import publish_share
from measures.stats.values import NotAvailable, Suppressed


def compute_measures(
    measures: Sequence[Measure], *, area: str, period: Period, as_of: datetime
) -> tuple[Result, ...]:
    """Every measure for the period, as figures were known at `as_of`.

    Figures are read once for all measures. Answers are counted as they are now: the tallies have
    no second clock.
    """
    known = known_figures(measures, area=area, as_of=as_of)
    return tuple(
        _share_result(measure, measure.share, area=area, period=period)
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
    return Result(
        measure, area, period, current, tuple(comparisons), years_of(measure, known=known), {}
    )


def _share_result(measure: Measure, share: SurveyShare, *, area: str, period: Period) -> Result:
    exact: dict[str, ExactShare] = {}
    current = _share_in(share, period, exact=exact, name="current")
    comparisons = []
    for kind in measure.compare:
        other = comparator_period(measure, period, kind=kind)
        value = _share_in(share, other, exact=exact, name=kind)
        if _is_broken(exact, kind):
            value = NotAvailable(_why_not_compared(exact, kind))
        change = _share_change(share, current, value)
        comparisons.append(Comparison(kind, other, value, change))
    return Result(measure, area, period, current, tuple(comparisons), (), exact)


def comparator_period(measure: Measure, period: Period, *, kind: ComparatorKind) -> Period:
    """The period that a comparison of this kind looks back to."""
    if kind == "previous-year":
        return period.year_before()
    if measure.baseline is None:
        raise ValueError(f"{measure.slug} has no baseline to be compared with")
    return measure.baseline.period


def _share_in(
    share: SurveyShare, period: Period, *, exact: dict[str, ExactShare], name: str
) -> Value:
    found = exact_share(share, period)
    if found is None:
        return NotAvailable("no published survey asks for it")
    exact[name] = found
    # No answers at all are withheld like few: to tell the two apart would be to publish a zero.
    published = publish_share(found.in_net, found.answered)
    if isinstance(published, Suppressed):
        return published
    estimate = published.estimate(is_sample=share.design == "probability")
    return ShareFound(
        period,
        published,
        estimate,
        is_synthetic=found.synthetic > 0,
        since=found.since,
        broke=found.broke,
    )


def _is_broken(exact: dict[str, ExactShare], kind: str) -> bool:
    """Whether the question was asked in two ways that can't be compared."""
    now, then = exact.get("current"), exact.get(kind)
    return now is not None and then is not None and now.series != then.series


def _why_not_compared(exact: dict[str, ExactShare], kind: str) -> str:
    later = max(exact["current"], exact[kind], key=lambda share: share.series)
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
