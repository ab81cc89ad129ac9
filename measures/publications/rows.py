"""One measure as it stands in a bundle: numbers, words, typed claims, sources and chart."""

from typing import Any

from measures.compute.values import Comparison, CountFound, Result, ShareFound, Value
from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.publications.pictures import picture_of, years_up_to
from measures.publications.sources import Register
from measures.statements.claims import Change, Claim, Level, NoData, claims_of
from measures.statements.wording import (
    amount,
    change_amount,
    change_words,
    comparator_name,
    counted,
    sentences,
    short_words,
    way,
)
from measures.stats.compare import CountChange, ShareChange, direction
from measures.stats.periods import Period
from measures.stats.values import NotAvailable, Suppressed


def row_of(result: Result, register: Register) -> dict[str, Any]:
    """Everything that may be shown of a measure. Exact counts of answers are not among it."""
    measure, claims = result.measure, claims_of(result)
    current = _value(measure, result.current, period=result.period, register=register)
    comparisons = [
        _comparison(measure, one, claim=claim, register=register)
        for one, claim in zip(result.comparisons, claims[1:], strict=True)
    ]
    picture = picture_of(result)
    return {
        **_definition(measure),
        "tags": _tags(result),
        "sentence": sentences(measure, claims),
        "claims": [_claim(claim) for claim in claims],
        "current": current,
        "comparisons": comparisons,
        "years": [_year(measure, found, register=register) for found in years_up_to(result)],
        "chart": picture,
    }


def _definition(measure: Measure) -> dict[str, Any]:
    return {
        "slug": measure.slug,
        "priority": measure.priority,
        "title": str(measure.title),
        "plain": str(measure.plain),
        "not": str(measure.excludes) if measure.excludes else None,
        "comes_from": str(measure.comes_from),
        "kind": measure.kind,
        "direction": measure.direction,
        "proxy": {"for": str(measure.proxy.stands_for), "why": str(measure.proxy.why)}
        if measure.proxy
        else None,
        "baseline": {
            "year_ending": measure.baseline.last_month,
            "decided": measure.baseline.decided.isoformat(),
            "why": str(measure.baseline.why),
        }
        if measure.baseline
        else None,
    }


def _unit(measure: Measure, value: Value) -> str:
    """What the number counts, in the form that goes with it: 1 homicide, 18 homicides."""
    if measure.share:
        return str(measure.share.were)
    is_one = isinstance(value, CountFound) and value.count == 1
    return counted(measure, 1 if is_one else 2)


def _tags(result: Result) -> list[str]:
    """What a reader must know before reading the number, in the order in which it matters."""
    current = result.current
    values = [current, *(one.value for one in result.comparisons)]
    held = {
        "not-available": isinstance(current, NotAvailable),
        "withheld": isinstance(current, Suppressed),
        "synthetic": any(isinstance(v, ShareFound) and v.is_synthetic for v in values),
        "provisional": isinstance(current, CountFound) and _is_provisional(current),
        "proxy": result.measure.proxy is not None,
    }
    return [tag for tag, is_held in held.items() if is_held]


def _is_provisional(found: CountFound) -> bool:
    """Whether its source is never final, or the publisher's own note says so of this number."""
    sources = definitions().sources
    return any(
        sources[reading.source].provisional or "provisional" in reading.note.lower()
        for reading in found.readings
    )


def _period(period: Period) -> dict[str, str]:
    return {
        "starts": period.starts.isoformat(),
        "ends": period.ends.isoformat(),
        "label": period.label,
    }


def _value(measure: Measure, value: Value, *, period: Period, register: Register) -> dict[str, Any]:
    row: dict[str, Any] = {"period": _period(period), "unit": _unit(measure, value)}
    match value:
        case CountFound():
            return row | {
                "status": "value",
                "value": value.count,
                "shown": amount(value),
                "from": register.of_count(value),
            }
        case ShareFound():
            return row | _share(measure, value, register=register)
        case Suppressed():
            return row | {"status": "suppressed", "shown": "withheld", "reason": value.reason}
        case NotAvailable():
            return row | {
                "status": "not-available",
                "shown": "not available",
                "reason": value.reason,
            }


def _share(measure: Measure, found: ShareFound, *, register: Register) -> dict[str, Any]:
    share = found.share
    row: dict[str, Any] = {
        "status": "bound" if share.bound else "value",
        "percent": share.percent,
        "bound": share.bound,
        "count": share.count,
        "base": share.base,
        "shown": share.in_words,
        "synthetic": found.is_synthetic,
        "weighted": share.is_weighted,
        "from": register.of_share(found, measure.share) if measure.share else [],
    }
    if share.low is not None:
        row |= {"low": share.low, "high": share.high, "interval": "95%"}
    return row


def _comparison(
    measure: Measure, comparison: Comparison, *, claim: Claim, register: Register
) -> dict[str, Any]:
    row = {
        "kind": comparison.kind,
        "name": comparator_name(claim),
        "value": _value(measure, comparison.value, period=comparison.period, register=register),
        "change": None,
    }
    if isinstance(claim, Change):
        row["change"] = _change(claim)
    return row


def _change(claim: Change) -> dict[str, Any]:
    change = claim.change
    words = {
        "words": change_words(claim),
        "short": short_words(claim),
        "amount": change_amount(claim),
        "way": way(claim),
        "is_clear": change.is_clear,
    }
    if isinstance(change, CountChange):
        return words | {
            "difference": change.difference,
            "direction": direction(change.difference),
            "percentage": None if change.percentage is None else str(change.percentage),
            "test": "two Poisson counts, conditional exact, 5%",
            "p": f"{change.p_value:.4f}",
        }
    return words | {
        "points": change.points,
        "direction": direction(change.points),
        "low": f"{change.low:.1f}",
        "high": f"{change.high:.1f}",
        "test": "difference of two published shares, Newcombe method 10, 95%, 1 point for rounding",
    }


def _claim(claim: Claim) -> dict[str, Any]:
    """The claim as data: what a checker recomputes."""
    row: dict[str, Any] = {
        "measure": claim.measure,
        "area": claim.area,
        "period": _period(claim.period),
    }
    match claim:
        case Level():
            return row | {
                "claim": "level",
                "comparator": claim.comparator,
                "shown": amount(claim.found),
            }
        case NoData():
            return row | {
                "claim": "no-data",
                "comparator": claim.comparator,
                "withheld": claim.is_withheld,
                "reason": claim.reason,
            }
        case Change():
            by = claim.change
            return row | {
                "claim": "change",
                "comparator": claim.comparator.kind,
                "comparator_period": _period(claim.comparator.period),
                "before": amount(claim.before),
                "by": by.points if isinstance(by, ShareChange) else by.difference,
            }


def _year(measure: Measure, found: CountFound, *, register: Register) -> dict[str, Any]:
    is_baseline = measure.baseline is not None and measure.baseline.period == found.period
    return {
        "period": _period(found.period),
        "value": found.count,
        "shown": amount(found),
        "is_baseline": is_baseline,
        "sources": sorted({one["source"] for one in register.of_count(found)}),
    }
