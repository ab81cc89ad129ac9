"""Definitions from YAML: what is refused, with its line, and what the built-in surveys keep."""

from pathlib import Path

import pytest

from surveys.definitions.fingerprint import canonical, fingerprint, restore
from surveys.definitions.loader import load_definition
from surveys.definitions.places import DefinitionError
from tests.factories.surveys import SMALL, changed

CONTENT = Path(__file__).resolve().parents[3] / "surveys" / "content"
BUILT_IN = sorted(CONTENT.glob("*/*.yaml"))


def line_of(text: str) -> int:
    return SMALL.splitlines().index(next(x for x in SMALL.splitlines() if text in x)) + 1


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ("  - questions:", "  - questions: [", "{name: hello", "not YAML"),
        ("survey: small", "survey: small\nsurvey: twice", "version: 1", "`survey` stands twice"),
        ("kind: scale", "kind: slider", "name: overall", "unknown kind 'slider'"),
        ("minutes: 2", "minutes: soon", "minutes: 2", "minutes: expected a whole number"),
        ("discreet: true", "discrete: true", "discreet: true", "discrete: unknown key"),
        ("title: {en: Your views}", "", "survey: small", "title: is missing"),
        (
            "list: satisfaction, ask",
            "list: happiness, ask",
            "name: overall",
            "no list is called 'happiness'",
        ),
        (
            "{overall: {is: 3}}",
            "{overal: {is: 3}}",
            "{overall: {is: 3}}",
            "no question is called 'overal'",
        ),
        ("{overall: {is: 3}}", "{overall: {is: 9}}", "{overall: {is: 3}}", "overall has no code 9"),
        ("{overall: {is: 3}}", "{words: {answered: true}}", "{overall: {is: 3}}", "look back only"),
        ("{overall: {is: 3}}", "{area: {ge: 3}}", "{overall: {is: 3}}", "expected a number"),
        ("{overall: {is: 3}}", "{overall: {equals: 3}}", "{overall: {is: 3}}", "unknown operator"),
        (
            "{reported: {is: yes}}",
            "{when: {answered: true}}",
            "{reported: {is: yes}}",
            "look back only",
        ),
        ("name: reported", "name: area", "name: reported", "called 'area' already"),
        ("code: south", "code: north", "name: area", "the code 'north' stands twice"),
        (
            "list: satisfaction, codes: [1]",
            "list: satisfaction, codes: [8]",
            "satisfied:",
            "has no code '8'",
        ),
        ("net: satisfied", "net: happy", "indicator:", "no net is called 'happy'"),
        ("breakdowns: [area,", "breakdowns: [words,", "breakdowns:", "'words' is no question"),
        (
            "{missing: prefer-not-to-say, label: {en: Prefer not to say}}\n        sensitive",
            "{code: x, label: {en: X}}\n        sensitive",
            "name: area",
            "offers no `prefer-not-to-say`",
        ),
        ("languages: [en]", "languages: [en, cy]", "title:", "title: no text in 'cy'"),
        ("version: 1", "version: 99999", "version:", "version: expected 32767 or less"),
        ("latest: today", "latest: 2021-13", "name: when", "expected a real date"),
        (
            "latest: today",
            "earliest: 2022-05, latest: 2022-04".replace(", ", "\n        "),
            "name: when",
            "earliest 2022-05 is after latest 2022-04",
        ),
        ("codes: [1]", "codes: [1, 1]", "satisfied:", "the code '1' stands twice"),
        (
            "kind: scale, list: satisfaction",
            "kind: choices, list: satisfaction",
            "name: overall",
            "would count people twice",
        ),
        (
            "kind: yes-no",
            "kind: yes-no\n        options: [{code: a, label: {en: A}}]",
            "name: reported",
            "yes-no has its own options (yes, no)",
        ),
        (
            "{overall: {is: 3}}",
            "{overall: {between: [3, 1]}}",
            "{overall: {is: 3}}",
            "expected the smaller bound first",
        ),
        ("max: 20", "max: -1", "name: calls", "min 0 is above max -1"),
        ("latest: today", "latest: 2022-11-30", "name: when", "expected a real date like 2018-01"),
        (
            "kind: long-text,",
            "kind: long-text, required: true,",
            "name: words",
            "must be answered and offers no missing code",
        ),
    ],
)
def test_load_refuses_with_line_and_message(old, new, at, message):
    with pytest.raises(DefinitionError) as error:
        load_definition(changed(SMALL, {old: new}))
    told = [problem.told("1.yaml") for problem in error.value.problems]
    assert any(message in text for text in told), told
    problem = next(p for p in error.value.problems if message in p.message)
    assert abs(problem.line - line_of(at)) <= 1, told


def test_load_tells_all_problems_at_once():
    text = changed(SMALL, {"{overall: {is: 3}}": "{gone: {is: 3}}", "net: satisfied": "net: happy"})
    with pytest.raises(DefinitionError) as error:
        load_definition(text)
    assert len(error.value.problems) == 2


@pytest.mark.parametrize(
    "text",
    ["", "- a list", "just words", "a: &a [*a]", "a: " + "[" * 60 + "]" * 60, "a: " + "[" * 5000],
)
def test_load_refuses_what_is_no_definition(text):
    with pytest.raises(DefinitionError):
        load_definition(text)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda p: p.parent.name)
def test_built_in_survey_keeps_the_rules(path):
    definition = load_definition(path.read_text(encoding="utf-8"))
    assert (definition.survey, str(definition.version)) == (path.parent.name, path.stem)
    text = canonical(definition)
    assert canonical(restore(text)) == text
    assert fingerprint(text) == fingerprint(canonical(load_definition(path.read_text("utf-8"))))


def test_built_in_surveys_are_there():
    assert {p.parent.name for p in BUILT_IN} == {
        "community-voice",
        "domestic-abuse",
        "hate-crime",
        "rape",
    }


@pytest.mark.parametrize("name", ["domestic-abuse", "hate-crime", "rape"])
def test_victim_survey_asks_the_whole_experience_on_seven_points(name):
    definition = load_definition((CONTENT / name / "1.yaml").read_text(encoding="utf-8"))
    assert definition.by_name["whole-experience"].codes == tuple("1234567")
    assert definition.nets["satisfied"].codes == ("1", "2", "3")
    assert {"ease-of-contact", "actions-taken", "treatment", "follow-up", "whole-experience"} <= {
        question.stage for question in definition.questions
    }


def test_discreet_title_says_nothing():
    words = [w.strip() for w in (CONTENT / "words.txt").read_text().splitlines()]
    listed = [w for w in words if w and not w.startswith("#")]
    for path in BUILT_IN:
        definition = load_definition(path.read_text(encoding="utf-8"))
        if definition.discreet:
            title = " ".join(definition.title.values()).lower()
            assert not [word for word in listed if word.lower() in title]
