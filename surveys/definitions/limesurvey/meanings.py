"""What a name in a LimeSurvey expression means here: a field of ours, and how it is tested."""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import eq, ge, gt, le, lt, ne
from typing import Any

from surveys.definitions.limesurvey.expressions import ExpressionError
from surveys.definitions.limesurvey.logic import Rule, all_of, answered_in, any_of

DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
HOLDS: dict[str, Callable[[Any, Any], bool]] = {
    "==": eq,
    "!=": ne,
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
}
OPERATORS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
OPPOSITE = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}


@dataclass(frozen=True)
class Meaning:
    """A field of a question; `shown` is when that question is asked."""

    field: str
    question: str
    shown: Rule = True

    def empty(self) -> Rule:
        """That it has no answer, which in LimeSurvey includes "No answer"."""
        return {self.field: {"answered": False}}

    def given(self) -> Rule:
        return {self.field: {"answered": True}}

    def compared(self, operator: str, value: str | float) -> Rule:
        """That a comparison holds; never unknown where it holds in LimeSurvey."""
        raise ExpressionError("it compares what can't be compared here")

    def failed(self, operator: str, value: str | float) -> Rule:
        """That a comparison does not hold: also where there is no answer, as in LimeSurvey."""
        opposite = self.compared(OPPOSITE[operator], value)
        return opposite if operator in ("==", "!=") else any_of([self.empty(), opposite])


