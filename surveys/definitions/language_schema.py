"""The language of definitions as a JSON Schema: an editor completes keys by it and marks slips.

It knows the shape only. What needs the whole, such as whether a condition looks back, is for
surveys.definitions.checks.
"""

import json
from typing import Any

from surveys.definitions.language_keys import KEYS, OPERATORS
from surveys.definitions.schema import Definition
from surveys.questions.base import NAME, PART, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.computed import ComputedQuestion
from surveys.questions.fixed import FixedOptionsQuestion
from surveys.questions.money_option import MoneyOptionQuestion
from surveys.questions.registry import KINDS
from surveys.questions.scale import ScaleQuestion
from surveys.questions.texts import CONTROL

Schema = dict[str, Any]

CONDITIONS = ("show_if", "valid_if", "when")
CODES = ("code", "elsewhere")


def definition_schema() -> Schema:
    """The schema, in JSON Schema 2020-12, with words for every key."""
    made = Definition.model_json_schema()
    parts = {**made.pop("$defs"), **_shared()}
    for kind in KINDS.values():
        _ask_for_options(parts[kind.__name__], kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A survey of Heard",
        **_part(made),
        "$defs": {name: _part(part) for name, part in sorted(parts.items())},
    }


def as_text(schema: Schema) -> str:
    """The schema as it is kept in surveys/content/schema.json."""
    return json.dumps(schema, ensure_ascii=False, indent=1) + "\n"


def _part(schema: Schema) -> Schema:
    """The schema of one part of a definition, with our words for its keys."""
    found = {key: value for key, value in schema.items() if key != "title"}
    if "properties" in found:
        found["properties"] = {
            key: _key(key, value) if "description" not in value else value
            for key, value in found["properties"].items()
        }
    return found


def _key(key: str, schema: Schema) -> Schema:
    found = _written(key, {k: v for k, v in schema.items() if k != "title"})
    return {"description": KEYS[key], **found} if key in KEYS else found


def _written(key: str, schema: Schema) -> Schema:
    """What may be written under a key: what is left out has no need of null."""
    if key in CONDITIONS:
        return {"$ref": "#/$defs/Condition"}
    if key in CODES:
        return {"$ref": "#/$defs/Code"}
    if key == "codes":
        return {**schema, "items": {"$ref": "#/$defs/Code"}}
    if key == "name":
        return {"type": "string", "pattern": f"^{NAME}$"}
    if "anyOf" in schema and {"type": "null"} in schema["anyOf"]:
        [given] = [one for one in schema["anyOf"] if one != {"type": "null"}]
        return _written(key, given)
    if _is_text(schema):
        return {"$ref": "#/$defs/Text"}
    return {**schema, "additionalProperties": False} if "patternProperties" in schema else schema


def _is_text(schema: Schema) -> bool:
    words = {"minLength": 1, "type": "string"}
    return schema.get("additionalProperties") == words and "minProperties" in schema


def _ask_for_options(schema: Schema, kind: type[Question]) -> None:
    """The options that a kind has to be given, and none where it brings its own."""
    if not issubclass(kind, OptionsQuestion):
        return
    schema["required"].remove("options")
    ways = ["options", "list"]
    if issubclass(kind, ScaleQuestion):
        ways.append("points")
    elif issubclass(kind, MoneyOptionQuestion):
        ways.remove("list")
        del schema["properties"]["list"]
    elif issubclass(kind, (FixedOptionsQuestion, ComputedQuestion)):
        ways = []
        for key in ("list", "options"):
            del schema["properties"][key]
    if ways:
        schema["oneOf"] = [{"required": [way]} for way in ways]


def _shared() -> dict[str, Schema]:
    """What stands in many places: texts, codes, and the grammar of conditions."""
    condition = {"$ref": "#/$defs/Condition"}
    several = {"type": "array", "items": condition, "minItems": 1}
    field = rf"^(?!(all|any|not)$){NAME}(\.{PART})?$"
    return {
        "Text": {
            "description": "A text by language: {en: Yes, cy: Ie}.",
            "type": "object",
            "additionalProperties": {
                "type": "string",
                "minLength": 1,
                "pattern": f"^{CONTROL.pattern.replace('[', '[^')}*$",
            },
            "minProperties": 1,
        },
        "Code": {"type": ["string", "integer"], "pattern": f"^{PART}$", "minimum": 0},
        "Condition": {
            "description": "{field: {operator: operand}}, or all, any and not of conditions.",
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {
                "all": {"description": "Each of these is true.", **several},
                "any": {"description": "At least one of these is true.", **several},
                "not": {"description": "This is false; unknown stays unknown.", **condition},
            },
            "patternProperties": {field: {"$ref": "#/$defs/Test"}},
            "additionalProperties": False,
        },
        "Test": {
            "type": "object",
            "minProperties": 1,
            "maxProperties": 1,
            "properties": {name: _operand(name) for name in OPERATORS},
            "additionalProperties": False,
        },
    }


def _operand(operator: str) -> Schema:
    code, bound = {"$ref": "#/$defs/Code"}, {"type": ["number", "string"]}
    described = {"description": OPERATORS[operator]}
    if operator == "is":
        return {**described, **code}
    if operator in ("in", "any_of", "all_of"):
        return {**described, "type": "array", "items": code, "minItems": 1}
    if operator == "between":
        return {**described, "type": "array", "items": bound, "minItems": 2, "maxItems": 2}
    if operator == "answered":
        return {**described, "type": "boolean"}
    if operator == "count":
        compared = {name: {"type": "integer"} for name in ("is", "lt", "le", "gt", "ge")}
        one = {"minProperties": 1, "maxProperties": 1, "additionalProperties": False}
        return {**described, "type": "object", "properties": compared, **one}
    return {**described, **bound}
