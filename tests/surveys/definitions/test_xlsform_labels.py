"""Labels of choices, into which a form may put answers and Heard does not."""

import pytest

from surveys.definitions.xlsform import XlsformError
from surveys.definitions.xlsform.sheet_reader import cell_text
from tests.factories.sheets import questions, read

SURVEY = """
type          | name | label
select_one yn | a    | Ask
text          | b    | What of ${a}?
"""
CHOICES = """
list_name | name | label
yn        | yes  | Yes, ${a}
yn        | no   | No, {{a}}
"""


def test_an_answer_is_put_into_no_choice():
    told = "puts ${a} into a choice, whose label can have no answer"
    with pytest.raises(XlsformError, match="choices, row 2, column label") as error:
        read(SURVEY, CHOICES)
    assert told in str(error.value)
    labels = [one["label"] for one in questions(SURVEY, CHOICES, lenient=True)["a"]["options"]]
    assert labels == [{"en": "Yes, …"}, {"en": "No, { {a}}"}]


def test_control_characters_are_left_out():
    assert cell_text("One\r\ntwo\tthree\x07\x0b\x85 ") == "One\ntwo\tthree"
