"""The sample that somebody has in mind: read from an address, begun from a survey's results."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from measures.admin.asked import Survey
from measures.admin.desk import typed
from measures.admin.spans import newest
from measures.compute.tables import ResultTable, answer_table
from measures.stats.power import Plan
from measures.stats.rounding import with_commas
from measures.stats.values import Estimate

MOST = 1_000_000
POWERS = (80, 90)


@dataclass(frozen=True)
class Number:
    """A number that may be asked for: its name, its limits, and what holds unless it is."""

    name: str
    label: str
    low: float
    high: float
    usual: float | None
    is_whole: bool = False


NUMBERS = (
    Number("share", "The share now, in %", 1, 99, 70),
    Number("n", "Answers each time", 10, MOST, 300, is_whole=True),
    Number("change", "A change worth telling, in percentage points", 1, 90, 5),
    Number("deff", "Design effect", 0.2, 20, 1),
    Number("population", "People to draw from", 10, 100 * MOST, None, is_whole=True),
)


@dataclass(frozen=True)
class Planned:
    """What is asked: percentages, numbers of answers, and the survey that it is about, if any.

    `typed` is what stands in each box, `amiss` what could not be read, by box. `begun_from` says
    where the numbers that nobody typed come from, `is_synthetic` whether from invented answers.
    """

    survey: Survey | None
    share: float
    n: int
    change: float
    deff: float
    population: int | None
    power: int
    typed: dict[str, str]
    amiss: dict[str, str] = field(default_factory=dict)
    begun_from: str = ""
    is_synthetic: bool = False

    @property
    def plan(self) -> Plan:
        return Plan(deff=self.deff, population=self.population, power=self.power / 100)


def read_planned(asked: QueryDict, surveys: Sequence[Survey]) -> Planned:
    """What an address asks for; what is missing or amiss is as usual, or as the survey has it."""
    survey = next((one for one in surveys if one.slug == asked.get("survey")), None)
    begun = _begun(survey) if survey is not None and "n" not in asked else {}
    found: dict[str, Any] = {}
    boxes, amiss = {}, {}
    for number in NUMBERS:
        text = typed(asked, number.name, most=20)
        usual = begun.get(number.name, number.usual)
        value, problem = _read(number, text)
        found[number.name] = usual if value is None else value
        boxes[number.name] = text or ("" if usual is None else f"{usual:g}")
        if problem:
            amiss[number.name] = problem
    if found["population"] is not None and found["n"] > found["population"]:
        amiss["n"] = f"more answers than the {with_commas(found['population'])} people"
        found["n"] = found["population"]
    power = next((one for one in POWERS if str(one) == asked.get("power")), POWERS[0])
    return Planned(
        survey,
        power=power,
        typed=boxes,
        amiss=amiss,
        begun_from=begun.get("from", ""),
        is_synthetic=begun.get("is_synthetic", False),
        **found,
    )


def _read(number: Number, text: str) -> tuple[float | None, str]:
    """The number in the text, or none and what was expected."""
    if not text:
        return None, ""
    kind = "whole number" if number.is_whole else "number"
    problem = f"expected a {kind} from {number.low:,g} to {number.high:,.0f}"
    try:
        value = float(text.replace(",", "").removesuffix("%"))
    except ValueError:
        return None, problem
    # Nothing that is no number compares as within.
    if not number.low <= value <= number.high or (number.is_whole and value != int(value)):
        return None, problem
    return (int(value) if number.is_whole else value), ""


def _begun(survey: Survey) -> dict[str, Any]:
    """Share, answers and design effect of a survey's headline in its newest year or quarter."""
    if survey.months is None or not survey.headline.headline:
        return {}
    table = answer_table(survey.slug, survey.headline.name, span=newest(survey.months))
    everyone, share = table.columns[0], _headline(table, survey.headline.headline)
    if share is None or everyone.answered < NUMBERS[1].low:
        return {}
    deff = everyone.deff or 1.0
    return {
        "share": min(99, max(1, round(100 * share.value))),
        "n": everyone.answered,
        "deff": round(min(20, max(0.2, deff)), 2),
        "from": f"{survey.label}, {table.since.label}",
        "is_synthetic": table.is_synthetic,
    }


def _headline(table: ResultTable, answer: str) -> Estimate | None:
    at = next((i for i, one in enumerate(table.answers) if one.code == answer), None)
    share = None if at is None else table.columns[0].cells[at].share
    return share if isinstance(share, Estimate) else None
