"""A version as a respondent sees it; nothing is stored."""

import re
from html import unescape

import pytest
from django.urls import reverse

from surveys.models.drafts import Draft
from surveys.models.responses import OwnWords, Receipt, Response
from tests.factories.one_page import POLL
from tests.factories.surveys import SMALL, changed, publish
from tests.surveys.admin.conftest import draft

pytestmark = pytest.mark.django_db

NEXT = changed(SMALL, {"version: 1": "version: 2"})
SECRET = "What only the previewer knows"  # an answer


class Preview:
    """A window on the previewed pages, in which forms are filled in and sent."""

    def __init__(self, client, version, query=""):
        self.client = client
        self.address = reverse("admin:version-preview-page", args=[version.pk]) + query
        self.show(client.get(self.address))

    def show(self, response):
        self.response = response
        self.text = unescape(response.content.decode())
        return self

    def press(self, **fields):
        found = re.search(r'name="\.state" value="([^"]+)"', self.text)
        nonce = re.search(r'name="nonce" value="([^"]+)"', self.text)
        data = {name.replace("__", ".").replace("_", "-"): v for name, v in fields.items()}
        if nonce and not fields:
            data["nonce"] = nonce.group(1)
        elif found:
            data[".state"] = found.group(1)
        return self.show(self.client.post(self.address, data))


def test_whole_way_through_a_draft_stores_nothing(viewer):
    version = draft()
    preview = Preview(viewer, version)
    assert "Before you begin" in preview.text
    preview.press().press()
    assert "Where do you live?" in preview.text
    preview.press(area="north").press(overall="3")
    assert "What was wrong?" in preview.text
    preview.press(reasons=["slow"]).press(reported="yes").press(calls="4")
    preview.press(words=SECRET)
    assert "Check your answers" in preview.text
    assert SECRET in preview.text
    preview.press()
    assert "Thank you" in preview.text
    for model in (Draft, Response, OwnWords, Receipt):
        assert not model.objects.exists()
    kept = set(viewer.session.keys())
    assert all(key.startswith("_") for key in kept), kept


def test_wrong_answers_are_told_as_to_a_respondent(viewer):
    preview = Preview(viewer, draft()).press().press().press(area="elsewhere")
    assert preview.response.status_code == 400
    assert "Please look at this again" in preview.text


def test_back_and_change_lead_to_the_page(viewer):
    preview = Preview(viewer, draft()).press().press().press(area="south")
    preview.press(__page="2")
    assert re.search(r'value="south" checked', preview.text)
    preview.press(area="north").press(overall="1").press().press().press()
    assert "Check your answers" in preview.text
    assert 'value="2" form="walk"' in preview.text
    preview.press(__page="2")
    assert re.search(r'value="north" checked', preview.text)


