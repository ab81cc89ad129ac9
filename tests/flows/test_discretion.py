"""What a visit leaves behind, on the device, on the server and in the logs: nothing."""

import io
import logging
import re
from unittest import mock

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.core.management import call_command

from config.logs import RouteInsteadOfPath, WithoutValues
from surveys.definitions.loader import load_definition
from surveys.models.drafts import Draft
from surveys.models.versions import Survey
from surveys.responses.retention import forget
from surveys.versions.publish import store_version
from tests.factories.surveys import SMALL, changed
from tests.flows.person import Person, token

pytestmark = pytest.mark.django_db


def test_nothing_is_left_behind_after_sending(person):
    person.answer_all().post()
    # Only that something was sent, in which version and language, for the page of thanks.
    draft = Draft.objects.get()
    assert draft.state == "sent"
    assert (draft.sealed, draft.saved, draft.number) == ("", "", "")
    person.client.get("/exit/")
    assert not Draft.objects.exists()
    assert not Session.objects.exists()


@pytest.mark.parametrize("code", ["%00", "a%0Ab", "x" * 65, "%F0%9F%A6%8A", "a.b"])
def test_impossible_code_is_not_found(client, code):
    assert client.get(f"/s/{code}/").status_code == 404


def test_reading_the_start_page_leaves_no_trace(person):
    assert person.page.status_code == 200
    assert not person.page.cookies
    assert not Session.objects.exists()


def test_leaving_ends_the_visit(person):
    person.post().post().post(area="north")
    response = person.client.get("/exit/")
    assert response.status_code == 303
    assert response["Location"] == "https://www.bbc.co.uk/weather"
    assert response["Clear-Site-Data"] == '"cache", "storage"'
    assert not Draft.objects.exists()
    assert response.cookies["visit"].value == ""
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
        with mock.patch("surveys.respond.visit.walk", side_effect=ValueError("secret answer")):
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


def test_leaving_takes_the_cookies_of_the_public_site_too(client):
    for name in ("cookies_policy", "visited"):
        client.cookies[name] = "something"
    left = client.get("/exit/")
    assert {name: left.cookies[name].value for name in ("cookies_policy", "visited")} == {
        "cookies_policy": "",
        "visited": "",
    }


def test_address_below_a_survey_where_nothing_is_names_nobody(person, client):
    page = client.get(f"/s/{person.code}/no/such/")
    assert page.status_code == 404
    assert "This page is not available" in page.content.decode()
    assert "Commissioner" not in page.content.decode()
    assert "no-store" in page["Cache-Control"]
