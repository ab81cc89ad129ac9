"""Leaving in the very moment in which something is stored: nothing of it stays."""

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from surveys.models.contacts import DraftContact
from surveys.models.drafts import Draft
from surveys.respond import session
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db(transaction=True)
EMAIL = """  - questions:
      - {name: email, kind: email, ask: {en: Where may we write?}, purpose: {en: To write back.}}
breakdowns:"""


@pytest.fixture
def person():
    """Somebody on the page that asks for an address."""
    person = Person(publish(changed(SMALL, {"breakdowns:": EMAIL})))
    return person.post().post().post(area="north").go(f"/s/{person.code}/8/")


def wait_until_somebody_waits():
    until = monotonic() + 10
    while monotonic() < until:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0]:
                return
        sleep(0.02)
    raise AssertionError("nobody waits")


def test_contact_details_stored_while_somebody_leaves_go_too(person):
    def leave():
        try:
            client = Client()
            client.cookies.update(person.client.cookies)
            return client.get("/exit/")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool, transaction.atomic():
        # In this transaction, as a page that is still at work when the button is pressed.
        person.post(email="a@example.org")
        leaving = pool.submit(leave)
        wait_until_somebody_waits()
    assert leaving.result(10).status_code == 303
    assert not Draft.objects.exists()
    assert not DraftContact.objects.exists()


def test_whoever_leaves_gets_away_though_the_database_is_at_fault(person, monkeypatch, caplog):
    def fail(*_):
        raise DatabaseError("out of order")

    monkeypatch.setattr(session, "connection", type("Dead", (), {"cursor": fail})())
    left = person.client.get("/exit/")
    assert left.status_code == 303
    assert left["Clear-Site-Data"] == '"cache", "storage"'
    assert not left.cookies["visit"].value
    assert "out of order" in caplog.text
