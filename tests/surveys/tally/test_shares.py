"""A net over versions: only those add up whose question means the same."""

from datetime import date

import pytest

from surveys.tally.count import count_new
from surveys.tally.shares import NetCount, count_net
from tests.factories.surveys import respond
from tests.surveys.versions.test_trend import NEW_PAGE, REWORDED, publish_on

pytestmark = pytest.mark.django_db


def count(first: date, last: date, *, question: str = "overall") -> NetCount | None:
    return count_net("small", question=question, net="satisfied", first=first, last=last)


YEAR = (date(2022, 1, 1), date(2022, 12, 1))
YEAR_BEFORE = (date(2021, 1, 1), date(2021, 12, 1))


def test_missing_code_stays_outside_the_base():
    version = publish_on("2021-01-10", 1)
    for overall in ("1", "3", "does-not-apply"):
        respond(version, on="2022-11-15", overall=overall)
    respond(version, on="2022-11-15")
    count_new()
    assert count(*YEAR) == NetCount(in_net=1, answered=2, synthetic=0)


def test_only_the_months_asked_for_count():
    version = publish_on("2021-01-10", 1)
    for day in ("2021-11-30", "2021-12-01", "2022-11-30", "2022-12-01"):
        respond(version, on=day, overall="1")
    count_new()
    assert count(date(2021, 12, 1), date(2022, 11, 1)).answered == 2


def test_survey_that_is_not_published_has_no_count():
    assert count(*YEAR) is None


def test_versions_that_join_add_up():
    first = publish_on("2021-01-10", 1)
    respond(first, on="2022-01-15", overall="1")
    second = publish_on("2022-06-10", 2, **{"minutes: 2": "minutes: 3"})
    respond(second, on="2022-06-15", overall="2")
    count_new()
    assert count(*YEAR) == NetCount(in_net=1, answered=2, synthetic=0)


def test_break_within_the_months_leaves_out_what_was_before():
    first = publish_on("2021-01-10", 1)
    for day in ("2021-05-15", "2022-01-15", "2022-06-20"):
        respond(first, on=day, overall="1")
    second = publish_on("2022-06-10", 2, **REWORDED)
    respond(second, on="2022-06-15", overall="2")
    count_new()
    # Who was in the middle of the old version finished on it, and does not count as new.
    assert count(*YEAR) == NetCount(
        in_net=0,
        answered=1,
        synthetic=0,
        series=2,
        since=date(2022, 6, 1),
        broke="question reworded",
    )
    assert count(*YEAR_BEFORE) == NetCount(in_net=1, answered=1, synthetic=0, series=1)
    # Once the months lie behind the break nothing is left out.
    after = count(date(2022, 6, 1), date(2023, 5, 1))
    assert (after.answered, after.since, after.series) == (1, None, 2)


def test_series_that_begins_within_the_months_says_since_when():
    version = publish_on("2022-06-10", 1)
    respond(version, on="2022-06-15", overall="1")
    count_new()
    assert count(*YEAR) == NetCount(in_net=1, answered=1, synthetic=0, since=date(2022, 6, 1))


def test_question_added_in_the_field_has_a_base_of_its_own():
    new = NEW_PAGE.replace("kind: yes-no", "kind: scale, list: satisfaction")
    first = publish_on("2021-01-10", 1)
    respond(first, on="2022-01-15", overall="1")
    second = publish_on("2022-06-10", 2, **{"breakdowns:": f"{new}breakdowns:"})
    respond(second, on="2022-06-15", new="1")
    count_new()
    found = count(*YEAR, question="new")
    assert found == NetCount(1, 1, 0, series=2, since=date(2022, 6, 1))


def test_answers_brought_in_from_before_the_publication_have_no_known_beginning():
    version = publish_on("2026-01-10", 1)
    respond(version, on="2022-06-15", overall="1")
    count_new()
    assert count(*YEAR) == NetCount(in_net=1, answered=1, synthetic=0)
