"""Leaving, in Chromium: at once, by each way, from each page; and nothing of it comes back.

`SIGNS` are what the survey's own pages hold. After leaving, none of them may be found in what
the browser has: neither on the screen nor in the page behind it, its title or its address.
"""

import pytest
from playwright.sync_api import Error

from surveys.models.drafts import Draft
from tests.browser.conftest import PHONE
from tests.factories.private import PRIVATE, SIGNS, TYPED
from tests.factories.surveys import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def survey():
    return publish(PRIVATE).survey


@pytest.fixture
def elsewhere(live_server, settings) -> str:
    """Where leaving leads: another site, as far as a browser can tell."""
    settings.EXIT_URL = f"{live_server.url.replace('localhost', '127.0.0.1')}/healthz"
    return settings.EXIT_URL


class Person:
    """Somebody on the way to a page of the survey, with a browser that came from somewhere."""

    def __init__(self, window, survey) -> None:
        self.page = window.page
        self.context = window.context
        self.site = window.site
        self.start = f"{window.site}/s/{survey.code}/"
        self.page.goto(f"{window.site}/healthz")

    def to(self, place):
        getattr(self, f"to_{place}")()
        return self

    def begin(self):
        if self.page.url != self.start:
            self.page.goto(self.start)
        return self.press("Continue").press("Start now")

    def press(self, name):
        return self.go(self.page.get_by_role("button", name=name))

    def go(self, locator):
        with self.page.expect_navigation():
            locator.click()
        return self

    def to_question(self):
        self.begin().press("Continue")
        self.page.get_by_label("Zephyr yes").check()
        self.press("Continue")
        self.page.locator("textarea").fill(TYPED)
        return self

    def to_wrong(self):
        self.to_question()
        self.page.locator("input[type=text]").evaluate(
            "field => field.removeAttribute('maxlength')"
        )
        self.page.locator("input[type=text]").fill(TYPED * 9)
        self.press("Continue")
        assert self.page.locator(".govuk-error-summary").is_visible()
        return self

    def to_check(self):
        self.to_question().press("Continue").press("Continue")
        assert self.page.get_by_text(TYPED).is_visible()
        return self

    def to_done(self):
        return self.to_check().press("Send your answers")

    def to_ended(self):
        self.begin().press("Continue")
        self.page.get_by_label("Zephyr no").check()
        return self.press("Continue")

    def to_pause(self):
        self.to_question().press("Continue")
        self.page.get_by_label("How many zephyrs?").fill("20")
        self.press("Continue")
        assert self.page.get_by_text("So many zephyrs").is_visible()
        return self

    def to_saved(self):
        self.to_question().press("Save and come back later")
        assert self.page.get_by_role("heading", name="Your answers are kept").is_visible()
        return self

    def to_receipt(self):
        number = self.to_done().page.locator(".receipt__number").inner_text()
        self.page.goto(f"{self.site}/receipt/")
        self.page.get_by_label("Your number").fill(number)
        self.press("Continue")
        assert self.page.get_by_text(TYPED).is_visible()
        return self

    def to_start(self):
        self.page.goto(self.start)
        return self

    def leave(self, way):
        """Presses; where the browser is afterwards is for others to see."""
        if way == "button":
            self.page.get_by_role("link", name="Leave this site").first.click(no_wait_after=True)
        elif way == "escape":
            self.page.keyboard.press("Escape")
        else:
            for _ in range(3):
                self.page.keyboard.press("Shift")

    def move(self, direction):
        """Back or Forward, which may find an error of the network or nothing at all."""
        move = self.page.go_back if direction == "back" else self.page.go_forward
        try:
            move()
        except Error as error:
            if "net::ERR_" not in error.message:
                raise

    def sees(self):
        """All that the browser has of the page it shows, in small letters."""
        # A page that is being replaced is read once it is there.
        self.page.wait_for_load_state()
        return f"{self.page.title()} {self.page.content()}".lower()

    def assert_sees_nothing(self):
        seen = self.sees()
        assert not [sign for sign in SIGNS if sign in seen], (self.page.url, seen)


def assert_gone(person, elsewhere):
    person.page.wait_for_url(elsewhere)
    assert not Draft.objects.exists()
    assert person.context.cookies() == []
    for direction in ("back", "back", "back", "forward", "forward", "forward"):
        person.move(direction)
        person.assert_sees_nothing()


