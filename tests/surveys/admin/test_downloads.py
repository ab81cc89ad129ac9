"""Taking a version along."""

import pytest
from django.urls import reverse

from surveys.admin.downloads import KINDS
from surveys.definitions.fingerprint import canonical
from surveys.definitions.loader import load_definition
from tests.surveys.admin.conftest import draft

pytestmark = pytest.mark.django_db


def download(client, version, what, query=""):
    return client.get(reverse("admin:version-download", args=[version.pk, what]) + query)


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.key)
def test_file_is_saved_and_never_shown_in_place(viewer, kind):
    response = download(viewer, draft(), kind.key)
    assert response.status_code == 200
    assert response["Content-Disposition"] == f'attachment; filename="small-1.{kind.ending}"'
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.content


def test_definition_comes_back_as_it_is(viewer):
    version = draft()
    text = download(viewer, version, "yaml").content.decode()
    assert canonical(load_definition(text)) == version.document


def test_language_is_one_of_the_survey(viewer):
    version = draft()
    response = download(viewer, version, "codebook-csv", "?language=en")
    assert 'filename="small-1-en.csv"' in response["Content-Disposition"]
    assert download(viewer, version, "codebook-csv", "?language=fr").status_code == 404
    assert download(viewer, version, "word").status_code == 404
