"""What comparing an answer with a constant means, as conditions over three truth values.

XPath knows only true and false, and an unanswered question is an empty text there. So each
comparison gives two conditions: one that is true exactly where the comparison is true, and one that
is true exactly where it is false.
"""

import math
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import eq, ge, gt, le, lt, ne

from surveys.definitions.xlsform.expressions import ExpressionError
from surveys.definitions.xlsform.scope import Known
from surveys.definitions.xlsform.truth import Condition, answered, any_of, chosen, opposite, test

MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "=": "=", "!=": "!="}
OPERATORS = {"<": "lt", "<=": "le", ">": "gt", ">=": "ge"}
OPPOSITES = {"<": ">=", "<=": ">", ">": "<=", ">=": "<"}
HOLDS: dict[str, Callable[[float, float], bool]] = {
    "<": lt,
    "<=": le,
    ">": gt,
    ">=": ge,
    "=": eq,
    "!=": ne,
}


@dataclass(frozen=True)
class Pair:
    """Where something is true, and where it is false."""

    true: Condition
    false: Condition

    @property
    def swapped(self) -> "Pair":
        return Pair(self.false, self.true)


NEVER = Pair(true=False, false=True)
ALWAYS = Pair(true=True, false=False)
Constant = str | float | bool


def number(constant: Constant) -> float:
    """A constant as XPath takes it for a number; not a number for other texts."""
    if isinstance(constant, str):
        plain = constant.strip()
        return float(plain) if re.fullmatch(r"-?(\d+\.?\d*|\.\d+)", plain, re.ASCII) else math.nan
    return float(constant)


def compare_constants(sign: str, left: Constant, right: Constant) -> bool:
    """XPath 1.0, section 3.4: as truths, else as numbers, else as texts."""
    if sign in ("=", "!="):
        if isinstance(left, bool) or isinstance(right, bool):
            same = truth(left) is truth(right)
        elif isinstance(left, float) or isinstance(right, float):
            same = number(left) == number(right)
        else:
            same = left == right
        return same if sign == "=" else not same
    if all(isinstance(side, str) and _is_date(side) for side in (left, right)):
        return HOLDS[sign](_days(str(left)), _days(str(right)))
    return HOLDS[sign](number(left), number(right))


def truth(constant: Constant) -> bool:
    """Whether a constant counts as true; an empty text, zero and no number do not."""
    if isinstance(constant, float):
        return constant != 0 and not math.isnan(constant)
    return bool(constant)


def compare(known: Known, sign: str, constant: Constant) -> Pair:
    """An answer against a constant; raises ExpressionError where conditions can't say it."""
    if sign == "!=":
        return compare(known, "=", constant).swapped
    if constant == "" and sign == "=":
        return _emptiness(known.field)
    match known.type:
        case "one":
            return _one(known, sign, constant)
        case "whole" | "decimal":
            return _number(known, sign, number(constant))
        case "date" | "time":
            return _moment(known, sign, constant)
        case "many" if sign == "=":
            return _exactly(known, constant)
        case "words":
            raise ExpressionError(
                f"compares what was typed for ${{{known.name}}}: own words can't be tested, "
                "only whether there are any"
            )
        case _:
            raise ExpressionError(f"compares ${{{known.name}}}, which has several answers")


def selected(known: Known, code: str) -> Pair:
    """Whether a code is among those chosen."""
    if known.type not in ("many", "rank"):
        return compare(known, "=", code)
    codes = list(known.codes.get(code, ()))
    if not codes:
        return NEVER
    found = test(known.field, "any_of", codes)
    return Pair(found, any_of([answered(known.field, False), opposite(found)]))


def count(known: Known, sign: str, limit: float) -> Pair:
    """How many codes were chosen."""
    if known.type != "many":
        raise ExpressionError(f"counts ${{{known.name}}}, which is not of several choices")
    if not limit.is_integer():
        raise ExpressionError(f"compares a count with {limit}")
    if sign == "!=":
        return count(known, "=", limit).swapped
    field, whole = known.field, int(limit)
    if sign == "=":
        found: Condition = test(field, "count", {"is": whole})
        other = any_of([test(field, "count", {"lt": whole}), test(field, "count", {"gt": whole})])
    else:
        found = test(field, "count", {OPERATORS[sign]: whole})
        other = test(field, "count", {OPERATORS[OPPOSITES[sign]]: whole})
    # Nothing chosen is unanswered here and a count of nought there.
    nought = answered(field, False)
    if HOLDS[sign](0, limit):
        return Pair(any_of([nought, found]), other)
    return Pair(found, any_of([nought, other]))


