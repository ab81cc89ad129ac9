"""Which published versions join over time, and where a series begins and breaks."""

from datetime import date

import pytest
import time_machine

from surveys.versions.compare import trend
from surveys.versions.publish import withdraw_version
from tests.factories.surveys import SMALL, changed, publish

pytestmark = pytest.mark.django_db

NEW_PAGE = "  - questions: [{name: new, kind: yes-no, ask: {en: Is it new?}}]\n"
REWORDED = {"Overall, how was it?": "How satisfied were you?"}


def publish_on(day: str, number: int, **changes: str):
    with time_machine.travel(f"{day}T12:00:00+00:00"):
        return publish(changed(SMALL, {"version: 1": f"version: {number}", **changes}))


def segments(field: str, *, net: str | None = None) -> list[tuple]:
    return [
        ([version.number for version in one.versions], one.begins, one.is_break, one.reason)
        for one in trend("small", field, net=net)
    ]


def test_versions_join_until_the_question_means_something_else():
    publish_on("2022-01-10", 1)
    publish_on("2022-03-10", 2, **{"minutes: 2": "minutes: 3"})
    publish_on("2022-06-10", 3, **REWORDED)
    publish_on("2022-07-10", 4, **REWORDED, **{"max: 20": "max: 30"})
    assert segments("overall") == [
        ([1, 2], date(2022, 1, 10), False, ""),
        ([3, 4], date(2022, 6, 10), True, "question reworded"),
    ]
    # Another question goes on.
    assert segments("calls") == [([1, 2, 3, 4], date(2022, 1, 10), False, "")]


def test_question_added_in_the_field_begins_with_its_version():
    publish_on("2022-01-10", 1)
    publish_on("2022-06-10", 2, **{"breakdowns:": f"{NEW_PAGE}breakdowns:"})
    assert segments("new") == [([2], date(2022, 6, 10), False, "")]
    assert segments("gone") == []


def test_question_that_was_left_out_for_a_while_goes_on():
    publish_on("2022-01-10", 1, **{"breakdowns:": f"{NEW_PAGE}breakdowns:"})
    publish_on("2022-03-10", 2)
    publish_on("2022-06-10", 3, **{"breakdowns:": f"{NEW_PAGE}breakdowns:"})
    assert segments("new") == [([1, 3], date(2022, 1, 10), False, "")]


def test_net_with_other_codes_breaks_and_its_question_does_not():
    publish_on("2022-01-10", 1)
    publish_on("2022-06-10", 2, **{"codes: [1]": "codes: [1, 2]"})
    assert segments("overall") == [([1, 2], date(2022, 1, 10), False, "")]
    assert segments("overall", net="satisfied") == [
        ([1], date(2022, 1, 10), False, ""),
        ([2], date(2022, 6, 10), True, "the net satisfied has other codes"),
    ]


def test_day_of_publication_is_that_of_london():
    with time_machine.travel("2022-06-30T23:30:00+00:00"):
        publish()
    assert segments("overall")[0][1] == date(2022, 7, 1)


def test_withdrawn_version_keeps_its_place():
    version = publish_on("2022-01-10", 1)
    withdraw_version(version, actor="a test", reason="a slip")
    publish_on("2022-06-10", 2)
    assert segments("overall") == [([1, 2], date(2022, 1, 10), False, "")]
