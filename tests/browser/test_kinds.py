"""Every kind of question, answered on a phone by keyboard and touch, with and without scripts."""

import os
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe

from surveys.models.contacts import ContactDetail
from surveys.models.places import Postcode, load_places
from surveys.models.responses import OwnWords, Response
from tests.browser.conftest import DESK, PHONE
from tests.factories.kinds import EVERY_KIND
from tests.factories.surveys import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
# Where to put pictures of each page, for who wants to look at them.
PICTURES = os.environ.get("PICTURES")


@pytest.fixture
def survey():
    load_places()
    Postcode.objects.create(code="CT11AA", ward="E05004916", district="E07000106")
    return publish(EVERY_KIND).survey


class Walk:
    """One person on the way through the survey."""

    def __init__(self, window, survey, name):
        self.page = window.page
        self.name = name
        self.count = 0
        self.page.goto(f"{window.site}/s/{survey.code}/")
        self.press("Start now")

    def press(self, button="Continue", *, refused=False):
        self.look()
        self.next_page(button)
        assert self.page.locator(".govuk-error-summary").count() == refused

    def next_page(self, button="Continue"):
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=button).click()

    def look(self):
        """No page is wider than the screen, or hard to use for anyone."""
        page = self.page
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), page.url
        if PICTURES:
            self.count += 1
            path = Path(PICTURES) / f"{self.name}-{self.count:02}.png"
            page.screenshot(path=path, full_page=True)
        found = AXE.run(page, options={"resultTypes": ["violations"]}) if self.has_scripts else None
        assert found is None or not found.response["violations"], found.generate_report()

    @property
    def has_scripts(self):
        return self.name.startswith("scripts")

    def choose(self, label, *, within=None):
        scope = self.page.get_by_role("group", name=within, exact=True) if within else self.page
        scope.get_by_label(label, exact=True).check()

    def write(self, label, text):
        self.page.get_by_label(label, exact=True).fill(text)

    def part(self, question, label, text):
        self.page.get_by_role("group", name=question).get_by_label(label, exact=True).fill(text)


def answer_everything(walk):
    walk.press()
    walk.choose("Yes, I agree")
    walk.press()
    walk.write("In your own words: In another way", "By letter")
    walk.press()
    walk.choose("The police")
    walk.choose("Somebody else")
    walk.write("In your own words: Somebody else", "My sister")
    walk.press()
    walk.choose("10 – Completely safe")
    walk.press()
    for row in ("By the police", "By the court", "By victim support"):
        walk.choose("Neither", within=row)
    walk.press()
    walk.choose("Agree", within="There should be more street lights.")
    walk.choose("Pass", within="I see officers on foot often enough.")
    walk.press()
    walk.choose("No")
    walk.press()
    rank(walk)
    walk.choose("Walk the streets")
    walk.choose("Go into schools")
    walk.press()
    walk.choose("A little more")
    walk.press()
    find_place(walk)
    walk.write("How often did you call?", "3")
    walk.write("How much did you lose?", "£1,250.50")
    walk.write("How long did you wait?", "2.5")
    walk.press()
    for part, text in (("Day", "5"), ("Month", "3"), ("Year", "2022")):
        walk.part("On what day was it?", part, text)
    walk.part("In what month did you report it?", "Month", "4")
    walk.part("In what month did you report it?", "Year", "2022")
    walk.press()
    walk.part("In what year did you move here?", "Year", "1987")
    walk.part("When did it begin?", "Year", "2021")
    walk.write("At what time did you call?", "2.05pm")
    walk.press()
    walk.write("What do you call your area?", "The Hill")
    walk.write("What would help?", "A call back\nwhen something happens")
    walk.press()
    walk.write("What is your email address?", "ana@example.com")
    walk.write("What is your phone number?", "07700 900 982")
    walk.press()


def rank(walk):
    """The same place twice is told, and what was chosen stays."""
    walk.page.get_by_label("Fraud", exact=True).select_option("1")
    walk.page.get_by_label("Burglary", exact=True).select_option("1")
    walk.press(refused=True)
    assert "Give place 1 to one answer only" in walk.page.locator("main").inner_text()
    walk.page.get_by_label("Burglary", exact=True).select_option("2")
    walk.press()


def find_place(walk):
    """A place that nobody knows leads to the list; a postcode to its district."""
    typed = walk.page.get_by_label("Postcode, or name of the district")
    typed.fill("Atlantis")
    walk.press(refused=True)
    link = walk.page.locator(".govuk-error-summary a")
    link.click()
    assert walk.page.evaluate("location.hash") == "#district.list"
    typed.fill("ct1  1aa")
    walk.press()


