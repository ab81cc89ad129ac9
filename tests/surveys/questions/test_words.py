"""The product's words, and what a text says of its own language."""

import json
from datetime import date

import pytest

from surveys.questions.base import said
from surveys.questions.date import DateQuestion
from surveys.questions.texts import Borrowed, direction
from surveys.questions.words import phrase, phrases, spoken, spoken_in
from surveys.questions.wrong import MESSAGES, WrongAnswerError

TODAY = date(2022, 12, 1)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "November"),
        ("en-simple", "November"),
        ("cy", "Tachwedd"),
        ("cy-GB", "Tachwedd"),
        ("fr", "November"),
    ],
)
def test_spoken_in_the_nearest_language_there_is(language, expected):
    assert spoken(phrase("November"), language) == expected


def test_spoken_in_names_the_language_of_the_words():
    assert [spoken_in(tag) for tag in ("cy-simple", "en-GB", "pl")] == ["cy", "en", "en"]


def test_numbers_choose_the_form():
    told = [
        spoken(
            phrases("Select only {most} answer", "Select {most} answers or fewer", by="most"),
            tag,
            most=n,
        )
        for tag, n in (("en", 1), ("en", 2), ("cy", 1), ("cy", 2))
    ]
    assert told == [
        "Select only 1 answer",
        "Select 2 answers or fewer",
        "Dewiswch 1 ateb yn unig",
        "Dewiswch 2 ateb neu lai",
    ]


def test_every_message_is_told_in_welsh():
    english = {reason: WrongAnswerError(reason, **_values()).message("en") for reason in MESSAGES}
    welsh = {reason: WrongAnswerError(reason, **_values()).message("cy") for reason in MESSAGES}
    assert [reason for reason in MESSAGES if english[reason] == welsh[reason]] == []
    assert not any(isinstance(message, Borrowed) for message in welsh.values())


def _values():
    counts = ("most", "least", "over", "places", "rank")
    return dict.fromkeys((*counts, "label", "example", "parts", "earliest", "latest"), 3)


def test_what_is_put_into_a_message_is_in_its_language():
    label = {"en": "None of these", "cy": "Dim un o'r rhain"}
    error = WrongAnswerError("exclusive", label=label)
    assert "“Dim un o'r rhain” neu atebion eraill" in error.message("cy")
    assert "“None of these” or other answers" in str(error)


def test_why_an_answer_is_not_valid_says_its_language_too():
    told = WrongAnswerError("not-valid", says={"en": "Two towns need two visits"}).message("ar")
    assert isinstance(told, Borrowed)
    assert told.language == "en"


def test_date_is_spoken_within_a_message_and_alone():
    question = DateQuestion(name="when", kind="date", ask={"en": "When?"}, latest="today")
    with pytest.raises(WrongAnswerError) as late:
        question.clean("2022-12-25", today=TODAY)
    assert late.value.message("cy") == "Rhowch 1 Rhagfyr 2022 neu’n gynharach"
    with pytest.raises(WrongAnswerError) as partly:
        question.clean(question.from_form({"when.day": ["1"]}), today=TODAY)
    assert partly.value.message("cy") == "Rhowch hefyd: mis a blwyddyn"
    assert question.show("2022-11-30", "cy") == "30 Tachwedd 2022"


def test_borrowed_text_says_its_language_on_a_page_only():
    told = said({"en": "Tea & scones"}, "ar")
    assert told == "Tea & scones"
    assert told.__html__() == '<span lang="en" dir="ltr">Tea &amp; scones</span>'
    assert json.dumps([told]) == '["Tea & scones"]'


@pytest.mark.parametrize("language", ["en", "en-simple", "en-GB"])
def test_text_in_a_variant_of_the_same_language_is_not_borrowed(language):
    assert not isinstance(said({"en": "Tea"}, language), Borrowed)


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("cy", "ltr"),
        ("ar", "rtl"),
        ("ur-PK", "rtl"),
        ("ur-Latn", "ltr"),
        ("pa-Arab", "rtl"),
        ("pa", "ltr"),
        ("he", "rtl"),
    ],
)
def test_direction(language, expected):
    assert direction(language) == expected
