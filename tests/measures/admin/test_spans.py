"""The spans that can be picked, from the months in which people answered."""

from datetime import date

from measures.admin.spans import neighbours, newest, quarters, series_spans, years
from surveys.tally.periods import parse_span

# Answers from the middle of a quarter to the middle of another.
MONTHS = (date(2021, 2, 1), date(2022, 11, 1))


def keys(spans) -> list[str]:
    return [span.key for span in spans]


def test_quarters_hold_every_answer():
    found = keys(quarters(MONTHS))
    assert (found[0], found[-1], len(found)) == ("2021-Q1", "2022-Q4", 8)


def test_years_are_those_that_answers_cover():
    assert keys(years(MONTHS)) == ["year-to-2022-Q1", "year-to-2022-Q2", "year-to-2022-Q3"]


def test_newest_is_a_whole_year_or_else_a_quarter():
    assert newest(MONTHS).key == "year-to-2022-Q3"
    assert newest((date(2022, 10, 1), date(2022, 11, 1))).key == "2022-Q4"


def test_series_leave_out_quarters_that_answers_begin_or_end_within():
    found = keys(series_spans(MONTHS, "quarter"))
    assert (found[0], found[-1]) == ("2021-Q2", "2022-Q3")
    # A count of one month of three would look like a fall.
    assert keys(series_spans((date(2022, 10, 1), date(2022, 11, 1)), "quarter")) == ["2022-Q4"]
    assert len(series_spans(MONTHS, "month")) == 22


def test_neighbours_end_where_answers_do():
    before, after = neighbours(parse_span("2022-Q4"), MONTHS)
    assert (before and before.key, after) == ("2022-Q3", None)
    before, after = neighbours(parse_span("2021-02"), MONTHS)
    assert (before, after and after.key) == (None, "2021-03")
    before, after = neighbours(parse_span("year-to-2022-Q2"), MONTHS)
    assert (before and before.key, after and after.key) == ("year-to-2022-Q1", "year-to-2022-Q3")
