"""Stopping and going on with a number in Chromium: it looks right, and works without a script."""

import re

import pytest

from tests.browser.conftest import DESK, assert_accessible
from tests.browser.test_answering import press
from tests.factories.surveys import SMALL, changed, publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

SMALLEST = {"width": 320, "height": 640}
NUMBER = re.compile(r"\d{4} \d{4} \d{4} \d{4}")


@pytest.fixture
def survey():
    return publish(changed(SMALL, {"discreet: true": "discreet: true\nsave: true"})).survey


def save(window, survey):
    """The number that somebody is given who saves on the first question."""
    page = window.page
    page.goto(f"{window.site}/s/{survey.code}/")
    press(page, "Start now")
    press(page, "Continue")
    page.get_by_label("North").check()
    press(page, "Save and come back later")
    return NUMBER.search(page.content()).group()


def assert_fine(page):
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("size", [SMALLEST, DESK], ids=["320", "1280"])
def test_each_page_of_it_is_accessible_and_fits(visit, survey, size):
    window = visit(size=size)
    page = window.page
    number = save(window, survey)
    assert_fine(page)
    page.reload()
    assert number not in page.content()
    assert_fine(page)
    page.goto(f"{window.site}/s/{survey.code}/return/")
    assert_fine(page)
    page.get_by_label("What is your number?").fill("0000 0000 0000 0000")
    for _ in range(10):
        press(page, "Go on")
    assert_fine(page)
    press(page, "Go on")
    assert page.get_by_role("heading", name="Please try again later").count()
    assert_fine(page)
    assert not window.foreign


def test_it_is_gone_on_with_elsewhere_without_a_script(visit, survey):
    number = save(visit(scripts=False), survey)
    other = visit(scripts=False)
    other.page.goto(f"{other.site}/s/{survey.code}/")
    other.page.get_by_role("link", name="Go on with answers that you saved").click()
    other.page.get_by_label("What is your number?").fill(number)
    press(other.page, "Go on")
    assert other.page.url.endswith("/3/")
    other.page.goto(f"{other.site}/s/{survey.code}/check/")
    assert "North" in other.page.content()
    # Nothing but the one cookie of the visit is on the device.
    assert [cookie["name"] for cookie in other.context.cookies()] == ["visit"]
