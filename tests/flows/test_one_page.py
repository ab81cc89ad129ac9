"""A resident answers a survey that fits on one page; no cookie, no draft."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from surveys.models.drafts import Draft
from surveys.models.responses import ReceiptCode, Response
from surveys.responses.retention import forget
from tests.factories.one_page import POLL
from tests.factories.surveys import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def poll():
    return publish(POLL)


class Resident:
    """A browser that fills in the one form of the page."""

    def __init__(self, version, *, prefers="en-GB", host="testserver"):
        headers = {"accept-language": prefers, "host": host}
        self.client = Client(enforce_csrf_checks=True, headers=headers)
        self.at = f"/s/{version.survey.code}/"
        self.page = self.client.get(self.at)

    @property
    def text(self):
        return self.page.content.decode()

    def hidden(self):
        return dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', self.text))

    def send(self, **fields):
        self.sent = self.hidden() | fields
        self.page = self.client.post(self.at, self.sent)
        return self

    @property
    def number(self):
        found = re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", self.text)
        return found.group().replace(" ", "") if found else ""


def test_resident_reads_answers_and_is_thanked_with_three_requests(poll):
    resident = Resident(poll)
    assert "Two questions about your street." in resident.text
    resident.send(safe="yes", why="The lights are on again")
    assert resident.page.status_code == 200
    assert "Your answers have been sent" in resident.text
    assert "We will tell you what came of it." in resident.text
    response = Response.objects.get()
    assert (response.answers, response.channel, response.language) == ({"safe": "yes"}, "web", "en")
    assert response.own_words.get().read() == "The lights are on again"
    assert len(resident.number) == 16
    assert ReceiptCode.objects.count() == 1


def test_nothing_is_kept_before_it_is_sent(poll):
    resident = Resident(poll)
    resident.send(why="half a thought")
    assert not resident.client.cookies
    assert not Draft.objects.exists()
    assert not Response.objects.exists()


def test_missing_answer_is_asked_for_and_what_was_typed_stays(poll):
    resident = Resident(poll).send(why="Too dark")
    assert resident.page.status_code == 400
    assert "Too dark" in resident.text
    assert 'href="#safe"' in resident.text
    resident.send(safe="no", why="Too dark")
    assert Response.objects.get().answers == {"safe": "no"}


def test_same_form_sent_again_is_stored_once_and_told_the_same_number(poll):
    resident = Resident(poll).send(safe="yes")
    number = resident.number
    resident.page = resident.client.post(resident.at, resident.sent)
    assert "Your answers have been sent" in resident.text
    assert (resident.number, Response.objects.count()) == (number, 1)


def test_number_is_not_told_again_to_who_comes_to_the_device_later(poll):
    with time_machine.travel("2026-11-23 10:00Z", tick=False) as clock:
        resident = Resident(poll).send(safe="yes")
        assert resident.number
        clock.shift(timedelta(minutes=11))
        resident.page = resident.client.post(resident.at, resident.sent)
    assert "Your answers have been sent" in resident.text
    assert not resident.number
    assert Response.objects.count() == 1


def test_form_is_refused_once_its_nonce_is_forgotten(poll, settings):
    settings.RECEIPT_HOURS = 2
    with time_machine.travel("2026-11-23 10:00Z", tick=False) as clock:
        resident = Resident(poll).send(safe="yes")
        clock.shift(timedelta(hours=3))
        forget()
        resident.page = resident.client.post(resident.at, resident.sent)
    assert "open for a long time" in resident.text
    assert Response.objects.count() == 1


def test_thanks_name_the_address_that_was_asked_for(poll, settings):
    settings.ALLOWED_HOSTS = ["one.example", "two.example"]
    for host in settings.ALLOWED_HOSTS:
        resident = Resident(poll, host=host).send(safe="yes")
        assert f"{host}/receipt/" in resident.text


def test_answers_changed_after_sending_are_a_response_of_their_own_only_when_sent_again(poll):
    resident = Resident(poll).send(safe="yes")
    resident.page = resident.client.post(resident.at, resident.sent | {"safe": "no"})
    assert resident.page.status_code == 400
    assert "have been changed since" in resident.text
    assert Response.objects.count() == 1


@pytest.mark.parametrize("nonce", ["", "made up", "0" * 32 + ".1:abc"])
def test_form_that_is_not_ours_stores_nothing_and_keeps_what_was_typed(poll, nonce):
    resident = Resident(poll).send(safe="yes", why="Kept", nonce=nonce)
    assert resident.page.status_code == 400
    assert "Kept" in resident.text
    assert not Response.objects.exists()
    assert "have been sent" in resident.send(safe="yes", why="Kept").text


def test_welsh_speaker_changes_the_language_and_loses_nothing(poll):
    resident = Resident(poll)
    resident.send(**{".language": "cy", "why": "Golau"})
    assert "Ydych chi&#x27;n teimlo&#x27;n ddiogel yno?" in resident.text
    assert "Golau" in resident.text
    resident.send(safe="no", why="Golau")
    assert Response.objects.get().language == "cy"
    assert "Byddwn ni" in resident.text


def test_page_makes_one_query_and_sending_three(poll, django_assert_num_queries):
    resident = Resident(poll)
    with django_assert_num_queries(1):
        resident.client.get(resident.at)
    with django_assert_num_queries(3):
        resident.send(safe="yes", why="Light")
    assert Response.objects.count() == 1
