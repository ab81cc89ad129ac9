"""Tiny random definitions whose answers can all be tried: what a search is checked against."""

from collections.abc import Iterator
from datetime import date
from itertools import product
from typing import Any

from hypothesis import strategies as st

from surveys.definitions.conditions import evaluate
from surveys.definitions.journey import Walk, walk
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Question
from surveys.questions.wrong import WrongAnswerError

Data = dict[str, Any]
TODAY = date(2022, 11, 30)
WORDS = {"en": "Words"}
MOST_PEOPLE = 600


@st.composite
def small_routes(draw: st.DrawFn) -> Definition:
    """Two to five pages of one or two questions with few answers and many conditions."""
    pages: list[Data] = []
    asked: list[Data] = []
    for p in range(draw(st.integers(2, 5))):
        here = [draw(_question(f"q{p}{n}", asked)) for n in range(draw(st.integers(1, 2)))]
        page: Data = {"questions": here}
        if asked and draw(st.booleans()):
            page["show_if"] = draw(conditions(asked))
        if draw(st.integers(0, 2)) == 0:
            whens = draw(st.lists(conditions([*asked, *here]), min_size=1, max_size=2))
            page["end_if"] = [{"when": when, "outcome": "finish"} for when in whens]
        pages.append(page)
        asked += here
    return definition_of(pages)


def definition_of(pages: list[Data], **more: Any) -> Definition:
    """A definition with these pages and whatever else a definition needs."""
    return Definition.model_validate(
        {
            "survey": "small",
            "version": 1,
            "title": WORDS,
            "policy": "open",
            "design": "self-selected",
            "discreet": False,
            "minutes": 1,
            "languages": ["en"],
            "start": WORDS,
            "done": WORDS,
            "pages": pages,
            **more,
        }
    )


@st.composite
def _question(draw: st.DrawFn, name: str, asked: list[Data]) -> Data:
    kind = draw(st.sampled_from(["choice", "choices", "whole-number", "computed"]))
    if kind == "computed" and asked:
        cases = [
            {"code": code, "label": WORDS, "when": draw(conditions(asked))}
            for code in draw(st.sampled_from(["x", "xy", "xyx"]))
        ]
        return {"name": name, "kind": kind, "ask": WORDS, "cases": cases}
    kind = "choice" if kind == "computed" else kind
    question: Data = {"name": name, "kind": kind, "ask": WORDS}
    if asked and draw(st.integers(0, 2)) == 0:
        question["show_if"] = draw(conditions(asked))
    if draw(st.integers(0, 3)) == 0:
        question["required"] = True
    if kind == "whole-number":
        question |= {"min": 0, "max": 3}
        if draw(st.booleans()):
            # Never 3: a question that takes no answer would stop everybody.
            question["valid_if"] = {name: {"gt": draw(st.integers(0, 2))}}
        return question
    question["options"] = [draw(_option(code, kind, asked)) for code in "abc"]
    if draw(st.booleans()):
        question["options"].append({"missing": "dont-know", "label": WORDS})
    if kind == "choices" and draw(st.booleans()):
        question["max_choices"] = draw(st.integers(1, 3))
    return question


@st.composite
def _option(draw: st.DrawFn, code: str, kind: str, asked: list[Data]) -> Data:
    option: Data = {"code": code, "label": WORDS}
    if asked and draw(st.integers(0, 3)) == 0:
        option["show_if"] = draw(conditions(asked))
    if kind == "choices" and draw(st.integers(0, 3)) == 0:
        option["exclusive"] = True
    if draw(st.integers(0, 5)) == 0:
        option["write_in"] = True
    return option


@st.composite
def conditions(draw: st.DrawFn, asked: list[Data], depth: int = 2) -> Data:
    """A condition over some of these questions; often one that can't be true."""
    shape = draw(st.sampled_from(["test", "test", "all", "any", "not"]))
    if depth == 0 or shape == "test":
        return draw(_test(draw(st.sampled_from(asked))))
    if shape == "not":
        return {"not": draw(conditions(asked, depth - 1))}
    return {shape: draw(st.lists(conditions(asked, depth - 1), min_size=1, max_size=3))}


@st.composite
def _test(draw: st.DrawFn, question: Data) -> Data:
    name, kind = question["name"], question["kind"]
    written = [f"{name}.{o['code']}" for o in question.get("options", []) if o.get("write_in")]
    if draw(st.integers(0, 4)) == 0:
        return {draw(st.sampled_from([name, *written])): {"answered": draw(st.booleans())}}
    if kind == "whole-number":
        operator = draw(st.sampled_from(["lt", "le", "gt", "ge"]))
        return {name: {operator: draw(st.integers(0, 4))}}
    codes = ["x", "y"] if kind == "computed" else ["a", "b", "c"]
    if kind == "choices" and draw(st.booleans()):
        counted = {draw(st.sampled_from(["is", "ge", "lt"])): draw(st.integers(0, 4))}
        return {name: {"count": counted}}
    some = draw(st.lists(st.sampled_from(codes), unique=True, min_size=1, max_size=2))
    operator = draw(st.sampled_from(["is", "in", "any_of", "all_of"]))
    return {name: {operator: some[0] if operator == "is" else some}}


def everybody(definition: Definition) -> Iterator[Walk]:
    """The walks of all people that there could be; None would be too many to walk."""
    fields = [one for one in definition.fields if not one.is_computed]
    answers = [[None, *_all_answers(definition, one)] for one in fields]
    for given in product(*answers):
        pairs = zip(fields, given, strict=True)
        told = {one.name: answer for one, answer in pairs if answer is not None}
        walked = walk(definition, told)
        if _could_go_on(walked):
            yield walked


def people_to_try(definition: Definition) -> int:
    """How many `everybody` would try."""
    number = 1
    for one in definition.fields:
        number *= 1 if one.is_computed else 1 + len(list(_all_answers(definition, one)))
    return number


def _could_go_on(walked: Walk) -> bool:
    """Whether nobody left out what must be answered and could be."""
    for stop in walked.stops:
        for question in stop.questions:
            offers = getattr(question, "options", None)
            if question.required and question.name not in walked.answers and offers != ():
                return False
    return True


def _all_answers(definition: Definition, one: Question) -> Iterator[Answer]:
    raw: list[Any] = [{"missing": code} for code in one.missing_codes]
    if one.is_own_words:
        raw.append("words")
    elif one.kind == "whole-number":
        raw += range(5)
    elif one.kind == "choices":
        subsets = product([False, True], repeat=len(one.codes))
        raw += [[c for c, is_in in zip(one.codes, s, strict=True) if is_in] for s in subsets]
    else:
        raw += one.codes
    must_hold = definition.validity.get(one.name)
    for answer in raw:
        try:
            clean = one.clean(answer, today=TODAY)
        except WrongAnswerError:
            continue
        refused = must_hold is not None and evaluate(must_hold, {one.name: clean}) is False
        if clean is not None and not refused:
            yield clean
