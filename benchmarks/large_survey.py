"""A survey far larger than any that we ask, made by code: something to measure against."""

import random
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.compat import StringIO

Data = dict[str, Any]
KINDS = ("choice", "choices", "scale", "yes-no", "whole-number", "date")
CODES = ("home", "work", "street", "shop", "elsewhere")


def large_survey(
    *, questions: int, conditions: int, seed: int = 1, is_publishable: bool = False
) -> str:
    """The YAML of a survey with so many questions, a page each, and so many conditions.

    Of every ten conditions one ends the survey and one decides over an option. Some lead nowhere,
    unless it is to be published: then none ends it and none says what must not be.
    """
    chance = random.Random(seed)  # noqa: S311  # a fixed seed, not a secret
    pages: list[Data] = [
        {"questions": [_question(i, KINDS[i % len(KINDS)])]} for i in range(questions)
    ]
    for n in range(conditions):
        at = chance.randrange(questions // 20, questions)
        _put(pages, at, n, chance, is_publishable)
    text = StringIO()
    YAML(typ="safe", pure=True).dump(_whole(pages), text)
    return text.getvalue()


def _whole(pages: list[Data]) -> Data:
    return {
        "survey": "large",
        "version": 1,
        "title": {"en": "Your views"},
        "policy": "open",
        "design": "self-selected",
        "discreet": False,
        "minutes": 60,
        "languages": ["en"],
        "start": {"en": "Before you begin"},
        "done": {"en": "Thank you"},
        "pages": pages,
        "breakdowns": ["q0"],
    }


def _question(i: int, kind: str) -> Data:
    words = {"en": f"Question {i}: what do you think of this?"}
    question: Data = {"name": f"q{i}", "kind": kind, "ask": words}
    if kind in ("choice", "choices"):
        question["options"] = [{"code": code, "label": {"en": code.title()}} for code in CODES]
    elif kind == "scale":
        points = [{"code": n, "label": {"en": f"Point {n}"}} for n in range(1, 8)]
        question["options"] = [*points, {"missing": "dont-know", "label": {"en": "I do not know"}}]
    elif kind == "whole-number":
        question |= {"min": 0, "max": 100}
    elif kind == "date":
        question |= {"accepts": "month", "latest": "today"}
    return question


def _put(pages: list[Data], at: int, n: int, chance: random.Random, is_publishable: bool) -> None:
    """The nth condition, on the page or near it."""
    condition = _condition(pages, at, chance, is_publishable)
    if n % 10 == 0 and not is_publishable:
        say = {"en": "This survey is for others."}
        ending = {"when": condition, "outcome": "screen-out", "say": say}
        pages[at].setdefault("end_if", []).append(ending)
    elif n % 10 == 1 and "options" in pages[at]["questions"][0]:
        pages[at]["questions"][0]["options"][1]["show_if"] = condition
    elif n % 2:
        pages[at]["show_if"] = condition
    else:
        pages[at]["questions"][0]["show_if"] = condition


def _condition(pages: list[Data], at: int, chance: random.Random, is_publishable: bool) -> Data:
    """One to three tests of questions before, mostly of those just before."""
    near = range(max(0, at - 30), at)
    tests = [_test(pages[i]["questions"][0]) for i in chance.sample(near, chance.randint(1, 3))]
    if len(tests) == 1:
        return tests[0]
    joined = {chance.choice(["all", "any"]): tests}
    return {"not": joined} if chance.random() < 0.1 and not is_publishable else joined


def _test(question: Data) -> Data:
    match question["kind"]:
        case "choice":
            test: Data = {"in": ["home", "work"]}
        case "choices":
            test = {"any_of": ["street", "shop"]}
        case "scale":
            test = {"ge": 5}
        case "yes-no":
            test = {"is": "yes"}
        case "whole-number":
            test = {"between": [10, 20]}
        case _:
            test = {"answered": True}
    return {question["name"]: test}
