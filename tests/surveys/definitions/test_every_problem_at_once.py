"""A text with mistakes of all sorts: all are told at once, each with its line, and nothing else."""

import pytest

from surveys.definitions.loader import build_definition
from surveys.definitions.places import DefinitionError, read_marked
from tests.factories.surveys import SMALL, changed

# Each line that is wrong ends in what is told of it.
# ruff: noqa: E501
FULL_OF_MISTAKES = """\
survey: small
version: one            #! version: expected a whole number, found 'one'
title: {en: Your views, cy: Eich barn}
policy: opne            #! policy: expected 'sensitive' or 'open', found 'opne': did you mean 'open'?
design: census
discreet: false
minuts: 2               #! minuts: unknown key: did you mean 'minutes'?
minutes: 2
languages: [en, cy]
start: {en: Before you begin, cy: Cyn dechrau}
done: {en: Thank you, cy: Diolch}
helplines: [victim-suport]  #! no helpline is called 'victim-suport': did you mean 'victim-support'?
lists:
  quality:
    - {code: 1, label: {en: Good, cy: Da}}
    - {code: 2, label: {en: Bad, cy: Drwg}}
    - {code: 3, label: {en: bad, cy: Gwael}}
nets:
  fine: {list: qualty, codes: [1], label: {en: Fine, cy: Iawn}}  #! no list is called 'qualty'
pages:
  - questions:
      - {name: lights, kind: scale, list: quality, ask: {en: Lights?, cy: Golau?}}
      - {name: paths, kind: scale, list: qualite, ask: {en: Paths?, cy: Llwybrau?}}  #! no list is called 'qualite': did you mean 'quality'?
  - show_if: {ligths: {is: 1}}  #! no question is called 'ligths': did you mean 'lights'?
    questions:
      - {name: often, kind: whole-numbr, max: 9, ask: {en: How often?, cy: Pa mor aml?}}  #! unknown kind 'whole-numbr': did you mean 'whole-number'?
      - {name: my street, kind: short-text, ask: {en: Which street?, cy: Pa stryd?}}  #! expected letters, digits, - and _, beginning with a letter
  - questions:
      - name: when
        kind: date
        ask: {en: When was it?}  #! ask: no text in 'cy'
        requierd: true           #! unknown key: did you mean 'required'?
      - name: which
        kind: choice
        ask: Which one?          #! expected the words in each language, such as {en: …}, found 'Which one?'
        options:
          - {code: a b, label: {en: A, cy: A}}  #! expected a code of letters, digits, - and _
          - {code: b, label: {en: B, cy: B}}
  - show_if: {which: {is: b}}
    questions:
      - {name: why, kind: long-text, ask: {en: Why?, cy: Pam?}}
breakdowns: [lihgts]             #! 'lihgts' is no question of which one option is chosen
"""
ALIKE = "option 2 and option 3 of the list 'quality' are both labelled “bad” in English"


def told(text: str) -> list[tuple[int, str]]:
    with pytest.raises(DefinitionError) as error:
        build_definition(read_marked(text), helplines={"victim-support", "samaritans"})
    return [(problem.line, problem.message) for problem in error.value.problems]


def test_every_mistake_is_told_at_once_with_its_line():
    found = told(FULL_OF_MISTAKES)
    lines = enumerate(FULL_OF_MISTAKES.splitlines(), start=1)
    expected = [(n, line.partition("#! ")[2]) for n, line in lines if "#! " in line]
    assert len(expected) >= 14
    for line, words in expected:
        assert any(n == line and words in message for n, message in found), (line, words, found)
    assert any(ALIKE in message for _, message in found)
    assert len(found) == len(expected) + 1, found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        # Nothing is said of what tests a question that can't be read.
        ("kind: scale, list", "kind: zzzzz, list", ["unknown kind 'zzzzz'"]),
        ("name: overall, kind: scale", "kind: scale", ["name: is missing"]),
        ("{code: 1, label: {en: Completely satisfied}}", "{code: 1}", ["lists.satisfaction.0"]),
        ("languages: [en]", "languages: english", ["languages: expected a list"]),
        ("lists:\n", "lists: none\nlits:\n", ["lists: expected keys", "lits: unknown key"]),
        (
            "list: satisfaction, ask",
            "list: satisfaction, options: [], ask",
            ["overall: expected `list` or `options`, not both"],
        ),
        ("max: 20", "max: many", ["max: expected a whole number, found 'many'"]),
    ],
)
def test_what_can_not_be_read_brings_no_other_mistakes(old, new, expected):
    found = told(changed(SMALL, {old: new}))
    assert len(found) == len(expected), found
    for words in expected:
        assert any(words in message for _, message in found), found


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("name: words", "name: wörter", "name: expected letters, digits"),
        ("languages: [en]", f"languages: [en, en{'-latin' * 6}]", "languages.1: expected at most"),
        ("breakdowns: [", "continuity: {start: [a]}\nbreakdowns: [", "continuity.start: expected"),
    ],
)
def test_what_can_not_be_read_hides_no_other_mistake(old, new, expected):
    found = [message for _, message in told(changed(SMALL, {old: new, "net: satisfied": "net: x"}))]
    assert any(expected in message for message in found), found
    assert any("no net is called 'x'" in message for message in found), found
    assert len(found) == 2, found


@pytest.mark.parametrize("value", [" ~x", " 3", " [1]", " {a: {b: 1}}", " x"])
@pytest.mark.parametrize("key", ["pages", "lists", "nets", "title", "languages", "indicator"])
def test_any_value_at_any_key_is_told(key, value):
    lines = SMALL.splitlines()
    start = next(n for n, line in enumerate(lines) if line.startswith(f"{key}:"))
    end = next(n for n in range(start + 1, len(lines)) if not lines[n].startswith((" ", "-")))
    assert told("\n".join([*lines[:start], f"{key}:{value}", *lines[end:]]))
