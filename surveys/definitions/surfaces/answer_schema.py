"""JSON Schema (2020-12) of the `answers` that the API takes: what it accepts, the server accepts.

Routing is in it where it matters: a question that must be answered is demanded only of those whose
answers lead to it. Off the path an answer may be sent; it is dropped, and here as there it must be
one that the question takes.

What JSON Schema can't say, or not to every reader of it:
- its `multipleOf` is meant exactly, and some validators work it out in binary fractions;
- its patterns know no letters but those of English, while the name of an e-mail's host may have
  others: a reader in ECMA-262 refuses more of those than the server;
- which day is today: without `today` a bound by it is left to the server, and a comment says so.
Answers that end the survey with nothing to store are no mistake of the sender: the server says so
in an answer of its own.
"""

from datetime import date

from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.path_schema import PathSchemas
from surveys.definitions.surfaces.value_schema import (
    Parts,
    Schema,
    missing_schema,
    texts_of,
    value_schema,
)
from surveys.definitions.surfaces.value_truth import schema_of, value_truth
from surveys.questions.base import Question
from surveys.questions.texts import Translated, said

DIALECT = "https://json-schema.org/draft/2020-12/schema"
NOT_ANSWERED: Schema = {"$ref": "#/$defs/unanswered"}


def answer_schema(definition: Definition, *, today: date | None = None) -> Schema:
    """What `answers` may hold: a value per field, in all that surveys.responses.answers takes.

    `today` bounds the dates that are bounded by it. Titles are in the definition's first language
    and stand in all of them beside, as `x-title`.
    """
    parts = Parts()
    language = definition.languages[0]
    properties = {
        field.name: _field(definition, field, parts, today=today) for field in definition.fields
    }
    demanded, always = _demanded(definition, parts)
    return {
        "$schema": DIALECT,
        **texts_of(definition.title, language),
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
        **({"required": always} if always else {}),
        **({"allOf": demanded} if demanded else {}),
        "$defs": parts.schemas,
    }


def _field(definition: Definition, field: Question, parts: Parts, *, today: date | None) -> Schema:
    language = definition.languages[0]
    found: Schema = texts_of(field.ask, language)
    if field.hint:
        found |= {"description": str(said(field.hint, language)), "x-description": dict(field.hint)}
    if field.is_computed:
        return found | {"type": "null", "$comment": "worked out by the server, never sent"}
    found["anyOf"] = [*_values(definition, field, parts, today=today), NOT_ANSWERED]
    return found


def _values(
    definition: Definition, field: Question, parts: Parts, *, today: date | None
) -> list[Schema]:
    ways = [value_schema(field, parts, today=today), missing_schema(field)]
    return [_valid(definition, field, way, parts) for way in ways if way is not None]


def _valid(definition: Definition, field: Question, way: Schema, parts: Parts) -> Schema:
    """A way to answer, less what is not valid: what is unknown to the condition passes."""
    condition = definition.validity.get(field.name)
    if condition is None:
        return way
    false = schema_of(condition, False, lambda test, holds: value_truth(field, test, holds, parts))
    says: Translated = field.valid_says or {}
    return {"allOf": [way, {"not": false, **({"x-says": dict(says)} if says else {})}]}


def _demanded(definition: Definition, parts: Parts) -> tuple[list[Schema], list[str]]:
    """What must be answered: by some, under a condition; and the names that all must answer."""
    paths = PathSchemas(definition, parts)
    demanded: list[Schema] = []
    always: list[str] = []
    for question in definition.questions:
        for field in question.fields:
            if not field.required or field.is_computed:
                continue
            answered = {
                "required": [field.name],
                "properties": {field.name: {"not": NOT_ANSWERED}},
            }
            if paths.is_always_asked(question):
                always.append(field.name)
                demanded.append(answered)
            else:
                demanded.append({"if": paths.asked(question), "then": answered})
    return demanded, always