def test_only_previewed_pages_may_be_framed_and_by_this_site_alone(viewer):
    version = draft()
    page = Preview(viewer, version).response
    assert page["X-Frame-Options"] == "SAMEORIGIN"
    assert "frame-ancestors 'self'" in page["Content-Security-Policy"]
    around = viewer.get(reverse("admin:version-preview", args=[version.pk]))
    assert around["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in around["Content-Security-Policy"]
    assert "frame-src 'self'" in around["Content-Security-Policy"]
    respondent = viewer.get(f"/s/{publish(NEXT).survey.code}/")
    assert respondent["X-Frame-Options"] == "DENY"
    assert "frame-src" not in respondent["Content-Security-Policy"]


def test_page_around_says_that_nothing_is_stored(viewer):
    address = reverse("admin:version-preview", args=[draft().pk])
    page = viewer.get(address).content.decode()
    assert "Nothing is stored." in page
    assert "desk-preview--phone" in page
    assert "desk-preview--computer" in viewer.get(f"{address}?width=computer").content.decode()
    assert viewer.get(f"{address}?width=watch").status_code == 404


def test_state_that_was_tampered_with_is_refused(viewer):
    preview = Preview(viewer, draft()).press()
    response = viewer.post(preview.address, {".state": "forged"})
    assert response.status_code == 400


def test_draft_that_changed_meanwhile_begins_again(viewer):
    preview = Preview(viewer, draft()).press()
    draft({"Where do you live?": "Where is your home?"})
    preview.press()
    assert preview.response.status_code == 200


def test_way_out_leads_to_a_page_that_says_where_it_would(viewer):
    preview = Preview(viewer, draft())
    assert 'href="/exit/"' not in preview.text
    address = re.search(r'class="leave__button" href="([^"]+)"', preview.text).group(1)
    assert "Here the person is gone" in viewer.get(address).content.decode()


def test_path_is_walked_with_its_answers_filled_in(viewer):
    version = draft()
    page = viewer.get(reverse("admin:version-paths", args=[version.pk])).content.decode()
    paths = re.findall(r"Walk path (\d+)", page)
    assert len(paths) >= 4
    seen = set()
    for path in paths:
        preview = Preview(viewer, version, f"?path={path}").press()
        for _ in range(12):
            seen.add(re.search(r"<h1[^>]*>(.*?)</h1>", preview.text, re.DOTALL).group(1).strip())
            if "Check your answers" in preview.text:
                break
            preview.press(**as_it_stands(preview))
    assert any("What was wrong?" in heading for heading in seen)
    assert any("Check your answers" in heading for heading in seen)


def as_it_stands(preview):
    """The answers that the form would send if the person just went on."""
    found = {}
    for tag in re.findall(r"<input[^>]*>", preview.text):
        told = dict(re.findall(r'([\w.]+)="([^"]*)"', tag))
        is_on = told.get("type") == "text" or re.search(r"\bchecked\b", tag)
        if is_on and told.get("value"):
            found.setdefault(told["name"].replace(".", "__").replace("-", "_"), []).append(
                told["value"]
            )
    return found


def test_paths_are_told_by_what_is_asked(editor):
    version = draft()
    page = editor.get(reverse("admin:version-paths", args=[version.pk])).content.decode()
    assert "Overall, how was it? <strong>" in page
    assert 'desk-code">overall' not in page


def test_path_of_what_has_too_many_to_be_found_begins_without_answers(viewer):
    options = [f"{{code: c{i}, label: {{en: Option {i}}}}}" for i in range(20)]
    rest = [
        f"{{many: {{any_of: [{', '.join(f'c{n}' for n in range(i, 20))}]}}}}" for i in range(20)
    ]
    many = f"""pages:
  - questions:
      - name: many
        kind: choices
        ask: {{en: Which?}}
        options: [{", ".join(options)}]
  - show_if: {{all: [{", ".join(rest)}]}}
    questions: [{{name: after, kind: information, ask: {{en: After that}}}}]"""
    version = draft({"pages:": many})
    page = viewer.get(reverse("admin:version-paths", args=[version.pk])).content.decode()
    assert "Not every path could be worked out" in page
    preview = Preview(viewer, version, "?path=1").press()
    assert "Which?" in preview.text


def test_page_that_interrupts_stands_before_the_start_page(viewer):
    text = changed(SMALL, {"start: {en:": "interruption: {en: Is this a safe time?}\nstart: {en:"})
    preview = Preview(viewer, publish(text))
    assert "Is this a safe time?" in preview.text
    assert "Before you begin" not in preview.text
    preview.address += "?about=1"
    assert "Before you begin" in preview.press().text


def test_survey_on_one_page_is_answered_there_and_stores_nothing(viewer):
    version = publish(POLL)
    preview = Preview(viewer, version)
    assert "Two questions about your street." in preview.text
    nonce = re.search(r'name="nonce" value="([^"]+)"', preview.text).group(1)
    assert "Please look at this again" in preview.press().text
    preview.show(viewer.post(preview.address, {"nonce": nonce, "safe": "yes"}))
    assert "We will tell you what came of it." in preview.text
    assert not Response.objects.exists()
