"""Bringing a file to the desk."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from surveys.models.audit import AuditEntry
from surveys.models.versions import Survey, Version
from surveys.versions.upload import MOST_BYTES
from tests.factories.sheets import form, packed
from tests.factories.surveys import SMALL, changed, publish
from tests.surveys.admin.conftest import draft

pytestmark = pytest.mark.django_db


def send(client, text, name="small.yaml", survey=None, **fields):
    address = (
        reverse("admin:survey-upload", args=[survey.pk])
        if survey
        else reverse("admin:survey-upload-new")
    )
    data = text.encode() if isinstance(text, str) else text
    return client.post(address, {"file": SimpleUploadedFile(name, data), **fields})


def test_new_questionnaire_becomes_a_draft_of_a_new_survey(editor):
    response = send(editor, SMALL)
    version = Version.objects.get()
    assert response.status_code == 303
    assert response["Location"] == reverse("admin:surveys_version_change", args=[version.pk])
    assert (version.state, version.source, version.editors) == ("draft", "desk", ["ed"])
    entry = AuditEntry.objects.get(action="upload questionnaire")
    assert (entry.actor, entry.detail["file"]) == ("ed", "small.yaml")


def test_every_problem_is_told_with_its_line_and_nothing_is_stored(editor):
    text = changed(
        SMALL,
        {
            "kind: scale, list": "kind: scala, list",
            "max_choices: 2": "max_choices: many",
            "accepts: month": "accepts: week",
        },
    )
    response = send(editor, text)
    page = response.content.decode()
    assert response.status_code == 400
    for wrong in ("scala", "many", "week"):
        line = next(n for n, found in enumerate(text.splitlines(), 1) if wrong in found)
        assert f"line {line}<" in page
    assert page.index("scala") < page.index("many") < page.index("week")
    assert "3 errors" in page
    assert "pages." not in page
    assert "question overall" in page
    assert not Survey.objects.exists()


def test_what_publication_forbids_is_stored_with_the_draft_and_listed(editor):
    send(
        editor,
        changed(
            SMALL,
            {
                "sensitive: true": "sensitive: true\n        required: true",
                "languages: [en]": "languages: [en, cy]",
            },
        ),
    )
    version = Version.objects.get()
    page = editor.get(reverse("admin:surveys_version_change", args=[version.pk])).content.decode()
    assert "to put right before publication" in page
    assert "question area, wording" in page
    assert "no Welsh text" in page


def test_file_of_another_survey_is_refused_on_the_page_of_one(editor):
    survey = publish().survey
    response = send(editor, changed(SMALL, {"survey: small": "survey: other"}), survey=survey)
    assert response.status_code == 400
    assert "this is the survey &#x27;other&#x27;" in response.content.decode()


def test_published_number_is_refused_with_the_number_to_use(editor):
    survey = publish().survey
    response = send(editor, changed(SMALL, {"minutes: 2": "minutes: 3"}), survey=survey)
    assert response.status_code == 400
    assert "expected `version: 2`" in response.content.decode()


def test_draft_is_replaced_only_knowingly(editor):
    version = draft(actor="ana")
    text = changed(SMALL, {"minutes: 2": "minutes: 3"})
    response = send(editor, text)
    assert response.status_code == 400
    assert "last changed by ana" in response.content.decode()
    send(editor, text, replace="on")
    version.refresh_from_db()
    assert '"minutes":3' in version.document
    assert version.editors == ["ana", "ed"]


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("small.docx", b"x", "expected a file that ends in .yaml"),
        ("small.yaml", b"\xff\xfe\x00", "not UTF-8"),
        ("small.yaml", b"", "expected a mapping"),
        ("small.yaml", b"a: [", "not YAML"),
        ("small.xlsx", b"PK\x03\x04 cut short", "small.xlsx"),
        ("small.xls", b"\xd0\xcf\x11\xe0", "small.xls"),
        ("small.lss", b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "small.lss"),
    ],
)
def test_file_that_is_none_of_ours_is_refused_in_words(editor, name, data, told):
    response = send(editor, data, name=name)
    assert response.status_code == 400
    page = response.content.decode()
    assert told in page
    # Nothing is left of such a file to carry.
    assert "tick “Leave out" not in page
    assert not Survey.objects.exists()


def test_file_beyond_the_limit_is_refused_unread(editor):
    response = editor.post(
        reverse("admin:survey-upload-new"),
        b"",
        content_type="multipart/form-data; boundary=x",
        CONTENT_LENGTH=str(MOST_BYTES * 2),
    )
    assert response.status_code == 413
    assert "20.0 MiB" in response.content.decode()


def test_no_file_at_all(editor):
    response = editor.post(reverse("admin:survey-upload-new"))
    assert response.status_code == 400
    assert "Choose a file first" in response.content.decode()


def test_upload_needs_its_token(db):
    from django.test import Client

    from tests.surveys.admin.conftest import sign_in

    signed_in = sign_in("ed", "editor")
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = signed_in.cookies
    assert send(strict, SMALL).status_code == 403
    assert not Version.objects.exists()


def test_what_became_otherwise_in_a_form_stands_on_its_page(editor):
    sheets = form("""
        type     | name   | label::English (en)
        deviceid | device |
        integer  | visits | How many visits?
    """)
    response = send(editor, packed(sheets), name="streets.xlsx")
    page = editor.get(response["Location"]).content.decode()
    assert "3 things were changed when the form was carried over" in page
    assert "survey, row 2, column type: is not collected" in page
    assert "survey, row 3, column type: leaves a bound open" in page


FOREIGN = ["xlsform/kpi-nested_repeats.xls", "limesurvey/ls205_em_tailoring.lss.gz"]


@pytest.mark.shared_data
@pytest.mark.parametrize("name", FOREIGN)
def test_foreign_form_is_refused_whole_or_carried_with_what_was_left_out(editor, shared_data, name):
    file = shared_data / name
    response = send(editor, file.read_bytes(), name=file.name)
    assert response.status_code == 400
    assert not Survey.objects.exists()
    page = response.content.decode()
    assert "desk-place" in page
    assert "Nothing was stored" in page
    assert "tick “Leave out what can’t be carried”" in page

    response = send(editor, file.read_bytes(), name=file.name, lenient="on")
    version = Version.objects.get()
    page = editor.get(response["Location"]).content.decode()
    assert version.number == 1
    assert "left out when the form was carried over" in page
    # Its name stands there once, and not before each thing.
    assert f"<li>{file.name}" not in page
    entry = AuditEntry.objects.get(action="upload questionnaire")
    assert entry.detail["left_out"] == len(entry.detail["dropped"]) > 0
    assert entry.detail["changed"] == len(entry.detail["remarks"])

    # Once more: the same draft, with the same number.
    send(editor, file.read_bytes(), name=file.name, lenient="on")
    assert Version.objects.get().pk == version.pk
