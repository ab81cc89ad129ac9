"""Our conditions in the expression language of XLSForm, true for the same answers.

Where ours are unknown, as of a question that nobody answered, the expression is false.
"""

from collections.abc import Iterable
from typing import Any

from surveys.definitions.conditions import (
    All,
    AnyOf,
    Condition,
    ConditionError,
    Not,
    Test,
    parse_condition,
)
from surveys.definitions.schema import Definition
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion

SIGNS = {"lt": "<", "le": "<=", "gt": ">", "ge": ">=", "is": "="}
OPPOSITES = {"lt": "ge", "le": "gt", "gt": "le", "ge": "lt"}
NEVER = "false()"


def spelled(data: dict[str, Any] | None, definition: Definition, *, own: str = "") -> str:
    """The expression for a condition, of the answer to `own` itself where it is named."""
    if data is None:
        return ""
    try:
        return _true(parse_condition(data), definition, own)
    except ConditionError:
        # Of a draft: other tools need not know what is wrong with it.
        return NEVER


def _true(condition: Condition, definition: Definition, own: str) -> str:
    """An expression that is true where the condition is."""
    match condition:
        case Not(part):
            return _false(part, definition, own)
        case All(parts):
            return _joined("and", (_true(part, definition, own) for part in parts))
        case AnyOf(parts):
            return _joined("or", (_true(part, definition, own) for part in parts))
        case Test(name, operator, operand):
            field = definition.by_name.get(name)
            if field is None:
                return NEVER
            return _test(field, operator, operand, "." if name == own else f"${{{name}}}")


def _false(condition: Condition, definition: Definition, own: str) -> str:
    """An expression that is true where the condition is false, and not where it is unknown."""
    match condition:
        case Not(part):
            return _true(part, definition, own)
        case All(parts):
            return _joined("or", (_false(part, definition, own) for part in parts))
        case AnyOf(parts):
            return _joined("and", (_false(part, definition, own) for part in parts))
        case Test(name, operator, operand):
            return _denied(Test(name, operator, operand), definition, own)


def _denied(test: Test, definition: Definition, own: str) -> str:
    name, operator, operand = test.question, test.operator, test.operand
    if operator == "answered":
        return _true(Test(name, operator, not operand), definition, own)
    if operator in OPPOSITES:
        return _true(Test(name, OPPOSITES[operator], operand), definition, own)
    if operator == "between":
        outside = (Test(name, "lt", operand[0]), Test(name, "gt", operand[1]))
        return _true(AnyOf(outside), definition, own)
    answered = _true(Test(name, "answered", operand=True), definition, own)
    return f"({answered} and not({_true(test, definition, own)}))"


def _test(field: Question, operator: str, operand: Any, ref: str) -> str:
    if operator == "answered":
        return f"{ref} != ''" if operand else f"{ref} = ''"
    if operator == "between":
        low, high = (_value(field, bound) for bound in operand)
        ours = _compared(field, ref)
        return f"({ours} >= {low} and {ours} <= {high})"
    if operator in OPPOSITES:
        return f"{_compared(field, ref)} {SIGNS[operator]} {_value(field, operand)}"
    if operator == "count":
        ((sign, limit),) = operand.items()
        return f"({ref} != '' and count-selected({ref}) {SIGNS[sign]} {limit})"
    codes = [str(code) for code in (operand if isinstance(operand, list) else [operand])]
    if isinstance(field, OneOptionQuestion):
        return _one(operator, codes, ref)
    if isinstance(field, OptionsQuestion):
        return _several(field, operator, codes, ref=ref)
    # A missing code of what is typed: other tools have no box for it.
    return NEVER


def _one(operator: str, codes: list[str], ref: str) -> str:
    if operator == "all_of" and len(set(codes)) > 1:
        return NEVER
    return _joined("or", (f"{ref} = '{code}'" for code in codes))


def _several(field: OptionsQuestion, operator: str, codes: list[str], *, ref: str) -> str:
    if operator == "is":
        return f"(selected({ref}, '{codes[0]}') and count-selected({ref}) = 1)"
    if operator == "in":
        others = [c for c in (*field.codes, *field.missing_codes) if c not in codes]
        parts = [f"{ref} != ''", *(f"not(selected({ref}, '{code}'))" for code in others)]
        return _joined("and", parts)
    joint = "or" if operator == "any_of" else "and"
    return _joined(joint, (f"selected({ref}, '{code}')" for code in codes))


def _compared(field: Question, ref: str) -> str:
    return f"decimal-time({ref})" if field.kind == "time" else ref


def _value(field: Question, bound: Any) -> str:
    """A number, or a date or time in full."""
    if not isinstance(bound, str):
        return str(bound)
    if field.kind == "time":
        return f"decimal-time('{bound}')"
    return f"date('{(bound + '-01-01')[:10]}')"


def _joined(joint: str, parts: Iterable[str]) -> str:
    found = list(dict.fromkeys(parts))
    return found[0] if len(found) == 1 else f"({f' {joint} '.join(found)})"
