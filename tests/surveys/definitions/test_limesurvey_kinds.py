"""Each type of LimeSurvey's questions becomes one of our kinds."""

import pytest

from surveys.definitions.journey import walk
from tests.surveys.definitions.lime_files import (
    Group,
    Lime,
    carried,
    lss,
    pages_of,
    question_of,
)

GOOD_BAD = {"A1": "Good", "A2": "Bad"}
NO_ANSWER = {"missing": "prefer-not-to-say", "label": {"en": "No answer"}}


@pytest.mark.parametrize("kind", ["L", "!"])
def test_list_becomes_choice_with_no_answer_last(kind):
    found = question_of(Lime("Q1", kind, "How are the lights?", answers=GOOD_BAD))
    assert found == {
        "name": "Q1",
        "kind": "choice",
        "ask": {"en": "How are the lights?"},
        "options": [
            {"code": "A1", "label": {"en": "Good"}},
            {"code": "A2", "label": {"en": "Bad"}},
            NO_ANSWER,
        ],
    }


def test_mandatory_list_is_required_and_has_no_answer_option():
    found = question_of(Lime("Q1", "L", answers=GOOD_BAD, mandatory="Y"))
    assert found["required"] is True
    assert NO_ANSWER not in found["options"]


def test_no_answer_is_not_offered_where_the_survey_hides_it():
    found = question_of(Lime("Q1", "L", answers=GOOD_BAD), settings={"shownoanswer": "N"})
    assert NO_ANSWER not in found["options"]


def test_other_of_a_list_becomes_own_words():
    lime = Lime("Q1", "L", answers=GOOD_BAD, other="Y")
    assert question_of(lime)["options"][2] == {
        "code": "other",
        "label": {"en": "Other"},
        "write_in": True,
    }


def test_other_has_the_words_of_its_attribute():
    replaced = {"other_replace_text": "Something else"}
    lime = Lime("Q1", "L", answers=GOOD_BAD, other="Y", attributes=replaced)
    assert question_of(lime)["options"][2]["label"] == {"en": "Something else"}


def test_list_with_comment_becomes_two_questions_on_one_page():
    (page,) = pages_of(Lime("Q1", "O", "How are they?", answers=GOOD_BAD))
    assert [question["name"] for question in page["questions"]] == ["Q1", "Q1_comment"]
    assert page["questions"][1] == {
        "name": "Q1_comment",
        "kind": "long-text",
        "ask": {"en": "Your comment – How are they?"},
    }


def test_random_order_is_kept():
    lime = Lime("Q1", "L", answers=GOOD_BAD, attributes={"random_order": "1"})
    assert question_of(lime)["order"] == "random"


def test_answers_in_alphabetical_order():
    lime = Lime("Q1", "L", answers={"A1": "Zebra", "A2": "Ape"}, attributes={"alphasort": "1"})
    assert [o.get("code") for o in question_of(lime)["options"]][:2] == ["A2", "A1"]


def test_five_points_become_a_scale():
    found = question_of(Lime("Q1", "5", mandatory="Y"))
    assert found["kind"] == "scale"
    assert [option["code"] for option in found["options"]] == ["1", "2", "3", "4", "5"]


def test_yes_no_has_labels_beyond_those_built_in():
    found = question_of(Lime("Q1", "Y"), languages=("en", "fr"))
    assert found["kind"] == "yes-no"
    assert found["labels"] == {"yes": {"fr": "Oui"}, "no": {"fr": "Non"}}
    assert found["missing"][0]["label"] == {"en": "No answer", "fr": "Sans réponse"}


def test_gender_becomes_choice():
    codes = [option.get("code") for option in question_of(Lime("Q1", "G"))["options"]]
    assert codes == ["F", "M", None]


def test_boxes_become_choices_with_limits_and_what_stands_alone():
    attributes = {"max_answers": "3", "min_answers": "2", "exclude_all_others": "none"}
    subs = {"a": "Dim", "b": "Broken", "none": "None of these"}
    found = question_of(Lime("Q1", "M", subs=subs, other="Y", attributes=attributes))
    assert found["kind"] == "choices"
    assert found["max_choices"] == 3
    assert found["valid_if"] == {"Q1": {"count": {"ge": 2}}}
    assert found["options"][2] == {
        "code": "none",
        "label": {"en": "None of these"},
        "exclusive": True,
    }
    assert found["options"][3]["write_in"] is True


