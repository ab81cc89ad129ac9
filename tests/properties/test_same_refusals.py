"""The web page and the API refuse and accept the same, and what they accept is stored the same.

With one difference: an option that was not offered to this person is refused by the page, which did
not show it, and elsewhere dropped and counted like all that is off the path. Nothing is stored of
it either way.
"""

import json
import random
from datetime import date

import pytest
from django.conf import settings as project
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.journey import walk
from surveys.definitions.loader import load_definition
from surveys.definitions.random_walk import random_answers
from surveys.definitions.schema import Definition
from surveys.questions.place import PlaceQuestion
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.areas import with_area
from surveys.respond.forms import _with_options_written_beside, fields_at, form_of, read_page
from surveys.responses.answers import clean_answers
from tests.factories.kinds import every_kind
from tests.factories.sent import sound
from tests.factories.surveys import small_definition

# Postcodes are looked up.
pytestmark = pytest.mark.django_db
TODAY = date(2022, 11, 30)
CONTENT = sorted((project.BASE_DIR / "surveys" / "content").glob("*/1.yaml"))
# What a page asks for in several inputs can be wrong in ways that one JSON value can't.
OF_A_FORM = {"missing-and-answer", "incomplete-date", "not-a-rank", "same-rank", "two-places"}
OF_A_FORM |= {"unknown-place", "wide-place", "outside-place"}
TYPED = st.sampled_from(
    ["", " ", "x", "0", "7", "-1", "2022", "99", "1.5", "1,5", "9am", "é\r\nb", "w" * 250]
)
SLOW = settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def surveys() -> list[Definition]:
    built_in = [load_definition(path.read_text(encoding="utf-8")) for path in CONTENT]
    return [small_definition(), every_kind(), *built_in]


@st.composite
def filled_in(draw: st.DrawFn, definition: Definition) -> dict[str, list[str]]:
    """The inputs of all pages: most of them right, some left out, some with anything in them."""
    answers = draw(sound(definition))
    form: dict[str, list[str]] = {}
    for asked in definition.fields:
        try:
            answer = asked.clean(answers.get(asked.name), today=TODAY)
        except WrongAnswerError:
            form[asked.name] = [str(answers.get(asked.name))]
        else:
            form |= {} if answer is None else asked.to_form(answer)
    for name in draw(st.lists(st.sampled_from(sorted(form)), max_size=2) if form else st.just([])):
        form[name] = draw(st.lists(TYPED, min_size=1, max_size=2))
    return form


@pytest.mark.parametrize("definition", surveys(), ids=lambda definition: definition.survey)
def test_what_a_page_takes_and_refuses_the_api_does_too(definition):
    @SLOW
    @given(filled_in(definition), st.integers(0, 9))
    def same(form, seed):
        right = random_answers(definition, random.Random(seed), today=TODAY)
        _compare(definition, form, right)

    same()


def _compare(definition, form, right):
    """From page to page; where one is refused on both sides, it is put right and sent again."""
    answers, sent = {}, {}
    while (stop := _next_stop(definition, answers, sent)) is not None:
        here = {field.name for field in fields_at(stop)}
        page = read_page(definition, stop, form, today=TODAY)
        sent |= _as_json(stop, form)
        wrong = clean_answers(definition, sent, today=TODAY).wrong
        refused = {name: error for name, error in wrong.items() if name in here}
        # What only a page can be wrong in, it refuses before there is anything to send.
        others = {n for n, error in page.wrong.items() if error.reason in OF_A_FORM}
        others |= {name for name in page.wrong if _was_not_offered(definition, sent, name)}
        assert _said(refused, but=others) == _said(page.wrong, but=others)
        if page.wrong:
            put_right = form_of(stop, right)
            assert form != put_right
            sent = {name: value for name, value in sent.items() if name not in here}
            form = put_right | {n: v for n, v in form.items() if not _is_of(n, here)}
            continue
        answers = {n: a for n, a in answers.items() if n not in here} | page.answers
    by_web = clean_answers(definition, answers, today=TODAY, were_right=True)
    by_api = clean_answers(definition, sent, today=TODAY)
    assert not by_web.wrong
    assert not by_api.wrong
    assert by_api.answers == by_web.answers
    assert by_api.contact == by_web.contact
    assert by_api.ending == by_web.ending


def _was_not_offered(definition, sent, name):
    """Whether an answer would be right, were it offered to this person."""
    if name not in definition.option_conditions:
        return False
    cleaned = clean_answers(definition, sent, today=TODAY)
    return name not in cleaned.wrong and cleaned.answers.get(name) != sent[name]


def _is_of(name, fields):
    """Whether an input is one of those of these fields: `day` and `day.month`."""
    return any(name == field or name.startswith(f"{field}.") for field in fields)


def _next_stop(definition, answers, sent):
    """The first page on the path that nobody looked at yet."""
    walked = walk(definition, answers)
    seen = set(sent)
    if walked.ending is not None and walked.stops:
        last = walked.stops[-1]
        if all(field.name in seen for field in fields_at(last)):
            return None
    for stop in walked.stops:
        if any(field.name not in seen for field in fields_at(stop)):
            return stop
    return None


def _as_json(stop, form):
    """What the page's inputs say, as another system would write it; None where it can't be said."""
    said = {}
    ticked = _with_options_written_beside(stop, form)
    for asked in fields_at(stop):
        try:
            given = with_area(asked, ticked) if isinstance(asked, PlaceQuestion) else ticked
            value = asked.from_form(given)
        except WrongAnswerError:
            value = None
        said[asked.name] = json.loads(json.dumps(value))
    return said


def _said(wrong, *, but):
    return {n: (e.reason, e.message("en")) for n, e in wrong.items() if n not in but}
