"""The demonstration's public pages in Chromium: right figures, accessible, nothing from outside."""

import pytest
from axe_playwright_python.sync_playwright import Axe

from config.demonstration import load_demonstration
from tests.browser.conftest import DESK, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PAGES = [
    "/",
    "/statements/",
    "/statements/2022-11/",
    "/measures/",
    "/measures/robbery/",
    "/measures/firearms/",
    "/measures/domestic-abuse-satisfaction/",
    "/measures/how-a-figure-is-made/",
    "/help/",
    "/privacy/",
    "/cookies/",
    "/accessibility/",
    "/nothing-here/",
]
FIGURES = [
    "There were 18,212 offences of violence with injury in the year ending November 2022, "
    "up 1,093 (6.4%) on the year before and 2,029 (10.0%) below the June 2019 baseline of 20,241.",
    "There were 1,310 robbery offences in the year ending November 2022, "
    "up 171 (15.0%) on the year before and 672 (33.9%) below the June 2019 baseline of 1,982.",
    "There were 80 online offences with an organisation as their victim in the year ending "
    "November 2022, down 6 (7.0%) on the year before",
    "This rests on synthetic answers",
]


def test_public_site(visit, live_server, settings, tmp_path):
    settings.DEMONSTRATION = True
    load_demonstration(tmp_path)
    for size, scripts in ((PHONE, True), (DESK, True), (PHONE, False)):
        window = visit(size=size, scripts=scripts)
        for address in PAGES:
            page = window.page
            page.goto(live_server.url + address)
            assert page.locator("h1").count() == 1, address
            if scripts:
                fits = page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
                assert fits, (address, size)
                results = Axe().run(page, options={"resultTypes": ["violations"]})
                report = results.generate_report()
                assert not results.response["violations"], f"{address} {size}\n{report}"
        assert not window.foreign
        assert [error for error in window.errors if "404" not in error] == []
        assert window.context.cookies() == []

    page.goto(f"{live_server.url}/statements/2022-11/")
    text = " ".join(page.locator("main").inner_text().split())
    for sentence in FIGURES:
        assert sentence in text