def test_boxes_with_comments_have_words_beside_each():
    found = question_of(Lime("Q1", "P", subs={"a": "Dim", "b": "Broken"}))
    assert [option["write_in"] for option in found["options"]] == [True, True]


def test_ranking_has_as_many_places_as_may_be_given():
    attributes = {"max_answers": "2", "min_answers": "2"}
    lime = Lime("Q1", "R", answers={"a": "A", "b": "B", "c": "C"}, attributes=attributes)
    found = question_of(lime)
    assert (found["kind"], found["most"]) == ("ranking", 2)
    assert found["valid_if"] == {"Q1": {"count": {"ge": 2}}}


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("F", ["A1", "A2"]),
        ("H", ["A1", "A2"]),
        ("A", ["1", "2", "3", "4", "5"]),
        ("B", ["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]),
        ("C", ["Y", "U", "N"]),
        ("E", ["I", "S", "D"]),
    ],
)
def test_array_becomes_matrix(kind, codes):
    answers = GOOD_BAD if kind in "FH" else {}
    lime = Lime("Q1", kind, subs={"r1": "Light", "r2": "Path"}, answers=answers)
    found = question_of(lime)
    assert found["kind"] == "matrix"
    assert found["rows"] == [
        {"code": "r1", "label": {"en": "Light"}},
        {"code": "r2", "label": {"en": "Path"}},
    ]
    assert [option.get("code") for option in found["options"]] == [*codes, None]


def test_rows_in_random_order():
    lime = Lime("Q1", "A", subs={"r": "Row"}, attributes={"random_order": "1"})
    assert question_of(lime)["order"] == "random"


def test_both_ends_of_a_row_are_in_its_label():
    lime = Lime("Q1", "F", subs={"r": "dark|light"}, answers=GOOD_BAD)
    assert question_of(lime)["rows"][0]["label"] == {"en": "dark – light"}


def test_array_of_two_scales_becomes_two_matrices_on_two_pages():
    lime = Lime(
        "Q1",
        "1",
        "The lights",
        subs={"r": "Row"},
        answers=GOOD_BAD,
        answers_2={"B1": "Often", "B2": "Seldom"},
        attributes={"dualscale_headerA": "How good"},
    )
    pages = pages_of(lime)
    asked = [page["questions"][0] for page in pages]
    assert [question["name"] for question in asked] == ["Q1-1", "Q1-2"]
    assert asked[0]["ask"] == {"en": "The lights – How good"}
    assert asked[1]["ask"] == {"en": "The lights – 2"}
    assert asked[1]["options"][0] == {"code": "B1", "label": {"en": "Often"}}


def test_number_becomes_decimal_within_its_bounds():
    attributes = {"min_num_value_n": "0.5", "max_num_value_n": "20", "suffix": "metres"}
    assert question_of(Lime("Q1", "N", attributes=attributes)) == {
        "name": "Q1",
        "kind": "decimal",
        "ask": {"en": "Asked"},
        "min": 0.5,
        "max": 20,
        "unit": {"en": "metres"},
    }


def test_number_of_whole_numbers_becomes_whole_number():
    attributes = {"num_value_int_only": "1", "min_num_value_n": "0", "max_num_value_n": "99"}
    found = question_of(Lime("Q1", "N", attributes=attributes))
    assert (found["kind"], found["min"], found["max"]) == ("whole-number", 0, 99)


def test_pounds_before_a_number_are_its_unit():
    found = question_of(Lime("Q1", "N", attributes={"prefix": "£"}))
    assert found["unit"] == {"en": "£"}


def test_several_numbers_become_a_question_each_on_one_page():
    lime = Lime("Q1", "K", "How old is", help="In years", subs={"me": "you", "cat": "the cat"})
    (page,) = pages_of(lime)
    assert [question["name"] for question in page["questions"]] == ["Q1_me", "Q1_cat"]
    assert page["questions"][1]["ask"] == {"en": "How old is – the cat"}
    # Help is read once.
    assert [question.get("hint") for question in page["questions"]] == [{"en": "In years"}, None]


def test_slider_sets_bounds_and_places():
    attributes = {
        "slider_layout": "1",
        "slider_min": "1",
        "slider_max": "5",
        "slider_accuracy": "0.1",
    }
    found = question_of(Lime("Q1", "K", subs={"s": "Light|dim|bright"}, attributes=attributes))
    assert (found["min"], found["max"], found["places"]) == (1, 5, 1)
    assert found["ask"] == {"en": "Asked – Light"}


