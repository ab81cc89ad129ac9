"""The JSON Schema that editors check definitions by."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from django.core.management import call_command
from hypothesis import HealthCheck, given, settings

from surveys.definitions.conditions import OPERATORS as KNOWN_OPERATORS
from surveys.definitions.language_keys import KEYS, OPERATORS
from surveys.definitions.language_schema import as_text, definition_schema
from surveys.definitions.places import read_marked
from surveys.definitions.schema import Definition
from tests.factories.definitions import definition_data
from tests.factories.surveys import SMALL, changed

CONTENT = Path(__file__).resolve().parents[3] / "surveys" / "content"
BUILT_IN = sorted(CONTENT.glob("*/*.yaml"))
CHECKER = jsonschema.Draft202012Validator(definition_schema())


def wrong_in(data: dict[str, Any]) -> list[str]:
    return [error.message for error in CHECKER.iter_errors(data)]


def test_schema_beside_the_surveys_is_the_current_one():
    kept = (CONTENT / "schema.json").read_text(encoding="utf-8")
    assert kept == as_text(definition_schema()), "write it anew: manage.py definition_schema"


def test_command_writes_it(tmp_path, capsys):
    call_command("definition_schema", output=tmp_path / "s.json")
    assert json.loads((tmp_path / "s.json").read_text()) == definition_schema()
    with pytest.raises(SystemExit) as error:
        call_command("definition_schema", output=tmp_path / "no" / "s.json")
    assert error.value.code == 2
    assert capsys.readouterr().err.endswith("s.json: No such file or directory\n")


def test_schema_is_one():
    jsonschema.Draft202012Validator.check_schema(definition_schema())


def test_every_key_is_described_and_every_operator_known():
    schema = definition_schema()
    keys = {
        key
        for part in [schema, *schema["$defs"].values()]
        for key, value in part.get("properties", {}).items()
        if "description" not in value
    }
    assert keys == set()
    assert set(OPERATORS) == set(KNOWN_OPERATORS)
    told = {k for p in [schema, *schema["$defs"].values()] for k in p.get("properties", {})}
    assert set(KEYS) <= told


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.parent.name)
def test_built_in_survey_is_valid_and_says_which_schema(path):
    text = path.read_text(encoding="utf-8")
    assert wrong_in(read_marked(text).data) == []
    assert text.splitlines()[0] == "# yaml-language-server: $schema=../schema.json"


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(definition_data())
def test_whatever_can_be_loaded_is_valid(data):
    Definition.model_validate(data)
    assert wrong_in(data) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("discreet: true", "discrete: true"),
        ("kind: scale", "kind: slider"),
        ("minutes: 2", "minutes: soon"),
        ("title: {en: Your views}", ""),
        ("{overall: {is: 3}}", "{overall: {equals: 3}}"),
        ("{overall: {is: 3}}", "{overall: {is: [3]}}"),
        ("{overall: {is: 3}}", "{all: {overall: {is: 3}}}"),
        ("{overall: {is: 3}}", "{overall: {is: 3}, area: {is: north}}"),
        ("list: satisfaction, ask", "ask"),
        ("kind: yes-no", "kind: yes-no\n        list: satisfaction"),
        ("code: north", "cod: north"),
        ("accepts: month", "accepts: week"),
        ("max_choices: 2", "max_choices: 0"),
        ("list: satisfaction, codes: [1]", "list: satisfaction, codes: []"),
    ],
)
def test_slips_are_marked(old, new):
    assert wrong_in(read_marked(SMALL).data) == []
    assert wrong_in(read_marked(changed(SMALL, {old: new})).data) != []
