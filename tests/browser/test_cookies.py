"""The question about the optional cookie in Chromium: asked once, kept, and never in the way."""

import json

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from playwright.sync_api import expect

from config.models import VisitMonth
from tests.browser.conftest import DESK, FLAGS, PHONE, find_chromium
from tests.factories.surveys import SMALL, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
NARROW = {"width": 320, "height": 640}
MESSAGES = ["question", "accepted", "rejected", "failed", "blocked"]


def cookies(window):
    return {cookie["name"]: cookie["value"] for cookie in window.context.cookies()}


def banner(page):
    return page.get_by_role("region", name="Cookies on this site")


def told(page):
    """The one message that is shown."""
    return page.locator("[data-message]:not([hidden])")


def press(page, name):
    banner(page).get_by_role("button", name=name).click()


def assert_focus_is_on(page, words):
    focused = page.evaluate("document.activeElement.innerText")
    assert words in focused


def test_accepting_is_kept_counted_and_not_asked_again(visit, live_server):
    window = visit()
    page = window.page
    page.goto(f"{live_server.url}/help/")
    expect(banner(page)).to_be_visible()
    assert cookies(window) == {}
    with page.expect_response("**/cookies/visit/"):
        press(page, "Accept the usage cookie")
    expect(told(page)).to_contain_text("You have accepted the usage cookie.")
    assert_focus_is_on(page, "You have accepted the usage cookie.")
    assert cookies(window)["cookies_policy"] == "usage:yes"
    assert set(cookies(window)) == {"cookies_policy", "visited"}
    assert [(row.first_time, row.returning) for row in VisitMonth.objects.all()] == [(1, 0)]

    press(page, "Hide this message")
    expect(banner(page)).to_be_hidden()
    assert page.evaluate("document.activeElement.id") == "main"

    asked = []
    page.on("request", lambda request: asked.append(request.url))
    for address in ("/", "/measures/", "/cy/help/"):
        page.goto(live_server.url + address)
        page.wait_for_load_state("networkidle")
        expect(page.locator("[data-cookies]")).to_be_hidden()
    assert not [url for url in asked if "/cookies/" in url], "once a month is enough"
    assert window.errors == []
    assert not window.foreign


def test_rejecting_is_kept_and_nothing_is_counted(visit, live_server):
    window = visit()
    page = window.page
    page.goto(f"{live_server.url}/help/")
    press(page, "Reject the usage cookie")
    expect(told(page)).to_contain_text("You have rejected the usage cookie.")
    assert cookies(window) == {"cookies_policy": "usage:no"}
    page.goto(f"{live_server.url}/privacy/")
    page.wait_for_load_state("networkidle")
    expect(page.locator("[data-cookies]")).to_be_hidden()
    assert cookies(window) == {"cookies_policy": "usage:no"}
    assert not VisitMonth.objects.exists()


def test_failing_to_save_is_said_and_can_be_tried_again(visit, live_server):
    window = visit()
    page = window.page
    page.goto(f"{live_server.url}/help/")
    window.context.set_offline(True)
    press(page, "Accept the usage cookie")
    expect(told(page)).to_contain_text("Sorry, your choice could not be saved.")
    assert_focus_is_on(page, "Please try again.")
    assert cookies(window) == {}
    window.context.set_offline(False)
    press(page, "Reject the usage cookie")
    expect(told(page)).to_contain_text("You have rejected the usage cookie.")
    assert cookies(window) == {"cookies_policy": "usage:no"}


def test_fault_of_the_server_is_said_too(visit, live_server):
    page = visit().page
    page.route("**/cookies/", lambda route: route.fulfill(status=500))
    page.goto(f"{live_server.url}/help/")
    press(page, "Reject the usage cookie")
    expect(told(page)).to_contain_text("Sorry, your choice could not be saved.")


@pytest.fixture
def blocking(browser, tmp_path):
    """A window of a browser that is set to block all cookies."""
    profile = tmp_path / "profile" / "Default"
    profile.mkdir(parents=True)
    blocked = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (profile / "Preferences").write_text(json.dumps(blocked))
    context = browser.browser_type.launch_persistent_context(
        profile.parent, executable_path=find_chromium(), args=FLAGS
    )
    yield context.pages[0]
    context.close()


def test_browser_that_blocks_cookies_is_told_what_that_means(blocking, live_server):
    blocking.goto(f"{live_server.url}/help/")
    press(blocking, "Accept the usage cookie")
    expect(told(blocking)).to_contain_text("Your browser did not keep your choice")
    expect(told(blocking)).to_contain_text("So your visit is not counted")
    press(blocking, "Hide this message")
    expect(banner(blocking)).to_be_hidden()

    blocking.goto(f"{live_server.url}/cookies/")
    blocking.get_by_label("Yes, count my visits").check()
    blocking.get_by_role("button", name="Save cookie settings").click()
    alert = blocking.get_by_role("alert")
    expect(alert).to_contain_text("Your cookie preferences were not saved")
    expect(alert).to_be_focused()
    assert not VisitMonth.objects.exists()


