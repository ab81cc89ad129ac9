"""Fields of a question, the order of its options, what options cost, times as they are typed."""

import pytest

from surveys.definitions.journey import walk
from surveys.definitions.loader import load_definition
from surveys.definitions.places import DefinitionError
from surveys.questions.money_option import pounds
from surveys.questions.time import read_time
from tests.factories.kinds import EVERY_KIND, every_kind
from tests.factories.surveys import changed

DEFINITION = every_kind()
QUESTIONS = {question.name: question for question in DEFINITION.questions}


def values(question, seed):
    return [option.value for option in question.in_order(seed)]


def test_rows_are_fields_with_the_shared_options():
    rows = QUESTIONS["treatment"].fields
    assert [row.name for row in rows] == [
        "treatment.police",
        "treatment.court",
        "treatment.support",
    ]
    assert [row.list for row in rows] == ["satisfaction"] * 3
    assert rows[0].ask == {"en": "By the police"}
    assert rows[0].codes == ("1", "2", "3")
    assert rows[0].missing_codes == ("does-not-apply",)


def test_written_words_are_a_field_of_their_own():
    chosen, written = QUESTIONS["reported-by"].fields
    assert chosen is QUESTIONS["reported-by"]
    assert (written.name, written.opened_by) == ("reported-by.other", ("reported-by", "other"))
    assert written.is_own_words


@pytest.mark.parametrize("chosen", ["phone", None])
def test_written_words_go_with_their_option(chosen):
    answers = {"reported-by.other": "By letter"} | ({"reported-by": chosen} if chosen else {})
    assert "reported-by.other" not in walk(DEFINITION, answers).answers


def test_options_in_random_order_keep_their_ends():
    question = QUESTIONS["reported-by"]
    orders = {tuple(values(question, seed)) for seed in range(50)}
    assert len(orders) == 6
    assert {order[3:] for order in orders} == {("other", "prefer-not-to-say")}
    assert values(question, 7) == values(question, 7)
    assert values(question, None) == [option.value for option in question.options]


def test_rows_are_shuffled_and_their_options_are_not():
    question = QUESTIONS["views"]
    firsts = {question.fields_in_order(seed)[0].row for seed in range(20)}
    assert firsts == {"lights", "patrols"}
    assert question.fields[0].in_order(3) == question.options


def test_option_that_is_not_offered_takes_no_answer_in_any_row():
    text = changed(
        EVERY_KIND,
        {
            "- {code: 2, label: {en: Neither}}": (
                "- {code: 2, label: {en: Neither}, show_if: {reported-by: {is: phone}}}"
            )
        },
    )
    definition = load_definition(text)
    given = {"reported-by": "online", "treatment.police": "2", "treatment.court": "1"}
    assert walk(definition, given).answers == {
        "reported-by": "online",
        "group": "victim",
        "treatment.court": "1",
    }


def test_points_name_their_ends():
    labels = [option.label["en"] for option in QUESTIONS["safe"].options]
    assert labels == [
        "0 – Not at all safe",
        *map(str, range(1, 10)),
        "10 – Completely safe",
        "I do not know",
    ]


def test_costs_are_told_a_year_and_a_week():
    assert QUESTIONS["precept"].costs("en") == [
        "£0 a year, £0 a week, for a Band D home",
        "£5 a year, 10p a week, for a Band D home",
        "£15 a year, 29p a week, for a Band D home",
        "",
    ]


@pytest.mark.parametrize(
    ("pence", "shown"),
    [(0, "£0"), (29, "29p"), (100, "£1"), (20_815, "£208.15"), (123_450, "£1,234.50")],
)
def test_pounds(pence, shown):
    assert pounds(pence) == shown


@pytest.mark.parametrize(
    ("typed", "clock"),
    [
        ("9:30", "09:30"),
        ("9.30am", "09:30"),
        ("9.30 p.m.", "21:30"),
        ("14:45", "14:45"),
        ("1445", "14:45"),
        ("0930", "09:30"),
        ("9 AM", "09:00"),
        ("12am", "00:00"),
        ("12pm", "12:00"),
        ("12.15am", "00:15"),
        ("14h30", "14:30"),
        ("Midday", "12:00"),
        ("hanner  nos", "00:00"),
        ("9yb", "09:00"),
        ("7yh", "19:00"),
        ("00:00", "00:00"),
        ("9", None),
        ("24:00", None),
        ("9:60", None),
        ("13pm", None),
        ("half nine", None),
        ("9:3", None),
        ("", None),
    ],
)
def test_time_is_read_as_it_is_typed(typed, clock):
    assert read_time(typed) == clock


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("        most: 3\n", "        most: 0\n", "expected 1 or more"),
        ("labels: {yes: {ar: نعم}}", "labels: {maybe: {en: Maybe}}", "unknown code 'maybe'"),
        ("labels: {yes: {ar: نعم}}", "list: crimes", "consent has its own options (yes, no)"),
        ("labels: {yes: {ar: نعم}}", "missing: []", "unknown key"),
        ("{code: court, label", "{code: police, label", "the row 'police' stands twice"),
        ("low: {en: Not at all safe}", "from: 10\n          low: {en: Low}", "expected 2 to 11"),
        ("low: {en: Not at all safe}", "low: no words", "points.low: expected the words in each"),
        ("{code: same, pence: 0, ", "{code: same, ", "expected `pence`"),
        ("elsewhere: elsewhere\n", "elsewhere: abroad\n", "no option has the code 'abroad'"),
        (
            "{code: robbery, label: {en: Robbery}}",
            "{code: robbery, write_in: true, label: {en: R}}",
            "ranking takes neither",
        ),
        (
            "{code: 2, label: {en: Neither}}",
            "{code: 2, write_in: true, label: {en: N}}",
            "shared by all rows",
        ),
        ('earliest: "06:00"', 'earliest: "23:00"', "is after latest"),
        ('earliest: "06:00"', 'earliest: "6am"', "expected another form"),
        ("earliest: 2018-01-01", "earliest: 2018-02-30", "expected a real date like 2018-01-31"),
        ("places: 1", "places: 0", "expected 1 or more"),
        ("min: 0.5", "min: 50", "min 50 is above max 24"),
        ("        most: 2\n", "        max_choices: 2\n", "unknown key"),
        (
            '        purpose: {en: "To send you the results. We delete it after 3 months."}\n',
            "",
            "is missing",
        ),
    ],
)
def test_definition_is_told_what_is_wrong(old, new, problem):
    with pytest.raises(DefinitionError) as error:
        load_definition(changed(EVERY_KIND, {old: new}))
    assert problem in str(error.value)


def test_definitions_are_equal_where_they_say_the_same():
    again = load_definition(EVERY_KIND)
    assert [question.fields for question in again.questions]
    assert again == DEFINITION
    assert again.fields == DEFINITION.fields
    assert load_definition(changed(EVERY_KIND, {"Every kind": "Each kind"})) != DEFINITION
