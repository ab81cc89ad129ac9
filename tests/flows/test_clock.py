"""The clocks change, quarters end: whatever way an answer comes, it counts in one right month."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from rest_framework_api_key.models import APIKey

from surveys.definitions.counters import month_of
from surveys.models.responses import Response
from surveys.responses.answers import clean_answers
from surveys.responses.submit import submit
from surveys.tally.count import count_new
from surveys.tally.store import counts_by_cell
from surveys.versions.read import definition_of
from tests.factories.surveys import publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db
SECOND = timedelta(seconds=1)
# By the clock in London; where it is summer time, the quarter ends an hour earlier than in UTC.
FORWARD, BACK = datetime(2022, 3, 27, 1, tzinfo=UTC), datetime(2022, 10, 30, 1, tzinfo=UTC)
ENDS = {
    "winter to spring": datetime(2022, 3, 31, 23, tzinfo=UTC),
    "spring to summer": datetime(2022, 6, 30, 23, tzinfo=UTC),
    "summer to autumn": datetime(2022, 9, 30, 23, tzinfo=UTC),
    "autumn to winter": datetime(2023, 1, 1, 0, tzinfo=UTC),
}
MOMENTS = [
    *[(FORWARD + step, date(2022, 3, 1)) for step in (-SECOND, 0 * SECOND, SECOND)],
    # Half past one comes twice that night.
    *[(BACK + half, date(2022, 10, 1)) for half in (-timedelta(minutes=30), timedelta(minutes=30))],
    *[(BACK + step, date(2022, 10, 1)) for step in (-SECOND, 0 * SECOND, SECOND)],
    (ENDS["winter to spring"] - SECOND, date(2022, 3, 1)),
    (ENDS["winter to spring"], date(2022, 4, 1)),
    (ENDS["winter to spring"] + SECOND, date(2022, 4, 1)),
    (ENDS["spring to summer"] - SECOND, date(2022, 6, 1)),
    (ENDS["spring to summer"] + SECOND, date(2022, 7, 1)),
    (ENDS["summer to autumn"] - SECOND, date(2022, 9, 1)),
    (ENDS["summer to autumn"] + SECOND, date(2022, 10, 1)),
    (ENDS["autumn to winter"] - SECOND, date(2022, 12, 1)),
    (ENDS["autumn to winter"] + SECOND, date(2023, 1, 1)),
]
EACH = pytest.mark.parametrize(
    ("moment", "month"), MOMENTS, ids=[moment.isoformat() for moment, _ in MOMENTS]
)


def send_by_function(version):
    cleaned = clean_answers(definition_of(version), {"area": "north"}, today=date(2022, 1, 1))
    submit(version, cleaned, nonce="n", language="en", channel="phone")


def send_by_api(version):
    _key, secret = APIKey.objects.create_key(name="test")
    sent = Client().post(
        f"/api/v1/surveys/{version.survey.slug}/responses/",
        json.dumps({"version": 1, "answers": {"area": "north"}}),
        "application/json",
        headers={"Idempotency-Key": "k", "Authorization": f"Api-Key {secret}"},
    )
    assert sent.status_code == 201


def send_by_page(version):
    assert "Thank you" in Person(version).answer_all().post().text


@EACH
def test_month_is_that_of_the_clock_in_london(moment, month):
    assert month_of(moment) == month


@EACH
@pytest.mark.parametrize("send", [send_by_function, send_by_api, send_by_page])
def test_answer_counts_in_one_month_and_one_quarter(moment, month, send):
    with time_machine.travel(moment, tick=False):
        version = publish()
        send(version)
    # On a clock that stands still a page is answered as fast as only a machine does.
    Response.objects.update(standing="counts")
    assert Response.objects.get().period == month
    assert count_new() == 1
    assert [first for first in quarters() if counted_in(version, first)] == [
        date(month.year, month.month - (month.month - 1) % 3, 1)
    ]


def test_who_begins_before_midnight_and_sends_after_it_counts_in_the_new_month():
    with time_machine.travel(ENDS["spring to summer"] - SECOND, tick=False) as clock:
        person = Person(publish()).answer_all()
        clock.shift(timedelta(seconds=2))
        person.post()
    assert Response.objects.get().period == date(2022, 7, 1)


def quarters():
    return [date(year, month, 1) for year in (2021, 2022, 2023) for month in (1, 4, 7, 10)]


def counted_in(version, first):
    last = date(first.year, first.month + 2, 1)
    counts = counts_by_cell(version, first=first, last=last)
    return counts[0].n if counts else 0
