"""What each kind refuses, and the words in which it says so."""

from datetime import date

import pytest

from surveys.questions.whole_number import WholeNumberQuestion
from surveys.questions.wrong import WrongAnswerError
from tests.factories.kinds import every_kind

TODAY = date(2022, 11, 30)
FIELDS = every_kind().by_name
DONT_KNOW = {"missing": "dont-know"}


@pytest.mark.parametrize(
    ("name", "raw", "message"),
    [
        ("loss", "a lot", "Enter a number, like 2.5"),
        ("loss", "12,50", "Enter a number, like 2.5"),
        ("loss", float("nan"), "Enter a number, like 2.5"),
        ("loss", True, "Enter a number, like 2.5"),
        ("loss", "2.555", "Enter a number with no more than 2 decimal places"),
        ("loss", -0.5, "Enter 0 or a larger number"),
        ("loss", 10**40, "Enter 10000 or a smaller number"),
        ("waited", 0.25, "Enter 0.5 or a larger number"),
        ("waited", 1.25, "Enter a number with no more than 1 decimal place"),
        ("clock", "9:30am", "Enter a time, like 9:30am or 2:45pm"),
        ("clock", "24:00", "Enter a time, like 9:30am or 2:45pm"),
        ("clock", "05:59", "Enter 6am or later"),
        ("clock", "22:31", "Enter 10:30pm or earlier"),
        ("treatment.police", "4", "Select one of the answers shown"),
        ("views.lights", "neither", "Select one of the answers shown"),
        ("worst", "fraud", "Select one or more of the answers shown"),
        ("worst", ["fraud", "fraud"], "Give each answer once"),
        ("worst", ["fraud", "murder"], "Select one of the answers shown"),
        ("worst", ["fraud", "dont-know"], "Select one of the answers shown"),
        ("worst", ["fraud", "robbery", "burglary", "speeding"], "Select 3 answers or fewer"),
        ("first", ["patrol", "answer", "schools"], "Select 2 answers or fewer"),
        ("first", ["none", "answer"], "Select either “None of these” or other answers, not both"),
        (
            "first",
            ["dont-know", "none"],
            "Select either “None of these” or other answers, not both",
        ),
        ("precept", "500", "Select one of the answers shown"),
        ("district", "CT1 1AA", "Select one of the answers shown"),
        ("district", "E05004916", "Select one of the answers shown"),
        ("agreed", {"missing": "prefer-not-to-say"}, "Select one of the answers shown"),
        ("safe", 11, "Select one of the answers shown"),
        ("safe", "1 – Not", "Select one of the answers shown"),
        ("mail", "ana at example.com", "Enter an email address, like name@example.com"),
        ("mail", "ana@example", "Enter an email address, like name@example.com"),
        ("mail", "a b@example.com", "Enter an email address, like name@example.com"),
        ("mail", f"{'a' * 250}@example.com", "Enter an email address, like name@example.com"),
        ("number", "999", "Enter a phone number, like 07700 900 982 or +44 808 157 0192"),
        (
            "number",
            "0161 49600 extension 2",
            "Enter a phone number, like 07700 900 982 or +44 808 157 0192",
        ),
        ("day", "2022-12-01", "Enter 30 November 2022 or earlier"),
        ("day", "2017-12-31", "Enter 1 January 2018 or later"),
        ("year", "22", "Enter a real year, like 2021"),
        ("year", "2022-11", "Enter a real year, like 2021"),
        (
            "about",
            "2022-30",
            "Enter as much of the date as you know, like 27 3 2021, 3 2021 or 2021",
        ),
        ("about", "2023", "Enter 30 November 2022 or earlier"),
        ("about", "2022-12", "Enter 30 November 2022 or earlier"),
        ("group", "victim", "This page asks nothing"),
    ],
)
def test_refusal_says_what_to_do(name, raw, message):
    with pytest.raises(WrongAnswerError) as error:
        FIELDS[name].clean(raw, today=TODAY)
    assert error.value.message("en") == message


@pytest.mark.parametrize(
    ("name", "form", "message"),
    [
        ("worst", {"worst.rank.fraud": ["4"]}, "Give a place from 1 to 3, or leave it empty"),
        ("worst", {"worst.rank.fraud": ["first"]}, "Give a place from 1 to 3, or leave it empty"),
        (
            "worst",
            {"worst.rank.fraud": ["2"], "worst.rank.robbery": ["2"]},
            "Give place 2 to one answer only",
        ),
        (
            "worst",
            {"worst.rank.fraud": ["1"], "worst.missing": ["dont-know"]},
            "Give an answer or select “I do not know”, not both",
        ),
        (
            "district",
            {"district": ["E07000105"], "district.missing": ["prefer-not-to-say"]},
            "Give an answer or select “Prefer not to say”, not both",
        ),
        (
            "clock",
            {"clock": ["9am"], "clock.missing": ["dont-know"]},
            "Give an answer or select “I do not know”, not both",
        ),
        # Nobody is shown this box.
        (
            "worst",
            {"worst.rank.fraud": ["1"], "worst.missing": ["no-such-box"]},
            "Select one of the answers shown",
        ),
        ("about", {"about.day": ["3"], "about.year": ["2022"]}, "Enter the month as well"),
        ("about", {"about.day": ["3"]}, "Enter the month and year as well"),
        ("about", {"about.month": ["3"]}, "Enter the year as well"),
        ("clock", {"clock": ["9"]}, "Enter a time, like 9:30am or 2:45pm"),
        ("loss", {"loss": ["1,25"]}, "Enter a number, like 2.5"),
        ("loss", {"loss": ["1250,000"]}, "Enter a number, like 2.5"),
    ],
)
def test_form_is_told_what_is_wrong(name, form, message):
    with pytest.raises(WrongAnswerError) as error:
        FIELDS[name].clean(FIELDS[name].from_form(form), today=TODAY)
    assert error.value.message("en") == message


