"""Publishers' words for periods and days."""

from datetime import date

import pytest

from measures.figures.periods import day_of, days_in, year_ending


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("… number of offences, year ending June 181,2", date(2018, 6, 30)),
        ("… number of offences, year ending March 181,2,3", date(2018, 3, 31)),
        ("… number of offences, year ending June 20191,2", date(2019, 6, 30)),
        ("… year ending December 2020 [note 1]", date(2020, 12, 31)),
        ("… year ending December 201", date(2020, 12, 31)),
        ("… year ending 31 March 2020", date(2020, 3, 31)),
        ("… year ending 31st March 2020", date(2020, 3, 31)),
        ("… Year ending\nSeptember 2018", date(2018, 9, 30)),
        ("… 12 months ending Feb 2024", date(2024, 2, 29)),
    ],
)
def test_year_ending_survives_glued_footnotes(title, ends):
    period = year_ending(title)

    assert period.ends == ends
    assert period.is_year


@pytest.mark.parametrize("title", ["Table P1", "year ending 2019", "Jan to June 2019"])
def test_year_ending_is_none_where_no_month_is_named(title):
    assert year_ending(title) is None


def test_a_day_is_read():
    assert day_of("2024-02-29") == date(2024, 2, 29)


@pytest.mark.parametrize("text", ["2022-02-30", "20220101", "2022-01", "01/02/2022", "", "May"])
def test_anything_else_is_not_a_day(text):
    assert day_of(text) is None


def test_days_are_found_in_several_spellings():
    text = "Published on 6th February 2019; 25 January 2024; 2024-04-25; 31 June 2020"

    assert days_in(text) == [date(2019, 2, 6), date(2024, 1, 25), date(2024, 4, 25)]
