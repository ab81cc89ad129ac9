"""An officer's whole journey in Chromium, from a file with mistakes to version 2."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from surveys.models.drafts import Draft
from surveys.models.responses import Response
from surveys.models.versions import Survey, Version
from surveys.versions.read import definition_of
from tests.browser.conftest import DESK, PHONE
from tests.factories.surveys import SMALL, changed, publish
from tests.surveys.admin.conftest import draft

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
AXE = Axe()
PASSWORD = "a long enough password"  # of accounts that live for one test
DESK_PAGE = "/admin/surveys"


def press(page, name):
    """Presses a button or link and waits for the page that it leads to."""
    with page.expect_navigation():
        page.get_by_role("button", name=name).or_(page.get_by_role("link", name=name)).first.click()


def officer(visit, live_server, name, role, **options):
    """A window in which a member of staff is signed in."""
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name=role))
    window = visit(**options)
    page = window.page
    page.goto(f"{live_server.url}{DESK_PAGE}/survey/")
    page.get_by_label("Username").fill(name)
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Log in")
    return window


def upload(page, text):
    page.get_by_label("The file").set_input_files(
        {"name": "small.yaml", "mimeType": "application/yaml", "buffer": text.encode()}
    )
    press(page, "Upload as a draft")


def take(page, step, confirm):
    press(page, step)
    press(page, confirm)


def test_officer_from_a_file_with_mistakes_to_version_2(visit, live_server):
    # The desk, too, works without scripts.
    editor = officer(visit, live_server, "ed", "editor", scripts=False, size=DESK).page
    assert editor.get_by_text("There is no survey yet.").is_visible()

    # A file with mistakes: all are told with their lines, and nothing is stored.
    press(editor, "Upload a questionnaire")
    upload(editor, changed(SMALL, {"kind: scale, list": "kind: scala, list", "max: 20": "max: x"}))
    table = editor.locator(".desk-table")
    assert "unknown kind 'scala'" in table.inner_text()
    assert table.locator("tbody tr").count() == 2
    assert not Survey.objects.exists()

    # Put right but for one thing, which is stored with the draft and listed.
    upload(editor, changed(SMALL, {"languages: [en]": "languages: [en, cy]"}))
    assert editor.get_by_role("heading", name="What is wrong").is_visible()
    version = Version.objects.get()
    assert not editor.get_by_role("link", name="Mark as checked").count()

    # Welsh was a slip: taken out in the form, no file needed.
    press(editor, "Edit wording and options")
    press(editor, "The survey as a whole")
    editor.get_by_label("Languages").fill("en")
    press(editor, "Save")
    editor.goto(f"{live_server.url}{DESK_PAGE}/version/{version.pk}/change/")
    assert editor.get_by_text("Nothing stands in the way of publication.").is_visible()

    preview_on(editor, "phone", 375)
    preview_on(editor, "computer", 1000)
    assert not Draft.objects.exists()

    editor.goto(f"{live_server.url}{DESK_PAGE}/version/{version.pk}/change/")
    take(editor, "Mark as checked", "Mark version 1 as checked")
    assert editor.get_by_text("A publisher must do this.").is_visible()

    publisher = officer(visit, live_server, "pat", "publisher", scripts=False, size=DESK).page
    publisher.goto(f"{live_server.url}{DESK_PAGE}/version/{version.pk}/change/")
    take(publisher, "Approve…", "Approve version 1")
    take(publisher, "Publish…", "Publish version 1")
    assert publisher.get_by_text("To change a word, edit it").is_visible()

    # Somebody begins to answer, and is in the middle of version 1.
    survey = Survey.objects.get()
    person = visit(scripts=False, size=PHONE).page
    person.goto(f"{live_server.url}/s/{survey.code}/")
    press(person, "Start now")
    press(person, "Continue")

    # A word is changed and an option moved, without a file: that makes version 2.
    editor.goto(f"{live_server.url}{DESK_PAGE}/version/{version.pk}/change/")
    press(editor, "Edit into the next version")
    press(editor, "Where do you live?")
    editor.locator("[id='text:ask:en']").fill("Where is your home?")
    press(editor, "Move down North")
    editor.get_by_label("Does it still mean the same").fill("The same places")
    press(editor, "Save")
    second = Version.objects.get(number=2)
    editor.goto(f"{live_server.url}{DESK_PAGE}/version/{second.pk}/change/")
    press(editor, "Compare")
    compared = editor.locator(".desk-compare").inner_text()
    assert "area" in compared
    assert "Where is your home?" in compared
    assert editor.locator(".desk-compare ins").first.is_visible()

    editor.goto(f"{live_server.url}{DESK_PAGE}/version/{second.pk}/change/")
    take(editor, "Mark as checked", "Mark version 2 as checked")
    publisher.goto(f"{live_server.url}{DESK_PAGE}/version/{second.pk}/change/")
    take(publisher, "Approve…", "Approve version 2")
    press(publisher, "Publish…")
    assert publisher.get_by_text("In the middle of version 1 now: 1 person").is_visible()
    press(publisher, "Publish version 2")

    # Who was in the middle finishes on version 1; who begins now gets version 2.
    assert person.get_by_text("Where do you live?").is_visible()
    person.get_by_label("North").check()
    while not person.url.endswith("/check/"):
        press(person, "Continue")
    press(person, "Send your answers")
    assert Response.objects.get().version.number == 1
    other = visit(scripts=False, size=PHONE).page
    other.goto(f"{live_server.url}/s/{survey.code}/")
    press(other, "Start now")
    press(other, "Continue")
    assert other.get_by_text("Where is your home?").is_visible()
    assert definition_of(second).by_name["area"].codes == ("south", "north")


def preview_on(page, width, least):
    """Answers two pages in the frame, which is as wide as the screen that it stands for."""
    press(page, "Preview")
    if width == "computer":
        press(page, "Computer")
    assert page.get_by_text("Nothing is stored.").is_visible()
    frame = page.frame_locator(".desk-preview")
    frame.get_by_role("button", name="Start now").click()
    frame.get_by_role("button", name="Continue").click()
    frame.get_by_label("North").check()
    frame.get_by_role("button", name="Continue").click()
    frame.get_by_text("Overall, how was it?").wait_for()
    assert page.locator(".desk-preview").bounding_box()["width"] >= least
    frame.get_by_role("button", name="Back").click()
    assert frame.get_by_label("North").is_checked()
    page.goto(page.url.partition("/preview/")[0] + "/change/")


def test_leaving_in_a_preview_stays_on_the_desk(visit, live_server):
    window = officer(visit, live_server, "vi", "viewer", size=DESK)
    page = window.page
    version = draft()
    page.goto(f"{live_server.url}{DESK_PAGE}/version/{version.pk}/preview/")
    frame = page.frame_locator(".desk-preview")
    frame.get_by_role("button", name="Start now").click()
    frame.get_by_role("button", name="Continue").wait_for()
    # By key: the button is at the lower edge of a frame that is higher than the window.
    frame.get_by_role("link", name="Leave this site").press("Enter")
    frame.get_by_role("heading", name="Here the person is gone").wait_for()
    assert page.url.endswith("/preview/")
    assert not window.foreign


PAGES = [
    "survey/",
    "survey/upload/",
    "survey/{survey}/change/",
    "survey/{survey}/schedule/",
    "survey/{survey}/upload/",
    "version/{version}/change/",
    "version/{version}/edit/",
    "version/{version}/edit/about/",
    "version/{version}/edit/question-reasons/",
    "version/{version}/preview/",
    "version/{version}/preview/page/",
    "version/{version}/paths/",
    "version/{version}/compare/",
    "version/{version}/step/check/",
]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_each_page_of_the_desk_is_accessible_and_fits(visit, live_server, size, scheme):
    window = officer(visit, live_server, "ed", "editor", size=size, color_scheme=scheme)
    published = publish()
    text = {"version: 1": "version: 2", "Where do you live": "Where is your home"}
    version = draft(text | {"languages: [en]": "languages: [en, cy, en-simple]"})
    found = []
    for path in PAGES:
        address = path.format(survey=published.survey_id, version=version.pk)
        window.page.goto(f"{live_server.url}{DESK_PAGE}/{address}")
        if window.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(f"{path} is too wide")
        results = AXE.run(window.page, options={"resultTypes": ["violations"]})
        if results.response["violations"]:
            found.append(f"{path}\n{results.generate_report()}")
    assert not found, "\n".join(found)
    assert not window.errors
    assert not window.foreign
