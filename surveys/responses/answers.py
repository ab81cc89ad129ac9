"""Cleaning a whole set of answers, the same for every surface."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from surveys.definitions.conditions import evaluate
from surveys.definitions.journey import walk
from surveys.definitions.schema import Definition, EndIf
from surveys.questions.base import Answer, Question
from surveys.questions.wrong import WrongAnswerError


@dataclass(frozen=True)
class Cleaned:
    """The answers on the path, how many were off it, and what is wrong, by field.

    `contact` holds what the person gave to be reached by: it must never be kept with the answers.
    `ending` is how the survey ended before its last page, if it did.
    """

    answers: dict[str, Answer]
    dropped: int
    wrong: dict[str, WrongAnswerError]
    contact: dict[str, str] = field(default_factory=dict)
    ending: EndIf | None = None

    @property
    def stores_nothing(self) -> bool:
        """Whether the person was told that this survey is not for them."""
        return self.ending is not None and self.ending.outcome != "finish"


def clean_answers(
    definition: Definition,
    raw: Mapping[str, object],
    *,
    today: date,
    were_right: bool = False,
) -> Cleaned:
    """Cleans what was sent for all fields at once.

    What is off the path or was not offered is dropped and counted, and a field that must be
    answered is wrong only where it is on the path. A name that nobody may send is wrong too.
    Answers that `were_right` when they were given, on pages that another answer hid since, are
    dropped even where the day has made them wrong.
    """
    given: dict[str, Answer] = {}
    wrong = {
        name: WrongAnswerError("unknown-question") for name in raw if name not in definition.by_name
    }
    for asked in definition.fields:
        try:
            answer = clean_field(definition, asked, raw.get(asked.name), today=today)
        except WrongAnswerError as error:
            wrong[asked.name] = error
        else:
            if answer is not None:
                given[asked.name] = answer
    walked = walk(definition, given)
    shown = {one.name: one for stop in walked.stops for q in stop.questions for one in q.fields}
    # What was not offered to this person is no answer, so what is left of one is looked at again.
    for name, one in shown.items():
        if name in given and name not in walked.answers and one.required:
            wrong[name] = WrongAnswerError("required")
        elif name in walked.answers and _breaks_rule(definition, one, walked.answers[name]):
            wrong[name] = _not_valid(one)
    told = {
        name: error
        for name, error in wrong.items()
        if name in shown or not (were_right or error.reason == "required")
    }
    contact = {
        name: str(answer)
        for name, answer in walked.answers.items()
        if definition.by_name[name].is_contact
    }
    kept = {name: answer for name, answer in walked.answers.items() if name not in contact}
    dropped = sum(walked.answers.get(name) != answer for name, answer in given.items())
    return Cleaned(kept, dropped=dropped, wrong=told, contact=contact, ending=walked.ending)


def clean_field(
    definition: Definition, asked: Question, raw: object, *, today: date
) -> Answer | None:
    """The answer to one field as it is stored, or None; raises WrongAnswerError."""
    answer = asked.clean(raw, today=today)
    if answer is not None and _breaks_rule(definition, asked, answer):
        raise _not_valid(asked)
    return answer


def _breaks_rule(definition: Definition, asked: Question, answer: Answer) -> bool:
    """Whether the survey's own rule for this answer, if it has one, is not kept."""
    must_hold = definition.validity.get(asked.name)
    return must_hold is not None and evaluate(must_hold, {asked.name: answer}) is False


def _not_valid(asked: Question) -> WrongAnswerError:
    return WrongAnswerError("not-valid", says=asked.valid_says or {})
