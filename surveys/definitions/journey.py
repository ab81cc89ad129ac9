"""The path through a survey: worked out from the answers each time, never stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from surveys.definitions.conditions import Answers, Condition
from surveys.definitions.schema import Asked, Definition, EndIf
from surveys.questions.base import Answer, Question


@dataclass(frozen=True)
class Stop:
    """A page on the path: its position in the definition, from 1, and what it asks here.

    Its questions have the options that are offered to this person, and no others.
    """

    number: int
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Walk:
    """The pages on the path, the answers on it with what was computed, and how it ended early."""

    stops: tuple[Stop, ...]
    answers: dict[str, Answer]
    ending: EndIf | None = None


def walk(definition: Definition, answers: Answers) -> Walk:
    """The path that these answers lead to.

    A condition sees only earlier answers that are themselves on the path, so an answer that was
    hidden by a change of mind opens nothing. Walking its answers again changes nothing.
    """
    stops: list[Stop] = []
    seen: dict[str, Answer] = {}
    pages = zip(definition.page_conditions, definition.asked, definition.endings, strict=True)
    for number, (condition, asked, endings) in enumerate(pages, start=1):
        if not _is_true(condition, seen):
            continue
        shown = _on_page(definition, asked, answers, seen)
        if shown:
            stops.append(Stop(number, shown))
            for when, ending in endings:
                if _is_true(when, seen):
                    return Walk(tuple(stops), seen, ending)
    return Walk(tuple(stops), seen)


def _on_page(
    definition: Definition, page: tuple[Asked, ...], answers: Answers, seen: dict[str, Answer]
) -> tuple[Question, ...]:
    """The questions that a page shows; the answers to them are added to `seen` at its end.

    Not before: a page can't react to itself.
    """
    shown: list[Question] = []
    found: dict[str, Answer] = {}
    for asked in page:
        if not _is_true(asked.shown_if, seen):
            continue
        if asked.question.is_computed:
            found |= _computed(definition, asked.question, seen)
        elif asked.offered_if is None:
            shown.append(asked.question)
            _add_answers(asked.fields, answers, found)
        else:
            narrowed = _narrowed(asked.question, asked.offered_if, seen)
            shown.append(narrowed)
            _add_answers(narrowed.fields, answers, found)
    seen |= found
    return tuple(shown)


def _narrowed(question: Question, conditions: Mapping[str, Condition], seen: Answers) -> Question:
    """The question with the options that are offered to this person."""
    return question.offering(lambda option: _is_true(conditions.get(option.value), seen))


def _add_answers(fields: Iterable[Question], answers: Answers, found: dict[str, Answer]) -> None:
    for field in fields:
        answer = answers.get(field.name)
        if answer is None or not field.is_open(found):
            continue
        kept = field.still_offered(answer)
        if kept is not None:
            found[field.name] = kept


def _computed(definition: Definition, question: Question, seen: Answers) -> dict[str, Answer]:
    for condition, code in definition.case_conditions[question.name]:
        if _is_true(condition, seen):
            return {question.name: code}
    return {}


def _is_true(condition: Condition | None, answers: Answers) -> bool:
    return condition is None or condition.truth(answers) is True
