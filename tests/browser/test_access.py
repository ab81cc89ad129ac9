"""Whoever answers: by keyboard, with a screen reader, magnified, in their own colours, on paper."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core.management import call_command
from playwright.sync_api import expect

from surveys.models.drafts import Draft
from surveys.models.places import load_places
from surveys.models.responses import Response
from surveys.models.versions import Survey
from tests.browser.conftest import DESK, PHONE
from tests.browser.states import Tour
from tests.factories.kinds import EVERY_KIND
from tests.factories.languages import SPOKEN
from tests.factories.private import PRIVATE
from tests.factories.surveys import changed, publish
from tests.surveys.definitions.test_loading import CONTENT

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
AXE_OPTIONS = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}
# A large window at 400%, and a small phone that is held upright.
MAGNIFIED = {"width": 320, "height": 256}
SMALL_PHONE = {"width": 320, "height": 480}

# WCAG 2.2, 1.4.12: what a reader may set without losing anything.
SPACING = """* {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
p { margin-bottom: 2em !important; }"""
# What is wider than the window, or than the button that it stands on.
TOO_WIDE = """() => {
  const found = [...document.querySelectorAll("a, button, label, legend, h1, h2, p, li, dd, dt")]
    .filter((one) => one.checkVisibility() && !one.closest(".govuk-visually-hidden, .spare"))
    .filter((one) => !one.closest(".govuk-skip-link, .govuk-radios__item"))
    .filter((one) => {
      const { left, right } = one.getBoundingClientRect();
      return left < -1 || right > innerWidth + 1;
    })
    .map((one) => one.outerHTML.slice(0, 80));
  const root = document.documentElement;
  return root.scrollWidth > innerWidth ? [`page of ${root.scrollWidth}`, ...found] : found;
}"""


def load(slug):
    call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
    return Survey.objects.get(slug=slug).versions.get()


def more(text):
    """The survey with the pages around it that it does not need for what it is otherwise about."""
    extras = 'interruption: {en: "Read this alone.", cy: Darllenwch, ar: اقرأ}\nsave: true\nstart:'
    return changed(text, {"start:": extras})


SURVEYS = {
    "private": lambda: publish(PRIVATE),
    "every kind": lambda: publish(EVERY_KIND),
    "spoken": lambda: publish(more(SPOKEN)),
}


def violations(page):
    results = AXE.run(page, options=AXE_OPTIONS)
    return [results.generate_report()] if results.response["violations"] else []


@pytest.mark.parametrize(
    ("name", "language"),
    [
        ("private", "en"),
        ("every kind", "en"),
        ("spoken", "cy"),
        ("spoken", "ar"),
        ("domestic-abuse", "en"),
        ("hate-crime", "en"),
        ("rape", "en"),
        ("community-voice", "en"),
    ],
)
def test_every_state_is_accessible_and_fits(visit, live_server, arabic, name, language):
    load_places()
    version = SURVEYS[name]() if name in SURVEYS else load(name)
    window = visit(size=MAGNIFIED, bypass_csp=True)
    found = []
    for state in Tour(window.page, live_server.url, version, language).everything():
        faults = violations(window.page) + window.page.evaluate(TOO_WIDE)
        window.page.add_style_tag(content=SPACING)
        faults += [f"with more space: {one}" for one in window.page.evaluate(TOO_WIDE)]
        found += [f"{state}: {fault}" for fault in faults]
    assert not found, "\n".join(found)


# Where the focus is, what draws it, and whether the bar with the way out hides any of it.
FOCUS = """() => {
  const here = document.activeElement;
  if (here === document.body) return null;
  const isDrawnBeside = here.matches("[type=radio], [type=checkbox]");
  const drawn = isDrawnBeside
    ? getComputedStyle(here.nextElementSibling, "::before") : getComputedStyle(here);
  const outline = drawn.outlineStyle === "none" ? 0 : parseFloat(drawn.outlineWidth);
  const box = here.getBoundingClientRect();
  const bar = document.querySelector(".leave").getBoundingClientRect();
  const room = bar.top;
  return {
    name: `${here.tagName} ${here.className} ${here.id}`.trim().toLowerCase(),
    isSeen: outline >= 2 || drawn.boxShadow !== "none",
    isCovered: !here.closest(".leave") && box.height < room
      && box.bottom > bar.top + 1 && box.right > bar.left && box.left < bar.right,
    isOutside: box.bottom < 0 || box.top > innerHeight,
    type: here.type,
    leadsOn: here.matches("main .govuk-button")
      && !here.matches(".govuk-button--secondary, .govuk-button--warning"),
  };
}"""


class Keyboard:
    """Somebody who has nothing but the keys Tab, Space, Enter and the arrows."""

    def __init__(self, page):
        self.page = page
        self.found = []

    def tab(self):
        self.page.keyboard.press("Tab")
        focus = self.page.evaluate(FOCUS)
        if focus is not None:
            where = f"{self.page.url} {focus['name']}"
            self.found += [
                f"{where} {fault}" for fault in ("isCovered", "isOutside") if focus[fault]
            ]
            self.found += [] if focus["isSeen"] else [f"{where} has a focus that nobody sees"]
        return focus

    def go_on(self):
        """Answers what can be answered by Space, and presses the one button that goes on."""
        stops = []
        has_ticked = False
        while (focus := self.tab()) is not None:
            stops.append(focus["name"])
            # Of boxes the first: with all of them ticked, too many would be.
            if focus["type"] == "radio" or (focus["type"] == "checkbox" and not has_ticked):
                self.page.keyboard.press("Space")
                has_ticked = focus["type"] == "checkbox"
            if focus["leadsOn"]:
                with self.page.expect_navigation():
                    self.page.keyboard.press("Enter")
                break
        else:
            raise AssertionError(f"no key leads on from {self.page.url}: {stops}")
        return stops


@pytest.mark.parametrize("slug", ["domestic-abuse", "hate-crime", "rape", "community-voice"])
def test_keyboard_alone_completes_each_survey(visit, live_server, slug):
    version = load(slug)
    page = visit(size=SMALL_PHONE).page
    page.goto(f"{live_server.url}/s/{version.survey.code}/")
    keyboard = Keyboard(page)
    for _ in range(60):
        stops = keyboard.go_on()
        assert stops[0].startswith("a leave__button"), page.url
        if "/done/" in page.url:
            break
    assert page.url.endswith("/done/")
    assert Response.objects.count() == 1
    assert not keyboard.found, "\n".join(keyboard.found)


@pytest.mark.parametrize("scripts", [True, False])
def test_error_is_told_at_once_and_leads_to_its_field(visit, live_server, scripts):
    version = publish(EVERY_KIND)
    page = visit(size=PHONE, scripts=scripts).page
    tour = Tour(page, live_server.url, version, "en")
    tour.begin()
    tour.go("13/")
    page.get_by_label("How often did you call?").fill("many")
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    summary = page.locator(".govuk-error-summary")
    # No script is needed to read it out first: `autofocus` does.
    expect(summary).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    field = page.get_by_label("How often did you call?")
    assert field.evaluate("one => one === document.activeElement")
    assert field.get_attribute("aria-describedby").split()[-1].endswith("-error")
    assert page.title().startswith("Error: ")


# Edges that the colours of the person's own choosing leave: boxes, circles, buttons, the focus.
EDGES = """() => {
  const edge = (style) => style.borderTopStyle !== "none" && parseFloat(style.borderTopWidth) >= 1
    && style.borderTopColor !== style.backgroundColor
    && style.borderTopColor !== getComputedStyle(document.documentElement).backgroundColor;
  const lacking = [];
  const look = (selector, pseudo) => {
    for (const one of document.querySelectorAll(selector))
      if (one.checkVisibility() && !one.closest(".govuk-visually-hidden, .spare")
          && !edge(getComputedStyle(one, pseudo)))
        lacking.push(`${one.tagName}.${one.className}${pseudo ?? ""}`);
  };
  look(".leave__button, .govuk-button, .govuk-input, .govuk-textarea, .govuk-select");
  look(":is(.govuk-radios__label, .govuk-checkboxes__label)", "::before");
  look("input:checked + :is(.govuk-radios__label, .govuk-checkboxes__label)", "::after");
  return lacking;
}"""


def test_everything_has_an_edge_in_own_colours(visit, live_server):
    window = visit(size=SMALL_PHONE, forced_colors="active")
    found = []
    tour = Tour(window.page, live_server.url, publish(EVERY_KIND), "en")
    for state in [*tour.before(), *tour.questions()]:
        found += [f"{state}: {one}" for one in window.page.evaluate(EDGES)]
    keyboard = Keyboard(window.page)
    while keyboard.tab() is not None:
        pass
    assert not found + keyboard.found, "\n".join(found + keyboard.found)


def test_nothing_moves_for_who_wants_no_motion(visit, live_server):
    window = visit(size=PHONE, reduced_motion="reduce")
    tour = Tour(window.page, live_server.url, publish(PRIVATE), "en")
    tour.begin()
    moving = window.page.evaluate(
        """() => [...document.querySelectorAll("*")].map((one) => getComputedStyle(one)).filter(
          (style) => parseFloat(style.transitionDuration) || style.animationName !== "none"
            || style.scrollBehavior === "smooth").length"""
    )
    assert moving == 0


def test_answers_can_be_printed(visit, live_server):
    window = visit(size=DESK)
    page = window.page
    tour = Tour(page, live_server.url, publish(PRIVATE), "en")
    tour.begin()
    tour.go("3/")
    page.locator("textarea").fill("The answer")
    with page.expect_navigation():
        page.get_by_role("button", name="Continue").click()
    tour.go("check/")
    page.emulate_media(media="print")
    assert page.get_by_text("The answer").is_visible()
    for name in (".leave", ".govuk-button", ".govuk-back-link", ".govuk-summary-list__actions"):
        assert not page.locator(name).first.is_visible(), name


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_way_out_is_in_reach_and_never_scrolls_away(visit, live_server, size):
    page = visit(size=size).page
    tour = Tour(page, live_server.url, load("domestic-abuse"), "en")
    tour.begin()
    tour.go("1/")
    places = []
    for to in (0, 10_000):
        page.evaluate(f"scrollTo(0, {to})")
        box = page.locator(".leave__button").bounding_box()
        places.append(box)
        assert box["height"] >= 44
        assert box["y"] >= 0
        assert box["y"] + box["height"] <= size["height"]
    assert places[0] == places[1]
    assert Draft.objects.count() == 1
