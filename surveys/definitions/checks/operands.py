"""Whether a test fits the kind of answer that it looks at."""

import re
from collections.abc import Iterator
from typing import Any

from surveys.definitions.conditions import Test
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import EXAMPLES, DateQuestion
from surveys.questions.time import CLOCK, TimeQuestion

CODE_OPERATORS = ("is", "in", "any_of", "all_of")
ORDER_OPERATORS = ("lt", "le", "gt", "ge", "between")
NUMBER_KINDS = ("whole-number", "decimal")


def misfits(field: Question, test: Test) -> Iterator[str]:
    """What of a test does not fit the field, in words."""
    if test.operator in CODE_OPERATORS:
        yield from _codes(field, test)
    elif test.operator in ORDER_OPERATORS:
        yield from _order(field, test)
    elif test.operator == "count" and not _takes_several(field):
        yield f"{field.name}: `count` is for the kind choices, and this is {field.kind}"


def _codes(field: Question, test: Test) -> Iterator[str]:
    known = [*field.codes, *field.missing_codes]
    for code in test.operand if isinstance(test.operand, list) else [test.operand]:
        if str(code) in known:
            continue
        told = f"{field.name} has no code {code!r}: it has {', '.join(known) or 'none'}"
        if field.kind in NUMBER_KINDS or field.kind in ("date", "time"):
            told += f"; a {field.kind} is compared by {', '.join(ORDER_OPERATORS)}"
        yield told


def _order(field: Question, test: Test) -> Iterator[str]:
    bounds = test.operand if isinstance(test.operand, list) else [test.operand]
    told = f"{field.name} {test.operator} {test.operand!r}"
    expected = _expected(field)
    if expected is None:
        yield f"{told}: expected a number or date to compare, and {field.name} is {field.kind}"
    elif not all(_fits(field, bound) for bound in bounds):
        yield f"{told}: expected {expected}"
    elif bounds != sorted(bounds):
        yield f"{told}: expected the smaller bound first"


def _expected(field: Question) -> str | None:
    """What a field is compared with, in words; None where nothing."""
    if isinstance(field, DateQuestion):
        example = EXAMPLES[field.accepts]
        quotes = ", in quotes" if field.accepts in ("year", "partial") else ""
        return f"a number or date to compare, here a real date like {example}{quotes}"
    if isinstance(field, TimeQuestion):
        return "a time like 14:05, in quotes"
    is_scale = isinstance(field, OneOptionQuestion) and _has_numbers(field)
    return "a number to compare" if field.kind in NUMBER_KINDS or is_scale else None


def _fits(field: Question, bound: Any) -> bool:
    if isinstance(field, DateQuestion):
        return isinstance(bound, str) and field.is_real(bound)
    if isinstance(field, TimeQuestion):
        return isinstance(bound, str) and re.fullmatch(CLOCK, bound) is not None
    return isinstance(bound, (int, float)) and not isinstance(bound, bool)


def _has_numbers(field: OneOptionQuestion) -> bool:
    """Whether its codes are whole numbers, so that they have an order."""
    return bool(field.codes) and all(code.isdecimal() for code in field.codes)


def _takes_several(field: Question) -> bool:
    return isinstance(field, OptionsQuestion) and not isinstance(field, OneOptionQuestion)
