"""Somebody answers, page by page, as a browser without a script would."""

import re
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.models.drafts import Draft
from surveys.models.responses import OwnWords, Receipt, Response
from surveys.models.versions import Survey
from surveys.tally.count import count_new
from surveys.tally.store import counts_by_cell
from surveys.versions.publish import withdraw_version
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person, token

pytestmark = pytest.mark.django_db


def test_person_answers_checks_and_sends(person, version):
    person.answer_all()
    assert person.at.endswith("/check/")
    for text in ("North", "Completely dissatisfied", "Slow; Rude", "4 calls", "November 2021"):
        assert text in person.text
    person.post()
    assert person.at.endswith("/done/")
    assert "Thank you" in person.text
    response = Response.objects.get()
    assert response.answers == {
        "area": "north",
        "overall": "3",
        "reasons": ["slow", "rude"],
        "reported": "yes",
        "calls": 4,
        "when": "2021-11",
    }
    assert {words.question: words.read() for words in OwnWords.objects.all()} == {
        "first-name-of-area": "The Hill",
        "words": "Call me back",
    }
    count_new()
    assert counts_by_cell(version)[0].n == 1


def test_sending_twice_stores_once(person):
    """A double click: the second form arrives when the first has ended the session."""
    person.answer_all()
    nonce = re.search(r'name="nonce" value="(\w+)"', person.text).group(1)
    for _ in range(3):
        response = person.client.post(f"/s/{person.code}/send/", {"nonce": nonce})
        assert response["Location"] == f"/s/{person.code}/done/"
    assert Response.objects.count() == Receipt.objects.count() == 1


def test_nobody_is_thanked_who_did_not_send(person):
    page = person.client.get(f"/s/{person.code}/done/")
    assert page.status_code == 410
    assert "have been sent" not in page.content.decode()


def test_thanks_of_one_survey_are_not_those_of_another(person):
    person.answer_all().post()
    other = publish(changed(SMALL, {"survey: small": "survey: other"}))
    assert person.client.get(f"/s/{other.survey.code}/done/").status_code == 410


def test_thanks_last_ten_minutes_and_not_beyond_leaving(person):
    person.answer_all().post()
    with time_machine.travel(timezone.now() + timedelta(minutes=9)):
        assert person.go(person.at).page.status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert person.go(person.at).page.status_code == 410
    assert person.go(person.at).page.status_code == 200
    person.client.get("/exit/")
    assert person.go(person.at).page.status_code == 410


def test_who_sent_is_thanked_though_the_version_is_withdrawn_then(person, version):
    person.answer_all().post()
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    assert "Thank you" in person.go(person.at).text


def test_who_is_in_the_middle_of_what_is_withdrawn_is_told_so(person, version):
    person.post().post()
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    person.post(area="north")
    assert person.page.status_code == 410
    assert "These questions were withdrawn" in person.text
    assert "Begin again" not in person.text
    # It is told for some minutes more; the answers are gone.
    assert Draft.objects.get().sealed == ""
    assert "These questions were withdrawn" in person.go(person.at).text


def test_wrong_answer_off_the_path_does_not_stop_the_sending(db):
    """A date that midnight made wrong, on a page that another answer hid meanwhile."""
    hidden = """  - show_if: {overall: {is: 3}}
    questions:
      - {name: day, kind: date, earliest: today, ask: {en: From when on?}}
  - show_if: {overall: {is: 3}}
"""
    text = changed(SMALL, {"  - show_if: {overall: {is: 3}}\n": hidden})
    late = datetime(2026, 3, 10, 23, 50, tzinfo=UTC)
    with time_machine.travel(late):
        person = Person(publish(text))
        person.post().post().post(area="north").post(overall="3")
        person.post(day__day="10", day__month="3", day__year="2026").post().post().post().post()
        assert person.at.endswith("/check/")
        person.go(f"/s/{person.code}/3/?to=check").post(overall="1")
        assert person.at.endswith("/check/")
    with time_machine.travel(late + timedelta(minutes=15)):
        person.go(person.at).post()
    assert person.at.endswith("/done/")
    assert "day" not in Response.objects.get().answers


def test_form_sent_after_the_session_ended_is_told_so(person):
    person.post().post()
    person.client.get("/exit/")
    person.post(area="north")
    assert person.page.status_code == 410
    assert "These pages are closed" in person.text
    assert not Draft.objects.exists()


def test_foreign_nonce_sends_nothing(person):
    person.answer_all()
    assert person.client.post(f"/s/{person.code}/send/", {"nonce": "0" * 32}).status_code == 400
    stranger = Client().post(f"/s/{person.code}/send/", {"nonce": "0" * 32})
    assert stranger.status_code == 410
    assert not Response.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"calls": "21"}, "Enter 20 or a smaller number"),
        ({"calls": "some"}, "Enter a whole number"),
        ({"calls": "3", "calls__missing": "dont-know"}, "not both"),
        ({"calls__missing": "invented"}, "Select one of the answers shown"),
        ({"when__month": "13", "when__year": "2021"}, "Enter a real month and year"),
        ({"when__month": "1", "when__year": "2999"}, "or earlier"),
    ],
)
def test_crafted_answer_shows_the_page_again_and_stores_nothing(person, fields, message):
    person.post().post().post(area="north").post(overall="1").post(reported="yes")
    before = Draft.objects.get().read()
    person.post(**fields)
    assert person.page.status_code == 400
    assert message in person.text
    assert "Please look at this again" in person.text
    # What was typed is still there to be mended.
    typed = fields.get("calls") or fields.get("when__year")
    assert typed is None or f'value="{typed}"' in person.text
    assert Draft.objects.get().read() == before
    assert not Response.objects.exists()


