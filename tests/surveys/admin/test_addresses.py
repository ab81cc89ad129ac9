"""Addresses that lead nowhere, and what a page asks of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.surveys import SMALL, changed, publish
from tests.surveys.admin.conftest import draft, sign_in

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", ["survey", "version"])
@pytest.mark.parametrize("key", ["abc", "-1", "999999", "9" * 30])
def test_page_of_what_is_not_there_is_no_fault(viewer, kind, key):
    response = viewer.get(f"/admin/surveys/{kind}/{key}/change/", follow=True)
    assert response.status_code in (200, 404)
    if response.status_code == 200:
        assert "doesn’t exist" in response.content.decode()


def queries(client, address):
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(address).status_code == 200
    return len(found)


@pytest.mark.parametrize("route", ["surveys_version_change", "version-edit", "version-step"])
def test_more_versions_ask_for_no_more_queries(route):
    both = sign_in("both", "editor", "publisher")

    def cost(version):
        step = ["withdraw"] if route == "version-step" else []
        address = reverse(f"admin:{route}", args=[version.pk, *step])
        both.get(address)  # what is kept in memory is there the second time
        return queries(both, address)

    publish()
    with_two = cost(publish(changed(SMALL, {"version: 1": "version: 2"})))
    publish(changed(SMALL, {"version: 1": "version: 3"}))
    assert cost(publish(changed(SMALL, {"version: 1": "version: 4"}))) == with_two


def test_list_of_surveys_asks_the_same_for_many(editor):
    draft()
    editor.get("/admin/surveys/survey/")
    with_one = queries(editor, "/admin/surveys/survey/")
    for name in ("other", "third"):
        draft({"survey: small": f"survey: {name}"})
    editor.get("/admin/surveys/survey/")
    assert queries(editor, "/admin/surveys/survey/") == with_one
