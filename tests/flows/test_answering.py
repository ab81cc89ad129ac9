"""Somebody answers, page by page, as a browser without a script would."""

import io
import logging
import re
from html import unescape
from unittest import mock

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from config.logs import RouteInsteadOfPath, WithoutValues
from surveys.definitions.loader import load_definition
from surveys.models.responses import Draft, OwnWords, Receipt, Response
from surveys.models.versions import Survey
from surveys.responses.retention import forget
from surveys.tally.count import count_new
from surveys.tally.store import counts_by_cell
from surveys.versions.publish import store_version
from tests.factories.surveys import SMALL, changed, publish

pytestmark = pytest.mark.django_db


class Person:
    """A browser that follows the forms on the pages, with Django's protection switched on."""

    def __init__(self, version):
        self.client = Client(enforce_csrf_checks=True)
        self.code = version.survey.code
        self.at = f"/s/{self.code}/"
        self.page = self.client.get(self.at)

    def post(self, **fields):
        token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', self.text)
        nonce = re.search(r'name="nonce" value="(\w+)"', self.text)
        action = re.search(r'<form[^>]*action="([^"]*)"', self.text)
        data = {re.sub("(?<!_)_(?!_)", "-", name): value for name, value in fields.items()}
        data |= {"csrfmiddlewaretoken": token.group(1)} if token else {}
        data |= {"nonce": nonce.group(1)} if nonce else {}
        self.page = self.client.post(action.group(1) or self.at, data)
        while self.page.status_code == 303:
            self.at = self.page["Location"]
            self.page = self.client.get(self.at)
        return self

    def go(self, address):
        self.at = address
        self.page = self.client.get(address)
        return self

    @property
    def text(self):
        return unescape(self.page.content.decode())

    def answer_all(self):
        """From the start page to the check page, with a complaint on the way."""
        self.post().post()
        self.post(area="north").post(overall="3").post(reasons=["slow", "rude"])
        self.post(reported="yes", first_name_of_area="The Hill")
        self.post(calls="4", when_month="11", when_year="2021")
        return self.post(words="Call me back")


@pytest.fixture
def version():
    return publish()


@pytest.fixture
def person(version):
    return Person(version)


def test_person_answers_checks_and_sends(person, version):
    person.answer_all()
    assert person.at.endswith("/check/")
    for text in ("North", "Completely dissatisfied", "Slow; Rude", "4 calls", "November 2021"):
        assert text in person.text
    person.post()
    assert "/done/?sent=" in person.at
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


def test_nothing_is_left_behind_after_sending(person):
    person.answer_all().post()
    assert not Draft.objects.exists()
    assert not Session.objects.exists()


def test_sending_twice_stores_once(person):
    """A double click: the second form arrives when the first has ended the session."""
    person.answer_all()
    nonce = re.search(r'name="nonce" value="(\w+)"', person.text).group(1)
    for _ in range(3):
        response = person.client.post(f"/s/{person.code}/send/", {"nonce": nonce})
        assert "/done/?sent=" in response["Location"]
    assert Response.objects.count() == Receipt.objects.count() == 1


@pytest.mark.parametrize("query", ["", "?sent=", "?sent=invented:1:2"])
def test_nobody_is_thanked_who_did_not_send(person, query):
    page = person.client.get(f"/s/{person.code}/done/{query}")
    assert page.status_code == 410
    assert "have been sent" not in page.content.decode()


def test_thanks_of_one_survey_are_not_those_of_another(person):
    person.answer_all().post()
    mark = person.at.split("?")[1]
    other = publish(changed(SMALL, {"survey: small": "survey: other"}))
    assert person.client.get(f"/s/{other.survey.code}/done/?{mark}").status_code == 410


def test_form_sent_after_the_session_ended_is_told_so(person):
    person.post().post()
    person.client.get("/exit/")
    person.post(area="north")
    assert person.page.status_code == 410
    assert "These pages are closed" in person.text
    assert not Draft.objects.exists()


@pytest.mark.parametrize("code", ["%00", "a%0Ab", "x" * 65, "%F0%9F%A6%8A", "a.b"])
def test_impossible_code_is_not_found(client, code):
    assert client.get(f"/s/{code}/").status_code == 404


def test_foreign_nonce_sends_nothing(person):
    person.answer_all()
    assert person.client.post(f"/s/{person.code}/send/", {"nonce": "0" * 32}).status_code == 400
    stranger = Client().post(f"/s/{person.code}/send/", {"nonce": "0" * 32})
    assert stranger.status_code == 410
    assert not Response.objects.exists()


def test_reading_the_start_page_leaves_no_trace(person):
    assert person.page.status_code == 200
    assert not person.page.cookies
    assert not Session.objects.exists()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"calls": "21"}, "Enter 20 or a smaller number"),
        ({"calls": "some"}, "Enter a whole number"),
        ({"calls": "3", "calls__missing": "dont-know"}, "not both"),
        ({"calls__missing": "invented"}, "Select one of the answers shown"),
        ({"when_month": "13", "when_year": "2021"}, "Enter a real month and year"),
        ({"when_month": "1", "when_year": "2999"}, "or earlier"),
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
    typed = fields.get("calls") or fields.get("when_year")
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


def test_leaving_ends_draft_and_session(person):
    person.post().post().post(area="north")
    response = person.client.get("/exit/")
    assert response.status_code == 303
    assert response["Location"] == "https://www.bbc.co.uk/weather"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Draft.objects.exists()
    assert not Session.objects.exists()
    assert response.cookies["session"].value == ""
    person.go(f"/s/{person.code}/3/")
    assert person.page.status_code == 410
    assert "These pages are closed" in person.text


