"""A survey that ends early, and what people leave to be reached by."""

import pytest

from surveys.models.contacts import ContactDetail, DraftContact
from surveys.models.drafts import Draft
from surveys.models.responses import Response
from tests.factories.larger import LARGER
from tests.factories.surveys import changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db

REACHED = """
  - questions:
      - name: address
        kind: email
        ask: {en: Where may we write to you?}
        purpose: {en: "To send you the results, once"}
breakdowns: [knows]
"""


@pytest.fixture
def person(db):
    return Person(publish(LARGER))


def test_screen_out_says_why_and_stores_nothing(person):
    person.post().post(adult="no")
    assert person.at.endswith("/ended/")
    assert person.page.status_code == 200
    assert "This is for people aged 18 or over." in person.text
    assert "Nothing that you answered was kept" in person.text
    assert Draft.objects.get().sealed == ""
    assert not Response.objects.exists()


def test_nobody_comes_back_to_a_visit_that_ended(person):
    person.post().post(adult="no")
    person.go(f"/s/{person.code}/2/")
    assert person.page.status_code == 410


def test_words_of_an_ending_go_with_leaving(person):
    person.post().post(adult="no")
    ended = person.at
    assert person.go(ended).page.status_code == 200
    person.client.get("/exit/")
    person.go(ended)
    assert person.page.status_code == 410
    assert "aged 18" not in person.text


def test_words_of_an_ending_are_for_who_was_sent_there(person):
    person.go(f"/s/{person.code}/ended/")
    assert person.page.status_code == 410
    assert "aged 18" not in person.text


def test_safety_exit_shows_help_first_and_the_way_out(db):
    person = Person(publish(changed(LARGER, {"outcome: screen-out": "outcome: safety-exit"})))
    person.post().post(adult="no")
    assert "You can stop here" in person.text
    # The one that stands on every page, and the large one.
    assert person.text.count('href="/exit/"') == 2


def test_screen_out_by_a_change_from_the_check_page(person):
    person.post().post(adult="yes").post(county="kent").post().post()
    assert person.at.endswith("/check/")
    person.go(f"/s/{person.code}/1/?to=check").post(adult="no")
    assert "/ended/" in person.at
    assert Draft.objects.get().sealed == ""


def test_finish_goes_on_to_checking(person):
    person.post().post(adult="yes").post(county="kent").post(towns=["dover", "deal"])
    assert "Which towns in" not in person.text
    person.post(visits="60")
    assert person.at.endswith("/check/")
    person.post()
    answers = Response.objects.get().answers
    assert (answers["visits"], answers["knows"]) == (60, "well")


def test_only_offered_options_are_shown_and_taken(person):
    person.post().post(adult="yes").post(county="surrey")
    assert "Which towns in Surrey do you know?" in person.text
    assert "Dover" not in person.text
    person.post(towns=["dover"])
    assert "Select one of the answers shown" in person.text


def test_answer_that_can_not_be_right_is_told_in_the_surveys_words(person):
    person.post().post(adult="yes").post(county="kent").post(towns=["dover", "deal"])
    person.post(visits="1")
    assert person.page.status_code == 400
    assert "Two towns need two visits" in person.text


def test_contact_details_are_kept_apart(db):
    person = Person(publish(changed(LARGER, {"\nbreakdowns: [knows]\n": REACHED})))
    person.post().post(adult="yes").post(county="kent").post().post(last="Thank you all")
    person.post(address="jo@example.org")
    assert "jo@example.org" in person.text
    draft = Draft.objects.get()
    assert "jo@example.org" not in str(draft.read())
    person.post()
    assert "/done/" in person.at
    response = Response.objects.get()
    assert "address" not in response.answers
    assert {words.question for words in response.own_words.all()} == {"last"}
    left = ContactDetail.objects.get()
    assert (left.read(), left.question) == ("jo@example.org", "address")
    assert left.survey == response.version.survey


def test_sending_twice_keeps_contact_details_once(db):
    person = Person(publish(changed(LARGER, {"\nbreakdowns: [knows]\n": REACHED})))
    person.post().post(adult="yes").post(county="kent").post().post()
    person.post(address="jo@example.org")
    nonce = Draft.objects.get().pk.hex
    person.post()
    again = person.client.post(f"/s/{person.code}/send/", {"nonce": nonce})
    assert again.status_code == 303
    assert ContactDetail.objects.count() == 1


def test_leaving_forgets_contact_details(db):
    person = Person(publish(changed(LARGER, {"\nbreakdowns: [knows]\n": REACHED})))
    person.post().post(adult="yes").post(county="kent").post().post()
    person.post(address="jo@example.org")
    person.client.get("/exit/")
    assert not Draft.objects.exists()
    assert not DraftContact.objects.exists()
    assert not ContactDetail.objects.exists()
