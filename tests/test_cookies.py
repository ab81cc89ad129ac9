"""The one optional cookie: chosen without a session, kept for nobody else, counted once a month."""

import re
from datetime import date
from pathlib import Path

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group, User
from django.contrib.sessions.models import Session
from django.test import Client

from config.models import VisitMonth
from tests.factories.surveys import SMALL, publish

pytestmark = pytest.mark.django_db
HERE = {"origin": "http://testserver"}
SCRIPT = {"sec-fetch-site": "same-origin", "accept": "application/json"}
PUBLIC = [
    "/",
    "/help/",
    "/privacy/",
    "/cookies/",
    "/cookies/?saved=yes",
    "/accessibility/",
    "/cy/",
    "/cy/cookies/",
    "/statements/",
    "/measures/",
    "/measures/robbery/",
    "/api/v1/docs/",
    "/api/v1/surveys/",
    "/no-such-page/",
]
BOTH = {"cookies_policy": "usage:yes", "visited": "2026-10"}


def browser(**cookies):
    client = Client()
    for name, value in cookies.items():
        client.cookies[name] = value
    return client


def choose(client, usage, address="/cookies/", headers=HERE):
    return client.post(address, {"usage": usage} if usage else {}, headers=headers)


def come(client, headers=HERE):
    return client.post("/cookies/visit/", headers=headers)


def counted():
    return list(VisitMonth.objects.values_list("month", "first_time", "returning"))


# --- Choosing -------------------------------------------------------------------------------------


@pytest.mark.parametrize(("usage", "said"), [("yes", "accepted"), ("no", "rejected")])
def test_choice_is_kept_and_the_page_says_so(client, usage, said):
    answer = choose(client, usage)
    assert answer.status_code == 303
    assert answer["Location"] == "/cookies/?saved=yes"
    page = client.get(answer["Location"], headers={"sec-fetch-site": "same-origin"})
    text = page.content.decode()
    assert "Your cookie preferences were saved" in text
    assert f"You have {said} the usage cookie." in text
    assert f"At present: {usage}" in text
    assert re.search(rf'value="{usage}" checked', text)
    assert text.count(" checked") == 1


def test_cookie_of_the_choice_is_small_and_lasts_a_year(client, settings):
    settings.SESSION_COOKIE_SECURE = True
    kept = choose(client, "yes").cookies["cookies_policy"]
    assert (kept.value, kept["max-age"], kept["path"]) == ("usage:yes", 31_536_000, "/")
    assert (kept["samesite"], kept["secure"], kept["domain"]) == ("Lax", True, "")
    assert not kept["httponly"], "the script on the other pages has to read it"


def test_choosing_needs_and_makes_no_session(client):
    answer = choose(client, "yes")
    assert set(answer.cookies) == {"cookies_policy"}
    assert not Session.objects.exists()


def test_rejecting_deletes_what_the_counting_left():
    answer = choose(browser(**BOTH), "no")
    gone = answer.cookies["visited"]
    assert (gone.value, gone["max-age"], gone["path"]) == ("", 0, "/")
    assert answer.cookies["cookies_policy"].value == "usage:no"


def test_browser_that_keeps_no_cookie_is_told():
    text = (
        Client()
        .get("/cookies/?saved=yes", headers={"sec-fetch-site": "same-origin"})
        .content.decode()
    )
    assert "Your cookie preferences were not saved" in text
    assert "it blocks cookies" in text
    assert "<title>Error: Cookies" in text


def test_link_to_the_page_after_saving_claims_nothing():
    text = Client().get("/cookies/?saved=yes").content.decode()
    assert "saved</h2>" not in text
    assert 'role="alert"' not in text


def test_form_without_a_choice_is_told_where(client):
    for usage in ("", "perhaps"):
        answer = choose(client, usage)
        assert answer.status_code == 400
        assert '<a href="#usage">Choose yes or no</a>' in answer.content.decode()
        assert not answer.cookies


def test_script_is_answered_in_json(client):
    answer = choose(client, "no", headers=SCRIPT)
    assert (answer.status_code, answer.json()) == (200, {"usage": False})
    assert answer.cookies["cookies_policy"].value == "usage:no"
    assert choose(client, "", headers=SCRIPT).json() == {"problem": "empty"}


def test_welsh_page_leads_back_to_itself(client):
    assert choose(client, "no", address="/cy/cookies/")["Location"] == "/cy/cookies/?saved=yes"


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"origin": "null"},
        {"origin": "http://["},
        {"referer": "http://[/cookies/"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver.example.org"},
        {"referer": "http://example.org/http://testserver/"},
        {"sec-fetch-site": "cross-site", "origin": "http://testserver"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "none"},
    ],
)
def test_other_sites_choose_and_count_nothing(headers):
    client = browser(**BOTH)
    answer = choose(client, "no", headers=headers)
    assert answer.status_code == 403
    assert not answer.cookies
    assert "Nothing was changed" in answer.content.decode()
    assert come(client, headers=headers).status_code == 403
    assert counted() == []


@pytest.mark.parametrize(
    "headers",
    [HERE, {"referer": "http://testserver/cookies/"}, {"sec-fetch-site": "same-origin"}],
)
def test_old_and_new_browsers_vouch_for_the_page_in_their_way(client, headers):
    assert choose(client, "no", headers=headers).status_code == 303


@pytest.mark.parametrize("signal", [{"sec-gpc": "1"}, {"dnt": "1"}])
def test_browser_that_objects_has_chosen_no(signal):
    text = Client().get("/cookies/", headers=signal).content.decode()
    assert "We take that as a no" in text
    assert 'value="no" checked' in text
    assert "We take that as a no" not in Client().get("/cookies/").content.decode()


