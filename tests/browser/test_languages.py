"""Chromium reads the same survey in Welsh, in easy words and from the right, on phone and desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from surveys.models.drafts import Draft
from surveys.models.responses import Response
from tests.browser.conftest import DESK, PHONE
from tests.factories.languages import SPOKEN
from tests.factories.surveys import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
LANGUAGES = [("cy", "ltr"), ("ar", "rtl"), ("en-simple", "ltr")]


@pytest.fixture
def start(live_server):
    return f"{live_server.url}/s/{publish(SPOKEN).survey.code}/"


def go_on(page):
    """Presses the one large button, whatever it says."""
    with page.expect_navigation():
        page.locator("main button.govuk-button").click()


def choose(page, language):
    with page.expect_navigation():
        page.locator(f".languages__way[lang={language}]").click()


def assert_good(page, language, direction):
    root = page.locator("html")
    assert (root.get_attribute("lang"), root.get_attribute("dir")) == (language, direction)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()


def walk(page):
    """Every page from the start to the thanks; one of them with what is wrong on it, too."""
    yield
    go_on(page)
    yield
    while "/check/" not in page.url:
        if page.locator("input[name='when.day']").count():
            page.locator("input[name='when.day']").fill("31")
            page.locator("input[name=calls]").fill("some")
            go_on(page)
            yield
            page.locator("input[name='when.day']").fill("")
            page.locator("input[name=calls]").fill("")
        go_on(page)
        yield
    go_on(page)
    yield


@pytest.mark.parametrize(("language", "direction"), LANGUAGES)
def test_every_page_reads_well_on_a_phone(visit, start, arabic, language, direction):
    window = visit(size=PHONE)
    window.page.goto(f"{start}?language={language}")
    for _ in walk(window.page):
        assert_good(window.page, language, direction)
        way_out = window.page.locator(".leave__button").bounding_box()
        assert (way_out["x"], way_out["width"]) == (16, 343)
    assert Response.objects.get().language == language
    assert not window.foreign
    assert [error for error in window.errors if "400" not in error] == []
    # The page of thanks needs the one cookie still; it goes with the window, or by leaving.
    (cookie,) = window.context.cookies()
    assert (cookie["name"], cookie["expires"], cookie["httpOnly"]) == ("visit", -1, True)


def test_layout_is_mirrored_from_the_right(visit, start, arabic):
    page = visit(size=DESK).page
    places = {}
    for language in ("cy", "ar"):
        page.goto(f"{start}?language={language}")
        go_on(page)
        places[language] = [
            _middle(page, selector) for selector in ("input[type=radio]", ".leave__button")
        ]
        go_on(page)
        places[language].append(_middle(page, ".govuk-back-link"))
    for left, right in zip(places["cy"], places["ar"], strict=True):
        assert left + right == pytest.approx(DESK["width"], abs=40)
    assert places["ar"][0] > places["cy"][0]


def _middle(page, selector):
    box = page.locator(selector).first.bounding_box()
    return box["x"] + box["width"] / 2


def test_arabic_has_its_typeface_and_its_numbers_keep_their_order(visit, start, arabic):
    page = visit(size=PHONE).page
    page.goto(f"{start}?language=ar")
    page.evaluate("document.fonts.ready")
    loaded = page.evaluate(
        "[...document.fonts].filter(f => f.status === 'loaded').map(f => f.family)"
    )
    assert any("Noto Sans Arabic" in family for family in loaded)
    numbers = page.locator("bdi[dir=ltr]")
    assert {"0800 1111", "116 123"} <= set(numbers.all_inner_texts())
    go_on(page)
    go_on(page)
    go_on(page)
    typed = page.locator("input[name=calls]")
    assert typed.evaluate("field => getComputedStyle(field).direction") == "ltr"


def test_latin_pages_do_not_fetch_the_arabic_typeface(visit, live_server):
    window = visit(size=PHONE)
    fetched = []
    window.page.on("request", lambda request: fetched.append(request.url))
    window.page.goto(f"{live_server.url}/cy/help/")
    window.page.evaluate("document.fonts.ready")
    assert any("atkinson" in url for url in fetched)
    assert not any("arabic" in url for url in fetched)


@pytest.mark.parametrize("scripts", [True, False])
def test_language_changes_in_the_middle_and_keeps_what_is_typed(visit, start, arabic, scripts):
    page = visit(size=PHONE, scripts=scripts).page
    page.goto(start)
    choose(page, "cy")
    go_on(page)
    page.get_by_label("Yn y de").check()
    go_on(page)
    page.get_by_label("Roedd yn araf").check()
    choose(page, "ar")
    assert page.get_by_label("كان بطيئًا").is_checked()
    go_on(page)
    page.locator("input[name='when.day']").fill("31")
    page.locator("input[name='when.month']").fill("2")
    choose(page, "en")
    assert page.locator("html").get_attribute("lang") == "en"
    assert page.locator("input[name='when.day']").input_value() == "31"
    assert page.locator("input[name='when.month']").input_value() == "2"
    assert not page.locator(".govuk-error-summary").count()
    page.locator("input[name='when.month']").fill("1")
    page.locator("input[name='when.year']").fill("2022")
    for _ in range(4):
        go_on(page)
    choose(page, "cy")
    answers = page.locator("dd.govuk-summary-list__value").all_inner_texts()
    assert answers[:3] == ["Yn y de", "Roedd yn araf", "31 Ionawr 2022"]
    assert Draft.objects.get().language == "cy"


@pytest.mark.parametrize("scripts", [True, False])
def test_enter_goes_on_and_changes_no_language(visit, start, scripts):
    page = visit(size=PHONE, scripts=scripts).page
    page.goto(start)
    go_on(page)
    go_on(page)
    go_on(page)
    page.locator("input[name=calls]").fill("3")
    with page.expect_navigation():
        page.locator("input[name=calls]").press("Enter")
    assert page.locator("html").get_attribute("lang") == "en"
    assert Draft.objects.get().read() == {"calls": 3}


def test_way_out_stays_the_first_stop_of_the_keyboard(visit, start):
    page = visit(size=PHONE).page
    page.goto(start)
    go_on(page)
    stops = []
    for _ in range(4):
        page.keyboard.press("Tab")
        stops.append(page.evaluate("document.activeElement.className"))
    assert stops == ["leave__button", "govuk-skip-link", "languages__way", "languages__way"]


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_welsh_public_pages(visit, live_server, size):
    window = visit(size=size)
    page = window.page
    for address in ("/cy/", "/cy/help/", "/cy/privacy/", "/cy/cookies/", "/cy/accessibility/"):
        page.goto(live_server.url + address)
        assert_good(page, "cy", "ltr")
    choose(page, "en")
    assert page.url == f"{live_server.url}/accessibility/"
    assert window.context.cookies() == []
    assert not window.foreign
