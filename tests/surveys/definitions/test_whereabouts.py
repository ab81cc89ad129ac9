"""Paths in words."""

import pytest

from surveys.definitions.editable_texts import data_of
from surveys.definitions.whereabouts import in_words, message_in_words
from tests.factories.surveys import small_definition


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ((), "the survey as a whole"),
        (("title",), "title"),
        (("title", "cy"), "title, cy"),
        (("start",), "before the first question"),
        (("pages", 3, "show_if"), "page 4, condition"),
        (("pages", 1, "questions", 0, "ask"), "question area, wording"),
        (("pages", 1, "questions", 0, "options", 2, "label"), "question area, option 3, label"),
        # What is lacking is told too.
        (("pages", 1, "questions", 0, "hint"), "question area, help"),
        (("lists", "satisfaction", 3, "label"), "list satisfaction, option 4, label"),
        (("nets", "satisfied", "codes"), "net satisfied, codes"),
        (("breakdowns", 1), "breakdown 2"),
        (("indicator",), "indicator"),
        (("pages", 2, "questions", 0), "question overall"),
        (("pages", 99, "questions", 0), "the survey as a whole"),
    ],
)
def test_path_in_words(path, words):
    assert in_words(data_of(small_definition()), path) == words


@pytest.mark.parametrize(
    ("message", "words"),
    [
        ("title: no text in 'cy'", "no Welsh text"),
        ("title: no text in 'en-simple'", "no Easy Read text"),
        ("title: no text in 'cy-simple'", "no Welsh Easy Read text"),
        ("title: no text in 'qq-zz'", "no qq-zz text"),
        (
            "2 of 9 texts have no words in 'en-simple' and are shown in 'en'",
            "2 of 9 texts have no Easy Read words and are shown in English",
        ),
    ],
)
def test_languages_by_their_names(message, words):
    assert message_in_words(message, ("title",)) == words