def test_leaving_without_having_begun(client):
    assert client.get("/exit/").status_code == 303


@pytest.mark.parametrize("minutes", [21, 61])
def test_idle_draft_is_gone(person, minutes):
    with time_machine.travel("2022-11-30T12:00Z", tick=False) as clock:
        person.post().post()
        clock.shift(minutes * 60)
        person.go(person.at)
        assert person.page.status_code == 410
        assert forget()["drafts"] == 1
    assert not Draft.objects.exists()


def test_draft_in_use_ends_after_an_hour(person):
    with time_machine.travel("2022-11-30T12:00Z", tick=False) as clock:
        person.post().post()
        for _ in range(4):
            clock.shift(14 * 60)
            assert person.go(f"/s/{person.code}/2/").post(area="north").page.status_code == 200
        clock.shift(5 * 60)
        assert person.go(person.at).page.status_code == 410


def test_every_page_forbids_keeping_it(person):
    pages = [person.page]
    person.answer_all()
    pages += [person.page, person.client.get(f"/s/{person.code}/1/"), person.client.get("/exit/")]
    for page in pages:
        assert "no-store" in page["Cache-Control"]
        assert page["Referrer-Policy"] in ("same-origin", "no-referrer")
        assert "default-src 'none'" in page["Content-Security-Policy"]
        assert "unsafe" not in page["Content-Security-Policy"]


def test_unknown_closed_and_unpublished_look_the_same(version, client):
    draft = store_version(
        load_definition(changed(SMALL, {"survey: small": "survey: b"})), actor="t"
    )
    unknown = client.get("/s/nothing-here/")
    unpublished = client.get(f"/s/{draft.survey.code}/")
    Survey.objects.filter(pk=version.survey_id).update(closes_at="2020-01-01T00:00Z")
    closed = client.get(f"/s/{version.survey.code}/")
    assert unknown.status_code == closed.status_code == unpublished.status_code == 404
    assert unknown.content == closed.content == unpublished.content


def test_person_in_the_middle_finishes_on_their_version(person):
    person.post().post().post(area="north")
    publish(changed(SMALL, {"version: 1": "version: 2", "code: north": "code: upper"}))
    person.post().post().post().post()
    person.post()
    assert Response.objects.get().version.number == 1


def test_page_makes_at_most_three_queries(person):
    person.post().post()
    for work in (
        lambda: person.go(person.at),
        lambda: person.client.post(person.at, {"area": "north", **token(person)}),
    ):
        with CaptureQueriesContext(connection) as queries:
            work()
        asked = [q["sql"] for q in queries if "SAVEPOINT" not in q["sql"]]
        assert len(asked) <= 3, asked


def token(person):
    found = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', person.text)
    return {"csrfmiddlewaretoken": found.group(1)}


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
    assert "If you had already sent your answers, they reached us" in person.text


def test_errors_and_redirects_are_not_kept_either(person):
    for page in (
        person.client.get(f"/s/{person.code}"),
        person.client.get("/exit"),
        person.client.get("/s/nothing/"),
        person.client.post(f"/s/{person.code}/1/", {}),
        person.client.post(f"/s/{person.code}/send/", {"nonce": "x"}),
    ):
        assert page.status_code != 200
        assert "no-store" in page["Cache-Control"], page.status_code


def test_logs_name_the_route_and_never_the_address(person):
    person.post().post()
    person.client.raise_request_exception = False
    # As the settings have it, but into a text.
    handler = logging.StreamHandler(written := io.StringIO())
    handler.addFilter(RouteInsteadOfPath())
    handler.setFormatter(WithoutValues("{levelname} {name}: {message}", style="{"))
    logging.getLogger().addHandler(handler)
    try:
        with mock.patch("surveys.respond.views.journey", side_effect=ValueError("secret answer")):
            assert person.client.get(person.at).status_code == 500
        person.client.post(f"/s/{person.code}/1/", {})
    finally:
        logging.getLogger().removeHandler(handler)
    logged = written.getvalue()
    assert "route respond-page" in logged
    assert "ValueError" in logged
    assert person.code not in logged
    assert "secret answer" not in logged


@pytest.mark.parametrize("charset", ["unicode_escape", "rot13", "hex", "utf-16"])
def test_form_in_another_encoding_is_refused(person, charset):
    person.post().post().post()
    content = f"csrfmiddlewaretoken={token(person)['csrfmiddlewaretoken']}&area=north".encode()
    kind = f"application/x-www-form-urlencoded; charset={charset}"
    assert person.client.generic("POST", person.at, content, kind).status_code == 400
    assert "area" not in Draft.objects.get().read()


def test_discreet_pages_say_nothing_in_title_address_or_cookie():
    from tests.surveys.definitions.test_loading import CONTENT

    listed = [
        word.strip().lower()
        for word in (CONTENT / "words.txt").read_text().splitlines()
        if word.strip() and not word.startswith("#")
    ]
    for slug in ("domestic-abuse", "hate-crime", "rape"):
        call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
        survey = Survey.objects.get(slug=slug)
        person = Person(survey.versions.get())
        person.post()
        for page in (person, person.post()):
            head = page.text[: page.text.index("</head>")].lower()
            cookies = " ".join(person.client.cookies).lower()
            for word in listed:
                pattern = rf"\b{re.escape(word)}"
                assert not re.search(pattern, head), (slug, word)
                assert not re.search(pattern, f"{page.at} {cookies}".lower()), (slug, word)