def test_error_summary_leads_to_the_input(person):
    person.post().post().post(area="moon")
    (target,) = re.findall(r'href="#(area[^"]*)"', person.text)
    assert f'id="{target}"' in person.text


def test_question_can_be_skipped(person):
    person.post().post().post().post().post().post().post()
    assert person.at.endswith("/check/")
    person.post()
    assert Response.objects.get().answers == {}


def test_changing_an_answer_from_the_check_page(person):
    person.answer_all()
    change = re.search(r'href="(/s/[^"]+/3/\?to=check)"', person.text).group(1)
    person.go(change)
    assert re.search(r'value="3"[^>]*checked', person.text)
    assert f'href="/s/{person.code}/check/">Back' in person.text
    person.post(overall="1")
    assert person.at.endswith("/check/")
    assert "Slow" not in person.text
    # Back to the complaint: the answer that was hidden meanwhile is there again, and is asked.
    person.go(change).post(overall="3")
    assert "/4/" in person.at
    person.post(reasons=["lost"])
    assert person.at.endswith("/check/")
    person.post()
    assert Response.objects.get().answers["reasons"] == ["lost"]


def test_back_leads_to_the_page_before(person):
    person.post().post().post(area="north")
    back = re.search(r'class="govuk-back-link" href="([^"]+)"', person.text).group(1)
    person.go(back)
    assert re.search(r'value="north"[^>]*checked', person.text)


def test_progress_counts_questions_and_not_pages_to_read(person):
    person.post()
    assert "of about" not in person.text
    person.post()
    assert "Question 1 of about 6" in person.text


def test_first_page_has_no_way_back_that_would_delete_answers(person):
    person.post()
    assert "govuk-back-link" not in person.text


def test_page_off_the_path_is_not_shown(person):
    person.post().post()
    for number in (4, 99):
        page = person.client.get(f"/s/{person.code}/{number}/", follow=True)
        assert "Check your answers" in page.content.decode()
        assert "What was wrong?" not in page.content.decode()


def test_person_in_the_middle_finishes_on_their_version(person):
    person.post().post().post(area="north")
    publish(changed(SMALL, {"version: 1": "version: 2", "code: north": "code: upper"}))
    person.post().post().post().post()
    person.post()
    assert Response.objects.get().version.number == 1


class Counting(Person):
    """A person whose every request tells how many queries it made."""

    def __init__(self, version):
        self.counts = {}
        super().__init__(version)
        self.client.get, self.client.post = map(self.counted, (self.client.get, self.client.post))

    def counted(self, ask):
        def answer(address, *args):
            with CaptureQueriesContext(connection) as queries:
                response = ask(address, *args)
            asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
            self.counts[ask.__name__, address.removeprefix(f"/s/{self.code}")] = asked
            return response

        return answer


def test_no_page_makes_more_than_three_queries(db):
    safe = "interruption: {en: Is this a safe time?}\nsave: true\nstart: {en:"
    version = publish(changed(SMALL, {"start: {en:": safe}))
    person = Counting(version)
    person.go(person.at).post().post().post().post(area="north")
    person.post(overall="3").post(reasons=["slow"])
    person.client.post(person.at, {".save": "1", **token(person)})
    person.go(f"/s/{person.code}/saved/")
    person.go(f"/s/{person.code}/5/").post(reported="no").post(when__month="11", when__year="2021")
    person.post(words="Call me back").go(f"/s/{person.code}/check/").post()
    assert person.at.endswith("/done/")
    person.go(f"/s/{person.code}/2/").go(f"/s/{person.code}/return/").client.get("/exit/")
    counts = {step: len(asked) for step, asked in person.counts.items()}
    # To send is no page, but leads on to one: it reads, takes a token, stores and ends the visit.
    # Two more forget what was kept under a number.
    assert counts.pop(("post", "/send/")) == 4 + 2
    assert {step: n for step, n in counts.items() if n > 3} == {}, person.counts
    assert len(counts) > 15


def test_survey_that_closes_meanwhile_still_thanks(person, version):
    person.answer_all()
    Survey.objects.filter(pk=version.survey_id).update(closes_at="2020-01-01T00:00Z")
    person.post()
    assert person.page.status_code == 200
    assert "have been sent" in person.text
    assert Response.objects.count() == 1


def test_back_after_sending_does_not_say_that_nothing_was_sent(person):
    person.answer_all().post()
    person.go(f"/s/{person.code}/check/")
    assert person.page.status_code == 410
    assert "Your answers have been sent. You need do nothing more." in person.text
