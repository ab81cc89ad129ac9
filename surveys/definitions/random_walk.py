"""Answers at random, along the path that they lead to: for demonstrations and property tests."""

import random
from collections.abc import Sequence
from datetime import date

from surveys.definitions.journey import journey
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Question
from surveys.questions.choices import ChoicesQuestion
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.whole_number import WholeNumberQuestion

SKIPS = 0.03
WITHHOLDS = 0.03
# Most people are satisfied and few are in the middle: the shape of published surveys.
SATISFIED_FIRST = (22, 24, 17, 8, 10, 9, 10)


def random_answers(
    definition: Definition, chance: random.Random, *, today: date
) -> dict[str, Answer]:
    """The answers of one invented person, all on their path; nothing in own words."""
    answers: dict[str, Answer] = {}
    decided: set[str] = set()
    while True:
        asked = [question for stop in journey(definition, answers) for question in stop.questions]
        open_ones = [
            q for q in asked if q.name not in decided and q.takes_answer and not q.is_own_words
        ]
        if not open_ones:
            return answers
        # One question at a time, since its answer decides which others are asked.
        question = open_ones[0]
        decided.add(question.name)
        answer = _answer(question, chance, today)
        answers |= {} if answer is None else {question.name: answer}


def _answer(question: Question, chance: random.Random, today: date) -> Answer | None:
    roll = chance.random()
    if roll < SKIPS and not question.required:
        return None
    if roll < SKIPS + WITHHOLDS and question.missing_codes:
        return {"missing": chance.choice(question.missing_codes)}
    if isinstance(question, ChoicesQuestion):
        return _some(question, chance)
    if isinstance(question, OptionsQuestion):
        return chance.choices(question.codes, _weights(question.codes))[0]
    if isinstance(question, WholeNumberQuestion):
        return min(question.max, question.min + int(chance.expovariate(0.5)))
    if isinstance(question, DateQuestion):
        return _past_date(question, chance, today)
    raise NotImplementedError(f"no random answer for the kind {question.kind}")


def _past_date(question: DateQuestion, chance: random.Random, today: date) -> str:
    """A day of the last two years, not before the earliest that the question takes."""
    first = date(today.year - 2, 1, 1)
    if question.earliest not in (None, "today"):
        first = max(first, date.fromisoformat(f"{question.earliest}-01"[:10]))
    day = date.fromordinal(chance.randint(min(first, today).toordinal(), today.toordinal()))
    return day.isoformat() if question.accepts == "day" else day.isoformat()[:7]


def _some(question: ChoicesQuestion, chance: random.Random) -> Answer:
    alone = [o.value for o in question.options if o.exclusive and o.code]
    if alone and chance.random() < 0.1:
        return [chance.choice(alone)]
    several = [code for code in question.codes if code not in alone]
    most = min(question.max_choices or 3, 3, len(several))
    chosen = set(chance.sample(several, chance.randint(1, most)))
    return [code for code in question.codes if code in chosen]


def _weights(codes: Sequence[str]) -> Sequence[int]:
    return SATISFIED_FIRST if len(codes) == len(SATISFIED_FIRST) else [1] * len(codes)
