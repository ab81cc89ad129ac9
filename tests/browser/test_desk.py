"""The analyst's desk in Chromium: looked at, kept, printed, and let out by a second person."""

import secrets
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from measures.models.views import SavedView
from measures.models.weighting import Population, Target
from surveys.models.exports import Export
from surveys.models.responses import OwnWords, Receipt
from surveys.responses.export_making import make_approved
from surveys.tally.count import count_new
from tests.browser.conftest import DESK, PHONE, assert_accessible
from tests.browser.test_officer import officer, press
from tests.factories.surveys import publish, respond

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
EXPLORER = "/admin/results/"
QUESTION = f"{EXPLORER}?survey=small&question=overall"


@pytest.fixture
def version():
    """A survey with 60 answers of this month, half of them of today, and one in own words."""
    version = publish()
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    today = f"{timezone.localdate()}"
    for number in range(60):
        area = "north" if number % 3 else "south"
        response = respond(version, on=today, area=area, overall=str(1 + number % 2 * 2))
        if number < 30:
            Receipt.objects.create(
                nonce_hash=secrets.token_bytes(32),
                content_hash=b"",
                response_id=response.id,
                created_at=now - timedelta(hours=number),
            )
    words = OwnWords(response=response, question="words")
    words.write("Ring me back, please")
    words.save()
    count_new()
    Target.objects.create(survey=version.survey, a_quarter=100, set_by="ana")
    population = Population.objects.create(
        survey=version.survey, source="A census", holds_from="2020-01-01", added_by="ana"
    )
    for code, total in (("north", 700), ("south", 300)):
        population.margins.create(field="area", code=code, total=total)
    return version


def save_as(page, name):
    page.get_by_label("Save this view as").fill(name)
    with page.expect_navigation():
        page.get_by_role("button", name="Save", exact=True).click()


def assert_fits(page):
    """Nothing hangs over the edge, and nothing is in the way of anybody."""
    assert not page.evaluate("document.documentElement.scrollWidth > innerWidth"), page.url
    assert_accessible(page)


def test_analyst_explores_saves_and_prints(visit, live_server, version):
    window = officer(visit, live_server, "ana", "analyst", size=DESK)
    page = window.page
    page.goto(f"{live_server.url}/admin/")
    assert_fits(page)
    press(page, "Explore")
    assert_fits(page)
    press(page, "Small")
    assert page.get_by_role("heading", name="Overall, how was it?").is_visible()
    assert_fits(page)

    # A picture, and beneath it the same as a table.
    assert page.locator("main svg").count()
    page.locator("main table").first.wait_for()
    press(page, "Area")
    assert page.get_by_role("columnheader", name="North").first.is_visible()
    assert_fits(page)

    save_as(page, "By area")
    assert page.get_by_text("Saved as “By area”.").is_visible()
    assert SavedView.objects.get().name == "By area"

    # On paper: what was found, without the ways to pick.
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Overall, how was it?").is_visible()
    assert not page.get_by_label("Save this view as").is_visible()
    assert not page.get_by_role("navigation", name="Results").is_visible()
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.emulate_media(media="screen")

    press(page, "Saved views")
    press(page, "By area")
    assert "by=area" in page.url
    assert not window.foreign
    assert not window.errors


def test_desk_works_without_scripts(visit, live_server, version):
    page = officer(visit, live_server, "ana", "analyst", scripts=False).page
    page.goto(f"{live_server.url}{QUESTION}")
    press(page, "Area")
    save_as(page, "Without scripts")
    assert page.get_by_text("Saved as “Without scripts”.").is_visible()


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE])
def test_pages_of_the_desk_are_fit_for_everyone(visit, live_server, version, size, colours):
    window = officer(visit, live_server, "ana", "analyst", size=size, color_scheme=colours)
    page = window.page
    for address in (
        "/admin/",
        EXPLORER,
        QUESTION,
        f"{QUESTION}&by=area",
        reverse("results-responses"),
        f"{reverse('results-responses')}?survey=small",
        f"{reverse('results-populations')}?survey=small",
        reverse("results-fieldwork"),
        reverse("results-weighting"),
        reverse("results-power"),
        reverse("results-releases"),
        reverse("results-views"),
        reverse("admin:surveys_ownwords_changelist") + "?question=small/words",
        reverse("admin:surveys_export_changelist"),
        reverse("admin:export-ask"),
    ):
        page.goto(f"{live_server.url}{address}")
        page.wait_for_load_state()
        assert_fits(page)
    assert not window.foreign
    assert not window.errors


def test_second_person_approves_an_export(visit, live_server, version):
    analyst = officer(visit, live_server, "ana", "analyst").page
    analyst.goto(f"{live_server.url}{reverse('admin:export-ask')}")
    analyst.get_by_label("What do you need the records for?").fill("To look at the north again")
    press(analyst, "Ask for records")
    assert analyst.get_by_text("Somebody else has to approve it").first.is_visible()
    assert not analyst.get_by_role("button", name="Approve").count()

    second = officer(visit, live_server, "dot", "data-protection officer").page
    second.goto(f"{live_server.url}/admin/")
    press(second, "1 file of records was asked for")
    press(second, "Small, version 1")
    assert second.get_by_text("To look at the north again").is_visible()
    assert_fits(second)
    press(second, "Approve")
    assert make_approved() == 1

    analyst.goto(f"{live_server.url}/admin/")
    press(analyst, "Your file of records is ready")
    press(analyst, "Small, version 1")
    with analyst.expect_download() as download:
        analyst.get_by_role("button", name="Fetch the file").click()
    assert len(download.value.path().read_text(encoding="utf-8-sig").splitlines()) == 61
    assert Export.objects.get().state == Export.State.FETCHED


def test_viewer_sees_neither_results_nor_records(visit, live_server, version):
    page = officer(visit, live_server, "vi", "viewer").page
    page.goto(f"{live_server.url}/admin/")
    assert page.get_by_text("Nothing waits for you.").is_visible()
    for name in ("Explore", "Responses", "What people wrote", "Records as files"):
        assert not page.get_by_role("link", name=name, exact=True).count()
    for address in (EXPLORER, QUESTION, reverse("admin:surveys_export_changelist")):
        assert page.goto(f"{live_server.url}{address}").status == 403
        assert not page.get_by_text("Overall, how was it?").count()
