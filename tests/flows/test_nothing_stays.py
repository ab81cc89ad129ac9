"""What was answered and left goes with the visit, however the visit ends."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from surveys.models.contacts import DraftContact, SavedContact
from surveys.models.drafts import Draft, SavedAnswers
from surveys.models.responses import Response
from surveys.responses import drafts
from surveys.versions.publish import withdraw_version
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person, token

pytestmark = pytest.mark.django_db

KEPT = changed(SMALL, {"discreet: true": "discreet: true\nsave: true"})
EMAIL = """  - questions:
      - {name: email, kind: email, ask: {en: Where may we write?}, purpose: {en: To write back.}}
  - questions:
      - {name: more, kind: short-text, ask: {en: Anything else?}}
breakdowns:"""
LEFT = (Draft, DraftContact, SavedAnswers, SavedContact)


@pytest.fixture
def version():
    return publish(changed(KEPT, {"breakdowns:": EMAIL}))


@pytest.fixture
def kept(version):
    """Somebody who left an address and keeps all of it under a number."""
    person = Person(version).post().post().post(area="north")
    person.go(f"/s/{person.code}/8/").post(email="a@example.org", __save="1")
    assert [model.objects.count() for model in LEFT] == [1, 1, 1, 1]
    return person


def number_on(person):
    return re.search(r"\b\d{4} \d{4} \d{4} \d{4}\b", person.text).group()


def on_another_device(person, version):
    other = Person(version).go(f"/s/{person.code}/return/").post(number=number_on(person))
    return other.go(f"/s/{person.code}/check/")


def test_contact_details_are_not_kept_again_once_sent_elsewhere(kept, version):
    other = on_another_device(kept, version)
    other.post()
    kept.go(f"/s/{kept.code}/9/").post(more="One more thing")
    assert not SavedAnswers.objects.exists()
    assert not SavedContact.objects.exists()


def test_who_sends_second_with_other_answers_leaves_nothing_behind(kept, version):
    other = on_another_device(kept, version)
    kept.go(f"/s/{kept.code}/saved/").post()
    kept.go(f"/s/{kept.code}/9/").post(more="One more thing")
    other.post()
    kept.go(f"/s/{kept.code}/check/").post()
    assert "Thank you" in kept.text
    assert Response.objects.count() == 1
    assert not DraftContact.objects.exists()
    assert not SavedAnswers.objects.exists()
    assert not SavedContact.objects.exists()


def test_where_questions_are_withdrawn_nothing_is_kept_as_the_page_says(kept, version):
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    kept.go(f"/s/{kept.code}/9/")
    assert "Nothing that you answered is kept" in kept.text
    assert not DraftContact.objects.exists()
    assert not SavedAnswers.objects.exists()
    assert not SavedContact.objects.exists()


@pytest.mark.parametrize("page", ["done", "ended"])
def test_withdrawn_page_asked_for_twice_at_once_is_no_error(kept, version, monkeypatch, page):
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    keep_draft, quicker = drafts.keep_draft, [1]

    def second(draft, *fields):
        if quicker:
            quicker.pop()
            Draft.objects.filter(pk=draft.pk).update(touched_at=draft.started_at)
        keep_draft(draft, *fields)

    monkeypatch.setattr(drafts, "keep_draft", second)
    assert "These questions were withdrawn" in kept.go(f"/s/{kept.code}/{page}/").text
    assert not quicker


def first_touched(queries, *tables):
    """The tables in the order in which a row of theirs is first changed."""
    changes = [q["sql"] for q in queries if q["sql"].lstrip().startswith(("UPDATE", "DELETE"))]
    at = {
        t: next(i for i, sql in enumerate(changes) if f"{t} " in sql.replace('"', "") + " ")
        for t in tables
    }
    return sorted(tables, key=at.__getitem__)


@pytest.mark.parametrize("act", ["send", "forget"])
def test_draft_is_changed_first_so_that_two_requests_never_wait_for_each_other(kept, act):
    client = Client()
    client.cookies.update(kept.client.cookies)
    if act == "send":
        kept.go(f"/s/{kept.code}/check/")
        address = f"/s/{kept.code}/send/"
        data = {"nonce": re.search(r'name="nonce" value="(\w+)"', kept.text).group(1)}
    else:
        address, data = f"/s/{kept.code}/saved/", {".forget": "1"} | token(kept)
    with CaptureQueriesContext(connection) as asked:
        assert client.post(address, data).status_code == 303
    tables = ("surveys_draft", "surveys_savedanswers", "surveys_savedcontact")
    assert first_touched(asked, *tables)[0] == "surveys_draft"
