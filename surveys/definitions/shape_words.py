"""What is wrong with the shape of a definition, in words that its author can act on."""

import re
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from typing import Any

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from surveys.definitions.language_keys import KEYS
from surveys.definitions.places import Path, at
from surveys.definitions.schema import (
    Call,
    Definition,
    EndIf,
    Indicator,
    Net,
    Page,
    Safeguarding,
)
from surveys.questions.base import Option
from surveys.questions.computed import Case
from surveys.questions.registry import KINDS
from surveys.questions.rows import Row

NUMBER = "a whole number"
TRUTH = "true or false"
WORDS = "text"
LIST = "a list, such as [one, two]"
MAPPING = "keys with values, such as {key: value}"
EXPECTED = {
    "int_type": NUMBER,
    "int_parsing": NUMBER,
    "int_parsing_size": NUMBER,
    "int_from_float": NUMBER,
    "float_type": "a number",
    "float_parsing": "a number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "finite_number": "a number",
    "bool_type": TRUTH,
    "bool_parsing": TRUTH,
    "string_type": WORDS,
    "tuple_type": LIST,
    "list_type": LIST,
    "dict_type": MAPPING,
    "model_type": MAPPING,
    "model_attributes_type": MAPPING,
}
LIMITS = {
    "greater_than_equal": ("{ge} or more", "ge"),
    "greater_than": ("more than {gt}", "gt"),
    "less_than_equal": ("{le} or less", "le"),
    "less_than": ("less than {lt}", "lt"),
    "string_too_long": ("at most {max_length} characters", "max_length"),
    "too_long": ("at most {max_length}", "max_length"),
}
# By how the pattern begins and whether it takes what the others don't.
LANGUAGE = "a language such as en, cy or en-simple"
SLUG = "small letters, digits and hyphens, beginning with a letter, at most 60"
NAME = "letters, digits, - and _, beginning with a letter, at most 60 and no spaces"
CODE = "a code of letters, digits, - and _, at most 60 and no spaces"
PATTERNS = (
    ("^[a-z]{2,3}", LANGUAGE),
    ("^[a-z]", SLUG),
    ("^[A-Za-z][", NAME),
    ("^[A-Za-z0-9]", CODE),
)
PARTS: dict[str, type[BaseModel]] = {
    "pages": Page,
    "end_if": EndIf,
    "options": Option,
    "missing": Option,
    "lists": Option,
    "nets": Net,
    "indicator": Indicator,
    "rows": Row,
    "cases": Case,
    "safeguarding": Safeguarding,
    "calls": Call,
}
# What is a text in each language, wherever it stands.
TEXTS = (
    "title",
    "interruption",
    "start",
    "done",
    "say",
    "ask",
    "hint",
    "label",
    "unit",
    "purpose",
    "for",
    "low",
    "high",
    "valid_says",
)


def words_of(detail: ErrorDetails, path: Path, data: Mapping[str, Any]) -> str:
    """One error of pydantic as what was expected and what was found."""
    found, kind, context = detail["input"], detail["type"], detail.get("ctx", {})
    match kind:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "unknown key" + did_you_mean(str(path[-1]), _known_keys(path, data))
        case "union_tag_invalid":
            tag = str(found.get("kind"))
            return f"unknown kind {tag!r}: expected {context['expected_tags']}"
        case "union_tag_not_found":
            return "a question needs `kind:`"
        case "value_error":
            return str(context["error"])
        case "literal_error":
            close = did_you_mean(str(found), re.findall("'([^']*)'", context["expected"]))
            return f"expected {context['expected']}, found {_shown(found)}{close}"
        case "too_short" | "string_too_short":
            return "expected something here, found nothing"
    return f"expected {_expected(detail)}, found {_shown(found)}"


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The nearest of the known words, None where none is near."""
    return next(iter(get_close_matches(word, sorted(known), n=1)), None)


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """The nearest of the known words as a question, "" where none is near."""
    close = nearest(word, known)
    return f": did you mean {close!r}?" if close else ""


def _expected(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "string_pattern_mismatch":
        begins = (words for start, words in PATTERNS if context["pattern"].startswith(start))
        return next(begins, "another form")
    if kind in LIMITS:
        return LIMITS[kind][0].format(**context)
    if kind == "dict_type" and detail["loc"][-1] in TEXTS:
        return "the words in each language, such as {en: …}"
    return EXPECTED.get(kind) or detail["msg"]


def _shown(found: object) -> str:
    if isinstance(found, bool):
        return str(found).lower()
    shown = "nothing" if found is None else repr(found)
    return shown if len(shown) < 60 else shown[:57] + "…"


def _known_keys(path: Path, data: Mapping[str, Any]) -> list[str]:
    """The keys that the part may have in which an unknown one stands."""
    holders = [step for step in path[:-1] if step in (*PARTS, "questions")]
    part = PARTS.get(str(holders[-1])) if holders else None
    if len(path) == 1:
        part = Definition
    elif isinstance(here := at(data, path[:-1]), dict) and holders[-1:] == ["questions"]:
        part = KINDS.get(str(here.get("kind")))
    if part is None:
        return list(KEYS)
    return [info.alias or name for name, info in part.model_fields.items()]