@pytest.mark.parametrize(
    ("kind", "limit", "expected"),
    [
        ("S", "", ("short-text", None)),
        ("S", "50", ("short-text", 50)),
        # One line holds 200 characters here.
        ("S", "500", ("long-text", 500)),
        ("T", "", ("long-text", 5_000)),
        ("U", "", ("long-text", 10_000)),
        ("U", "99999", ("long-text", 10_000)),
    ],
)
def test_text_keeps_its_length(kind, limit, expected):
    found = question_of(Lime("Q1", kind, attributes={"maximum_chars": limit}))
    assert (found["kind"], found.get("max_length")) == expected


def test_text_of_numbers_becomes_decimal():
    assert question_of(Lime("Q1", "S", attributes={"numbers_only": "1"}))["kind"] == "decimal"


def test_several_texts_become_a_question_each():
    (page,) = pages_of(Lime("Q1", "Q", subs={"a": "Street", "b": "Town"}))
    assert [question["kind"] for question in page["questions"]] == ["short-text"] * 2


@pytest.mark.parametrize(
    ("attributes", "expected"),
    [
        ({}, {}),
        ({"date_min": "2024-02-01"}, {"earliest": "2024-02-01"}),
        (
            {"date_min": "1910", "date_max": "2020"},
            {"earliest": "1910-01-01", "latest": "2020-12-31"},
        ),
        ({"dropdown_dates_year_min": "1990"}, {"earliest": "1990-01-01"}),
        ({"date_max": "(date('y-m-d'))"}, {"latest": "today"}),
        ({"date_max": "{today}"}, {"latest": "today"}),
        ({"date_format": "mm/yyyy"}, {"accepts": "month"}),
        (
            {"date_format": "yyyy", "date_min": "1990-05-01"},
            {"accepts": "year", "earliest": "1990"},
        ),
    ],
)
def test_date_keeps_its_form_and_bounds(attributes, expected):
    found = question_of(Lime("Q1", "D", attributes=attributes))
    plain = {"name": "Q1", "kind": "date", "ask": {"en": "Asked"}}
    assert found == plain | expected


def test_date_that_is_a_time_of_day_becomes_time():
    assert question_of(Lime("Q1", "D", attributes={"date_format": "HH:MM"}))["kind"] == "time"


def test_short_text_to_read_is_a_heading():
    found = question_of(Lime("X1", "X", "Now the <b>path</b>", help="It is <i>short</i>."))
    assert found == {
        "name": "X1",
        "kind": "information",
        "ask": {"en": "Now the path"},
        "hint": {"en": "It is *short*."},
    }


def test_long_text_to_read_stands_under_the_name_of_its_group():
    group = Group([Lime("X1", "X", "<p>One.</p><ul><li>two</li><li>three</li></ul>")], name="Paths")
    assert question_of(group) == {
        "name": "X1",
        "kind": "information",
        "ask": {"en": "Paths"},
        "hint": {"en": "One.\n\n- two\n- three"},
    }


def test_language_switch_is_left_to_the_chooser_of_every_page():
    (page,) = pages_of(Lime("lang", "I"), Lime("Q1", "S"))
    assert [question["name"] for question in page["questions"]] == ["Q1"]


def test_equation_becomes_computed():
    bulb = Lime("bulb", "L", answers={"1": "Led", "2": "Gas", "3": "None"}, mandatory="Y")
    formula = "{if(bulb == 1, 'modern', if(bulb == 2, 'old times', 'dark'))}"
    kind = Lime("kind", "*", formula, help="Kind of light", attributes={"hidden": "1"})
    definition = carried(lss(bulb, kind))
    answers = [walk(definition, {"bulb": code}).answers.get("kind") for code in "123"]
    assert answers == ["modern", "old-times", "dark"]
    assert walk(definition, {}).answers.get("kind") == "dark"


def test_rule_over_the_answer_itself_becomes_valid_if():
    attributes = {"em_validation_q": "self >= 5 && self < 9", "em_validation_q_tip": "From 5 to 8."}
    found = question_of(Lime("Q1", "N", attributes=attributes))
    assert found["valid_if"] == {"all": [{"Q1": {"ge": 5}}, {"Q1": {"lt": 9}}]}
    assert found["valid_says"] == {"en": "From 5 to 8."}
