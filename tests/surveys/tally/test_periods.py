"""Spans of months: their keys, their words, and what is no period."""

from datetime import date

import pytest

from surveys.tally.periods import Span, four_quarters_to, month_span, parse_span, quarter_span


@pytest.mark.parametrize(
    ("key", "first", "last", "label"),
    [
        ("2022-11", date(2022, 11, 1), date(2022, 11, 1), "November 2022"),
        ("2022-Q4", date(2022, 10, 1), date(2022, 12, 1), "October to December 2022"),
        ("2023-Q1", date(2023, 1, 1), date(2023, 3, 1), "January to March 2023"),
        ("year-to-2022-Q4", date(2022, 1, 1), date(2022, 12, 1), "year ending December 2022"),
        ("year-to-2022-Q3", date(2021, 10, 1), date(2022, 9, 1), "year ending September 2022"),
    ],
)
def test_key_and_span_say_the_same(key, first, last, label):
    span = parse_span(key)
    assert (span.first, span.last, span.key, span.label) == (first, last, key, label)


@pytest.mark.parametrize(
    "text",
    [
        *("2022", "2022-Q5", "2022-13", "year-to-2022-11", "2022-q4", "", "2022-Q4 "),
        # A year before or a month after such a one is no date.
        *("0000-01", "0001-Q1", "year-to-0001-Q4", "9999-12", "year-to-9999-Q4"),
    ],
)
def test_what_is_no_period_is_refused_with_what_was_expected(text):
    with pytest.raises(ValueError, match="expected a quarter such as 2022-Q4"):
        parse_span(text)


def test_span_of_other_months_has_both_in_its_key():
    assert Span(date(2021, 12, 1), date(2022, 1, 1)).key == "2021-12..2022-01"
    assert Span(date(2021, 12, 1), date(2022, 1, 1)).label == "December 2021 to January 2022"


def test_three_months_that_are_no_quarter_are_not_called_one():
    assert Span(date(2022, 2, 1), date(2022, 4, 1)).key == "2022-02..2022-04"


def test_twelve_months_that_end_no_quarter_are_not_called_a_year_to_one():
    span = Span(date(2021, 12, 1), date(2022, 11, 1))
    assert (span.key, span.label) == ("2021-12..2022-11", "year ending November 2022")


@pytest.mark.parametrize(
    ("first", "last"),
    [(date(2022, 2, 1), date(2022, 1, 1)), (date(2022, 1, 2), date(2022, 2, 1))],
)
def test_span_runs_forward_in_whole_months(first, last):
    with pytest.raises(ValueError, match="whole months in order"):
        Span(first, last)


def test_year_before_has_the_same_months():
    assert parse_span("year-to-2022-Q3").year_before() == parse_span("year-to-2021-Q3")


def test_four_quarters_end_with_theirs():
    quarter = quarter_span(date(2022, 8, 31))
    assert quarter.key == "2022-Q3"
    assert four_quarters_to(quarter).key == "year-to-2022-Q3"
    assert len(list(four_quarters_to(quarter).months())) == 12
    assert month_span(date(2022, 8, 31)).key == "2022-08"