@pytest.mark.parametrize(
    ("name", "form", "answer"),
    [
        ("loss", {"loss": ["£1,250.50"]}, 1250.5),
        ("loss", {"loss": ["1,250"]}, 1250.0),
        ("loss", {"loss": ["-0"]}, 0.0),
        ("waited", {"waited": ["2.5 hours"]}, 2.5),
        ("waited", {"waited": [".5"]}, 0.5),
        ("clock", {"clock": ["midday"]}, "12:00"),
        ("clock", {"clock.missing": ["dont-know"]}, DONT_KNOW),
        ("worst", {"worst.rank.fraud": ["3"], "worst.rank.robbery": ["1"]}, ["robbery", "fraud"]),
        ("worst", {"worst.rank.fraud": [""], "worst.missing": ["dont-know"]}, DONT_KNOW),
        ("worst", {"worst.rank.fraud": [""]}, None),
        ("about", {"about.year": ["2022"]}, "2022"),
        ("about", {"about.month": ["3"], "about.year": ["2022"]}, "2022-03"),
        ("year", {"year.year": ["1987"]}, "1987"),
        ("district", {"district": ["", "E07000106"]}, "E07000106"),
        ("number", {"number": ["+44 (0)808 157-0192"]}, "+448081570192"),
        ("mail", {"mail": [" Ana@Example.com "]}, "Ana@Example.com"),
        ("treatment.court", {"treatment.court": ["does-not-apply"]}, {"missing": "does-not-apply"}),
    ],
)
def test_form_is_read_as_people_write(name, form, answer):
    assert FIELDS[name].clean(FIELDS[name].from_form(form), today=TODAY) == answer


@pytest.mark.parametrize(
    ("name", "answer", "shown"),
    [
        ("loss", 1250.5, "£1250.5"),
        ("waited", 2.0, "2 hours"),
        ("clock", "14:05", "2:05pm"),
        ("clock", "09:00", "9am"),
        ("clock", "12:00", "midday"),
        ("clock", "12:30", "12:30pm"),
        ("worst", ["robbery", "fraud"], "1. Robbery; 2. Fraud"),
        ("worst", DONT_KNOW, "I do not know"),
        ("first", ["patrol", "answer"], "Walk the streets; Answer the phone sooner"),
        ("safe", "0", "0 – Not at all safe"),
        ("safe", "5", "5"),
        ("treatment.police", "1", "Satisfied"),
        ("agreed", "yes", "Yes, I agree"),
        ("year", "1987", "1987"),
        ("about", "2022-03", "March 2022"),
        ("about", "2022-03-05", "5 March 2022"),
    ],
)
def test_answer_is_shown_in_words(name, answer, shown):
    assert FIELDS[name].show(answer, "en") == shown


def test_label_of_a_kind_is_there_in_each_language_it_has_or_is_given():
    agreed = FIELDS["agreed"]
    assert [agreed.show("yes", tag) for tag in ("cy", "ar")] == ["Ydw, rwy’n cytuno", "نعم"]


def test_ranking_counts_places():
    assert FIELDS["worst"].counted(["robbery", "fraud"]) == (
        "worst",
        "worst=robbery",
        "worst=fraud",
        "worst=robbery@1",
        "worst=fraud@2",
    )


@pytest.mark.parametrize(("typed", "number"), [("1,250", 1250), (" -1,250,000 ", -1_250_000)])
def test_whole_number_is_typed_with_commas_between_thousands(typed, number):
    question = WholeNumberQuestion(
        name="n", kind="whole-number", ask={"en": "N"}, min=-(10**7), max=10**7
    )
    assert question.clean(question.from_form({"n": [typed]}), today=TODAY) == number
    with pytest.raises(WrongAnswerError, match="Enter a whole number, like 3"):
        question.clean(question.from_form({"n": ["1,25"]}), today=TODAY)


@pytest.mark.parametrize(
    ("unit", "typed", "shown"),
    [("£", "£1,200", "£1200"), ("calls", "1200 calls", "1200 calls"), (None, "1200", "1200")],
)
def test_whole_number_has_its_unit_as_a_decimal_one_has(unit, typed, shown):
    question = WholeNumberQuestion(
        name="n", kind="whole-number", ask={"en": "N"}, max=5000, unit=unit and {"en": unit}
    )
    assert question.clean(question.from_form({"n": [typed]}), today=TODAY) == 1200
    assert question.show(1200, "en") == shown


@pytest.mark.parametrize("character", ["\ud800", "\x00"])
def test_address_that_can_not_be_written_down_is_refused(character):
    for name, raw in (("mail", f"a{character}b@example.com"), ("number", f"0780{character}")):
        with pytest.raises(WrongAnswerError) as error:
            FIELDS[name].clean(raw, today=TODAY)
        assert error.value.reason in ("not-an-email", "not-a-phone")