def test_what_was_chosen_here_goes_before_the_signal():
    client = browser(cookies_policy="usage:yes")
    text = client.get("/cookies/", headers={"sec-gpc": "1"}).content.decode()
    assert 'value="yes" checked' in text
    assert "that goes first" in text


def test_page_of_the_choice_is_never_kept(client):
    for answer in (client.get("/cookies/"), choose(client, "no"), come(client)):
        assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("kept", ["", "usage", '{"usage":true}', "usage:yes;x", "\x00"])
def test_cookie_that_nobody_of_us_wrote_is_no_choice(kept):
    client = browser(cookies_policy=kept)
    assert "At present: not chosen" in client.get("/cookies/").content.decode()
    assert come(client).status_code == 204
    assert counted() == []


def test_page_names_every_cookie(client):
    text = client.get("/cookies/").content.decode().replace("<wbr>", "")
    for name in ("SESSION_COOKIE_NAME", "VISIT_COOKIE_NAME", "POLICY_COOKIE_NAME"):
        assert f'<th scope="row">{getattr(settings, name)}</th>' in text
    assert f'<th scope="row">{settings.VISITED_COOKIE_NAME}</th>' in text


# --- Counting -------------------------------------------------------------------------------------


@time_machine.travel("2026-11-30T23:59:00Z")
def test_browser_is_counted_once_a_month():
    client = browser(cookies_policy="usage:yes")
    assert come(client).cookies["visited"].value == "2026-11"
    assert not come(client).cookies
    assert counted() == [(date(2026, 11, 1), 1, 0)]
    with time_machine.travel("2026-12-01T00:00:00Z"):
        assert come(client).cookies["visited"].value == "2026-12"
        assert come(browser(cookies_policy="usage:yes")).status_code == 204
    assert counted() == [(date(2026, 12, 1), 1, 1), (date(2026, 11, 1), 1, 0)]


@time_machine.travel("2026-06-30T23:30:00Z")
def test_month_is_that_of_the_office():
    come(browser(cookies_policy="usage:yes"))
    assert counted() == [(date(2026, 7, 1), 1, 0)]


@pytest.mark.parametrize("cookies", [{}, {"cookies_policy": "usage:no"}, {"visited": "2020-01"}])
def test_without_agreement_nothing_is_counted(cookies):
    answer = come(browser(**cookies))
    assert answer.status_code == 204
    assert not answer.cookies
    assert counted() == []


@pytest.mark.parametrize("last", ["", "2026-13", "somebody", "2026-1", "2026-10x"])
def test_month_that_is_none_is_a_first_visit(last):
    come(browser(cookies_policy="usage:yes", visited=last))
    assert [row[1:] for row in counted()] == [(1, 0)]


def test_visit_is_no_page(client):
    assert client.get("/cookies/visit/").status_code == 405


# --- Everybody else's pages -----------------------------------------------------------------------


@pytest.mark.parametrize("address", PUBLIC)
def test_no_public_page_sets_a_cookie(address):
    for client in (Client(), browser(**BOTH)):
        assert not client.get(address).cookies
    assert counted() == []


@pytest.mark.parametrize("address", [a for a in PUBLIC if "cookies" not in a])
def test_pages_are_the_same_bytes_for_everybody(address):
    anyone = Client().get(address)
    for cookies in (BOTH, {"cookies_policy": "usage:no"}):
        one = browser(**cookies).get(address, headers={"sec-gpc": "1"})
        assert one.content == anyone.content
        assert one.headers.get("ETag") == anyone.headers.get("ETag")
        assert one.headers.get("Vary") == anyone.headers.get("Vary")


def test_banner_is_hidden_in_the_page_and_holds_nothing_inline(client):
    text = client.get("/measures/").content.decode()
    banner = re.search(r'<div class="govuk-cookie-banner[^>]*>', text).group()
    assert banner.endswith(" hidden>")
    assert re.search(r'<script type="module" src="/static/cookies[^"]*\.js"></script>', text)
    assert text.index("govuk-cookie-banner") < text.index("govuk-skip-link")


def test_survey_pages_have_no_banner_and_take_no_notice():
    version = publish(SMALL)
    address = f"/s/{version.survey.code}/"
    anyone = Client().get(address)
    assert browser(**BOTH).get(address).content == anyone.content
    for page in (anyone, Client().get("/s/no-such/"), Client().get(f"{address}no/such/page/")):
        text = page.content.decode()
        assert "cookie-banner" not in text
        assert "cookies.js" not in text
        assert not set(page.cookies) & set(BOTH)


def test_script_knows_the_cookies_by_the_same_names():
    script = (Path(settings.BASE_DIR) / "static" / "js" / "cookies.js").read_text()
    assert f'POLICY = "{settings.POLICY_COOKIE_NAME}"' in script
    assert f'VISITED = "{settings.VISITED_COOKIE_NAME}"' in script


# --- The desk -------------------------------------------------------------------------------------


def test_viewer_sees_the_counts_and_what_they_leave_out(client):
    VisitMonth.objects.create(month=date(2026, 11, 1), first_time=1200, returning=34)
    viewer = User.objects.create_user("viewer", is_staff=True)
    viewer.groups.add(Group.objects.get(name="viewer"))
    client.force_login(viewer)
    text = client.get("/admin/house/visitmonth/").content.decode()
    assert "only people who accepted the usage cookie" in text
    for told in ("November 2026", "1,234", "1,200", "34"):
        assert told in text
    assert client.get("/admin/house/visitmonth/add/").status_code == 403


def test_desk_without_a_visit_says_that_nothing_has_to_be_done(admin_client):
    text = admin_client.get("/admin/house/visitmonth/").content.decode()
    assert "Nobody who agreed to be counted has come yet" in text
