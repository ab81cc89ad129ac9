"""The path through a survey."""

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions.journey import walk
from surveys.definitions.random_walk import random_answers
from tests.factories.surveys import small_definition

DEFINITION = small_definition()
TODAY = date(2022, 11, 30)


def numbers(answers):
    return [stop.number for stop in walk(DEFINITION, answers).stops]


def test_journey_without_answers_hides_what_is_unknown():
    assert numbers({}) == [1, 2, 3, 5, 6, 7]


def test_journey_opens_a_page_by_an_earlier_answer():
    assert numbers({"overall": "3"}) == [1, 2, 3, 4, 5, 6, 7]


def test_journey_shows_part_of_a_page():
    (page,) = [stop for stop in walk(DEFINITION, {"reported": "yes"}).stops if stop.number == 6]
    assert [question.name for question in page.questions] == ["calls", "when"]
    (page,) = [stop for stop in walk(DEFINITION, {"reported": "no"}).stops if stop.number == 6]
    assert [question.name for question in page.questions] == ["when"]


def test_prune_drops_what_a_change_of_mind_hid():
    answers = {"overall": "1", "reasons": ["slow"], "area": "north"}
    assert walk(DEFINITION, answers).answers == {"area": "north", "overall": "1"}


def test_hidden_answer_opens_nothing():
    """Three questions in a chain: hiding the first hides the third, though the second is there."""
    chain = small_definition(
        **{"show_if: {reported: {is: yes}}": "show_if: {reasons: {any_of: [slow]}}"}
    )
    answers = {"overall": "1", "reasons": ["slow"], "calls": 3}
    assert walk(chain, answers).answers == {"overall": "1"}


@given(st.integers(), st.dictionaries(st.sampled_from(sorted(DEFINITION.by_name)), st.just("no")))
def test_pruning_twice_is_pruning_once(seed, strays):
    answers = {**strays, **random_answers(DEFINITION, random.Random(seed), today=TODAY)}
    once = walk(DEFINITION, answers).answers
    assert walk(DEFINITION, once).answers == once
    shown = {q.name for stop in walk(DEFINITION, once).stops for q in stop.questions}
    assert set(once) <= shown
    assert walk(DEFINITION, once).stops == walk(DEFINITION, answers).stops
