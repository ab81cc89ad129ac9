"""What came by the hour, and since when the oldest response waits to be counted."""

import secrets
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from surveys.models.responses import Receipt
from surveys.tally.arrivals import arrivals, last_hours, nothing_came, waiting_to_be_counted
from surveys.tally.count import count_new
from tests.factories.surveys import SMALL, changed, publish, respond

# A Tuesday, 4:20pm in London, which is an hour ahead of UTC.
NOW = datetime(2022, 7, 5, 15, 20, tzinfo=UTC)


def arrive(response, *, hours_ago):
    at = NOW.replace(minute=0) - timedelta(hours=hours_ago)
    Receipt.objects.create(
        nonce_hash=secrets.token_bytes(32),
        content_hash=b"",
        response_id=response.id,
        created_at=at,
    )
    return response


@pytest.fixture
def version(db):
    with time_machine.travel(NOW, tick=False):
        yield publish()


def test_hours_run_to_the_one_we_are_in():
    hours = last_hours(NOW)
    assert (len(hours), hours[-1]) == (48, datetime(2022, 7, 5, 15, tzinfo=UTC))
    assert hours[0] == datetime(2022, 7, 3, 16, tzinfo=UTC)


def test_no_more_hours_than_receipts_are_kept(settings):
    settings.RECEIPT_HOURS = 24
    assert len(last_hours(NOW)) == 24
    assert nothing_came(now=NOW).yesterday_so_far is None


def test_what_came_stands_by_hour_and_channel_of_its_own_survey(version):
    arrive(respond(version, area="north"), hours_ago=0)
    arrive(respond(version, area="north"), hours_ago=0)
    arrive(respond(version, area="south", channel="phone"), hours_ago=47)
    arrive(respond(version, area="south"), hours_ago=48)  # one hour too long ago
    other = publish(changed(SMALL, {"survey: small": "survey: other"}))
    arrive(respond(other, area="south"), hours_ago=5)
    came = arrivals()
    assert set(came) == {version.survey.pk, other.survey.pk}
    found = came[version.survey.pk]
    assert (found.hours[-1][1], found.hours[0][1], found.total) == (2, 1, 3)
    assert dict(found.channels) == {"web": 2, "phone": 1}
    assert came[other.survey.pk].total == 1


def test_today_begins_at_midnight_in_london(version):
    # 16 hours ago it was 15 minutes to midnight in London, 11pm in the books of hours.
    for hours_ago in (0, 16, 17, 23, 24, 40):
        arrive(respond(version, area="north"), hours_ago=hours_ago)
    found = arrivals()[version.survey.pk]
    assert found.today == 2
    # Until the hour that it is now: the one of 24 hours ago and what came before it.
    assert found.yesterday_so_far == 2


def test_what_somebody_had_deleted_leaves_no_arrival(version):
    arrive(respond(version, area="north"), hours_ago=1).delete()
    assert arrivals() == {}


def test_the_oldest_that_waits_is_told_by_its_hour(version):
    arrive(respond(version, area="north"), hours_ago=9)
    count_new()
    arrive(respond(version, area="north"), hours_ago=1)
    arrive(respond(version, area="north"), hours_ago=2)
    waiting = waiting_to_be_counted([version])
    assert (waiting.n, waiting.oldest) == (2, datetime(2022, 7, 5, 13, tzinfo=UTC))
    assert waiting.is_late
    count_new()
    assert waiting_to_be_counted([version]).oldest is None


def test_an_hour_that_is_hardly_over_is_not_late(version):
    arrive(respond(version, area="north"), hours_ago=1)
    assert not waiting_to_be_counted([version]).is_late


def test_what_was_loaded_waits_without_an_hour(version):
    respond(version, area="north")
    waiting = waiting_to_be_counted([version])
    assert (waiting.n, waiting.oldest, waiting.is_late) == (1, None, False)
