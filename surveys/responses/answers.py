"""Cleaning a whole set of answers, the same for every surface."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from surveys.definitions.journey import journey, prune
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer
from surveys.questions.wrong import WrongAnswerError


@dataclass(frozen=True)
class Cleaned:
    """The answers on the path, how many were off it, and what is wrong, by question."""

    answers: dict[str, Answer]
    dropped: int
    wrong: dict[str, WrongAnswerError]


def clean_answers(definition: Definition, raw: Mapping[str, object], *, today: date) -> Cleaned:
    """Cleans what was sent for all questions at once.

    Answers that are off the path are dropped and counted, and a question that must be answered
    is wrong only where it is on the path. A name that the survey does not ask is wrong too.
    """
    given: dict[str, Answer] = {}
    wrong = {
        name: WrongAnswerError("unknown-question") for name in raw if name not in definition.by_name
    }
    for question in definition.questions:
        try:
            answer = question.clean(raw.get(question.name), today=today)
        except WrongAnswerError as error:
            wrong[question.name] = error
        else:
            given |= {} if answer is None else {question.name: answer}
    kept = prune(definition, given)
    shown = {question.name for stop in journey(definition, given) for question in stop.questions}
    told = {
        name: error for name, error in wrong.items() if error.reason != "required" or name in shown
    }
    return Cleaned(kept, dropped=len(given) - len(kept), wrong=told)
