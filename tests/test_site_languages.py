"""The site's own pages: English where they always were, Welsh below /cy/, and no cookie for it."""

import re

import pytest
from django.test import Client

from tests.factories.languages import SPOKEN
from tests.factories.pages import pieces
from tests.factories.surveys import changed, publish
from tests.flows.test_no_english import english_on, english_words

pytestmark = pytest.mark.django_db
PAGES = ["", "help/", "privacy/", "cookies/", "accessibility/"]


@pytest.fixture
def welsh_browser():
    return Client(headers={"accept-language": "cy"})


@pytest.mark.parametrize("page", PAGES)
def test_address_alone_says_the_language(welsh_browser, page):
    english = welsh_browser.get(f"/{page}")
    welsh = Client(headers={"accept-language": "en"}).get(f"/cy/{page}")
    assert '<html lang="en" dir="ltr"' in english.content.decode()
    assert '<html lang="cy" dir="ltr"' in welsh.content.decode()
    assert not english.cookies
    assert not welsh.cookies


@pytest.mark.parametrize("page", PAGES)
def test_each_page_leads_to_the_other_language(client, page):
    for address, other, name in (
        (f"/{page}", f"/cy/{page}", "Cymraeg"),
        (f"/cy/{page}", f"/{page}", "English"),
    ):
        text = client.get(address).content.decode()
        for tag, alternate in (("en", f"/{page}"), ("cy", f"/cy/{page}")):
            link = f'<link rel="alternate" hreflang="{tag}" href="http://testserver{alternate}">'
            assert link in text
        assert re.search(rf'<a class="languages__way" href="{other}"[^>]*>{name}</a>', text)


@pytest.mark.parametrize("page", [*PAGES, "nothing-here/"])
def test_no_english_on_a_welsh_page(client, page):
    publish(changed(SPOKEN, {"discreet: true": "discreet: true\nlisted: true"}))
    assert english_on(client.get(f"/cy/{page}"), set(english_words())) == set()


def test_links_of_a_welsh_page_stay_welsh_where_they_can(client):
    links = set(re.findall(r'href="(/[^"]*)"', client.get("/cy/help/").content.decode()))
    assert {f"/cy/{page}" for page in PAGES} <= links
    assert {"/statements/", "/measures/"} <= links
    assert not links & {f"/{page}" for page in PAGES} - {"/help/"}


def test_home_names_surveys_in_its_language_and_opens_them_in_it(client):
    version = publish(changed(SPOKEN, {"discreet: true": "discreet: true\nlisted: true"}))
    start = f"/s/{version.survey.code}/"
    english = client.get("/").content.decode()
    welsh = client.get("/cy/").content.decode()
    assert f'href="{start}">Your views</a>' in english
    assert f'href="{start}?language=cy">Eich barn</a>' in welsh
    assert "Mae’n cymryd tua 3 munud" in welsh


def test_survey_without_welsh_is_named_in_its_own_language(client):
    text = changed(SPOKEN, {"[en, cy, ar, en-simple]": "[en]", ", cy: Eich barn": ""})
    publish(changed(text, {"discreet: true": "discreet: true\nlisted: true"}))
    page = client.get("/cy/").content.decode()
    assert {p.language for p in pieces(page) if p.text == "Your views"} == {"en"}
    assert "language=cy" not in page


@pytest.mark.parametrize("address", ["/statements/", "/measures/", "/admin/login/"])
def test_what_is_english_only_stays_so_for_a_welsh_browser(welsh_browser, address):
    text = welsh_browser.get(address).content.decode()
    assert re.search(r'<html lang="en-gb"', text)
    assert 'class="languages"' not in text
    assert welsh_browser.get(f"/cy{address}").status_code == 404


def test_english_has_no_second_address(client):
    assert client.get("/en/help/").status_code == 404


def test_error_around_a_survey_follows_the_browser(welsh_browser, client):
    address = "/s/no-such/page/here/"
    assert "Dydy’r dudalen hon ddim ar gael" in welsh_browser.get(address).content.decode()
    assert "This page is not available" in client.get(address).content.decode()


def test_fault_is_told_in_the_language_of_the_address(client, monkeypatch):
    client.raise_request_exception = False
    monkeypatch.setattr("config.pages.all_helplines", lambda _: 1 / 0)
    for address, words in (("/help/", "The fault is ours"), ("/cy/help/", "Ein bai ni yw hyn")):
        response = client.get(address)
        assert response.status_code == 500
        assert words in response.content.decode()
