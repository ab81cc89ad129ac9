"""The answers to a field that some tests can tell apart: a few stand for them all."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import prod
from typing import Any

from surveys.definitions.conditions import Condition, Test, Truth, evaluate, tests_in
from surveys.questions.base import Answer, Option, Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.wrong import WrongAnswerError

# Of one question of which several options can be chosen; each code that is tested doubles them.
MOST_ANSWERS = 600
# A survey that is published today is answered later, so "today" bounds nothing.
FAR = date.max


class UndecidedError(Exception):
    """There is too much to try; the text says what."""


@dataclass(frozen=True)
class Value:
    """An answer that stands for all that give the same truths of the tests, in their order.

    It can be given where the options in `needs` are offered; those that always are have been left
    out. None is unanswered.
    """

    answer: Answer | None
    truths: tuple[Truth, ...]
    needs: frozenset[str] = frozenset()


def values_of(
    field: Question,
    tests: Sequence[Test],
    *,
    valid_if: Condition | None = None,
    conditional: Collection[str] = (),
) -> tuple[Value, ...]:
    """Unanswered first, then each kind of answer that the field takes and the tests tell apart.

    `conditional` names the options that are not always offered. Raises UndecidedError.
    """
    found: dict[tuple[Truth, ...], list[Value]] = {}
    tried = [*tests, *_tests_of(valid_if)]
    for answer in _answers(field, tried, conditional):
        told = {field.name: answer}
        if valid_if is not None and evaluate(valid_if, told) is False:
            continue
        truths = tuple(evaluate(test, told) for test in tests)
        needs = frozenset(_codes(answer)).intersection(conditional)
        _add(found.setdefault(truths, []), Value(answer, truths, needs))
    unanswered = Value(None, tuple(evaluate(test, {}) for test in tests))
    return (unanswered, *(value for alike in found.values() for value in alike))


def _add(alike: list[Value], new: Value) -> None:
    """Adds a value that can be given where none of those alike can."""
    if not any(value.needs <= new.needs for value in alike):
        alike[:] = [value for value in alike if not new.needs <= value.needs]
        alike.append(new)


def _tests_of(condition: Condition | None) -> list[Test]:
    return [] if condition is None else list(tests_in(condition))


def _codes(answer: Answer) -> list[str]:
    if isinstance(answer, dict):
        return [answer["missing"]]
    return answer if isinstance(answer, list) else [str(answer)]


def _answers(
    field: Question, tests: Sequence[Test], conditional: Collection[str]
) -> Iterator[Answer]:
    for answer in _candidates(field, tests, conditional):
        if _is_taken(field, answer):
            yield answer
    yield from ({"missing": code} for code in field.missing_codes)


def _is_taken(field: Question, answer: Answer) -> bool:
    if field.is_own_words or field.is_contact or field.is_computed:
        return True
    if getattr(field, "earliest", None) == "today":
        field = field.model_copy(update={"earliest": None})
    try:
        return field.clean(answer, today=FAR) == answer
    except WrongAnswerError:
        return False


def _candidates(
    field: Question, tests: Sequence[Test], conditional: Collection[str]
) -> Iterator[Answer]:
    if isinstance(field, OptionsQuestion) and not isinstance(field, OneOptionQuestion):
        yield from _several(field, tests, conditional)
    elif field.codes:
        yield from field.codes
    elif field.kind in ("whole-number", "decimal"):
        yield from _numbers(field, tests)
    elif field.kind == "date":
        yield from _dates(field, tests)
    elif field.kind == "time":
        yield from _times(field, tests)
    else:
        yield "…"


def _several(
    field: OptionsQuestion, tests: Sequence[Test], conditional: Collection[str]
) -> Iterator[Answer]:
    """Codes that all tests treat alike are one group, of which only the number chosen matters."""
    groups: dict[object, list[str]] = {}
    for option in field.options:
        if option.code is not None:
            groups.setdefault(_treatment(option, tests, conditional), []).append(option.code)
    enough = max((_limit(test) for test in tests), default=0) + 2
    numbers = [sorted({*range(min(len(g), enough) + 1), len(g)}) for g in groups.values()]
    if prod(map(len, numbers)) > MOST_ANSWERS:
        raise UndecidedError(f"{field.name} has too many combinations of options to try")
    for chosen in product(*numbers):
        codes = {c for n, group in zip(chosen, groups.values(), strict=True) for c in group[:n]}
        if codes:
            yield [code for code in field.codes if code in codes]


def _treatment(option: Option, tests: Sequence[Test], conditional: Collection[str]) -> object:
    told = [option.code in _operand_codes(test) for test in tests]
    return (tuple(told), option.exclusive, option.code if option.code in conditional else None)


def _operand_codes(test: Test) -> set[str]:
    if test.operator in ("is", "in", "any_of", "all_of"):
        return set(map(str, _as_list(test.operand)))
    return set()


def _limit(test: Test) -> int:
    return int(next(iter(test.operand.values()))) if test.operator == "count" else 0


def _as_list(operand: Any) -> list[Any]:
    return operand if isinstance(operand, list) else [operand]


def _thresholds(tests: Sequence[Test]) -> list[Any]:
    ordered = ("lt", "le", "gt", "ge", "between")
    return [bound for test in tests if test.operator in ordered for bound in _as_list(test.operand)]


def _numbers(field: Any, tests: Sequence[Test]) -> Iterator[Answer]:
    places = field.places if field.kind == "decimal" else 0
    step = 10**-places
    bounds = [b for b in _thresholds(tests) if isinstance(b, (int, float))]
    around = {round(b + k * step, places) for b in bounds for k in (-1, 0, 1)}
    for number in sorted({*around, field.min, field.max} - {None} or {0}):
        yield float(number) if places else int(number)


def _dates(field: Any, tests: Sequence[Test]) -> Iterator[Answer]:
    bounds = [str(b) for b in _thresholds(tests)]
    bounds += [b for b in (field.earliest, field.latest) if b not in (None, "today")]
    days = {day for bound in bounds for day in _days_around(bound)} or {date(2020, 6, 15)}
    texts = {day.isoformat()[:length] for day in days for length in (4, 7, 10)}
    yield from sorted(texts)


def _days_around(bound: str) -> Iterator[date]:
    """The first and last day that a date or a part of one may mean, and the days beside them."""
    day = timedelta(days=1)
    try:
        first = last = date.fromisoformat((bound + "-01-01")[:10])
        for _ in range({4: 12, 7: 1}.get(len(bound), 0)):
            last = (last.replace(day=1) + 32 * day).replace(day=1)
        last -= day if last != first else 0 * day
        yield from (first - day, first, last, last + day)
    except OverflowError:
        return


def _times(field: Any, tests: Sequence[Test]) -> Iterator[Answer]:
    bounds = [str(b) for b in (*_thresholds(tests), field.earliest, field.latest) if b]
    minutes = {_minute(b) + k for b in bounds for k in (-1, 0, 1)} or {720}
    for minute in sorted(m for m in minutes if 0 <= m < 24 * 60):
        yield f"{minute // 60:02}:{minute % 60:02}"


def _minute(text: str) -> int:
    hour, _, minute = text.partition(":")
    return int(hour) * 60 + int(minute)
