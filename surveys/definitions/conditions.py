"""Show-if conditions: data over earlier answers, never code.

A condition is `{question: {operator: operand}}`, or `{all: […]}`, `{any: […]}`, `{not: …}`. The
logic is Kleene's three-valued one: an unanswered question is unknown, which is not false, and a
question is shown only where its condition is true (S. C. Kleene, Introduction to Metamathematics,
1952, section 64).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from surveys.questions.base import Answer

Truth = bool | None
Answers = Mapping[str, Answer]

COMBINERS = ("all", "any", "not")


class ConditionError(ValueError):
    """A condition that can't be read; the text says what was expected."""


@dataclass(frozen=True)
class Test:
    question: str
    operator: str
    operand: Any

    def truth(self, answers: Answers) -> Truth:
        answer = answers.get(self.question)
        if self.operator == "answered":
            return (answer is not None) is self.operand
        if answer is None:
            return None
        # What most tests are, at every page of every visit.
        if self.operator in ("is", "in", "any_of") and isinstance(answer, str):
            return answer in self._codes
        return OPERATORS[self.operator].holds(answer, self.operand)

    @cached_property
    def _codes(self) -> frozenset[str]:
        codes = self.operand if isinstance(self.operand, list) else [self.operand]
        return frozenset(map(str, codes))


@dataclass(frozen=True)
class All:
    parts: tuple["Condition", ...]

    def truth(self, answers: Answers) -> Truth:
        return _all(part.truth(answers) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    parts: tuple["Condition", ...]

    def truth(self, answers: Answers) -> Truth:
        return _opposite(_all(_opposite(part.truth(answers)) for part in self.parts))


@dataclass(frozen=True)
class Not:
    part: "Condition"

    def truth(self, answers: Answers) -> Truth:
        return _opposite(self.part.truth(answers))


Condition = Test | All | AnyOf | Not


def parse_condition(data: object) -> Condition:
    """The condition that `data` spells; raises ConditionError."""
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ConditionError(f"expected one key, a question or all, any, not; found {data!r}")
    key, value = next(iter(data.items()))
    if key == "not":
        return Not(parse_condition(value))
    if key in ("all", "any"):
        if not isinstance(value, list) or not value:
            raise ConditionError(f"expected a list of conditions under {key}")
        parts = tuple(parse_condition(part) for part in value)
        return All(parts) if key == "all" else AnyOf(parts)
    return _parse_test(str(key), value)


def _parse_test(question: str, data: object) -> Test:
    if not isinstance(data, Mapping) or len(data) != 1:
        raise ConditionError(f"expected one operator for {question}, one of {_known()}")
    operator, operand = next(iter(data.items()))
    if operator not in OPERATORS:
        raise ConditionError(f"unknown operator {operator!r} for {question}: expected {_known()}")
    expected = OPERATORS[operator].expects
    if not _FORMS[expected](operand):
        raise ConditionError(f"{question} {operator}: expected {expected}, found {operand!r}")
    return Test(question, str(operator), operand)


def tests_in(condition: Condition) -> Iterator[Test]:
    """Every test of a condition, left to right."""
    match condition:
        case Test():
            yield condition
        case Not(part):
            yield from tests_in(part)
        case All(parts) | AnyOf(parts):
            for part in parts:
                yield from tests_in(part)


def evaluate(condition: Condition, answers: Answers) -> Truth:
    """True, False, or None where it depends on what was not answered."""
    return condition.truth(answers)


def _all(truths: Iterable[Truth]) -> Truth:
    """False as soon as one is: what is unknown can't change that."""
    known = True
    for truth in truths:
        if truth is False:
            return False
        known = known and truth is not None
    return True if known else None


def _opposite(truth: Truth) -> Truth:
    return None if truth is None else not truth


def _codes(answer: Answer) -> list[str]:
    """The codes in an answer; a missing code stands for itself."""
    if isinstance(answer, dict):
        return [answer["missing"]]
    return [str(code) for code in answer] if isinstance(answer, list) else [str(answer)]


def _compare(holds: Callable[[Any, Any], bool]) -> Callable[[Answer, Any], Truth]:
    def compare(answer: Answer, operand: Any) -> Truth:
        """Unknown for a missing code: "prefer not to say" is neither above nor below."""
        if isinstance(answer, (dict, list)):
            return None
        if isinstance(operand, str):
            given = str(answer)
            # November 2022 is neither before nor after the 15th of it.
            undecided = given != operand and (
                operand.startswith(f"{given}-") or given.startswith(f"{operand}-")
            )
            return None if undecided else holds(given, operand)
        if isinstance(answer, float):
            return holds(answer, operand)
        try:
            return holds(int(answer), operand)
        except ValueError:
            return None

    return compare


def _count(answer: Answer, operand: Any) -> Truth:
    (operator, limit) = next(iter(operand.items()))
    if isinstance(answer, dict):
        return None
    chosen = len(_codes(answer))
    return OPERATORS[operator].holds(chosen, limit)


def _between(answer: Answer, operand: Any) -> Truth:
    low, high = operand
    return _all([OPERATORS["ge"].holds(answer, low), OPERATORS["le"].holds(answer, high)])


def _is_comparable(operand: object) -> bool:
    return isinstance(operand, (int, float, str)) and not isinstance(operand, bool)


def _is_code(operand: object) -> bool:
    return isinstance(operand, (int, str)) and not isinstance(operand, bool)


_FORMS: dict[str, Callable[[Any], bool]] = {
    "a code": _is_code,
    "a list of codes": lambda o: (
        isinstance(o, list) and bool(o) and all(_is_code(code) for code in o)
    ),
    "a number or a date": _is_comparable,
    "two numbers or two dates": lambda o: (
        isinstance(o, list) and len(o) == 2 and all(_is_comparable(bound) for bound in o)
    ),
    "true or false": lambda o: isinstance(o, bool),
    "a comparison such as {ge: 2}": lambda o: (
        isinstance(o, Mapping)
        and len(o) == 1
        and next(iter(o)) in ("is", "lt", "le", "gt", "ge")
        and isinstance(next(iter(o.values())), int)
    ),
}


@dataclass(frozen=True)
class Operator:
    expects: str
    holds: Callable[[Answer, Any], Truth]


OPERATORS = {
    "is": Operator("a code", lambda a, o: _codes(a) == [str(o)]),
    "in": Operator("a list of codes", lambda a, o: set(_codes(a)) <= set(map(str, o))),
    "any_of": Operator("a list of codes", lambda a, o: bool(set(_codes(a)) & set(map(str, o)))),
    "all_of": Operator("a list of codes", lambda a, o: set(map(str, o)) <= set(_codes(a))),
    "lt": Operator("a number or a date", _compare(lambda a, o: a < o)),
    "le": Operator("a number or a date", _compare(lambda a, o: a <= o)),
    "gt": Operator("a number or a date", _compare(lambda a, o: a > o)),
    "ge": Operator("a number or a date", _compare(lambda a, o: a >= o)),
    "between": Operator("two numbers or two dates", _between),
    "answered": Operator("true or false", lambda a, o: o is True),
    "count": Operator("a comparison such as {ge: 2}", _count),
}


def _known() -> str:
    return ", ".join(OPERATORS)