@dataclass(frozen=True)
class Coded(Meaning):
    """One answer out of several: LimeSurvey's codes to ours."""

    codes: dict[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    # The label of its answer is what LimeSurvey puts into a text for the bare name.
    is_label: bool = False

    def empty(self) -> Rule:
        skipped: Rule = {self.field: {"answered": False}}
        if not self.missing:
            return skipped
        return any_of([skipped, {self.field: {"in": list(self.missing)}}])

    def given(self) -> Rule:
        there: Rule = {self.field: {"answered": True}}
        return self._one_of(list(self.codes.values())) if self.missing else there

    def compared(self, operator: str, value: str | float) -> Rule:
        text = as_text(value)
        if operator in ("==", "!="):
            code = self.codes.get(text)
            if code is None:
                known = ", ".join(list(self.codes)[:12])
                raise ExpressionError(f"it compares with the answer {text!r}: there are {known}")
            same: Rule = {self.field: {"is": code}}
            skipped: Rule = {self.field: {"answered": False}}
            return same if operator == "==" else any_of([skipped, {"not": same}])
        return self._one_of(self._among(operator, _as_number(value)))

    def failed(self, operator: str, value: str | float) -> Rule:
        if operator in ("==", "!="):
            return self.compared(OPPOSITE[operator], value)
        among = self._among(operator, _as_number(value))
        others = [code for code in self.codes.values() if code not in among]
        return any_of([self.empty(), self._one_of(others)])

    def _one_of(self, codes: list[str]) -> Rule:
        if not codes:
            return False
        return {self.field: {"is": codes[0]} if len(codes) == 1 else {"in": codes}}

    def _among(self, operator: str, value: float) -> list[str]:
        """LimeSurvey compares codes as numbers where they look like some."""
        numbers = {code: float(theirs) for theirs, code in self.codes.items() if theirs.isdecimal()}
        if not numbers:
            raise ExpressionError(f"it puts in order (`{operator}`) what has no numbers as codes")
        return [code for code, number in numbers.items() if HOLDS[operator](number, value)]


@dataclass(frozen=True)
class Ticked(Meaning):
    """One box of a question that takes several: "Y" where it is ticked, else empty."""

    code: str = ""
    # All boxes of the question.
    boxes: tuple[str, ...] = ()

    def given(self) -> Rule:
        return {self.field: {"any_of": [self.code]}}

    def empty(self) -> Rule:
        return any_of([{self.field: {"answered": False}}, {"not": self.given()}])

    def compared(self, operator: str, value: str | float) -> Rule:
        if as_text(value) not in ("Y", "1") or operator not in ("==", "!="):
            raise ExpressionError('it compares a box with something else than "Y", for ticked')
        return self.given() if operator == "==" else self.empty()


@dataclass(frozen=True)
class Number(Meaning):
    is_whole: bool = False

    def compared(self, operator: str, value: str | float) -> Rule:
        number = _as_number(value)
        if self.is_whole and number % 1:
            operator, number = _rounded(operator, number)
        bound = int(number) if number % 1 == 0 else number
        if operator not in ("==", "!="):
            return {self.field: {OPERATORS[operator]: bound}}
        if self.is_whole and number % 1:
            return operator == "!="
        same: Rule = {self.field: {"between": [bound, bound]}}
        return same if operator == "==" else any_of([self.empty(), {"not": same}])


@dataclass(frozen=True)
class Day(Meaning):
    """A date; LimeSurvey compares dates as texts, year first."""

    def compared(self, operator: str, value: str | float) -> Rule:
        day = as_text(value)[:10]
        if not DAY.fullmatch(day):
            raise ExpressionError(f"it compares a date with {day!r}, expected one as 2024-01-31")
        if operator in ("==", "!="):
            raise ExpressionError("it compares a date with something else than earlier or later")
        return {self.field: {OPERATORS[operator]: day}}


@dataclass(frozen=True)
class Words(Meaning):
    """Own words: here nothing may depend on what somebody wrote, only on whether they did."""

    def compared(self, operator: str, value: str | float) -> Rule:
        raise ExpressionError("it looks into what somebody wrote: own words are sealed here")


def counted(boxes: list[Ticked], operator: str, number: float) -> Rule:
    """How many of these boxes are ticked: all of a question, or whether any of some is."""
    name, codes = boxes[0].field, sorted({box.code for box in boxes})
    if any(box.field != name for box in boxes):
        raise ExpressionError("it counts over several questions")
    if set(codes) == set(boxes[0].boxes) and number % 1 == 0:
        test = {"==": "is", **OPERATORS}.get(operator)
        told: Rule = {name: {"count": {test or "is": int(number)}}}
        told = told if test else {"not": told}
        none_will_do = HOLDS[operator](0, number)
        return any_of([{name: {"answered": False}}, told]) if none_will_do else told
    some: Rule = {name: {"any_of": codes}}
    if (operator, number) in ((">", 0), (">=", 1), ("!=", 0)):
        return some
    if (operator, number) in (("==", 0), ("<", 1), ("<=", 0)):
        return any_of([{name: {"answered": False}}, {"not": some}])
    raise ExpressionError("it counts some of a question's boxes: only all of them can be counted")


def present(meanings: list[Meaning], rule: Rule) -> Rule:
    """`rule`, and that each of the questions is asked, where the rule does not say so by itself.

    An expression of LimeSurvey is false as soon as one of its questions is hidden, unless the name
    ends in .NAOK.
    """
    needed = answered_in(rule)
    return all_of([rule, *(m.shown for m in meanings if m.field not in needed)])


def as_text(value: str | float) -> str:
    """A constant as LimeSurvey writes it: 1 and not 1.0."""
    if isinstance(value, str):
        return value.strip()
    return str(int(value)) if value % 1 == 0 else str(value)


def _as_number(value: str | float) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if math.isnan(number):
        raise ExpressionError(f"it compares with {value!r}, which is no number")
    if abs(number) > 10**9:
        raise ExpressionError("it compares with a number beyond a thousand million")
    return number


def _rounded(operator: str, number: float) -> tuple[str, float]:
    """The same comparison of a whole number with a whole number."""
    below = float(number // 1)
    return {
        "<": ("<=", below),
        "<=": ("<=", below),
        ">": (">", below),
        ">=": (">", below),
    }.get(operator, (operator, number))