def test_without_scripts_the_page_does_it_all(visit, live_server):
    window = visit(scripts=False, size=PHONE)
    page = window.page
    page.goto(f"{live_server.url}/help/")
    expect(page.locator("[data-cookies]")).to_be_hidden()
    page.get_by_role("link", name="Cookies", exact=True).click()
    for label, kept, said in (
        ("Yes, count my visits", "usage:yes", "accepted"),
        ("No, do not count my visits", "usage:no", "rejected"),
    ):
        page.get_by_label(label).check()
        page.get_by_role("button", name="Save cookie settings").click()
        alert = page.get_by_role("alert")
        expect(alert).to_contain_text("Your cookie preferences were saved")
        expect(alert).to_contain_text(f"You have {said} the usage cookie.")
        expect(page.get_by_label(label)).to_be_checked()
        assert cookies(window) == {"cookies_policy": kept}
    page.get_by_role("link", name="Cymraeg").click()
    assert page.url == f"{live_server.url}/cy/cookies/"


@pytest.mark.parametrize(
    "signal",
    [
        "Object.defineProperty(Navigator.prototype, 'globalPrivacyControl', {get: () => true})",
        "Object.defineProperty(Navigator.prototype, 'doNotTrack', {get: () => '1'})",
    ],
)
def test_browser_that_objects_is_not_asked(visit, live_server, signal):
    window = visit()
    window.context.add_init_script(signal)
    window.page.goto(f"{live_server.url}/help/")
    window.page.wait_for_load_state("networkidle")
    expect(window.page.locator("[data-cookies]")).to_be_hidden()
    assert cookies(window) == {}


def test_question_answered_elsewhere_is_gone_on_the_way_back(visit, live_server):
    window = visit()
    page = window.page
    page.goto(f"{live_server.url}/help/")
    expect(banner(page)).to_be_visible()
    page.goto(f"{live_server.url}/privacy/")
    press(page, "Reject the usage cookie")
    expect(told(page)).to_contain_text("rejected")
    page.go_back()
    expect(page.locator("[data-cookies]")).to_be_hidden()


def test_survey_asks_nothing_and_keeps_nothing_of_it(visit, live_server):
    version = publish(SMALL)
    window = visit()
    page = window.page
    page.goto(f"{live_server.url}/help/")
    with page.expect_response("**/cookies/visit/"):
        press(page, "Accept the usage cookie")
    before = cookies(window)
    page.goto(f"{live_server.url}/s/{version.survey.code}/")
    assert page.locator("[data-cookies]").count() == 0
    with page.expect_navigation():
        page.get_by_role("button", name="Start now").click()
    after = cookies(window)
    assert set(after) == {*before, settings.VISIT_COOKIE_NAME}


@pytest.mark.parametrize(
    ("size", "options"),
    [
        (NARROW, {}),
        (PHONE, {"color_scheme": "dark"}),
        (DESK, {}),
        (DESK, {"color_scheme": "dark"}),
        (DESK, {"forced_colors": "active"}),
    ],
)
def test_banner_is_accessible_and_in_the_flow(visit, live_server, size, options):
    page = visit(size=size, **options).page
    page.goto(f"{live_server.url}/help/")
    expect(banner(page)).to_be_visible()
    for name in MESSAGES:
        page.evaluate(
            "name => document.querySelectorAll('[data-message]')"
            ".forEach(one => { one.hidden = one.dataset.message !== name })",
            name,
        )
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not results.response["violations"], f"{name} {size}\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), name
        bottom = banner(page).bounding_box()
        below = page.locator(".masthead").bounding_box()
        assert below["y"] >= bottom["y"] + bottom["height"] - 1, "it covers nothing"


def test_keyboard_reaches_the_question_first(visit, live_server):
    page = visit().page
    page.goto(f"{live_server.url}/help/")
    expect(banner(page)).to_be_visible()
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("document.activeElement.innerText").strip())
    assert reached == [
        "Accept the usage cookie",
        "Reject the usage cookie",
        "View cookies",
        "Skip to main content",
    ]
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(told(page)).to_contain_text("rejected")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(banner(page)).to_be_hidden()


@pytest.mark.parametrize("size", [NARROW, PHONE, DESK])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_cookie_page_is_accessible_in_every_state(visit, live_server, size, scheme):
    window = visit(size=size, color_scheme=scheme, extra_http_headers={"Sec-GPC": "1"})
    page = window.page

    def check(state):
        results = Axe().run(page, options={"resultTypes": ["violations"]})
        assert not results.response["violations"], f"{state}\n{results.generate_report()}"
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), state

    page.goto(f"{live_server.url}/cookies/")
    check("at first")
    page.goto(f"{live_server.url}/cookies/?saved=yes")
    page.goto(f"{live_server.url}/cookies/")
    page.evaluate("document.querySelectorAll('[name=usage]').forEach(one => one.checked = false)")
    page.get_by_role("button", name="Save cookie settings").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check("empty")
    page.get_by_label("Yes, count my visits").check()
    page.get_by_role("button", name="Save cookie settings").click()
    expect(page.get_by_role("alert")).to_be_focused()
    check("saved")
    window.context.clear_cookies()
    page.reload()
    expect(page.get_by_role("alert")).to_contain_text("were not saved")
    check("blocked")