@pytest.mark.parametrize(
    ("place", "way"),
    [
        ("question", "button"),
        ("question", "escape"),
        ("question", "shifts"),
        ("start", "escape"),
        ("wrong", "shifts"),
        ("check", "escape"),
        ("done", "button"),
        ("ended", "escape"),
        ("pause", "shifts"),
        ("saved", "button"),
        ("receipt", "escape"),
    ],
)
def test_nothing_comes_back(visit, survey, elsewhere, place, way):
    person = Person(visit(size=PHONE), survey).to(place)
    entries = person.page.evaluate("history.length")
    if place in ("question", "wrong"):
        # The keys work from within what is being typed in, too.
        person.page.locator("textarea").focus()
    person.leave(way)
    person.page.wait_for_url(elsewhere)
    # What was left is no longer in the history: the neutral page has its place.
    assert person.page.evaluate("history.length") == entries
    assert_gone(person, elsewhere)


@pytest.mark.parametrize("place", ["question", "wrong", "check", "pause", "receipt"])
def test_nothing_comes_back_without_scripts(visit, survey, elsewhere, place):
    person = Person(visit(scripts=False, size=PHONE), survey).to(place)
    person.leave("button")
    person.page.wait_for_url(elsewhere)
    assert not Draft.objects.exists()
    assert person.context.cookies() == []
    for _ in range(3):
        person.move("back")
        if person.page.url == person.start:
            # Anybody may read the page that interrupts, which does not say what comes after it.
            break
        person.assert_sees_nothing()


@pytest.mark.parametrize(
    ("place", "scripts"), [("question", True), ("wrong", True), ("question", False)]
)
def test_nothing_comes_back_offline(visit, survey, elsewhere, place, scripts):
    person = Person(visit(scripts=scripts, size=PHONE), survey).to(place)
    person.leave("button")
    person.page.wait_for_url(elsewhere)
    person.context.set_offline(True)
    for direction in ("back", "back", "back", "forward"):
        person.move(direction)
        person.assert_sees_nothing()


def test_way_back_leads_past_the_pages_before_the_first_question(visit, survey, elsewhere):
    person = Person(visit(size=PHONE), survey).to("start")
    entries = person.page.evaluate("history.length")
    person.page.reload()
    person.begin()
    assert person.page.evaluate("history.length") == entries
    person.move("back")
    assert person.page.url.endswith("/healthz")
    person.assert_sees_nothing()


def test_visit_that_could_not_begin_says_why(visit, survey):
    person = Person(visit(size=PHONE), survey).to("start")
    type(survey).objects.update(closes_at="2020-01-01T00:00Z")
    person.press("Continue")
    assert person.page.get_by_role("heading", name="This page is not available").is_visible()


def test_leaving_while_a_visit_begins(visit, survey, elsewhere):
    person = Person(visit(size=PHONE), survey).to("start")
    person.press("Continue")
    person.page.get_by_role("button", name="Start now").evaluate(
        """one => {
          one.click();
          const event = new KeyboardEvent("keydown", { key: "Escape", bubbles: true });
          document.body.dispatchEvent(event);
        }"""
    )
    assert_gone(person, elsewhere)


# Looks at the page in the task of each press itself, and in the first picture that is drawn after
# it. Whatever the machine, nothing can be drawn in between.
LOOK = """
() => {
  window.seen = { atOnce: [], drawn: [] };
  const look = (when) => window.seen[when].push(
    [getComputedStyle(document.documentElement).display, document.title].join(" "));
  for (const kind of ["keydown", "click"])
    addEventListener(kind, () => {
      look("atOnce");
      requestAnimationFrame(() => look("drawn"));
    }, true);
}
"""
IS_COVERED = "window.seen.drawn.at(-1) === 'none …'"


def never(_route):
    """A server that takes the request and says nothing."""


@pytest.mark.parametrize("way", ["button", "escape", "shifts"])
def test_cover_is_there_before_the_next_picture(visit, survey, elsewhere, way):
    window = visit(size=PHONE)
    person = Person(window, survey).to("question")
    window.context.route("**/exit/", never)
    person.page.evaluate(LOOK)
    person.leave(way)
    person.page.wait_for_function(IS_COVERED)
    assert person.page.evaluate("window.seen.atOnce.at(-1)") == "none …"
    assert not person.page.evaluate("document.body.checkVisibility()")
    blank = window.context.new_page()
    blank.goto("about:blank")
    assert person.page.screenshot() == blank.screenshot()


