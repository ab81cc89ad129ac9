"""The way through a form on paper: who answers which questions, and where to go on.

A web page shows what is asked; paper shows everything, so it must say in words what to leave out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.definitions.conditions import Condition, evaluate, tests_in
from surveys.definitions.schema import Page
from surveys.definitions.surfaces.in_words import Teller
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.words import phrase, spoken

ONE = phrase("Answer question {first} only if {clause}.")
SOME = phrase("Answer questions {first} to {last} only if {clause}.")
READ = phrase("Read this only if {clause}.")
THIS = phrase("Answer this only if {clause}.")


@dataclass(frozen=True)
class Stretch:
    """Pages in a row that the same people answer, and the words for who they are."""

    pages: tuple[tuple[int, Page], ...]
    lead: str | None


def stretches(teller: Teller) -> Iterator[Stretch]:
    """The pages in order, those in a row with one condition together."""
    run: list[tuple[int, Page]] = []
    for i, page in enumerate(teller.definition.pages):
        if run and (page.show_if != run[-1][1].show_if or page.show_if is None):
            yield _stretch(teller, run)
            run = []
        run.append((i, page))
    yield _stretch(teller, run)


def lead_of(question: Question, teller: Teller) -> str | None:
    """`Answer this only if …`, for a question with a condition of its own."""
    condition = teller.definition.question_conditions[question.name]
    if condition is None:
        return None
    told = teller.clause(condition)
    return spoken(THIS if question.fields else READ, teller.language, clause=told)


def skips(question: Question, teller: Teller) -> dict[str, str | None]:
    """For each option that leads past the next questions: the number to go on at.

    None leads to the end. Only where the answer to this question alone decides, so that what is
    said is true for everybody.
    """
    if not isinstance(question, OneOptionQuestion) or question.is_computed:
        return {}
    ahead = list(_ahead(question, teller))
    found: dict[str, str | None] = {}
    for option in question.options:
        answer = option.code or {"missing": str(option.missing)}
        passed = 0
        for _, conditions in ahead:
            if not any(_hides(c, question.name, answer) for c in conditions):
                break
            passed += 1
        if passed:
            to = teller.numbers[ahead[passed][0]] if passed < len(ahead) else None
            found[option.value] = to
    return found


def _stretch(teller: Teller, run: list[tuple[int, Page]]) -> Stretch:
    condition = teller.definition.page_conditions[run[0][0]]
    if condition is None:
        return Stretch(tuple(run), None)
    told, known, language = teller.clause(condition), teller.numbers, teller.language
    asked = [known[q.name] for _, page in run for q in page.questions if q.name in known]
    if not asked:
        return Stretch(tuple(run), spoken(READ, language, clause=told))
    if len(asked) == 1:
        return Stretch(tuple(run), spoken(ONE, language, first=asked[0], clause=told))
    lead = spoken(SOME, language, first=asked[0], last=asked[-1], clause=told)
    return Stretch(tuple(run), lead)


def _ahead(question: Question, teller: Teller) -> Iterator[tuple[str, tuple[Condition, ...]]]:
    """The numbered questions after this one, each with the conditions that it stands under."""
    definition = teller.definition
    is_after = False
    for i, page in enumerate(definition.pages):
        for other in page.questions:
            if is_after and other.name in teller.numbers and not other.is_contact:
                both = (definition.page_conditions[i], definition.question_conditions[other.name])
                yield other.name, tuple(c for c in both if c is not None)
            is_after = is_after or other.name == question.name


def _hides(condition: Condition, name: str, answer: str | dict[str, str]) -> bool:
    if {test.question for test in tests_in(condition)} != {name}:
        return False
    return evaluate(condition, {name: answer}) is not True
