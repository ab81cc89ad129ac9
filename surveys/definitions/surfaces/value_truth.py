"""JSON Schema of the answers to one field for which a test is true, or for which it is false.

Of what is neither, such as whether "prefer not to say" is less than 3, nothing matches either.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from surveys.definitions.conditions import All, AnyOf, Condition, Not, Test, evaluate
from surveys.definitions.surfaces import digits
from surveys.definitions.surfaces.value_schema import (
    LENGTHS,
    NEVER,
    Parts,
    Schema,
    item,
    means,
)
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.time import TimeQuestion
from surveys.questions.whole_number import WholeNumberQuestion

Has = Callable[[str], Schema]

DENIED = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}


def schema_of(condition: Condition, holds: bool, test: Callable[[Test, bool], Schema]) -> Schema:
    """Where a condition is true, or false where `holds` is False, by what its tests come to."""
    match condition:
        case Not(part):
            return schema_of(part, not holds, test)
        case All(parts) | AnyOf(parts):
            told = [schema_of(part, holds, test) for part in parts]
            return {"allOf" if isinstance(condition, All) is holds else "anyOf": told}
        case Test():
            return test(condition, holds)


def value_truth(field: Question, test: Test, holds: bool, parts: Parts) -> Schema:
    """The values of an answered field for which the test is true, or false."""
    if test.operator == "answered":
        return {} if test.operand is holds else NEVER
    if isinstance(field, OneOptionQuestion):
        return one_truth(field, test, holds, lambda code: means(field, code))
    if isinstance(field, OptionsQuestion):
        return list_truth(field, test, holds, lambda code: contains(field, code), parts)
    if test.operator in ("is", "in", "any_of", "all_of"):
        true = any_of([_exactly(field, code) for code in _codes(test) if _is_true(test, code)])
        return true if holds else {"not": true}
    return _compared(field, test, holds)


def one_truth(field: OneOptionQuestion, test: Test, holds: bool, has: Has) -> Schema:
    """Of a field of which one option is chosen: the options for which the test is so."""
    found = [code for code in field.codes if evaluate(test, {field.name: code}) is holds]
    found += [
        code
        for code in field.missing_codes
        if evaluate(test, {field.name: {"missing": code}}) is holds
    ]
    return any_of([has(code) for code in found])


def list_truth(
    field: OptionsQuestion, test: Test, holds: bool, has: Has, parts: Parts, *, name: str = "own"
) -> Schema:
    """Of a field of which several options are chosen; `has` says that one of them is."""
    chosen = [has(code) for code in field.codes]
    if test.operator == "count":
        true = _count(test, chosen, parts, f"{field.name}.{name}")
        known = any_of(chosen)
    elif test.operator in ("is", "in", "any_of", "all_of"):
        true = _holds(field, test, has)
        known = any_of([*chosen, *(has(code) for code in field.missing_codes)])
    else:
        return NEVER
    return {"allOf": [known, true if holds else {"not": true}]}


def contains(field: Question, code: str) -> Schema:
    """That a code is in the list, or that a missing code stands in its place."""
    if code in field.missing_codes:
        alone = {"type": "array", "items": item(field, code)}
        return {"anyOf": [{"const": {"missing": code}}, alone]}
    return {"type": "array", "contains": item(field, code)}


def any_of(ways: Sequence[Schema]) -> Schema:
    if not ways:
        return NEVER
    return ways[0] if len(ways) == 1 else {"anyOf": list(ways)}


def _holds(field: OptionsQuestion, test: Test, has: Has) -> Schema:
    codes = _codes(test)
    match test.operator:
        case "any_of":
            return any_of([has(code) for code in codes])
        case "all_of":
            return {"allOf": [has(code) for code in codes]}
    others = [code for code in (*field.codes, *field.missing_codes) if code not in codes]
    return {
        "allOf": [any_of([has(code) for code in codes]), {"not": any_of(list(map(has, others)))}]
    }


def _count(test: Test, chosen: list[Schema], parts: Parts, name: str) -> Schema:
    operator, limit = next(iter(test.operand.items()))

    def enough(n: int) -> Schema:
        return parts.at_least(chosen, n, name)

    match operator:
        case "ge":
            return enough(limit)
        case "gt":
            return enough(limit + 1)
        case "lt":
            return {"not": enough(limit)}
        case "le":
            return {"not": enough(limit + 1)}
    return {"allOf": [enough(limit), {"not": enough(limit + 1)}]}


def _codes(test: Test) -> list[str]:
    return [str(o) for o in (test.operand if isinstance(test.operand, list) else [test.operand])]


def _is_true(test: Test, text: str) -> bool:
    return evaluate(test, {test.question: text}) is True


def _exactly(field: Question, text: str) -> Schema:
    """All that is sent for an answer that reads like a code."""
    ways: list[Schema] = [means(field, text)] if text in field.missing_codes else []
    if isinstance(field, (DateQuestion, TimeQuestion)):
        ways.append({"const": text})
    elif isinstance(field, WholeNumberQuestion) and text.removeprefix("-").isdecimal():
        ways.append(_numbers(field, int(text), int(text)))
    elif not isinstance(field, (WholeNumberQuestion, DecimalQuestion)):
        ways.append({"type": "string", "pattern": digits.stripped(text)})
    return any_of(ways)


def _compared(field: Question, test: Test, holds: bool) -> Schema:
    if test.operator == "between":
        both = [Test(field.name, o, x) for o, x in zip(("ge", "le"), test.operand, strict=True)]
        return {"allOf" if holds else "anyOf": [_compared(field, one, holds) for one in both]}
    operator = test.operator if holds else DENIED[test.operator]
    if isinstance(field, (WholeNumberQuestion, DecimalQuestion)):
        return _ordered_numbers(field, operator, test.operand)
    lengths = LENGTHS[field.accepts] if isinstance(field, DateQuestion) else (5,)
    return _ordered_texts(operator, str(test.operand), lengths)


def _ordered_numbers(
    field: WholeNumberQuestion | DecimalQuestion, operator: str, limit: float
) -> Schema:
    places = field.places if isinstance(field, DecimalQuestion) else 0
    unit = Decimal(1).scaleb(-places)
    exact = Decimal(repr(limit))
    below = exact.quantize(unit, ROUND_FLOOR)
    above = exact.quantize(unit, ROUND_CEILING)
    low, high = Decimal(repr(field.min)), Decimal(repr(field.max))
    match operator:
        case "lt":
            high = min(high, above - unit)
        case "le":
            high = min(high, below)
        case "gt":
            low = max(low, below + unit)
        case "ge":
            low = max(low, above)
    return NEVER if low > high else _numbers(field, low, high)


def _numbers(
    field: WholeNumberQuestion | DecimalQuestion, low: Decimal | int, high: Decimal | int
) -> Schema:
    if isinstance(field, DecimalQuestion):
        pattern = digits.decimals(float(low), float(high), places=field.places)
        least, most = float(low), float(high)
    else:
        pattern = digits.whole_numbers(int(low), int(high))
        least, most = int(low), int(high)
    return {
        "anyOf": [
            {"type": "number", "minimum": least, "maximum": most},
            {"type": "string", "pattern": digits.stripped(pattern)},
        ]
    }


def _ordered_texts(operator: str, limit: str, lengths: Sequence[int]) -> Schema:
    """Dates or times before or after a limit, as far as both tell: 2022 is not before 2022-11."""
    ways = []
    for length in lengths:
        start = limit[:length]
        if operator in ("lt", "le"):
            way = digits.between(_all(start, "0"), start, length=length)
        else:
            way = digits.between(start, _all(start, "9"), length=length)
        ways.append(f"(?!{start}){way}")
        if length == len(limit) and operator in ("le", "ge"):
            ways.append(limit)
    return {"type": "string", "pattern": digits.whole("|".join(ways))}


def _all(text: str, digit: str) -> str:
    return "".join(digit if char.isdigit() else char for char in text)
