"""Every page of a survey, and every state that a page can be in, one after the other in a window.

Where to go is worked out from the definition; answers are put into the visit's draft as if they had
been typed, so that a page needs one request and not all the pages before it.
"""

import random
from collections.abc import Iterator
from datetime import date

from playwright.sync_api import Page

from surveys.definitions.journey import walk
from surveys.definitions.random_walk import random_answers
from surveys.definitions.schema import Definition
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.responses.drafts import end_draft, keep_answers
from surveys.versions.read import definition_of

PEOPLE = 200
# What a person can get wrong on a page as it stands: too long a text, too many options.
SPOIL = """() => {
  const all = (selector) => [...document.querySelectorAll(`main form ${selector}`)];
  const written = all(":is(textarea, [type=text], [type=email], [type=tel])")
    .filter((one) => one.checkVisibility() && one.maxLength < 0);
  const boxes = all("[type=checkbox]");
  for (const one of written) one.value = "x".repeat(5001);
  for (const one of boxes) one.checked = true;
  return written.length + boxes.length > 0;
}"""
GO_ON = "main .govuk-button:not(.govuk-button--secondary, .govuk-button--warning)"


def press_on(page: Page) -> None:
    """Presses the one button that goes on, whatever it says in the language of the page."""
    with page.expect_navigation():
        page.locator(GO_ON).last.click()


def people(definition: Definition) -> Iterator[tuple[dict[str, Answer], list[int]]]:
    """Answers, and the pages that they show and nobody's before them did; all pages in the end."""
    left = set(range(1, len(definition.pages) + 1))
    for seed in range(PEOPLE):
        answers = random_answers(definition, random.Random(seed), today=date(2022, 11, 30))
        shown = {stop.number for stop in walk(definition, answers).stops} & left
        if shown:
            yield answers, sorted(shown)
        left -= shown
        if not left:
            return
    raise AssertionError(f"of {PEOPLE} people nobody is shown the pages {sorted(left)}")


class Tour:
    """One window on its way through all states of a survey in one language."""

    def __init__(self, page: Page, site: str, version: Version, language: str) -> None:
        self.page = page
        self.version = version
        self.definition = definition_of(version)
        self.language = language
        self.at = f"{site}/s/{version.survey.code}/"
        self.site = site

    def go(self, path: str = "") -> None:
        self.page.goto(self.at + path)

    def everything(self) -> Iterator[str]:
        """The name of each state, once the window is in it."""
        yield from self.before()
        yield from self.questions()
        if self.definition.safeguarding:
            yield from self.help()
        if self.definition.may_be_saved:
            yield from self.saved()
        yield from self.sending()
        yield from self.over()

    def before(self) -> Iterator[str]:
        if self.definition.may_be_saved:
            self.go(f"return/?language={self.language}")
            yield "return"
            self.page.locator("#number").fill("123")
            press_on(self.page)
            yield "return, refused"
        self.go(f"?language={self.language}")
        yield "first page"
        if self.definition.interruption:
            press_on(self.page)
            yield "start"
        press_on(self.page)

    def begin(self) -> None:
        for _ in self.before():
            pass

    def questions(self) -> Iterator[str]:
        for answers, numbers in people(self.definition):
            keep_answers(Draft.objects.get(), answers)
            for number in numbers:
                self.go(f"{number}/")
                yield f"page {number}"
                if self.is_made_wrong():
                    yield f"page {number}, refused"
        self.go("check/")
        yield "check"

    def is_made_wrong(self) -> bool:
        """Sends what cannot be right, if anything on the page can be wrong."""
        if not self.page.evaluate(SPOIL):
            return False
        press_on(self.page)
        return self.page.locator(".govuk-error-summary").count() > 0

    def help(self) -> Iterator[str]:
        """The page of help, for words or an answer that call for it."""
        guard = self.definition.safeguarding
        names = {name for call in guard.calls for name in call.words_in}
        for stop in walk(self.definition, {}).stops:
            asked = [field.name for question in stop.questions for field in question.fields]
            if found := [name for name in asked if name in names]:
                self.go(f"{stop.number}/")
                words = next(iter(guard.words.values()))[0]
                self.page.locator(f"[id='{found[0]}']").fill(words)
                press_on(self.page)
                break
        else:
            return
        yield "help"
        if guard.contact:
            self.page.locator("#contact .govuk-button").click()
            self.page.locator(".govuk-error-summary").wait_for()
            yield "help, refused"
            self.page.locator("#how").check()
            self.page.locator("#reach").fill("07700 900 982")
            self.page.locator("#contact .govuk-button").click()
            self.page.locator(".sent").wait_for()
            yield "help, asked for"

    def saved(self) -> Iterator[str]:
        self.go("1/")
        with self.page.expect_navigation():
            self.page.locator("button[name='.save']").click()
        yield "saved"
        self.page.reload()
        yield "saved, shown before"

    def sending(self) -> Iterator[str]:
        self.go("check/")
        press_on(self.page)
        assert self.page.url.endswith("/done/")
        number = self.page.locator(".receipt__number")
        code = number.inner_text() if number.count() else ""
        yield "done"
        self.go("1/")
        yield "closed after sending"
        self.page.goto(f"{self.site}/receipt/?language={self.language}")
        yield "receipt"
        self.page.locator("#number").fill("1234 5678 9012 3456")
        press_on(self.page)
        yield "receipt, refused"
        if code:
            self.page.locator("#number").fill(code)
            press_on(self.page)
            yield "receipt, shown"

    def over(self) -> Iterator[str]:
        for at, page in enumerate(self.definition.pages):
            for which, _ in enumerate(page.end_if):
                if page.end_if[which].say is None:
                    continue
                Draft.objects.all().delete()
                self.begin()
                draft = Draft.objects.get()
                end_draft(draft, Draft.State.ENDED, ended_at_page=at, ending=which)
                self.go("ended/")
                yield f"ended {at}.{which}"
        self.page.context.clear_cookies()
        self.go(f"1/?language={self.language}")
        yield "closed"
        self.page.goto(f"{self.site}/s/nobody/?language={self.language}")
        yield "not available"
