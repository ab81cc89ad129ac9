"""Measures of a period from stored figures and counted answers."""

from datetime import date, datetime, timedelta

import pytest

from measures.compute.inputs import known_figures
from measures.compute.released import four_quarters_by
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
from tests.factories.released import release_satisfaction

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


def test_a_share_is_of_the_newest_four_quarters_that_had_ended() -> None:
    for last, satisfied in ((date(2022, 6, 1), 10), (date(2022, 9, 1), 60), (date(2022, 12, 1), 9)):
        release_satisfaction("domestic-abuse", last, satisfied=satisfied, answered=100)

    result = result_of("domestic-abuse-satisfaction")

    assert result.period.label == "year ending September 2022"
    assert isinstance(result.current, ShareFound)
    assert result.current.period == result.period
    assert result.current.release.quarter == "2022-Q3"
    share = result.current.share
    assert (share.percent, share.low, share.high, share.base) == (60, 50, 69, 100)


@pytest.mark.parametrize(
    ("month", "ends"),
    [
        (date(2022, 11, 1), date(2022, 9, 30)),
        (date(2022, 12, 1), date(2022, 12, 31)),
        (date(2023, 1, 1), date(2022, 12, 31)),
        (date(2019, 6, 1), date(2019, 6, 30)),
    ],
)
def test_which_four_quarters_had_ended_by_a_month(month: date, ends: date) -> None:
    found = four_quarters_by(month)

    assert found.is_year
    assert found.ends == ends


def test_two_years_are_compared_in_points_and_the_baseline_is_its_own_year() -> None:
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=700, answered=1_000)
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=500, answered=1_000)
    release_satisfaction("domestic-abuse", date(2019, 6, 1), satisfied=695, answered=1_000)

    before, baseline = result_of("domestic-abuse-satisfaction").comparisons

    assert (before.period.key, baseline.period.key) == ("2021-09", "2019-06")
    assert isinstance(before.change, ShareChange)
    assert isinstance(baseline.change, ShareChange)
    assert (before.change.points, before.change.is_clear) == (20, True)
    assert (baseline.change.points, baseline.change.is_clear) == (0, False)


def test_those_who_chose_to_answer_are_not_tested_against_another_year() -> None:
    release_satisfaction("rape", date(2022, 9, 1), satisfied=70, answered=100)
    release_satisfaction("rape", date(2021, 9, 1), satisfied=30, answered=100)

    result = result_of("rape-satisfaction")

    assert result.comparisons[0].change is None
    assert isinstance(result.current, ShareFound)
    assert result.current.share.low is None


@pytest.mark.parametrize("answered", [0, 9])
def test_few_answers_are_withheld_and_none_at_all_look_the_same(answered: int) -> None:
    release_satisfaction("hate-crime", date(2022, 9, 1), satisfied=answered, answered=answered)

    current = result_of("hate-crime-satisfaction").current

    assert current == Suppressed("about 10 people or fewer, or none, answered")


def test_a_small_part_is_withheld_and_a_bound_is_told_on_a_base_of_50() -> None:
    release_satisfaction("hate-crime", date(2022, 9, 1), satisfied=4, answered=40)
    release_satisfaction("hate-crime", date(2021, 9, 1), satisfied=4, answered=60)

    result = result_of("hate-crime-satisfaction")

    assert result.current == Suppressed("about 10 people or fewer gave one of the answers")
    before = result.comparisons[0].value
    assert isinstance(before, ShareFound)
    assert before.share.in_words == "at most 16%"


def test_a_survey_that_was_never_published_is_not_available() -> None:
    assert result_of("hate-crime-satisfaction").current == NotAvailable(
        "no published survey asks for it"
    )


def test_what_was_counted_and_not_released_is_not_available() -> None:
    version = publish_survey("hate-crime")
    tally_satisfaction(version, date(2022, 8, 1), satisfied=60, answered=100)

    assert result_of("hate-crime-satisfaction").current == NotAvailable(
        "the results of the survey for the year ending September 2022 have not been released"
    )


def test_synthetic_answers_are_marked() -> None:
    release_satisfaction(
        "hate-crime", date(2022, 9, 1), satisfied=30, answered=60, is_synthetic=True
    )

    current = result_of("hate-crime-satisfaction").current

    assert isinstance(current, ShareFound)
    assert current.is_synthetic
