"""Answers at random, along the path that they lead to: for demonstrations and property tests."""

import random
from collections.abc import Mapping, Sequence
from datetime import date
from functools import singledispatch

from surveys.definitions.conditions import evaluate
from surveys.definitions.journey import walk
from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.date import DateQuestion
from surveys.questions.decimal import DecimalQuestion
from surveys.questions.ranking import RankingQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.time import TimeQuestion
from surveys.questions.whole_number import WholeNumberQuestion

SKIPS = 0.03
WITHHOLDS = 0.03
# Most people are satisfied and few are in the middle: the shape of published surveys.
SATISFIED_FIRST = (22, 24, 17, 8, 10, 9, 10)
# How often an answer or a whole person is drawn anew that the survey does not take.
TRIES = 50

# For a field how often each code is given, on any scale.
Likely = Mapping[str, Mapping[str, float]]


def random_answers(
    definition: Definition, chance: random.Random, *, today: date, likely: Likely | None = None
) -> dict[str, Answer]:
    """The answers of one invented person, all on their path; nothing in own words.

    Where `likely` has a field, one of its codes is drawn as often as that says. Of somebody whom
    the survey is for: who is told that it is not gives way to the next. Raises ValueError where
    nobody is found who gets to its end.
    """
    for _ in range(TRIES):
        answers = _one_person(definition, chance, today, likely or {})
        walked = walk(definition, answers)
        if walked.ending is None or walked.ending.outcome == "finish":
            return walked.answers
    raise ValueError(f"{definition.survey}: of {TRIES} invented people none gets to the end")


def _one_person(
    definition: Definition, chance: random.Random, today: date, likely: Likely
) -> dict[str, Answer]:
    answers: dict[str, Answer] = {}
    decided: set[str] = set()
    while True:
        asked = [
            field
            for stop in walk(definition, answers).stops
            for question in stop.questions
            for field in question.fields
            if not (field.name in decided or field.is_own_words or field.is_contact)
        ]
        if not asked:
            return answers
        # One field at a time, since its answer decides which others are asked.
        field = asked[0]
        decided.add(field.name)
        answer = _valid_answer(definition, field, chance, today, likely.get(field.name))
        answers |= {} if answer is None else {field.name: answer}


def _valid_answer(
    definition: Definition,
    field: Question,
    chance: random.Random,
    today: date,
    shares: Mapping[str, float] | None,
) -> Answer | None:
    """An answer, or none; drawn again where the field's own rule refuses it."""
    must_hold = definition.validity.get(field.name)
    for _ in range(TRIES):
        answer = _answer(field, chance, today, shares)
        if answer is None or must_hold is None:
            return answer
        if evaluate(must_hold, {field.name: answer}) is not False:
            return answer
    return None


def _answer(
    field: Question, chance: random.Random, today: date, shares: Mapping[str, float] | None
) -> Answer | None:
    roll = chance.random()
    if roll < SKIPS and not field.required:
        return None
    if roll < SKIPS + WITHHOLDS and field.missing_codes:
        return {"missing": chance.choice(field.missing_codes)}
    known = {code: shares[code] for code in field.codes if code in shares} if shares else {}
    if known:
        return chance.choices(list(known), list(known.values()))[0]
    return _drawn(field, chance, today)


@singledispatch
def _drawn(field: Question, chance: random.Random, today: date) -> Answer | None:
    """An answer to a field of this kind that is no missing code; None where it has no codes."""
    raise NotImplementedError(f"no random answer for the kind {field.kind}")


@_drawn.register
def _one(field: OptionsQuestion, chance: random.Random, today: date) -> Answer | None:
    if not field.codes:
        return None
    return chance.choices(field.codes, _weights(field.codes))[0]


@_drawn.register
def _some(field: SeveralOptionsQuestion, chance: random.Random, today: date) -> Answer | None:
    alone = [o.value for o in field.options if o.exclusive and o.code]
    several = [code for code in field.codes if code not in alone]
    if alone and (not several or chance.random() < 0.1):
        return [chance.choice(alone)]
    if not several:
        return None
    most = min(field.limit or 3, 3, len(several))
    chosen = set(chance.sample(several, chance.randint(1, most)))
    return [code for code in field.codes if code in chosen]


@_drawn.register
def _ranked(field: RankingQuestion, chance: random.Random, today: date) -> Answer | None:
    if not field.codes:
        return None
    return chance.sample(field.codes, chance.randint(1, field.places))


@_drawn.register
def _number(field: WholeNumberQuestion, chance: random.Random, today: date) -> Answer:
    return min(field.max, field.min + int(chance.expovariate(0.5)))


@_drawn.register
def _decimal(field: DecimalQuestion, chance: random.Random, today: date) -> Answer:
    number = round(chance.uniform(field.min, field.max), field.places)
    # Rounding may lead over a bound that has more decimal places than the answers.
    return number if field.min <= number <= field.max else field.min


@_drawn.register
def _time(field: TimeQuestion, chance: random.Random, today: date) -> Answer:
    first, last = _minutes(field.earliest or "00:00"), _minutes(field.latest or "23:59")
    hour, minute = divmod(chance.randint(first, last), 60)
    return f"{hour:02}:{minute:02}"


@_drawn.register
def _past_date(field: DateQuestion, chance: random.Random, today: date) -> Answer:
    """A day of the last two years, or as near to them as the bounds of the question allow."""
    last = min(today, _day(field.latest, today) or today)
    first = min(date(today.year - 2, 1, 1), last)
    if earliest := _day(field.earliest, today):
        first, last = max(first, earliest), max(last, earliest)
    day = date.fromordinal(chance.randint(first.toordinal(), last.toordinal())).isoformat()
    precision = {"day": 10, "month": 7, "year": 4}
    return day[: precision.get(field.accepts) or chance.choice((4, 7, 10, 10))]


def _day(bound: str | None, today: date) -> date | None:
    """The first day of a bound, such as that of a year."""
    if bound is None:
        return None
    return today if bound == "today" else date.fromisoformat(f"{bound}-01-01"[:10])


def _minutes(clock: str) -> int:
    hour, minute = clock.split(":")
    return int(hour) * 60 + int(minute)


def _weights(codes: Sequence[str]) -> Sequence[int]:
    return SATISFIED_FIRST if len(codes) == len(SATISFIED_FIRST) else [1] * len(codes)
