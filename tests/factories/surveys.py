"""Surveys and responses to test with."""

import uuid
from datetime import datetime
from typing import Any

from surveys.definitions.counters import LONDON
from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.models.responses import Response
from surveys.models.versions import Version
from surveys.responses.answers import clean_answers
from surveys.responses.submit import make_response
from surveys.versions.publish import publish_version, store_version
from surveys.versions.read import definition_of

# Small, and yet with every kind, a condition on a page and one on a question, a net and strata.
SMALL = """
survey: small
version: 1
title: {en: Your views}
policy: sensitive
design: probability
discreet: true
minutes: 2
languages: [en]
start: {en: Before you begin}
done: {en: Thank you}
lists:
  satisfaction:
    - {code: 1, label: {en: Completely satisfied}}
    - {code: 2, label: {en: Neither}}
    - {code: 3, label: {en: Completely dissatisfied}}
    - {missing: does-not-apply, label: {en: Does not apply to me}}
nets:
  satisfied: {list: satisfaction, codes: [1], label: {en: Satisfied}}
indicator: {question: overall, net: satisfied}
pages:
  - questions:
      - {name: hello, kind: information, ask: {en: "Read *this* first."}}
  - questions:
      - name: area
        kind: choice
        ask: {en: Where do you live?}
        options:
          - {code: north, label: {en: North}}
          - {code: south, label: {en: South}}
          - {missing: prefer-not-to-say, label: {en: Prefer not to say}}
        sensitive: true
  - questions:
      - {name: overall, kind: scale, list: satisfaction, ask: {en: "Overall, how was it?"}}
  - show_if: {overall: {is: 3}}
    questions:
      - name: reasons
        kind: choices
        max_choices: 2
        ask: {en: What was wrong?}
        options:
          - {code: slow, label: {en: Slow}}
          - {code: rude, label: {en: Rude}}
          - {code: lost, label: {en: Lost}}
          - {code: none, label: {en: None of these}, exclusive: true}
          - {missing: dont-know, label: {en: Don’t know}}
  - questions:
      - name: reported
        kind: yes-no
        ask: {en: Did you report it?}
        missing: [{missing: prefer-not-to-say, label: {en: Prefer not to say}}]
      - {name: first-name-of-area, kind: short-text, ask: {en: What do you call your area?}}
  - questions:
      - name: calls
        kind: whole-number
        min: 0
        max: 20
        unit: {en: calls}
        ask: {en: How often did you call?}
        missing: [{missing: dont-know, label: {en: Don’t know}}]
        show_if: {reported: {is: yes}}
      - name: when
        kind: date
        accepts: month
        latest: today
        ask: {en: When was it?}
  - questions:
      - {name: words, kind: long-text, max_length: 50, ask: {en: What would help?}}
breakdowns: [area, channel]
strata: [area, reported]
"""


def small_definition(**changes: str) -> Definition:
    """The small definition with texts replaced: `small_definition(**{"old text": "new"})`."""
    return load_definition(changed(SMALL, changes))


def changed(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        if old not in text:
            raise AssertionError(f"{old!r} is not in the definition")
        text = text.replace(old, new, 1)
    return text


def publish(text: str = SMALL) -> Version:
    definition = load_definition(text)
    return publish_version(store_version(definition, actor="test"), definition, actor="test")


def respond(
    version: Version, *, on: str = "2022-11-15", channel: str = "web", **answers: Any
) -> Response:
    """A stored response with these answers, given at noon of that day; not yet tallied."""
    at = datetime.fromisoformat(f"{on}T12:00").replace(tzinfo=LONDON)
    named = {name.replace("_", "-"): answer for name, answer in answers.items()}
    cleaned = clean_answers(definition_of(version), named, today=at.date())
    assert not cleaned.wrong, cleaned.wrong
    response = make_response(version, cleaned, language="en", channel=channel, at=at)
    response.id = uuid.uuid4()
    response.save(force_insert=True)
    return response


def set_aside(version: Version, *, signs: tuple[str, ...] = ("flood",), **answers: Any) -> Response:
    """A stored response that looked like a machine's; otherwise as `respond` makes it."""
    response = respond(version, **answers)
    response.standing, response.signs = Response.Standing.SET_ASIDE, list(signs)
    response.save(update_fields=["standing", "signs"])
    return response
