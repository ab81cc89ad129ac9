"""What looks like a machine's: out of people's way where they answer, decided on at the desk."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from surveys.models.responses import Response
from surveys.tally.count import count_new
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_officer import officer, press
from tests.factories.surveys import SMALL, publish, respond, set_aside

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
THREE_PAGES = SMALL.split("  - show_if:")[0]


def assert_accessible(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()


def stops_of_the_keyboard(page):
    """The names of what has the focus, one Tab after the other, once round the page."""
    found = []
    for _ in range(15):
        page.keyboard.press("Tab")
        found.append(page.evaluate("document.activeElement.name || ''"))
    return found


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_analyst_decides_on_a_burst(visit, live_server, size):
    version = publish()
    for _ in range(4):
        respond(version, area="north", overall="1")
    for _ in range(5):
        set_aside(version, area="south", overall="3", reasons=["slow"])
    set_aside(version, signs=("honeypot",), area="north", overall="1")
    count_new()
    # The desk, too, works without scripts; the checker needs them.
    page = officer(visit, live_server, "ana", "analyst", size=size).page
    page.goto(live_server.url + reverse("admin:survey-results", args=[version.survey.pk]))
    assert page.get_by_text("6 responses looked like a machine’s").is_visible()
    assert_accessible(page)
    press(page, "Look at them")
    assert_accessible(page)
    row = page.get_by_role("row").filter(has_text="More came from one address").first
    assert row.inner_text().split("\t")[2:4] == ["5", "1"]
    with page.expect_navigation():
        row.get_by_role("link", name="Leave them out").click()
    assert_accessible(page)
    press(page, "Leave out 5 responses")
    assert page.get_by_text("Done: 5 responses left out of the results.").is_visible()
    with page.expect_navigation():
        page.locator("a.desk-code").click()
    assert_accessible(page)
    press(page, "Count this response")
    assert count_new() == 1
    assert Response.objects.filter(standing="refused").count() == 5


@pytest.mark.parametrize("scripts", [True, False])
def test_box_for_machines_is_in_nobodys_way(visit, live_server, scripts):
    version = publish(THREE_PAGES)
    window = visit(scripts=scripts, size=PHONE)
    page = window.page
    page.goto(f"{live_server.url}/s/{version.survey.code}/")
    press(page, "Start now")
    for _ in range(3):
        press(page, "Continue")
    # The box is cut off by what it stands in.
    assert page.locator(".spare").bounding_box()["width"] <= 1
    assert page.get_by_label("Leave this box empty").count() == 1
    assert page.get_by_role("textbox").count() == 0
    if scripts:
        assert_accessible(page)
        assert ".subject" not in stops_of_the_keyboard(page)
    with page.expect_navigation():
        page.get_by_role("button", name="Send your answers").press("Enter")
    assert Response.objects.get().standing == "counts"


def test_without_our_stylesheet_the_box_says_what_to_do(visit, live_server):
    version = publish(THREE_PAGES)
    window = visit(size=PHONE)
    window.context.route("**/*.css", lambda route: route.abort())
    page = window.page
    page.goto(f"{live_server.url}/s/{version.survey.code}/")
    press(page, "Start now")
    for _ in range(3):
        press(page, "Continue")
    assert page.get_by_text("Leave this box empty").is_visible()
