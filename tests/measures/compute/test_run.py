"""Measures of a period from stored figures and counted answers."""

from datetime import date, datetime, timedelta

import pytest

from measures.compute.inputs import known_figures
from measures.compute.run import compute_measures
from measures.compute.values import CountFound, Result, ShareFound
from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.stats.compare import CountChange, ShareChange
from measures.stats.periods import Period, year_ending
from measures.stats.values import NotAvailable, Suppressed
from tests.factories.answers import publish_survey, tally_satisfaction
from tests.factories.figures import (
    KENT,
    RELEASED,
    make_figure,
    make_release,
    make_seed_figures,
)

pytestmark = pytest.mark.django_db

NOVEMBER = year_ending(date(2022, 11, 1))
LATER = RELEASED + timedelta(days=1)


def measure_of(slug: str) -> Measure:
    measure = definitions().measure(slug)
    assert measure is not None
    return measure


def result_of(slug: str, *, period: Period = NOVEMBER, as_of: datetime = LATER) -> Result:
    [result] = compute_measures([measure_of(slug)], area=KENT, period=period, as_of=as_of)
    return result


def test_the_figures_of_the_page_that_this_replaces() -> None:
    make_seed_figures()

    result = result_of("violence-with-injury")

    assert isinstance(result.current, CountFound)
    assert result.current.count == 18_212
    previous, baseline = result.comparisons
    assert isinstance(previous.change, CountChange)
    assert isinstance(baseline.change, CountChange)
    assert (previous.change.difference, str(previous.change.percentage)) == (1_093, "6.4")
    assert (baseline.change.difference, str(baseline.change.percentage)) == (-2_029, "-10.0")


def test_a_number_says_which_file_and_line_it_is_from() -> None:
    release = make_seed_figures()

    current = result_of("robbery").current

    assert isinstance(current, CountFound)
    [reading] = current.readings
    assert (reading.file.sha256, reading.where) == (release.sha256, "line 5")


def test_a_revision_counts_from_its_release_on() -> None:
    revised_on = RELEASED + timedelta(days=90)
    first = make_release()
    second = make_release(file_name="revised.csv", released_at=revised_on)
    make_figure("robbery", NOVEMBER, value=1_310, release=first, until=revised_on)
    make_figure("robbery", NOVEMBER, value=1_325, release=second)

    def count_at(moment: datetime) -> int | None:
        current = result_of("robbery", as_of=moment).current
        return current.count if isinstance(current, CountFound) else None

    before, after = revised_on - timedelta(seconds=1), revised_on
    assert (count_at(before), count_at(after)) == (1_310, 1_325)
    assert count_at(RELEASED - timedelta(seconds=1)) is None


def test_another_area_is_never_taken() -> None:
    make_seed_figures()

    [result] = compute_measures(
        [measure_of("robbery")], area="E23000014", period=NOVEMBER, as_of=LATER
    )

    assert isinstance(result.current, NotAvailable)


def test_all_measures_read_the_figures_in_one_query(django_assert_num_queries) -> None:
    make_seed_figures()
    with django_assert_num_queries(1):
        known_figures(definitions().measures, area=KENT, as_of=LATER)


def test_a_missing_baseline_is_not_available_and_never_zero() -> None:
    make_seed_figures()

    baseline = result_of("cyber-organisations").comparisons[1]

    assert isinstance(baseline.value, NotAvailable)
    assert baseline.change is None


def test_a_share_is_counted_over_its_twelve_months_only() -> None:
    version = publish_survey("domestic-abuse")
    for month, satisfied in (
        (date(2021, 11, 1), 1),
        (date(2021, 12, 1), 60),
        (date(2022, 12, 1), 9),
    ):
        tally_satisfaction(version, month, satisfied=satisfied, answered=100)

    result = result_of("domestic-abuse-satisfaction")

    assert (result.exact["current"].in_net, result.exact["current"].answered) == (60, 100)
    assert isinstance(result.current, ShareFound)
    assert result.current.share.percent == 60
    assert result.current.estimate is not None
    assert result.current.estimate.low is not None


def test_two_years_of_answers_are_compared_in_points() -> None:
    version = publish_survey("domestic-abuse")
    tally_satisfaction(version, date(2022, 8, 1), satisfied=700, answered=1_000)
    tally_satisfaction(version, date(2021, 8, 1), satisfied=500, answered=1_000)

    change = result_of("domestic-abuse-satisfaction").comparisons[0].change

    assert isinstance(change, ShareChange)
    assert (change.points, change.is_clear) == (20, True)


def test_those_who_chose_to_answer_are_not_tested_against_another_year() -> None:
    version = publish_survey("rape")
    tally_satisfaction(version, date(2022, 8, 1), satisfied=70, answered=100)
    tally_satisfaction(version, date(2021, 8, 1), satisfied=30, answered=100)

    result = result_of("rape-satisfaction")

    assert result.comparisons[0].change is None
    assert isinstance(result.current, ShareFound)
    assert result.current.estimate is not None
    assert result.current.estimate.low is None


@pytest.mark.parametrize("answered", [0, 9])
def test_few_answers_are_withheld_and_none_at_all_look_the_same(answered: int) -> None:
    version = publish_survey("hate-crime")
    if answered:
        tally_satisfaction(version, date(2022, 8, 1), satisfied=answered, answered=answered)

    current = result_of("hate-crime-satisfaction").current

    assert current == Suppressed("fewer than 10 people, or none, answered")


def test_a_survey_that_was_never_published_is_not_available() -> None:
    assert result_of("hate-crime-satisfaction").current == NotAvailable(
        "no published survey asks for it"
    )


def test_synthetic_answers_are_marked() -> None:
    version = publish_survey("hate-crime")
    tally_satisfaction(version, date(2022, 8, 1), satisfied=30, answered=60, synthetic=1)

    current = result_of("hate-crime-satisfaction").current

    assert isinstance(current, ShareFound)
    assert current.is_synthetic
