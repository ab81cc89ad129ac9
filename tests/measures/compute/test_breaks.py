"""A question that changed: its results are compared with nothing of before."""

from datetime import date

import pytest

from measures.compute.values import ShareFound
from measures.statements.claims import claims_of
from measures.statements.wording import sentences
from measures.stats.values import NotAvailable
from surveys.tally.periods import four_quarters_to, quarter_span
from tests.factories.released import make_results, release_satisfaction
from tests.measures.compute.test_run import measure_of, result_of

pytestmark = pytest.mark.django_db

SLUG = "domestic-abuse-satisfaction"
CHANGED = "the question was asked in another way before August 2021 (question reworded)"


@pytest.fixture
def broken():
    """A year of answers, and another wording of the question in the year after."""
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=500, answered=1_000)
    release_satisfaction(
        "domestic-abuse",
        date(2022, 9, 1),
        satisfied=700,
        answered=1_000,
        series=2,
        broke="question reworded",
    )
    return result_of(SLUG)


def test_share_is_told_and_the_year_before_the_break_is_not_compared(broken):
    assert isinstance(broken.current, ShareFound)
    assert broken.current.share.percent == 70
    [before, *_] = broken.comparisons
    assert before.change is None
    assert before.value == NotAvailable(
        "people were asked in another way then (question reworded), so the two cannot be compared"
    )


def test_statement_says_so(broken):
    assert (
        "The year before is not available: people were asked in another way then "
        "(question reworded), so the two cannot be compared."
    ) in sentences(measure_of(SLUG), claims_of(broken))


def test_one_series_is_compared():
    for year in (2021, 2022):
        release_satisfaction(
            "domestic-abuse", date(year, 9, 1), satisfied=600, answered=1_000, series=2
        )
    assert result_of(SLUG).comparisons[0].change is not None


def test_why_a_table_was_left_out_is_why_there_is_no_figure():
    year = four_quarters_to(quarter_span(date(2022, 9, 1))).key
    left_out = {"period": year, "question": "whole-experience", "by": "", "why": CHANGED}
    make_results("domestic-abuse", date(2022, 9, 1), left_out=(left_out,))
    assert result_of(SLUG).current == NotAvailable(CHANGED)


def test_a_whole_year_that_was_left_out_says_why_for_each_of_its_questions():
    year = four_quarters_to(quarter_span(date(2022, 9, 1))).key
    why = "people were asked from January 2022 on, so there are no four quarters yet"
    left_out = {"period": year, "question": "", "by": "", "why": why}
    make_results("domestic-abuse", date(2022, 9, 1), left_out=(left_out,))
    assert result_of(SLUG).current == NotAvailable(why)
