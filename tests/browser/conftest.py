"""Chromium, with and without scripts, on phone and desk; the outside world is one blank page."""

import os
import shutil
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# Playwright keeps an event loop in this thread, which makes Django forbid plain queries.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
# Ample for a page of ours on a busy machine, in milliseconds; what never comes fails soon.
PATIENCE = 15_000
PHONE = {"width": 375, "height": 740}
DESK = {"width": 1280, "height": 900}


def assert_accessible(page: Page) -> None:
    results = Axe().run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()


def find_chromium() -> str | None:
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = find_chromium()
    if path is None:
        if os.environ.get("CI") == "true":
            pytest.fail("Chromium is not installed, and CI=true demands it")
        pytest.skip("Chromium is not installed: `apt-get install chromium`")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield chromium
        chromium.close()


class Visit:
    """One window, and what it asked of whom."""

    def __init__(self, context: BrowserContext, site: str) -> None:
        self.context = context
        self.site = site
        self.foreign: list[str] = []
        self.errors: list[str] = []
        context.route("**/*", self._answer)
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.page.on("console", lambda m: self.errors.append(m.text) if m.type == "error" else None)

    def _answer(self, route) -> None:
        url = route.request.url
        if url.startswith((self.site, "data:")):
            route.continue_()
        else:
            self.foreign.append(url)
            route.fulfill(body="<title>Elsewhere</title>Elsewhere", content_type="text/html")


@pytest.fixture
def elsewhere(live_server, settings) -> str:
    """Where leaving leads in a test, which has no outside world: a neutral page of our own."""
    settings.EXIT_URL = f"{live_server.url}/healthz"
    return settings.EXIT_URL


@pytest.fixture
def visit(browser, live_server):
    """Opens windows: `visit(scripts=False, size=PHONE)`; closes them after the test."""
    contexts = []

    def open_window(*, scripts: bool = True, size=DESK, **options) -> Visit:
        context = browser.new_context(java_script_enabled=scripts, viewport=size, **options)
        contexts.append(context)
        return Visit(context, live_server.url)

    yield open_window
    for context in contexts:
        context.close()
