"""Whatever the survey and whoever answers: what is hidden is gone, and every path ends."""

import random
from datetime import date

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from surveys.definitions.conditions import evaluate
from surveys.definitions.fingerprint import canonical, restore
from surveys.definitions.journey import walk
from surveys.definitions.paths import paths
from surveys.definitions.random_walk import random_answers
from surveys.responses.answers import clean_answers
from tests.factories.definitions import definitions

TODAY = date(2022, 11, 30)
SLOW = settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@st.composite
def surveys_and_answers(draw):
    """A definition and the answers of somebody who strayed: some of another path, some nonsense."""
    definition = draw(definitions())
    answers: dict = {}
    for seed in draw(st.lists(st.integers(0, 99), min_size=1, max_size=3)):
        try:
            answers |= random_answers(definition, random.Random(seed), today=TODAY)
        except ValueError:
            # Nobody was found who gets to the end.
            assume(False)
    names = st.sampled_from(sorted(definition.by_name) or ["none"])
    strays = st.sampled_from(["no", "a", ["a", "b"], {"missing": "dont-know"}, 3])
    return definition, answers | draw(st.dictionaries(names, strays, max_size=2))


@SLOW
@given(surveys_and_answers())
def test_every_path_ends_and_pruning_twice_is_pruning_once(drawn):
    definition, answers = drawn
    numbers = [stop.number for stop in walk(definition, answers).stops]
    assert numbers == sorted(set(numbers))
    assert 1 <= numbers[-1] <= len(definition.pages)
    once = walk(definition, answers).answers
    assert walk(definition, once).answers == once
    # The path is the same, question by question.
    assert _path(definition, once) == _path(definition, answers)


@SLOW
@given(surveys_and_answers())
def test_every_answer_kept_is_on_the_path_and_every_other_makes_no_difference(drawn):
    definition, answers = drawn
    walked = walk(definition, answers)
    asked = {one.name for stop in walked.stops for q in stop.questions for one in q.fields}
    computed = {one.name for one in definition.fields if one.is_computed}
    assert set(walked.answers) <= asked | computed
    assert not set(walked.answers) & computed - set(definition.case_conditions)
    # What was hidden may be anything: nobody sees it.
    hidden = {name: "changed" for name in answers if name not in walked.answers}
    changed = {**answers, **{n: v for n, v in hidden.items() if n not in asked}}
    assert walk(definition, changed).answers == walked.answers


@SLOW
@given(surveys_and_answers())
def test_conditions_see_earlier_answers_of_the_path_only(drawn):
    definition, answers = drawn
    walked = walk(definition, answers)
    page_of = {
        one.name: number
        for number, page in enumerate(definition.pages, start=1)
        for question in page.questions
        for one in question.fields
    }
    shown = {stop.number: {q.name for q in stop.questions} for stop in walked.stops}
    last = walked.stops[-1].number if walked.ending else len(definition.pages)
    for number, page in enumerate(definition.pages[:last], start=1):
        seen = {n: a for n, a in walked.answers.items() if page_of[n] < number}
        on_path = _holds(definition.page_conditions[number - 1], seen)
        expected = {
            q.name
            for q in page.questions
            if on_path
            and not q.is_computed
            and _holds(definition.question_conditions[q.name], seen)
        }
        assert shown.get(number, set()) == expected


@SLOW
@given(surveys_and_answers())
def test_what_is_stored_is_what_was_walked(drawn):
    definition, answers = drawn
    cleaned = clean_answers(definition, answers, today=TODAY)
    if cleaned.wrong:
        return
    assert walk(definition, cleaned.answers).answers == cleaned.answers
    assert not [name for name in cleaned.answers if definition.by_name[name].is_contact]


@SLOW
@given(definitions())
def test_paths_are_walks(definition):
    found = list(paths(definition, cap=40))
    assert found
    ways = set()
    for walked in found:
        again = walk(definition, walked.answers)
        assert again.answers == walked.answers
        ways.add(_steps(again))
    assert len(ways) == len(found)


@SLOW
@given(definitions())
def test_a_stored_definition_leads_the_same_ways(definition):
    text = canonical(definition)
    stored = restore(text)
    assert canonical(stored) == text
    for walked in paths(definition, cap=10):
        assert _steps(walk(stored, walked.answers))[0] == _steps(walked)[0]


def _holds(condition, seen) -> bool:
    return condition is None or evaluate(condition, seen) is True


def _path(definition, answers):
    return [
        (stop.number, [(q.name, q.codes) for q in stop.questions])
        for stop in walk(definition, answers).stops
    ]


def _steps(walked):
    stops = tuple((stop.number, tuple(q.name for q in stop.questions)) for stop in walked.stops)
    return stops, id(walked.ending) if walked.ending else None
