"""Labels of earlier answers in later texts: never anything that somebody typed."""

import pytest

from surveys.definitions.piping import as_markdown, piped, say
from surveys.definitions.places import read_marked
from surveys.definitions.schema import Definition
from surveys.templatetags.prose import prose
from tests.factories.larger import LARGER as LARGER_TEXT
from tests.factories.larger import larger_definition
from tests.factories.surveys import changed

LARGER = larger_definition()
TEXT = "Towns in {{county|your county}}?"


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({"county": "surrey"}, "Towns in Surrey?"),
        ({}, "Towns in your county?"),
        ({"county": {"missing": "dont-know"}}, "Towns in your county?"),
        ({"county": "no-such-code"}, "Towns in your county?"),
    ],
)
def test_label_or_the_other_words(answers, expected):
    assert piped(TEXT, LARGER, answers, language="en") == expected


@pytest.mark.parametrize("field", ["last", "county.other", "towns", "visits", "nothing"])
def test_what_was_typed_never_comes_in(field):
    answers = {"last": "typed", "county.other": "typed", "towns": ["dover"], "visits": 3}
    assert piped(f"a {{{{{field}|b}}}} c", LARGER, answers, language="en") == "a b c"


def test_label_is_not_piped_again():
    # It can't be stored any more; older versions may have one.
    text = changed(LARGER_TEXT, {"Kent *county*": "'{{adult|x}}'"})
    definition = Definition.model_validate(read_marked(text).data)
    assert piped(TEXT, definition, {"county": "kent", "adult": "yes"}, language="en") == (
        "Towns in {{adult|x}}?"
    )


def test_label_in_markdown_is_shown_as_it_stands():
    words = say(
        {"en": "In *{{county|x}}*"}, LARGER, {"county": "kent"}, language="en", escape=as_markdown
    )
    assert prose(words) == '<p class="govuk-body">In <em>Kent *county*</em></p>\n'
