"""Records as files, in a browser without scripts: asked for, approved by another, fetched once."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from surveys.models.exports import Export
from surveys.responses.export_making import make_approved
from surveys.tally.count import count_new
from surveys.tally.recounting import recount_if_asked
from tests.browser.conftest import DESK, PHONE
from tests.browser.test_officer import officer, press
from tests.factories.records import people
from tests.factories.surveys import publish

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()


def looked_at(page):
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth")
    results = AXE.run(page, options={"resultTypes": ["violations"]})
    assert not results.response["violations"], results.generate_report()


@pytest.mark.parametrize("size", [PHONE, DESK])
def test_second_person_approves_and_who_asked_fetches_it_once(visit, live_server, size, tmp_path):
    people(publish())
    analyst = officer(visit, live_server, "ana", "analyst", size=size).page
    lead = officer(visit, live_server, "dora", "data-protection officer", size=size).page
    listed = live_server.url + reverse("admin:surveys_export_changelist")
    analyst.goto(listed)
    looked_at(analyst)
    press(analyst, "Ask for records")
    looked_at(analyst)
    analyst.get_by_label("Excel workbook").check()
    analyst.get_by_label("With what people wrote in their own words").check()
    analyst.get_by_label("What do you need the records for?").fill("For the yearly report")
    press(analyst, "Ask for records")
    looked_at(analyst)
    lead.goto(listed)
    looked_at(lead)
    press(lead, "Small, version 1")
    looked_at(lead)
    press(lead, "Approve: make a file of 2 records")
    looked_at(lead)
    assert make_approved() == 1
    analyst.goto(lead.url)
    looked_at(analyst)
    with analyst.expect_download() as fetched:
        analyst.get_by_role("button", name="Fetch the file, once").click()
    file = tmp_path / "fetched.xlsx"
    fetched.value.save_as(file)
    assert fetched.value.suggested_filename == "small-1-records.xlsx"
    assert file.stat().st_size == Export.objects.get().size
    analyst.reload()
    assert analyst.get_by_text("The file is deleted.").is_visible()
    looked_at(analyst)


def test_recount_shows_how_far_it_is(visit, live_server):
    people(publish())
    count_new()
    page = officer(visit, live_server, "ana", "analyst").page
    page.goto(live_server.url + reverse("admin:surveys_recounting_changelist"))
    looked_at(page)
    press(page, "Count all responses again")
    looked_at(page)
    assert page.locator("progress").is_visible()
    recount_if_asked()
    page.reload()
    assert page.get_by_text("2 responses recounted").is_visible()
    looked_at(page)
