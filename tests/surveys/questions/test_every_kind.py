"""What holds for each field of each kind, whatever is sent."""

import json
import random
import string
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from surveys.definitions.counters import cells, counted_cells
from surveys.definitions.fingerprint import canonical, restore
from surveys.definitions.journey import walk
from surveys.definitions.random_walk import random_answers
from surveys.questions.registry import KINDS
from surveys.questions.wrong import WrongAnswerError
from tests.factories.kinds import every_kind

TODAY = date(2022, 11, 30)
DEFINITION = every_kind()
ASKED = [field for field in DEFINITION.fields if not field.is_computed]
CODES = sorted({code for field in ASKED for code in (*field.codes, *field.missing_codes)})

# What people and machines send: near to an answer, or nowhere near.
NEAR = st.one_of(
    st.sampled_from(CODES),
    st.lists(st.sampled_from(CODES), max_size=4),
    st.sampled_from(CODES).map(lambda code: {"missing": code}),
    st.integers(-5, 30),
    st.decimals(-5, 30, places=2).map(float),
    st.dates().map(lambda day: day.isoformat()),
    st.dates().map(lambda day: day.isoformat()[:7]),
    st.times().map(lambda time: time.isoformat()[:5]),
    st.emails(),
    st.text(string.digits + "+ ()-", max_size=16),
    st.text("0123456789.,-+£ amp:", max_size=9),
    st.text(max_size=70),
)
JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
each_field = pytest.mark.parametrize("field", ASKED, ids=lambda field: field.name)


def cleaned(read):
    """What was read, or None where it is wrong and can be told."""
    told = []
    try:
        return read()
    except WrongAnswerError as error:
        told = [error.message("en"), error.message("cy")]
    assert all(told)
    return None


def assert_whole(field, answer):
    """A clean answer stays what it is on every surface, and is counted where there is room."""
    assert field.clean(answer, today=TODAY) == answer
    assert field.clean(json.loads(json.dumps(answer)), today=TODAY) == answer
    again = field.clean(field.from_form(field.to_form(answer)), today=TODAY)
    assert again == answer
    assert type(again) is type(answer)
    assert set(field.counted(answer)) <= set(field.cells())
    assert field.show(answer, "en")
    assert field.show(answer, "cy")


@each_field
@settings(max_examples=150, deadline=None)
@given(raw=NEAR | JUNK)
def test_whatever_is_sent_is_a_whole_answer_or_told_to_be_wrong(field, raw):
    answer = cleaned(lambda: field.clean(raw, today=TODAY))
    if answer is not None:
        assert_whole(field, answer)


@each_field
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_whatever_a_form_sends_is_an_answer_or_told_to_be_wrong(field, data):
    names = [field.name, f"{field.name}.missing", f"{field.name}.typed"]
    names += [f"{field.name}.{part}" for part in ("day", "month", "year")]
    names += [f"{field.name}.rank.{code}" for code in field.codes]
    values = st.lists(st.sampled_from(CODES) | st.text(max_size=8) | st.just("1"), max_size=3)
    form = data.draw(st.dictionaries(st.sampled_from(names), values))
    answer = cleaned(lambda: field.clean(field.from_form(form), today=TODAY))
    assert answer is None or field.show(answer, "en")


@settings(max_examples=200, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_invented_answers_are_whole(seed):
    answers = random_answers(DEFINITION, random.Random(seed), today=TODAY)
    by_name = DEFINITION.by_name
    for name, answer in answers.items():
        if not by_name[name].is_computed:
            assert_whole(by_name[name], answer)
    assert walk(DEFINITION, answers).answers == answers
    assert set(counted_cells(DEFINITION, answers)) <= set(cells(DEFINITION))


def test_every_kind_is_here():
    assert {question.kind for question in DEFINITION.questions} == set(KINDS)


def test_every_kind_comes_back_as_it_was_stored():
    text = canonical(DEFINITION)
    assert canonical(restore(text)) == text
    assert restore(text) == DEFINITION
    assert '"options":[{"code":"yes"' not in text


def test_no_counter_stands_twice():
    found = cells(DEFINITION)
    assert len(found) == len(set(found))


def test_contact_is_never_counted():
    assert not [cell for cell in cells(DEFINITION) if cell.startswith(("mail", "number"))]
