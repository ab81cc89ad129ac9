"""Which picture a measure gets, with the words that go with it."""

from typing import Any

from measures.compute.values import CountFound, Result, ShareFound
from measures.publications.charts.scale import YearPoint
from measures.publications.charts.shares import ShareBar, draw_shares
from measures.publications.charts.years import draw_years
from measures.statements.claims import Change, claims_of
from measures.statements.wording import amount, change_words
from measures.stats.rounding import with_commas


def picture_of(result: Result) -> dict[str, Any] | None:
    """The chart, its title, subtitle and alternative in words; None with fewer than 2 points."""
    return _years(result) if result.measure.count else _shares(result)


def years_up_to(result: Result) -> list[CountFound]:
    """The years that are drawn: no later one, even where it is known by now."""
    return [found for found in result.years if found.period.ends <= result.period.ends]


def _years(result: Result) -> dict[str, Any] | None:
    """The known years up to the period, which may be older than the period where it is missing."""
    years = years_up_to(result)
    if len(years) < 2:
        return None
    points = [YearPoint(found.period.ends, found.count) for found in years]
    baseline = next(
        (
            YearPoint(one.period.ends, one.value.count)
            for one in result.comparisons
            if one.kind == "baseline" and isinstance(one.value, CountFound)
        ),
        None,
    )
    first, last = years[0], years[-1]
    words = {
        "title": _title(result),
        "subtitle": f"Offences recorded in 12 months, by the month in which they end, "
        f"{first.period.ends:%B %Y} to {last.period.ends:%B %Y}",
        "alternative": f"{_joined(years)}"
        + (f" The baseline is {with_commas(baseline.value)}." if baseline else ""),
    }
    svg = draw_years(
        points,
        baseline=baseline,
        name=f"chart-{result.measure.slug}",
        title=words["title"],
        described=words["alternative"],
    )
    return words | {"svg": svg}


def _joined(years: list[CountFound]) -> str:
    told = [f"{amount(found)} in the {found.period.label}" for found in (years[0], *years[-2:])]
    return f"A line of {len(years)} years: {'; '.join(dict.fromkeys(told))}."


def _title(result: Result) -> str:
    """What is seen: the comparison with the baseline where there is one, else with last year."""
    title = str(result.measure.title)
    changes = [claim for claim in claims_of(result) if isinstance(claim, Change)]
    if not changes:
        return title
    by_kind = {claim.comparator.kind: claim for claim in changes}
    claim = by_kind.get("baseline") or changes[0]
    if not claim.change.is_clear:
        since = "the baseline" if claim.comparator.kind == "baseline" else "the year before"
        return f"{title}: no clear change from {since}"
    return f"{title}: {change_words(claim)}"


def _shares(result: Result) -> dict[str, Any] | None:
    found = [result.current, *(one.value for one in result.comparisons)]
    shares = [one for one in found if isinstance(one, ShareFound) and one.share.bound is None]
    bars = [
        _bar(one, is_current=one is result.current)
        for one in shares
        if one.share.percent is not None
    ]
    if not isinstance(result.current, ShareFound) or len(bars) < 2 or result.measure.share is None:
        return None
    has_interval = any(bar.low is not None for bar in bars)
    words = {
        "title": _title(result),
        "subtitle": f"Share of {result.measure.share.of} who were {result.measure.share.were}, "
        "12 months to the month shown"
        + ("; the light band is the 95% interval" if has_interval else ""),
        "alternative": "Bars: "
        + "; ".join(f"{one.share.in_words} in the {one.period.label}" for one in shares)
        + ".",
    }
    svg = draw_shares(
        bars,
        name=f"chart-{result.measure.slug}",
        title=words["title"],
        described=words["alternative"],
    )
    return words | {"svg": svg}


def _bar(found: ShareFound, *, is_current: bool) -> ShareBar:
    share = found.share
    return ShareBar(
        f"{found.period.ends:%b %Y}",
        share.percent or 0,
        share.low,
        share.high,
        is_current=is_current,
    )
