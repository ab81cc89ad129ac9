"""Months and years as figures name them."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.periods import Period, add_months, month_of, parse_month, year_ending


def test_a_year_ends_with_its_month() -> None:
    assert year_ending(date(2022, 11, 1)) == Period(date(2021, 12, 1), date(2022, 11, 30))


@pytest.mark.parametrize(
    ("period", "label"),
    [
        (year_ending(date(2019, 6, 1)), "year ending June 2019"),
        (month_of(date(2020, 2, 14)), "February 2020"),
        (Period(date(2022, 1, 1), date(2022, 9, 30)), "1 January 2022 to 30 September 2022"),
    ],
)
def test_labels(period: Period, label: str) -> None:
    assert period.label == label


def test_the_year_before_a_leap_february_ends_on_the_28th() -> None:
    assert year_ending(date(2024, 2, 1)).year_before().ends == date(2023, 2, 28)


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_twelve_months_tile_a_year(day: date) -> None:
    months = list(year_ending(day).months())

    assert len(months) == 12
    assert months[0].starts == year_ending(day).starts
    assert months[-1].ends == year_ending(day).ends
    assert all((b.starts - a.ends).days == 1 for a, b in pairwise(months))


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)), st.integers(-600, 600))
def test_months_added_and_taken_away(day: date, months: int) -> None:
    assert add_months(add_months(day, months), -months) == day.replace(day=1)


@pytest.mark.parametrize("text", ["2022-13", "2022-00", "2022", "22-11", "2022-1", "november", ""])
def test_what_is_no_month_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as 2022-11"):
        parse_month(text)


def test_a_period_runs_forward() -> None:
    with pytest.raises(ValueError, match="runs forward"):
        Period(date(2022, 2, 1), date(2022, 1, 31))
