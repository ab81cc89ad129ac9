"""Sent twice, twenty times at once, and again: one visit is one response, and all are thanked."""

import re
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.test import Client

from surveys.models.contacts import ContactDetail
from surveys.models.responses import Receipt, ReceiptCode, Response
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 20
# Answered with the rest, and kept apart from it.
CONTACT = """
  - questions:
      - {name: words, kind: long-text, max_length: 50, ask: {en: What would help?}}
      - name: mail
        kind: email
        ask: {en: What is your email address?}
        purpose: {en: "To send you the results. We delete it after 3 months."}
breakdowns:"""


@pytest.fixture
def at_the_end():
    """Somebody on the check page."""
    old = (
        "\n  - questions:\n      - {name: words, kind: long-text, max_length: 50,"
        " ask: {en: What would help?}}\nbreakdowns:"
    )
    person = Person(publish(changed(SMALL, {old: CONTACT})))
    person.post().post().post(area="north").post(overall="1").post(reported="no")
    person.post(when__month="11", when__year="2021").post(words="Call", mail="a@example.org")
    assert 'name="nonce"' in person.text, person.at
    return person


def send(person):
    """Posts the check page with the cookies that the browser has, as a click does."""
    form = dict(re.findall(r'name="(nonce|csrfmiddlewaretoken)" value="(\w+)"', person.text))
    client = Client(enforce_csrf_checks=True)
    client.cookies.update(person.client.cookies)
    return client, client.post(f"/s/{person.code}/send/", form)


def test_twenty_clicks_at_once_store_one_response_and_all_are_thanked(at_the_end):
    together = Barrier(AT_ONCE)

    def click(_):
        try:
            together.wait(20)
            return send(at_the_end)
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        clicks = list(pool.map(click, range(AT_ONCE)))
    assert {sent.status_code for _, sent in clicks} == {303}
    assert {sent["Location"] for _, sent in clicks} == {f"/s/{at_the_end.code}/done/"}
    assert_stored_once()
    thanks = [client.get(f"/s/{at_the_end.code}/done/").content.decode() for client, _ in clicks]
    assert all("Thank you" in page for page in thanks)


def test_click_refresh_and_back_store_one_response(at_the_end):
    for _ in range(3):
        client, sent = send(at_the_end)
        assert (sent.status_code, sent["Location"]) == (303, f"/s/{at_the_end.code}/done/")
        done = f"/s/{at_the_end.code}/done/"
        for _again in range(2):
            assert "Thank you" in client.get(done).content.decode()
    assert_stored_once()


def assert_stored_once():
    assert Response.objects.count() == Receipt.objects.count() == 1
    assert ReceiptCode.objects.count() <= 1
    assert ContactDetail.objects.count() == 1
