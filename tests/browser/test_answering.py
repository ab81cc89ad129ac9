"""A person answers in Chromium; a worker counts; the desk shows it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.management import call_command

from surveys.models.responses import Response
from surveys.models.versions import Survey
from surveys.tally.store import counts_by_cell
from surveys.tasks import count_new_responses
from tests.browser.conftest import DESK, PHONE
from tests.surveys.definitions.test_loading import CONTENT
from tests.workers import wait_for

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def load(slug):
    call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
    return Survey.objects.get(slug=slug)


def press(page, name):
    """Presses a button and waits for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def answer_first_option_everywhere(page, site, survey):
    """From the start page to the check page; the first option of each question."""
    page.goto(f"{site}/s/{survey.code}/")
    press(page, "Continue")
    press(page, "Start now")
    while not page.url.endswith("/check/"):
        for group in page.locator("fieldset").all():
            choice = group.locator("input[type=radio], input[type=checkbox]").first
            if choice.count():
                choice.check()
        if "/pause/" in page.url:
            page.get_by_role("link", name="Go on with the questions").click()
        else:
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
    # As beat does every five seconds.
    count_new_responses.delay()
    wait_for(lambda: counts_by_cell(version))
    assert counts_by_cell(version)[0].n == 1
    assert Response.objects.get().channel == "web"

    sign_in(visit, live_server, survey)


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
