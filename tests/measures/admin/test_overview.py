"""Responses on the desk: who sees them, what is told beside each number, and the target."""

import secrets
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse

from measures.admin.overview import wait_in_words
from measures.figures.margins import add_population
from measures.models.weighting import Target
from surveys.models.audit import AuditEntry
from surveys.models.responses import Receipt
from surveys.tally.arrivals import Waiting
from surveys.tally.count import count_new
from tests.factories.surveys import publish, respond, set_aside
from tests.surveys.admin.conftest import sign_in

# A Tuesday, 3:20pm in London.
NOW = datetime(2022, 11, 15, 15, 20, tzinfo=UTC)


@pytest.fixture
def version(db):
    with time_machine.travel(NOW, tick=False):
        yield publish()


@pytest.fixture
def address():
    return reverse("results-responses")


def arrive(version, *, hours_ago=0, **answers):
    response = respond(version, **answers)
    Receipt.objects.create(
        nonce_hash=secrets.token_bytes(32),
        content_hash=b"",
        response_id=response.id,
        created_at=NOW.replace(minute=0) - timedelta(hours=hours_ago),
    )


def words_of(answer):
    """The page's words without their marks, each on one line of blanks."""
    text = answer.content.decode().split("<main", 1)[1]
    return " ".join(" ".join(part.split(">", 1)[-1] for part in text.split("<")).split())


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
def test_others_are_refused(version, address, role):
    assert sign_in("vi", role).get(address).status_code == 403
    assert sign_in("vic", role).get(address, {"survey": "small"}).status_code == 403


def test_all_surveys_stand_side_by_side(version, address):
    arrive(version, area="north")
    count_new()
    words = words_of(sign_in("ana", "analyst").get(address))
    assert "1 survey" in words
    bar = "1 on 15 November 2022 between 3pm and 4pm"
    assert f"Small 1 {bar} 1 response 1 No target is set. 0 0" in words
    assert not AuditEntry.objects.filter(action="view responses").exists()


def test_one_survey_tells_each_number_and_goes_on_record(version, address):
    for hours_ago in (0, 1, 24):
        arrive(version, area="north", hours_ago=hours_ago)
    count_new()
    arrive(version, area="south", hours_ago=2)
    set_aside(version, area="north")
    Target.objects.create(survey=version.survey, a_quarter=10, set_by="ana")
    answer = sign_in("ana", "analyst").get(address, {"survey": "small"})
    words = words_of(answer)
    assert "Today 3 1 by this hour yesterday" in words
    told = "3 30% of the 10 for the quarter, 50% of it over: 2 fewer than on an even course."
    assert f"October to December 2022 {told}" in words
    came = "The oldest came on 15 November 2022 between 1pm and 2pm. Is a worker running?"
    assert f"Waits to be counted 1 {came}" in words
    assert "Set aside 1 Decide on them" in words
    assert "4 responses in the last 48 hours" in words
    assert "Online: 4." in words
    entry = AuditEntry.objects.get(action="view responses")
    assert (entry.actor, entry.subject) == ("ana", "small")
    # No inline styles: the policy of the site forbids them.
    assert "style=" not in answer.content.decode().split("<main", 1)[1]


def test_quotas_stand_beside_what_came(version, address):
    arrive(version, area="north")
    count_new()
    Target.objects.create(survey=version.survey, a_quarter=10, set_by="ana")
    margins = {"area": {"north": 300.0, "south": 700.0}}
    held = date(2022, 1, 1)
    add_population(version.survey, margins, source="A census", holds_from=held, actor="ana")
    words = words_of(sign_in("ana", "analyst").get(address, {"survey": "small"}))
    assert "Area 0 of 2 quotas are reached. Furthest behind: South, 0 of 7." in words
    assert "North 2 to go 1 3 100% 30%" in words
    assert "South 7 to go 0 7 0% 70%" in words
    assert "Population: A census." in words


def test_empty_states_say_what_to_do(version, address, db):
    client = sign_in("ana", "analyst")
    words = words_of(client.get(address, {"survey": "small"}))
    assert "No response came in the last 48 hours" in words
    assert "Bring a population" in words
    assert client.get(address, {"survey": "nothing"}).status_code == 404


def test_without_any_survey_the_page_leads_to_where_they_are_made(db, address):
    words = words_of(sign_in("ana", "analyst").get(address))
    assert "No survey was published yet" in words


def test_target_is_set_told_and_taken_back(version, address):
    client = sign_in("ana", "analyst")
    where = f"{address}?survey=small"
    assert client.post(where, {"a-quarter": " 1,200 "}).status_code == 303
    assert Target.objects.get().a_quarter == 1200
    assert "1,200 responses a quarter, set by ana." in words_of(client.get(where))
    assert client.post(where, {"a-quarter": ""}).status_code == 303
    assert not Target.objects.exists()


@pytest.mark.parametrize("given", ["0", "-5", "1.5", "many", "1000001", "²"])
def test_an_odd_target_is_told_and_stays_in_its_box(version, address, given):
    answer = sign_in("ana", "analyst").post(f"{address}?survey=small", {"a-quarter": given})
    assert answer.status_code == 400
    assert "Give a whole number from 1 to 1,000,000" in words_of(answer)
    assert f'value="{given}"' in answer.content.decode()
    assert not Target.objects.exists()


@pytest.mark.parametrize(
    ("waiting", "words"),
    [
        (Waiting(0, None), "Everything is counted."),
        (
            Waiting(3, None),
            "No receipt tells since when: loaded from a file, or for more than two days.",
        ),
    ],
)
def test_waiting_in_words(waiting, words):
    assert wait_in_words(waiting) == words
