"""The path through a survey: worked out from the answers each time, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass

from surveys.definitions.conditions import Answers, Condition, evaluate
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Question


@dataclass(frozen=True)
class Stop:
    """A page on the path: its position in the definition, from 1, and what it asks here."""

    number: int
    questions: tuple[Question, ...]


def journey(definition: Definition, answers: Answers) -> tuple[Stop, ...]:
    """The pages that these answers lead to.

    A condition sees only earlier answers that are themselves on the path, so an answer that was
    hidden by a change of mind opens nothing.
    """
    return tuple(_walk(definition, answers, {}))


def prune(definition: Definition, answers: Answers) -> dict[str, Answer]:
    """The answers on the path, in its order; pruning twice is pruning once."""
    kept: dict[str, Answer] = {}
    for _ in _walk(definition, answers, kept):
        continue
    return kept


def _walk(definition: Definition, answers: Answers, seen: dict[str, Answer]) -> Iterator[Stop]:
    """The stops in order, adding to `seen` what was answered at each before the next is tried."""
    for i, page in enumerate(definition.pages):
        if not _is_shown(definition.page_conditions[i], seen):
            continue
        conditions = definition.question_conditions
        shown = tuple(q for q in page.questions if _is_shown(conditions[q.name], seen))
        if not shown:
            continue
        yield Stop(i + 1, shown)
        seen |= {q.name: answers[q.name] for q in shown if q.name in answers}


def _is_shown(condition: Condition | None, answers: Answers) -> bool:
    return condition is None or evaluate(condition, answers) is True
