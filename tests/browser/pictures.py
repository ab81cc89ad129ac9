"""Takes the pictures of docs/respondent-pages.md: `make pictures`; no part of the other tests.

Nobody is there when they are taken, so what is on them is what the pages are, not what they should
be: look at each before it is committed.
"""

import pytest
from django.conf import settings as configured

from config.demonstration import load_demonstration
from surveys.models.versions import Survey
from tests.browser.states import Tour, press_on

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
FOLDER = configured.BASE_DIR / "docs" / "images"
SIZES = [(320, 640), (375, 740), (1280, 800)]
WRITTEN = "Nobody told me what would happen next. A call once a week would have helped."


class Camera:
    """A window that stands still long enough."""

    def __init__(self, page, width):
        self.page = page
        self.width = width

    def take(self, name):
        self.page.evaluate("document.fonts.ready")
        self.page.screenshot(path=FOLDER / f"{name}-{self.width}.png", animations="disabled")


def test_pictures_are_taken(visit, live_server, settings, tmp_path):
    settings.DEMONSTRATION = True
    load_demonstration(tmp_path)
    version = Survey.objects.get(slug="domestic-abuse").versions.latest("number")
    for width, height in SIZES:
        page = visit(size={"width": width, "height": height}).page
        page.goto(f"{live_server.url}/")
        take_survey(Camera(page, width), Tour(page, live_server.url, version, "en"))


def take_survey(camera, tour):
    camera.take("home")
    for state in tour.before():
        camera.take({"first page": "interruption"}.get(state, state))
    answer(tour.page)
    camera.take("question")
    go_wrong(camera)
    tour.go("check/")
    camera.take("check")
    press_on(tour.page)
    camera.take("thanks")


def answer(page):
    """From the first question to one with several options, answered as many answer."""
    while not page.get_by_role("radio").count() or page.locator("[name=adult]").count():
        if page.locator("[name=adult]").count():
            page.get_by_role("radio").first.check()
        press_on(page)
    for _ in range(4):
        page.get_by_role("radio").first.check()
        press_on(page)
        while not page.get_by_role("radio").count():
            press_on(page)
    page.get_by_role("radio").first.check()


def go_wrong(camera):
    """On to a page where a number of options may be ticked, with one too many."""
    page = camera.page
    while "/check/" not in page.url:
        for box in page.get_by_role("checkbox").all():
            box.check()
        if page.locator("textarea").count():
            page.locator("textarea").first.fill(WRITTEN)
        press_on(page)
        if page.locator(".govuk-error-summary").count():
            camera.take("error")
            for box in page.get_by_role("checkbox").all()[2:]:
                box.uncheck()
            press_on(page)
