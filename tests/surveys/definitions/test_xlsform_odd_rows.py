"""Rows and columns that real forms have and that are easily read for something else."""

import pytest

from surveys.definitions.xlsform.reading import read_sheets
from tests.factories.sheets import form, questions, read, refused


def test_a_table_keeps_the_condition_of_its_group():
    data = read(
        """
        type          | name | label | relevant     | appearance
        select_one yn | a    | A
        begin group   | g    | Rate  | ${a} = 'yes' | table-list
        select_one yn | b    | B
        select_one yn | c    | C
        end group
        """
    ).data

    assert data["pages"][1]["show_if"] == {"a": {"is": "yes"}}
    assert data["pages"][1]["questions"][0]["kind"] == "matrix"


def test_a_table_that_is_never_shown_is_left_out():
    found = read_sheets(
        form(
            """
            type          | name | label | relevant | appearance
            text          | a    | A
            begin group   | b    | Rate  | 1 = 2    | table-list
            select_one yn | c    | C
            end group
            begin group   | d    | D     | 1 = 2
            text          | e    | E
            end group
            """
        ),
        "form.xlsx",
    )

    assert [q["name"] for page in found.data["pages"] for q in page["questions"]] == ["a"]
    assert "survey, row 3, column relevant: is never true" in str(found.notes.troubles[0])


@pytest.mark.parametrize("word", ["no", "FALSE", "false()", "0", ""])
def test_a_row_is_disabled_only_where_it_says_so(word):
    found = questions(
        f"""
        type | name | label | disabled
        text | a    | A     | {word}
        text | b    | B     | 1
        """
    )

    assert set(found) == {"a"}


@pytest.mark.parametrize("column", ["count", "value", "tag", "relevance"])
def test_a_filter_looks_at_a_column_whatever_its_name_means_elsewhere(column):
    found = questions(
        f"""
        type          | name | label | choice_filter
        select_one yn | a    | A
        select_one l  | b    | B     | {column} = ${{a}}
        """,
        f"""
        list_name | name | label | {column}
        yn        | yes  | Yes
        yn        | no   | No
        l         | x    | X     | yes
        l         | y    | Y     | no
        """
        if column not in ("value", "tag")
        else f"""
        list_name | {column} | label
        yn        | yes      | Yes
        yn        | no       | No
        l         | yes      | X
        l         | no       | Y
        """,
    )

    assert found["b"]["options"][0]["show_if"] == {"a": {"is": "yes"}}


@pytest.mark.parametrize(
    ("name", "ours"),
    [("all", "q-all"), ("nonce", "q-nonce"), ("All", "All"), ("été", "ete"), ("1", "q-1")],
)
def test_a_name_that_no_question_can_have_is_changed(name, ours):
    found = questions(f"type | name | label\ntext | {name} | A")

    assert set(found) == {ours}


def test_an_answer_that_is_only_shown_or_worked_out_is_refused():
    assert refused(
        """
        type          | name | label | readonly | calculation
        integer       | a    | A     | yes
        integer       | b    | B     |          | 1 + 1
        text          | c    | C     | yes      | 'x'
        text          | d    | D     | yes
        """
    ) == [
        "survey, row 2, column readonly: only shows an answer: here it is asked like any other",
        "survey, row 3, column calculation: works out what is asked here: only the type calculate "
        "does that",
        "survey, row 4, column calculation: works out what is asked here: only the type calculate "
        "does that",
    ]
