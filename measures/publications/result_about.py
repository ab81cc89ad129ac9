"""What stands beside a released table: its words, how it was weighted, and how it may be read."""

from typing import Any

from measures.compute.fieldwork import RATE, fieldwork_of
from measures.compute.tables import ResultTable
from measures.compute.weighting import Weighting
from measures.publications.result_versions import series_in
from measures.stats.claims import may_claim
from measures.stats.disclosure.rules import Policy
from measures.stats.disclosure.tables import Shape
from measures.stats.values import NotAvailable
from surveys.tally.periods import Span

# So many cases that one of a hundred is ten people; with fewer the rate is told to the nearest 5%,
# since with the number of cases at hand it would give back how many answered.
CASES_FOR_WHOLE_PERCENTAGES = 1_000


def about_of(
    table: ResultTable, shape: Shape, *, policy: Policy, rate: dict[str, Any] | None
) -> dict[str, Any]:
    """Everything about a table but its cells; no count of people is in it.

    `rate` is the response rate of its months.
    """
    span = table.span
    return {
        "asked": table.asked,
        "by_label": table.by_label,
        "label": span.label,
        "first": f"{span.first:%Y-%m}",
        "last": f"{span.last:%Y-%m}",
        # Of a quarter in which the question changed: the month from which answers are in it.
        "since": f"{table.since.first:%Y-%m}" if table.since != span else None,
        "broke": table.broke if table.since != span else "",
        "answers": [
            {"code": one.code, "label": one.label, "kind": one.kind} for one in table.answers
        ],
        "groups": [{"code": one.group, "label": one.label} for one in table.columns],
        "policy": policy,
        "design": table.design,
        "may_claim": may_claim(table.design).words,
        "weighting": _weighting(table),
        "response_rate": rate,
        "is_synthetic": table.is_synthetic,
        # For comparisons over time, which are of everyone together.
        "nets": {} if table.by else _nets(table),
        "shape": shape.as_json(),
    }


def _weighting(table: ResultTable) -> dict[str, Any] | None:
    """What the shares are weighted by; None where they are not."""
    found = table.weighting
    if not isinstance(found, Weighting):
        return None
    return {
        "by": list(found.margins),
        "to": found.source,
        # In whole percentages: how much of the base the weights leave.
        "efficiency": round(100 * found.efficiency),
    }


def _nets(table: ResultTable) -> dict[str, dict[str, Any]]:
    """The nets that meant the same throughout, each with the series that it may be joined to."""
    names = [one.code.removeprefix("net:") for one in table.answers if one.kind == "net"]
    found = {name: series_in(table.survey, table.question, table.since, net=name) for name in names}
    return {name: {"series": one.number, "broke": one.broke} for name, one in found.items() if one}


def response_rate(survey: str, span: Span) -> dict[str, Any] | None:
    """How many of those asked answered, in percent; None unless each quarter recorded it."""
    found = fieldwork_of(survey, span)
    if isinstance(found, NotAvailable):
        return None
    rate, cases = found.everything.rates.values[RATE], found.everything.cases
    if rate is None:
        return None
    nearest = 1 if cases >= CASES_FOR_WHOLE_PERCENTAGES else 5
    return {
        "percent": nearest * round(100 * rate / nearest),
        "nearest": nearest,
        "by": f"AAPOR {RATE}{' of invented cases' if found.is_synthetic else ''}",
    }