STORED = {
    "agreed": "yes",
    "reported-by": "other",
    "helped-by": ["police", "other"],
    "safe": "10",
    "treatment.police": "2",
    "treatment.court": "2",
    "treatment.support": "2",
    "views.lights": "agree",
    "views.patrols": "pass",
    "again": "no",
    "worst": ["fraud", "burglary"],
    "first": ["patrol", "schools"],
    "precept": "little",
    "district": "E07000106",
    "calls": 3,
    "loss": 1250.5,
    "waited": 2.5,
    "day": "2022-03-05",
    "month": "2022-04",
    "year": "1987",
    "about": "2021",
    "clock": "14:05",
    "group": "other",
}


@pytest.mark.parametrize(
    ("scripts", "size"),
    [(True, PHONE), (False, PHONE), (True, DESK)],
    ids=["phone", "plain", "desk"],
)
def test_every_kind_is_answered(visit, survey, scripts, size):
    window = visit(scripts=scripts, size=size)
    name = f"{'scripts' if scripts else 'plain'}-{size['width']}"
    walk = Walk(window, survey, name)
    answer_everything(walk)
    assert "Canterbury" in walk.page.locator("main").inner_text()
    assert "CT1" not in walk.page.content().upper()
    walk.press("Send your answers")
    response = Response.objects.get()
    assert response.answers == STORED
    assert {words.question: words.read() for words in OwnWords.objects.all()} == {
        "reported-by.other": "By letter",
        "helped-by.other": "My sister",
        "street": "The Hill",
        "words": "A call back\nwhen something happens",
    }
    assert {contact.read() for contact in ContactDetail.objects.all()} == {
        "ana@example.com",
        "07700900982",
    }
    # The two pages that were refused, on purpose.
    assert all("400 (Bad Request)" in error for error in window.errors)
    assert not window.foreign


def go_to(window, survey, heading):
    walk = Walk(window, survey, "scripts-more")
    while not walk.page.get_by_text(heading, exact=True).count():
        walk.next_page()
    return walk.page


def test_characters_are_counted_as_they_are_typed(visit, survey):
    page = go_to(visit(size=PHONE), survey, "What would help?")
    assert page.locator(".count__seen").inner_text() == "Characters left: 60"
    page.get_by_label("What would help?").type("Lights ")
    assert page.locator(".count__seen").inner_text() == "Characters left: 54"
    page.get_by_label("What would help?").fill("😀" * 61)
    assert page.locator(".count__seen").inner_text() == "Characters too many: 1"
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    assert "Shorten your answer by 1 character" in page.locator("main").inner_text()


def test_points_and_ranking_work_by_keyboard(visit, survey):
    window = visit(size=DESK)
    page = go_to(window, survey, "How safe do you feel where you live?")
    page.get_by_label("0 – Not at all safe").focus()
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    assert page.get_by_label("4", exact=True).is_checked()
    page = go_to(window, survey, "Which crimes trouble you most?")
    page.get_by_label("Burglary").focus()
    page.keyboard.press("2")
    page.keyboard.press("Tab")
    page.keyboard.press("1")
    with page.expect_navigation():
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Continue").press("Enter")
    page.get_by_role("link", name="Back").click()
    assert page.get_by_label("Robbery").input_value() == "1"
    assert page.get_by_label("Burglary").input_value() == "2"


def test_errors_of_each_kind_fit_and_are_accessible(visit, survey):
    window = visit(size={"width": 320, "height": 640})
    walk = Walk(window, survey, "scripts-wrong")
    for _ in range(40):
        if walk.page.url.endswith("/check/"):
            break
        answer_wrongly(walk)
    assert walk.page.url.endswith("/check/")


def answer_wrongly(walk):
    """Wrong values wherever something can be typed; then once more, with nothing."""
    page = walk.page
    page.evaluate(
        """document.querySelectorAll('[maxlength]').forEach(f => f.removeAttribute('maxlength'));
        document.querySelectorAll('input[type=radio]').forEach(f => { f.value = 'none' });"""
    )
    fields = page.locator("main input:not([type=hidden]), main textarea")
    for field in fields.all():
        kind = field.get_attribute("type")
        if kind in ("radio", "checkbox"):
            field.check()
        elif field.is_visible():
            field.fill("x" * 250)
    for choice in page.locator("select").all():
        choice.select_option(index=1)
    walk.next_page()
    if page.locator(".govuk-error-summary").count():
        walk.look()
        page.goto(page.url)
        walk.next_page()
