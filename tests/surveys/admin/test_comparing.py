"""Two versions side by side on the desk."""

import pytest
from django.urls import reverse

from tests.factories.surveys import publish
from tests.surveys.admin.conftest import draft

pytestmark = pytest.mark.django_db

SECOND = {"version: 1": "version: 2"}


def compared(client, version, query=""):
    address = reverse("admin:version-compare", args=[version.pk]) + query
    return client.get(address).content.decode()


def test_change_of_words_is_marked_word_by_word_with_its_meaning(viewer):
    publish()
    page = compared(viewer, draft(SECOND | {"Where do you live": "Where did you live"}))
    assert "Where <del>do</del> you live?" in page
    assert "Where <ins>did</ins> you live?" in page
    assert "the line shows a break here" in page


def test_new_question_begins_with_its_version(viewer):
    publish()
    new = "pages:\n  - questions: [{name: extra, kind: yes-no, ask: {en: Really?}}]"
    page = compared(viewer, draft(SECOND | {"pages:": new}))
    assert "additive" in page
    assert "Really?" in page


def test_one_kind_of_change_is_shown_alone(viewer):
    publish()
    second = draft(SECOND | {"Where do you live": "Where did you live", "minutes: 2": "minutes: 3"})
    assert "how long it takes" in compared(viewer, second)
    page = compared(viewer, second, "?with=1&kind=breaking")
    assert "Where <ins>did</ins> you live?" in page
    assert "how long it takes" not in page


def test_same_pair_is_compared_the_same_from_both_pages(viewer):
    first = publish()
    second = draft(SECOND | {"Where do you live": "Where did you live"})
    for page in (compared(viewer, first), compared(viewer, second)):
        assert "Where <ins>did</ins> you live?" in page


def test_the_version_published_before_is_the_first_choice(viewer):
    publish()
    draft(SECOND)
    third = draft({"version: 1": "version: 3", "minutes: 2": "minutes: 3"})
    assert '?with=1" aria-current="true"' in compared(viewer, third)
    assert '?with=2" aria-current="true"' in compared(viewer, third, "?with=2")


def test_nothing_changed_and_nothing_to_compare_with(viewer):
    first = publish()
    assert "nothing to compare it with" in compared(viewer, first)
    assert "Nothing changed between them" in compared(viewer, draft(SECOND))
