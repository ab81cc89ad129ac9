"""Publishers' words for periods and days."""

from datetime import date

import pytest

from measures.figures.periods import days_in, month_of, year_ending


@pytest.mark.parametrize(
    ("title", "ends"),
    [
        ("… number of offences, year ending June 181,2", date(2018, 6, 30)),
        ("… number of offences, year ending March 181,2,3", date(2018, 3, 31)),
        ("… number of offences, year ending June 20191,2", date(2019, 6, 30)),
        ("… year ending December 2020 [note 1]", date(2020, 12, 31)),
        ("… year ending December 201", date(2020, 12, 31)),
        ("… year ending 31 March 2020", date(2020, 3, 31)),
        ("… Year ending\nSeptember 2018", date(2018, 9, 30)),
        ("… 12 months ending Feb 2024", date(2024, 2, 29)),
    ],
)
def test_year_ending_survives_glued_footnotes(title, ends):
    starts, found = year_ending(title)

    assert found == ends
    assert (starts.day, starts.month, starts.year) == (
        1,
        ends.month % 12 + 1,
        (ends.year if ends.month == 12 else ends.year - 1),
    )


@pytest.mark.parametrize("title", ["Table P1", "year ending 2019", "Jan to June 2019"])
def test_year_ending_is_none_where_no_month_is_named(title):
    assert year_ending(title) is None


def test_month_has_its_first_and_last_day():
    assert month_of("2024-02") == (date(2024, 2, 1), date(2024, 2, 29))


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "22-01", "2022-1", "2022-01-01", "", "May"])
def test_anything_else_is_not_a_month(text):
    with pytest.raises(ValueError, match="month"):
        month_of(text)


def test_days_are_found_in_several_spellings():
    text = "Published on 6th February 2019; 25 January 2024; 2024-04-25; 31 June 2020"

    assert days_in(text) == [date(2019, 2, 6), date(2024, 1, 25), date(2024, 4, 25)]
