"""The schema of answers: it takes what the server takes, and nothing else."""

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator, ValidationError, validators

from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.answer_schema import answer_schema
from surveys.responses.answers import clean_answers
from tests.factories.definitions import definition_data, definitions
from tests.factories.kinds import every_kind
from tests.factories.larger import LARGER
from tests.factories.sent import narrowed, sent, sound
from tests.factories.surveys import small_definition

TODAY = date(2022, 11, 30)
HARD = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


def _is_multiple(validator: Any, unit: float, instance: Any, schema: Any) -> Any:
    """As JSON Schema means it, exactly; the library works it out in binary fractions."""
    if validator.is_type(instance, "number") and Decimal(repr(instance)) % Decimal(repr(unit)):
        yield ValidationError(f"{instance} is not a multiple of {unit}")


Exact = validators.extend(Draft202012Validator, {"multipleOf": _is_multiple})


def accepts(schema: dict[str, Any], answers: dict[str, Any]) -> bool:
    return Exact(schema).is_valid(answers)


def takes(definition: Definition, answers: dict[str, Any]) -> bool:
    return not clean_answers(definition, answers, today=TODAY).wrong


def agree(definition: Definition, answers: dict[str, Any]) -> None:
    schema = answer_schema(definition, today=TODAY)
    wrong = clean_answers(definition, answers, today=TODAY).wrong
    told = {name: error.reason for name, error in wrong.items()}
    assert accepts(schema, answers) is not bool(wrong), (answers, told)


@HARD
@given(data=st.data())
def test_random_surveys_and_any_answers(data):
    definition = data.draw(definitions())
    agree(definition, data.draw(sent(definition)))


@HARD
@given(data=st.data())
def test_way_through_decides_what_must_be_answered(data):
    made = data.draw(narrowed(definition_data()))
    for page in made["pages"]:
        for question in page["questions"]:
            question["required"] = data.draw(st.booleans())
    definition = Definition.model_validate(made)
    agree(definition, data.draw(sound(definition)))


@pytest.mark.parametrize("make", [small_definition, every_kind, lambda: load_definition(LARGER)])
def test_made_surveys_and_any_answers(make):
    definition = make()
    schema = answer_schema(definition, today=TODAY)
    Draft202012Validator.check_schema(schema)

    @HARD
    @given(answers=st.one_of(sent(definition), sound(definition)))
    def both_ways(answers):
        assert accepts(schema, answers) is takes(definition, answers), answers

    both_ways()


@settings(HARD, max_examples=8)
@given(definition=definitions())
def test_schema_of_any_survey_is_one(definition):
    schema = answer_schema(definition)
    Draft202012Validator.check_schema(schema)
    json.dumps(schema)