def length(known: Known, sign: str, limit: float) -> Pair:
    """How long an answer is: only whether there is one can be told."""
    of_none, of_one, of_many = (HOLDS[sign](n, limit) for n in (0, 1, 1_000_000))
    if of_none == of_one or of_one != of_many:
        raise ExpressionError(f"measures how long ${{{known.name}}} is")
    return _emptiness(known.field) if of_none else _emptiness(known.field).swapped


def _emptiness(field: str) -> Pair:
    return Pair(answered(field, False), answered(field))


def _one(known: Known, sign: str, constant: Constant) -> Pair:
    found_codes = _matching(known, sign, constant)
    # A code that says why there is no answer is neither above nor below a number.
    matching = [code for code in found_codes if sign == "=" or code not in known.missing]
    if not matching:
        return NEVER
    if len(matching) == len(known.all_codes):
        return _emptiness(known.field).swapped
    found = chosen(known.field, matching)
    return Pair(found, any_of([answered(known.field, False), opposite(found)]))


def _matching(known: Known, sign: str, constant: Constant) -> list[str]:
    """The codes for which the comparison holds."""
    if sign == "=" and isinstance(constant, str):
        return list(known.codes.get(constant, ()))
    return [
        code
        for original, codes in known.codes.items()
        if HOLDS[sign](number(original), number(constant))
        for code in codes
    ]


def offers(known: Known, constant: Constant) -> bool:
    """Whether a question of choices has one with this code."""
    return bool(_matching(known, "=", constant))


def _exactly(known: Known, constant: Constant) -> Pair:
    text = f"{constant:g}" if isinstance(constant, float) else str(constant)
    if text not in known.codes and " " in text:
        raise ExpressionError(f"compares ${{{known.name}}} with several codes at once")
    codes = known.codes.get(text, ())
    if not codes:
        return NEVER
    found = any_of([test(known.field, "is", code) for code in codes])
    return Pair(found, any_of([answered(known.field, False), opposite(found)]))


def _number(known: Known, sign: str, value: float) -> Pair:
    field = known.field
    if math.isnan(value):
        return NEVER
    if sign == "=":
        if known.type == "whole" and not value.is_integer():
            return NEVER
        same = written(value)
        apart = [answered(field, False), test(field, "lt", same), test(field, "gt", same)]
        return Pair(test(field, "between", [same, same]), any_of(apart))
    bound = _bound(known, sign, value)
    other = _bound(known, OPPOSITES[sign], value)
    return Pair(
        test(field, OPERATORS[sign], bound),
        any_of([answered(field, False), test(field, OPERATORS[OPPOSITES[sign]], other)]),
    )


def _bound(known: Known, sign: str, value: float) -> int | float:
    """The bound itself, or for whole numbers the nearest that parts them alike."""
    if known.type == "whole" and not value.is_integer():
        return math.floor(value) if sign in (">", "<=") else math.ceil(value)
    return written(value)


def written(value: float) -> int | float:
    """10 and not 10.0."""
    return int(value) if value.is_integer() else value


def _moment(known: Known, sign: str, constant: Constant) -> Pair:
    text = moment(known.type, constant)
    field = known.field
    if sign == "=":
        apart = [answered(field, False), test(field, "lt", text), test(field, "gt", text)]
        return Pair(test(field, "between", [text, text]), any_of(apart))
    return Pair(
        test(field, OPERATORS[sign], text),
        any_of([answered(field, False), test(field, OPERATORS[OPPOSITES[sign]], text)]),
    )


def moment(type_: str, constant: Constant) -> str:
    """A constant as the date or time it spells; raises ExpressionError."""
    text = str(constant)
    if type_ == "date" and _is_date(text):
        return text[:10]
    if type_ == "time" and re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d(:\d\d.*)?", text, re.ASCII):
        return text[:5]
    raise ExpressionError(f"compares a {type_} with {constant!r}, which is none")


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}(T.*)?", text, re.ASCII):
        return False
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _days(text: str) -> int:
    return date.fromisoformat(text[:10]).toordinal()
