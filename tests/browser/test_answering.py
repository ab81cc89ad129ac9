"""A person answers in Chromium; a worker counts; the desk and the next statement show it."""

import json
from datetime import date

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from measures.models.statements import Statement
from surveys.models.responses import Draft, Response
from surveys.models.versions import Survey
from surveys.tally.store import counts_by_cell
from tests.browser.conftest import DESK, PHONE
from tests.surveys.definitions.test_loading import CONTENT
from tests.workers import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()


def load(slug):
    call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
    return Survey.objects.get(slug=slug)


def press(page, name):
    """Presses a button and waits for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def assert_accessible(page):
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()


def answer_first_option_everywhere(page, site, survey):
    """From the start page to the check page; the first option of each question."""
    page.goto(f"{site}/s/{survey.code}/")
    press(page, "Start now")
    while not page.url.endswith("/check/"):
        for group in page.locator("fieldset").all():
            choice = group.locator("input[type=radio], input[type=checkbox]").first
            if choice.count():
                choice.check()
        press(page, "Continue")


def test_person_answers_without_scripts_and_is_counted(visit, live_server, workers):
    survey = load("domestic-abuse")
    version = survey.versions.get()
    workers.start()
    window = visit(scripts=False, size=PHONE)
    answer_first_option_everywhere(window.page, live_server.url, survey)
    press(window.page, "Send your answers")
    assert window.page.url.endswith("/done/")
    assert not window.foreign
    wait_for(lambda: counts_by_cell(version), seconds=10)
    assert counts_by_cell(version)[0].n == 1
    assert Response.objects.get().channel == "web"

    sign_in(visit, live_server, survey)
    call_command("build_statement", period=date.today().strftime("%Y-%m"), verbosity=0)  # noqa: DTZ011
    inputs = json.dumps(Statement.objects.get().inputs)
    assert '"answered": 1' in inputs


def sign_in(visit, live_server, survey):
    """An analyst looks at the results on the desk."""
    user = get_user_model().objects.create_user("ana", password="long enough pass", is_staff=True)
    user.groups.add(Group.objects.get(name="analyst"))
    page = visit(size=DESK).page
    page.goto(f"{live_server.url}/admin/surveys/survey/{survey.pk}/results/")
    page.get_by_label("Username").fill("ana")
    page.get_by_label("Password").fill("long enough pass")
    press(page, "Log in")
    assert "1 responses tallied" in page.locator(".desk-facts").inner_text().replace("\n", " ")


@pytest.mark.parametrize("slug", ["domestic-abuse", "hate-crime", "rape", "community-voice"])
def test_each_page_is_accessible_and_fits_a_small_phone(visit, live_server, slug):
    survey = load(slug)
    window = visit(size={"width": 320, "height": 640})
    page = window.page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    assert_accessible(page)
    press(page, "Start now")
    while not page.url.endswith("/check/"):
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        assert_accessible(page)
        for group in page.locator("fieldset").all():
            choices = group.locator("input[type=radio]")
            if choices.count():
                # "No, I am not 18" ends the survey; everything else goes on.
                is_adult = choices.first.get_attribute("name") == "adult"
                (choices.first if is_adult else choices.last).check()
        press(page, "Continue")
    assert_accessible(page)
    assert not window.foreign
    assert not window.errors


def test_error_page_is_accessible(visit, live_server):
    survey = load("community-voice")
    page = visit(size=PHONE).page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    press(page, "Start now")
    while not page.locator("textarea").count():
        press(page, "Continue")
    page.locator("textarea").evaluate("field => field.removeAttribute('maxlength')")
    page.locator("textarea").fill("x" * 20_000)
    press(page, "Continue")
    assert page.get_by_role("heading", name="Please look at this again").is_visible()
    assert page.title().startswith("Error:")
    assert_accessible(page)


@pytest.mark.parametrize("way", ["button", "escape", "shifts"])
def test_leaving_by_each_way(visit, live_server, elsewhere, way):
    survey = load("domestic-abuse")
    window = visit(size=PHONE)
    page = window.page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    press(page, "Start now")
    assert Draft.objects.count() == 1
    if way == "button":
        page.get_by_role("link", name="Leave this site").click()
    elif way == "escape":
        page.keyboard.press("Escape")
    else:
        for _ in range(3):
            page.keyboard.press("Shift")
    page.wait_for_url(elsewhere)
    assert not Draft.objects.exists()
    assert window.context.cookies(live_server.url) == []


def test_leaving_without_scripts(visit, live_server, elsewhere):
    survey = load("domestic-abuse")
    window = visit(scripts=False, size=PHONE)
    page = window.page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    press(page, "Start now")
    page.get_by_role("link", name="Leave this site").click()
    page.wait_for_url(elsewhere)
    assert not Draft.objects.exists()


def test_leave_button_is_the_first_stop_of_the_keyboard(visit, live_server):
    survey = load("domestic-abuse")
    page = visit(size=PHONE).page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    page.keyboard.press("Tab")
    assert "Leave this site" in page.evaluate("document.activeElement.textContent")


def test_nothing_is_stored_on_the_device(visit, live_server):
    survey = load("domestic-abuse")
    window = visit(size=PHONE)
    page = window.page
    page.goto(f"{live_server.url}/s/{survey.code}/")
    assert window.context.cookies() == []
    press(page, "Start now")
    (cookie,) = window.context.cookies()
    assert (cookie["httpOnly"], cookie["expires"]) == (True, -1)
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
