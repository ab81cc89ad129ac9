"""JSON Schema of what one field takes, as it is sent and before it is cleaned."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from surveys.definitions.surfaces import digits
from surveys.questions.base import Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.contact import LONGEST, ContactQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.ranking import RankingQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.text import TextQuestion
from surveys.questions.texts import Translated, said
from surveys.questions.time import TimeQuestion
from surveys.questions.whole_number import WholeNumberQuestion

Schema = dict[str, Any]

NEVER: Schema = {"not": {}}
# No answer: null, nothing but white space, or an empty list.
UNANSWERED: Schema = {
    "description": "Not answered.",
    "anyOf": [
        {"type": "null"},
        {"type": "string", "pattern": digits.blank()},
        {"type": "array", "maxItems": 0},
    ],
}
# The lengths that a date can have, by how precisely it is asked.
LENGTHS = {"day": (10,), "month": (7,), "year": (4,), "partial": (4, 7, 10)}

# A number has 10 or 11 digits with its 0, or up to 15 with the code of a country; (0) after a
# digit is not dialled, and what groups the digits is left out.
_GROUPING = rf"[{digits.SPACE}().\-–/]*"
_UNDIALLED = rf"[{digits.SPACE}]*\(0\)"


def _dialled(digit: str) -> str:
    return rf"{digit}(?:{_UNDIALLED}|(?!{_UNDIALLED}))"


_NEXT = f"(?:{_GROUPING}{_dialled('[0-9]')})"
_ABROAD = rf"(?:\+|{_dialled('0')}{_GROUPING}{_dialled('0')}){_GROUPING}{_dialled('[1-9]')}"
PHONE = f"{_GROUPING}(?:{_dialled('0')}{_NEXT}{{9,10}}|{_ABROAD}{_NEXT}{{6,14}}){_GROUPING}"
EMAIL = (
    r"(?!\.)(?![^@]*\.\.)"
    rf"[^{digits.SPACE}\ufeff@,;:<>()\[\]\\\"\x00-\x1f{digits.HALVES}]{{1,64}}"
    r"@(?:[^\W_](?:[\w\-]{0,61}[^\W_])?\.)+[^\W\d_]{2,63}"
)


class Parts:
    """The named parts of a schema, each written once and referred to."""

    def __init__(self) -> None:
        self.schemas: dict[str, Schema] = {"unanswered": UNANSWERED}

    def named(self, name: str, make: Callable[[], Schema]) -> Schema:
        """A reference to the part of this name, which is made when it is first asked for."""
        if name not in self.schemas:
            self.schemas[name] = {}
            self.schemas[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def at_least(self, those: Sequence[Schema], n: int, name: str) -> Schema:
        """That `n` or more of these hold; one after the other, so that none is tried twice."""
        if n <= 0:
            return {}
        if n > len(those):
            return NEVER
        first, *rest = those
        return self.named(
            f"{name}-{n}-of-{len(those)}",
            lambda: {
                "if": first,
                "then": self.at_least(rest, n - 1, name),
                "else": self.at_least(rest, n, name),
            },
        )


def value_schema(field: Question, parts: Parts, *, today: date | None) -> Schema:
    """What an answer to a field can be; `today` for dates that are bounded by it, if known."""
    match field:
        case RankingQuestion():
            return _ranking(field)
        case SeveralOptionsQuestion():
            return _several(field, parts)
        case OptionsQuestion():
            return {"oneOf": [_option(field, code) for code in field.codes]}
        case WholeNumberQuestion():
            return _whole_number(field)
        case DecimalQuestion():
            return _decimal(field)
        case DateQuestion():
            return _date(field, today)
        case TimeQuestion():
            return _time(field)
        case TextQuestion():
            longest = f"At most {field.max_length} characters between white space."
            pattern = digits.text_of(field.max_length)
            return {"type": "string", "pattern": pattern, "description": longest}
        case ContactQuestion():
            pattern = EMAIL if field.kind == "email" else PHONE
            return {"type": "string", "maxLength": LONGEST, "pattern": digits.stripped(pattern)}
    raise NotImplementedError(f"no schema for the kind {field.kind}")


def missing_schema(field: Question) -> Schema | None:
    """The missing codes of a field, each as an object; by its name alone where it is an option."""
    if not field.missing_codes:
        return None
    return {"oneOf": [_missing(field, code) for code in field.missing_codes]}


def means(field: Question, code: str) -> Schema:
    """All that can be sent for a code or missing code of a field of which one is chosen."""
    if code not in field.missing_codes:
        return {"enum": spellings(code)}
    return {"enum": [{"missing": code}, *([code] if isinstance(field, OptionsQuestion) else [])]}


def spellings(code: str) -> list[str | int]:
    """A code, and as a number where it is written like one."""
    is_number = code.isascii() and code.isdecimal() and str(int(code)) == code
    return [code, int(code)] if is_number else [code]


def item(field: Question, code: str) -> Schema:
    """A code or missing code as it stands in a list."""
    return {"enum": [code] if code in field.missing_codes else spellings(code)}


def texts_of(text: Translated, language: str) -> Schema:
    """A title in one language, and all languages beside it."""
    return {"title": str(said(text, language)), "x-title": dict(text)}


def _option(field: OptionsQuestion, code: str) -> Schema:
    return means(field, code) | {"x-title": dict(field.texts(code))}


def _missing(field: Question, code: str) -> Schema:
    boxes = (*getattr(field, "options", ()), *getattr(field, "missing", ()))
    label = next(box.label for box in boxes if box.missing == code)
    known = means(field, code)
    if isinstance(field, (SeveralOptionsQuestion, RankingQuestion)):
        # In a list it stands alone, in a ranking once.
        most = {"maxItems": 1} if isinstance(field, RankingQuestion) else {}
        alone = {"type": "array", "minItems": 1, **most, "items": item(field, code)}
        known = {"anyOf": [{"const": {"missing": code}}, alone]}
    return known | {"x-title": dict(label)}


def _several(field: SeveralOptionsQuestion, parts: Parts) -> Schema:
    alone = [o.code for o in field.options if o.exclusive and o.code]
    rules: list[Schema] = [
        {"if": {"contains": item(field, code)}, "then": {"items": item(field, code)}}
        for code in alone
    ]
    if field.limit is not None and field.limit < len(field.codes):
        each = [{"contains": item(field, code)} for code in field.codes]
        enough = parts.at_least(each, field.limit + 1, f"{field.name}.chosen")
        # Whoever repeats a code has still chosen it once.
        rules.append({"anyOf": [{"maxItems": field.limit}, {"not": enough}]})
    items = {"enum": [said for code in field.codes for said in spellings(code)]}
    found: Schema = {"type": "array", "minItems": 1, "items": items}
    return found | ({"allOf": rules} if rules else {})


def _ranking(field: RankingQuestion) -> Schema:
    found: Schema = {
        "type": "array",
        "minItems": 1,
        "maxItems": field.places,
        "uniqueItems": True,
        "items": {"enum": [said for code in field.codes for said in spellings(code)]},
    }
    twice = [
        {"not": {"allOf": [{"contains": {"const": said}} for said in spellings(code)]}}
        for code in field.codes
        if len(spellings(code)) > 1
    ]
    return found | ({"allOf": twice} if twice else {})


def _whole_number(field: WholeNumberQuestion) -> Schema:
    pattern = digits.stripped(digits.whole_numbers(field.min, field.max))
    number = {"type": "integer", "minimum": field.min, "maximum": field.max}
    return {"anyOf": [number, {"type": "string", "pattern": pattern}]}


def _decimal(field: DecimalQuestion) -> Schema:
    pattern = digits.decimals(field.min, field.max, places=field.places)
    number = {
        "type": "number",
        "minimum": field.min,
        "maximum": field.max,
        "multipleOf": float(f"1e-{field.places}"),
    }
    return {"anyOf": [number, {"type": "string", "pattern": digits.stripped(pattern)}]}


def _date(field: DateQuestion, today: date | None) -> Schema:
    real = {"pattern": digits.whole(digits.REAL_DATES[field.accepts])}
    rules: list[Schema] = [real]
    notes = []
    for bound, is_low in ((field.earliest, True), (field.latest, False)):
        if bound == "today" and today is None:
            notes.append(f"{'earliest' if is_low else 'latest'}: today, by the server's calendar")
        elif bound is not None:
            text = today.isoformat() if bound == "today" and today else bound
            cut = LENGTHS[field.accepts][-1]
            rules.append(dates_from_to(field, **{"low" if is_low else "high": text[:cut]}))
    found: Schema = {"type": "string", "allOf": rules}
    return found | ({"$comment": "; ".join(notes)} if notes else {})


def dates_from_to(field: DateQuestion, *, low: str = "", high: str = "") -> Schema:
    """Dates not surely before `low` and not surely after `high`, by as much as both tell."""
    least, most = low or high, high or low
    if not low:
        least = "".join("0" if char.isdigit() else char for char in high)
    if not high:
        most = "".join("9" if char.isdigit() else char for char in low)
    ways = [digits.between(least, most, length=n) for n in LENGTHS[field.accepts]]
    return {"pattern": digits.whole("|".join(way or digits.NOTHING for way in ways))}


def _time(field: TimeQuestion) -> Schema:
    pattern = digits.fixed(field.earliest or "00:00", field.latest or "23:59")
    both = {"allOf": [{"pattern": digits.whole(p)} for p in (digits.CLOCK, pattern)]}
    return {"type": "string", **both}
