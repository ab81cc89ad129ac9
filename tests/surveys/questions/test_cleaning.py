"""What each kind takes and refuses, and the counters that an answer adds to."""

import math
from datetime import date

import pytest

from surveys.questions.wrong import WrongAnswerError
from tests.factories.surveys import small_definition

TODAY = date(2022, 11, 30)
PREFER_NOT = {"missing": "prefer-not-to-say"}
DONT_KNOW = {"missing": "dont-know"}

QUESTIONS = {question.name: question for question in small_definition().questions}


@pytest.mark.parametrize(
    ("name", "raw", "answer", "counted"),
    [
        ("area", "north", "north", ("area", "area=north")),
        ("area", "prefer-not-to-say", PREFER_NOT, ("area~prefer-not-to-say",)),
        ("area", PREFER_NOT, PREFER_NOT, ("area~prefer-not-to-say",)),
        ("overall", 3, "3", ("overall", "overall=3")),
        ("overall", "1", "1", ("overall", "overall=1")),
        # In JSON 4.0 is the same number as 4.
        ("overall", 3.0, "3", ("overall", "overall=3")),
        ("calls", 4.0, 4, ("calls", "calls=4")),
        # The order of the options, not of the sending, and each once.
        (
            "reasons",
            ["rude", "slow", "rude"],
            ["slow", "rude"],
            ("reasons", "reasons=slow", "reasons=rude"),
        ),
        ("reasons", ["none"], ["none"], ("reasons", "reasons=none")),
        ("reasons", ["dont-know"], DONT_KNOW, ("reasons~dont-know",)),
        ("reasons", ["dont-know", "dont-know"], DONT_KNOW, ("reasons~dont-know",)),
        ("reported", "yes", "yes", ("reported", "reported=yes")),
        ("calls", "12", 12, ("calls", "calls=12")),
        ("calls", 0, 0, ("calls", "calls=0")),
        ("calls", DONT_KNOW, DONT_KNOW, ("calls~dont-know",)),
        ("when", "2022-11", "2022-11", ("when",)),
        ("words", "  Call\r\nback ", "Call\nback", ("words",)),
    ],
)
def test_clean_takes(name, raw, answer, counted):
    question = QUESTIONS[name]
    cleaned = question.clean(raw, today=TODAY)
    assert cleaned == answer
    assert question.counted(cleaned) == counted
    assert set(counted) <= set(question.cells())
    # Clean answers stay as they are, on every later surface.
    assert question.clean(cleaned, today=TODAY) == cleaned


@pytest.mark.parametrize(
    ("name", "raw", "reason"),
    [
        ("area", "east", "unknown-code"),
        ("area", True, "unknown-code"),
        ("overall", 2.5, "unknown-code"),
        ("overall", math.nan, "unknown-code"),
        ("calls", math.inf, "not-a-whole-number"),
        ("calls", 1e300, "not-a-whole-number"),
        ("area", ["north"], "unknown-code"),
        ("area", {"missing": "dont-know"}, "unknown-code"),
        ("area", {"missing": "prefer-not-to-say", "more": 1}, "unknown-code"),
        ("reasons", "slow", "not-a-list"),
        ("reasons", ["slow", "rude", "lost"], "too-many"),
        ("reasons", ["slow", "none"], "exclusive"),
        ("reasons", ["slow", "dont-know"], "exclusive"),
        ("reasons", ["slow", 7], "unknown-code"),
        ("calls", "21", "too-large"),
        ("calls", -1, "too-small"),
        ("calls", "2.5", "not-a-whole-number"),
        ("calls", True, "not-a-whole-number"),
        ("calls", "9" * 5000, "not-a-whole-number"),
        ("calls", "١٢", "not-a-whole-number"),
        ("when", "2022-13", "not-a-month"),
        ("when", "2022-11-30", "not-a-month"),
        ("when", "2022-12", "too-late"),
        ("words", "x" * 51, "too-long"),
        ("words", 5, "not-text"),
        ("words", "a\x00b", "not-text"),
        ("words", "half \ud800", "not-text"),
        ("hello", "anything", "not-a-question"),
    ],
)
def test_clean_refuses(name, raw, reason):
    with pytest.raises(WrongAnswerError) as error:
        QUESTIONS[name].clean(raw, today=TODAY)
    assert error.value.reason == reason
    assert error.value.message("en")


@pytest.mark.parametrize("raw", [None, "", "   ", []])
def test_clean_nothing_is_unanswered(raw):
    assert QUESTIONS["words"].clean(raw, today=TODAY) is None


@pytest.mark.parametrize("name", [name for name, q in QUESTIONS.items() if q.takes_answer])
def test_form_round_trip(name):
    """What the page shows as given, sent again, is the same answer."""
    examples = {
        "area": "south",
        "overall": {"missing": "does-not-apply"},
        "reasons": ["slow", "lost"],
        "reported": "no",
        "first-name-of-area": "The Hill",
        "calls": 7,
        "when": "2021-03",
        "words": "Two\nlines",
    }
    question = QUESTIONS[name]
    form = question.to_form(examples[name])
    assert question.clean(question.from_form(form), today=TODAY) == examples[name]


def test_date_to_the_day():
    question = small_definition(**{"accepts: month": "accepts: day"}).by_name["when"]
    form = {"when.day": ["5"], "when.month": ["3"], "when.year": ["2022"]}
    assert question.clean(question.from_form(form), today=TODAY) == "2022-03-05"
    assert question.show("2022-03-05", "en") == "5 March 2022"
    with pytest.raises(WrongAnswerError) as error:
        question.clean(
            question.from_form({**form, "when.day": ["31"], "when.month": ["2"]}), today=TODAY
        )
    assert error.value.reason == "not-a-date"


@pytest.mark.parametrize(
    ("month", "year", "message"),
    [
        ("3", "", "Enter the year as well"),
        ("", "2022", "Enter the month as well"),
        ("3", "22", "Enter a real month and year, like 3 2021"),
        ("March", "2022", "Enter a real month and year, like 3 2021"),
    ],
)
def test_half_a_date_is_told_what_is_missing(month, year, message):
    question = QUESTIONS["when"]
    form = {"when.month": [month], "when.year": [year]}
    with pytest.raises(WrongAnswerError) as error:
        question.clean(question.from_form(form), today=TODAY)
    assert error.value.message("en") == message


def test_number_and_box_together_are_refused():
    with pytest.raises(WrongAnswerError) as error:
        QUESTIONS["calls"].from_form({"calls": ["3"], "calls.missing": ["dont-know"]})
    assert "Don’t know" in error.value.message("en")