def test_cover_does_not_wait_for_the_stylesheet(visit, survey, elsewhere):
    window = visit(size=PHONE)
    window.context.route("**/*.css", lambda route: route.abort())
    window.context.route("**/exit/", never)
    person = Person(window, survey).to("question")
    person.page.evaluate(LOOK)
    person.leave("escape")
    person.page.wait_for_function(IS_COVERED)


@pytest.mark.parametrize("fault", ["silent", "refused", "broken", "offline"])
def test_server_out_of_reach_keeps_nobody(visit, survey, elsewhere, fault):
    window = visit(size=PHONE)
    person = Person(window, survey).to("question")
    answers = {
        "silent": never,
        "refused": lambda route: route.abort(),
        "broken": lambda route: route.fulfill(status=500, body="zephyr"),
    }
    if fault == "offline":
        window.context.set_offline(True)
    else:
        window.context.route("**/exit/", answers[fault])
    person.leave("escape")
    person.page.wait_for_url(elsewhere, timeout=10_000)
    person.assert_sees_nothing()


def test_second_press_changes_nothing(visit, survey, elsewhere):
    window = visit(size=PHONE)
    person = Person(window, survey).to("question")
    asked = []
    window.page.on("request", lambda request: asked.append(request.url))
    for _ in range(3):
        person.leave("escape")
    assert_gone(person, elsewhere)
    assert sum(url.endswith("/exit/") for url in asked) == 1


def test_page_kept_in_memory_is_covered_and_asked_for_again(visit, survey):
    person = Person(visit(size=PHONE), survey).to("question")
    person.context.clear_cookies()
    with person.page.expect_navigation():
        covered = person.page.evaluate(
            """() => {
              dispatchEvent(new PageTransitionEvent("pagehide", { persisted: true }));
              const display = getComputedStyle(document.documentElement).display;
              dispatchEvent(new PageTransitionEvent("pageshow", { persisted: true }));
              return display;
            }"""
        )
    assert covered == "none"
    person.assert_sees_nothing()


TYPING = [
    ["Shift+A", "Shift+B", "Shift+C", "Shift+D"],
    ["Shift", "a", "Shift", "b", "Shift", "c"],
    ["Alt+Shift", "Alt+Shift", "Alt+Shift", "c"],
    ["Control+Shift", "Control+Shift", "Control+Shift", "c"],
    ["Shift", "Shift", "c"],
]
# Three presses with three seconds between them.
SLOWLY = """() => {
  for (const time of [1000, 4000, 7000]) {
    const event = new KeyboardEvent("keydown", { key: "Shift", bubbles: true });
    Object.defineProperty(event, "timeStamp", { value: time });
    document.body.dispatchEvent(event);
  }
}"""


def test_typing_leaves_nobody_outside(visit, survey, elsewhere):
    person = Person(visit(size=PHONE), survey).to("question")
    field = person.page.locator("textarea")
    field.focus()
    for keys in TYPING:
        for key in keys:
            person.page.keyboard.press(key)
        assert field.is_visible(), keys
    # A key that is held down is pressed once.
    for _ in range(5):
        person.page.keyboard.down("Shift")
    person.page.keyboard.up("Shift")
    person.page.keyboard.press("c")
    person.page.evaluate(SLOWLY)
    assert field.is_visible()


@pytest.mark.parametrize("how", ["in a list", "half a letter", "kept by a field"])
def test_escape_works_wherever_the_keyboard_is(visit, survey, elsewhere, how):
    person = Person(visit(size=PHONE), survey).to("question")
    if how == "in a list":
        person.page.locator("select").first.focus()
        person.page.keyboard.press("Alt+ArrowDown")
    elif how == "half a letter":
        typing = person.context.new_cdp_session(person.page)
        person.page.locator("textarea").focus()
        typing.send(
            "Input.imeSetComposition", {"text": "ㅎ", "selectionStart": 1, "selectionEnd": 1}
        )
    else:
        person.page.locator("textarea").evaluate(
            "field => field.addEventListener('keydown', (event) => event.stopPropagation())"
        )
        person.page.locator("textarea").focus()
    person.leave("escape")
    assert_gone(person, elsewhere)


def test_middle_button_leaves_this_window_too(visit, survey, elsewhere):
    person = Person(visit(size=PHONE), survey).to("question")
    person.page.get_by_role("link", name="Leave this site").click(button="middle")
    assert_gone(person, elsewhere)
    assert len(person.context.pages) == 1
