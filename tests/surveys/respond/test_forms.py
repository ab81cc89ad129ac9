"""A page of questions as a form: what is read of it, and what the templates are given."""

from datetime import date

import pytest

from surveys.definitions.journey import Stop, walk
from surveys.questions.base import said
from surveys.respond.forms import errors_of, fields_of, form_of, read_page
from tests.factories.kinds import every_kind

pytestmark = pytest.mark.django_db
TODAY = date(2022, 11, 30)
DEFINITION = every_kind()


def page_with(name: str) -> Stop:
    return next(
        stop
        for stop in walk(DEFINITION, {}).stops
        if any(question.name == name for question in stop.questions)
    )


def read(name, form):
    return read_page(DEFINITION, page_with(name), form, today=TODAY)


def say(text, *, markdown=False):
    return said(text, "en")


def shown(name, form, *, seed=None):
    stop = page_with(name)
    wrong = read_page(DEFINITION, stop, form, today=TODAY).wrong
    fields = fields_of(stop, form, wrong, say=say, language="en", seed=seed)
    return next(field for field in fields if field["name"] == name)


def test_rows_are_answers_of_their_own():
    page = read("treatment", {"treatment.police": ["1"], "treatment.court": ["does-not-apply"]})
    assert page.answers == {
        "treatment.police": "1",
        "treatment.court": {"missing": "does-not-apply"},
    }


@pytest.mark.parametrize(
    ("form", "answers"),
    [
        (
            {"reported-by": ["other"], "reported-by.other": ["By letter"]},
            {"reported-by": "other", "reported-by.other": "By letter"},
        ),
        # Words alone choose the option that they stand beside.
        (
            {"reported-by.other": [" By letter "]},
            {"reported-by": "other", "reported-by.other": "By letter"},
        ),
        # Who chose another option after writing has changed their mind.
        ({"reported-by": ["desk"], "reported-by.other": ["By letter"]}, {"reported-by": "desk"}),
        ({"reported-by": ["other"], "reported-by.other": [""]}, {"reported-by": "other"}),
        ({"reported-by.other": ["  "]}, {}),
    ],
)
def test_words_beside_the_one_option(form, answers):
    assert read("reported-by", form).answers == answers


@pytest.mark.parametrize(
    ("ticked", "answers"),
    [
        (["police"], {"helped-by": ["police", "other"], "helped-by.other": "A friend"}),
        ([], {"helped-by": ["other"], "helped-by.other": "A friend"}),
        (["other"], {"helped-by": ["other"], "helped-by.other": "A friend"}),
        (["nobody"], {"helped-by": ["nobody"]}),
    ],
)
def test_words_beside_one_of_several_options(ticked, answers):
    form = {"helped-by": ticked, "helped-by.other": ["A friend"]}
    assert read("helped-by", form).answers == answers


def test_words_that_are_too_long_are_told_beside_their_option():
    form = {"reported-by": ["other"], "reported-by.other": ["x" * 201]}
    wrong = read("reported-by", form).wrong
    assert errors_of(page_with("reported-by"), wrong, say=say, language="en") == [
        {"id": "reported-by.other", "message": "Shorten your answer by 1 character"}
    ]
    other = next(o for o in shown("reported-by", form)["options"] if o["value"] == "other")
    assert other["written"]["error"] == "Shorten your answer by 1 character"


def test_error_of_a_row_leads_to_the_row():
    form = {"treatment.court": ["9"]}
    wrong = read("treatment", form).wrong
    (error,) = errors_of(page_with("treatment"), wrong, say=say, language="en")
    assert error == {
        "id": "treatment.court",
        "message": "By the court: Select one of the answers shown",
    }
    rows = {row["name"]: row for row in shown("treatment", form)["rows"]}
    assert rows["treatment.court"]["error"] == "Select one of the answers shown"
    assert not rows["treatment.police"]["error"]


def test_form_shows_what_was_answered():
    answers = {
        "treatment.police": "1",
        "reported-by": "other",
        "reported-by.other": "By letter",
        "worst": ["robbery", "fraud"],
        "clock": "14:05",
    }
    for name in ("treatment", "reported-by", "worst", "clock"):
        stop = page_with(name)
        given = {key: answer for key, answer in answers.items() if key.partition(".")[0] == name}
        assert read_page(DEFINITION, stop, form_of(stop, given), today=TODAY).answers == given


def test_options_are_shown_in_the_order_of_the_seed():
    orders = {
        tuple(option["value"] for option in shown("reported-by", {}, seed=seed)["options"])
        for seed in range(30)
    }
    assert len(orders) == 6


def test_ids_of_a_page_are_unique():
    for stop in walk(DEFINITION, {}).stops:
        fields = fields_of(stop, {}, {}, say=say, language="en", seed=3)
        ids = [found for field in fields for found in _ids(field)]
        assert len(ids) == len(set(ids)), ids


def _ids(field):
    parts = [*field.get("rows", ()), *field.get("parts", ()), *field.get("ranks", ())]
    options = [*field.get("options", ()), *field.get("missing", ())]
    for row in field.get("rows", ()):
        options += [option for option in row["options"] if option["id"] != row["id"]]
    own = {found["id"] for found in (*parts, *options)}
    yield from (found["id"] for found in (*parts, *options))
    yield from (o["written"]["id"] for o in options if o.get("written"))
    if field["id"] not in own:
        yield field["id"]


def test_option_says_what_it_costs():
    costs = [option["cost"] for option in shown("precept", {})["options"]]
    assert costs[1] == "£5 a year, 10p a week, for a Band D home"
    assert costs[3] == ""


def test_currency_stands_before_the_number_and_other_units_after_it():
    assert shown("loss", {})["prefix"] == "£"
    assert shown("waited", {})["suffix"] == "hours"


def test_purpose_is_said_where_contact_is_asked():
    assert shown("mail", {})["purpose"].startswith("To send you the results")


def test_message_names_an_option_in_the_words_of_this_person():
    stop = page_with("first")
    wrong = read("first", {"first": ["none", "patrol"]}).wrong
    (error,) = errors_of(stop, wrong, say=lambda text: text["en"].upper(), language="en")
    assert error["message"] == "Select either “NONE OF THESE” or other answers, not both"
