"""The same 20 questions for every side: 12 radio, 4 with many options, 2 multi, 2 own words."""

from typing import NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

DONE = "Your answers have reached us"
AGREE = ("Agree strongly", "Agree", "Neither", "Disagree", "Disagree strongly")
PLACES = tuple(f"District {letter}" for letter in "ABCDEFGHIJKLM")
WAYS = ("By telephone", "Online", "At a station", "In the street", "By letter", "Through others")


class Question(NamedTuple):
    """`kind` is radio, select, multi or words."""

    kind: str
    words: str
    options: tuple[str, ...] = ()


QUESTIONS = (
    *(Question("radio", f"The officers did point {n} of what they said", AGREE) for n in range(12)),
    *(Question("select", f"Where did part {n} of it happen?", PLACES) for n in range(4)),
    *(Question("multi", f"How did you reach us the {n}. time?", WAYS) for n in (1, 2)),
    Question("words", "What should have been better?"),
    Question("words", "Is there anything else you would like to say?"),
)
KINDS = {"radio": "choice", "select": "choice", "multi": "choices", "words": "long-text"}


def definition(slug: str, *, pages: int) -> str:
    """Our questionnaire as YAML: on 20 pages, or all on one."""
    questions = [_question(n, question) for n, question in enumerate(QUESTIONS)]
    size = len(questions) // pages
    whole = {
        "survey": slug,
        "version": 1,
        "title": {"en": "Your views"},
        "policy": "open",
        "design": "self-selected",
        "discreet": False,
        "minutes": 10,
        "languages": ["en"],
        "start": {"en": "We would like to know how you were served."},
        "done": {"en": DONE},
        "pages": [
            {"questions": questions[at : at + size]} for at in range(0, len(questions), size)
        ],
        "breakdowns": ["q12"],
    }
    text = StringIO()
    YAML(typ="safe", pure=True).dump(whole, text)
    return text.getvalue()


def _question(n: int, question: Question) -> dict[str, object]:
    asked: dict[str, object] = {
        "name": f"q{n}",
        "kind": KINDS[question.kind],
        "ask": {"en": question.words},
    }
    if question.options:
        asked["options"] = [
            {"code": f"o{i}", "label": {"en": label}} for i, label in enumerate(question.options)
        ]
    return asked
