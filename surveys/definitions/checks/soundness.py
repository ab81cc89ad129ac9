"""Conditions that can be read, look back, and ask of a question what it can answer."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.definitions.checks.operands import misfits
from surveys.definitions.conditions import ConditionError, Test, parse_condition, tests_in
from surveys.definitions.places import Found, Path
from surveys.definitions.schema import Definition
from surveys.definitions.shape_words import did_you_mean
from surveys.definitions.ways.rules import (
    Rules,
    options_with_paths,
    questions_with_paths,
    written_at,
)
from surveys.questions.base import Question
from surveys.questions.computed import ComputedQuestion

Wrong = tuple[Path, str]
AskedAt = Mapping[str, tuple[int, Question]]


def wrong_conditions(definition: Definition) -> list[Wrong]:
    """What is wrong with conditions, each by itself; whether they make sense together comes later.

    Paths are those of surveys.definitions.ways.rules: an option stands with its question.
    """
    asked_at = Rules(definition).asked_at
    return [
        (place.path, message)
        for place in conditions_of(definition)
        for message in _wrong(definition, place, asked_at)
    ]


def as_found(definition: Definition, wrong: list[Wrong]) -> Iterator[Found]:
    """The same where their author wrote them."""
    for path, message in wrong:
        yield Found(written_at(definition, path), message)


@dataclass(frozen=True)
class Place:
    """A condition where it stands, and the pages whose answers it may look at: those before.

    `own` is the only question that may be looked at, where there is one.
    """

    path: Path
    data: Mapping[str, Any]
    before: int
    own: str | None = None


def conditions_of(definition: Definition) -> Iterator[Place]:
    """Every condition of a definition."""
    for p, page in enumerate(definition.pages):
        if page.show_if is not None:
            yield Place(("pages", p, "show_if"), page.show_if, p)
        for e, ending in enumerate(page.end_if):
            # Tried once the page is answered.
            yield Place(("pages", p, "end_if", e, "when"), ending.when, p + 1)
    for path, question in questions_with_paths(definition):
        yield from _of_question(path, question)
    for c, call in enumerate(definition.safeguarding.calls if definition.safeguarding else ()):
        if call.when is not None:
            yield Place(("safeguarding", "calls", c, "when"), call.when, len(definition.pages))


def _of_question(path: Path, question: Question) -> Iterator[Place]:
    page = int(path[1])
    if question.show_if is not None:
        yield Place((*path, "show_if"), question.show_if, page)
    if question.valid_if is not None:
        yield Place((*path, "valid_if"), question.valid_if, page, own=question.name)
    for option_path, option in options_with_paths(path, question):
        if option.show_if is not None:
            yield Place((*option_path, "show_if"), option.show_if, page)
    if isinstance(question, ComputedQuestion):
        for i, case in enumerate(question.cases):
            yield Place((*path, "cases", i, "when"), case.when, page)


def _wrong(definition: Definition, place: Place, asked_at: AskedAt) -> Iterator[str]:
    try:
        tests = list(tests_in(parse_condition(place.data)))
    except ConditionError as error:
        yield str(error)
        return
    for test in tests:
        field = definition.by_name.get(test.question)
        if field is None:
            yield _unknown(definition, test.question)
        elif place.own is not None:
            yield from _about_itself(place.own, field, test)
        elif asked_at[field.name][0] >= place.before:
            yield f"{test.question!r} is not on an earlier page: conditions look back only"
        elif field.is_contact:
            yield f"{field.name} is how to reach somebody: it is never kept where answers are"
        else:
            yield from misfits(field, test)


def _about_itself(own: str, field: Question, test: Test) -> Iterator[str]:
    if field.name != own:
        yield f"{field.name!r} is another question: `valid_if` looks at its own answer, {own!r}"
    else:
        yield from misfits(field, test)


def _unknown(definition: Definition, name: str) -> str:
    asked = {question.name: question for question in definition.questions}.get(name)
    if asked is not None and asked.fields:
        return f"{name!r} asks for several things: test one, such as {asked.fields[0].name!r}"
    if asked is not None:
        return f"{name!r} asks nothing that could be tested"
    return f"no question is called {name!r}{did_you_mean(name, definition.by_name)}"
