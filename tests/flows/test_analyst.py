"""An analyst's day: looks, keeps a view, reads what people wrote, asks for records. Others do not.

Each person is another browser. Whoever approves is never who asked, and a viewer sees nothing of
it: no count, no word, no file, and no way to any of them.
"""

import csv
import io
import re

import pytest
from django.urls import reverse

from measures.models.views import SavedView
from surveys.models.audit import AuditEntry
from surveys.models.exports import Export
from surveys.models.responses import OwnWords
from surveys.responses.export_making import make_approved
from surveys.tally.count import count_new
from tests.factories.surveys import publish, respond
from tests.surveys.admin.conftest import sign_in

pytestmark = pytest.mark.django_db

EXPLORER = "/admin/results/"
PICKED = {"survey": "small", "question": "overall", "period": "2022-Q4", "by": "area"}
REASON = "To look at what goes with dissatisfaction in the north"


@pytest.fixture
def version():
    """A survey with 60 answers of November 2022, counted; one of them in own words."""
    version = publish()
    for number in range(60):
        area = "north" if number % 3 else "south"
        respond(version, area=area, overall=str(1 + number % 2 * 2), channel="web")
    words = OwnWords(response=version.responses.first(), question="words")
    words.write("Ring me back")
    words.save()
    count_new()
    return version


@pytest.fixture
def analyst():
    return sign_in("ana", "analyst")


@pytest.fixture
def officer():
    return sign_in("dot", "data-protection officer")


def seen(client, address, **given):
    """The page's words below the heading of the site, each gap one blank."""
    answer = client.get(address, given, follow=True)
    assert answer.status_code == 200, address
    body = answer.content.decode().split("<main", 1)[1]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_an_analyst_explores_and_keeps_what_was_found(version, analyst):
    assert "Explore" in seen(analyst, reverse("admin:index"))
    words = seen(analyst, EXPLORER, **PICKED)
    assert "Overall, how was it?" in words
    for told in ("Completely satisfied", "North", "South", "40", "20"):
        assert told in words

    address = f"{EXPLORER}?survey=small&question=overall&period=2022-Q4&by=area"
    saved = analyst.post(reverse("results-views"), {"name": "By area", "address": address})
    assert saved.status_code == 303
    view = SavedView.objects.get()
    assert (view.name, view.saved_by) == ("By area", "ana")
    assert "By area" in seen(analyst, reverse("results-views"))

    # A colleague opens the link and sees the same page, on a record of their own.
    colleague = sign_in("bea", "analyst")
    assert seen(colleague, reverse("results-view", args=[view.code])).endswith(words[-40:])
    lookers = AuditEntry.objects.filter(subject__contains="small").values_list("actor", flat=True)
    assert {"ana", "bea"} <= set(lookers)

    # It is not the colleague's to delete.
    delete = reverse("results-view-delete", args=[view.code])
    assert colleague.post(delete).status_code == 404
    assert analyst.post(delete).status_code == 303
    assert not SavedView.objects.exists()


def test_a_second_person_lets_records_out_and_they_go_once(version, analyst, officer):
    asked = analyst.post(
        reverse("admin:export-ask"), {"version": version.pk, "form": "csv", "reason": REASON}
    )
    assert asked.status_code == 303
    export = Export.objects.get()
    decide = reverse("admin:export-decide", args=[export.pk])
    fetch = reverse("admin:export-fetch", args=[export.pk])

    # Who asked may not approve, and there is nothing to fetch yet.
    assert analyst.post(decide, {"what": "approve"}).status_code == 403
    assert analyst.post(fetch).status_code == 303
    assert make_approved() == 0

    assert "approve or refuse it" in seen(officer, reverse("admin:index"))
    assert REASON in seen(officer, reverse("admin:surveys_export_change", args=[export.pk]))
    assert officer.post(decide, {"what": "approve"}).status_code == 303
    assert make_approved() == 1

    # Who approved does not get the file either.
    assert officer.post(fetch).status_code == 403
    assert "Your file of records is ready: fetch it" in seen(analyst, reverse("admin:index"))
    file = b"".join(analyst.post(fetch).streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(file)))
    assert len(rows) == 60
    assert {row["area"] for row in rows} == {"north", "south"}
    assert "Ring me back" not in file

    assert analyst.post(fetch).status_code == 303
    assert Export.objects.get().state == Export.State.FETCHED
    actors = AuditEntry.objects.filter(subject=str(version)).values_list("actor", flat=True)
    assert {"ana", "dot"} <= set(actors)


def test_the_same_person_in_both_roles_still_needs_another(version):
    both = sign_in("both", "analyst", "data-protection officer")
    both.post(reverse("admin:export-ask"), {"version": version.pk, "form": "csv", "reason": REASON})
    export = Export.objects.get()
    both.post(reverse("admin:export-decide", args=[export.pk]), {"what": "approve"})
    assert Export.objects.get().state == Export.State.WAITING


def test_a_viewer_sees_neither_counts_nor_words_nor_records(version, analyst):
    address = f"{EXPLORER}?survey=small&question=overall&period=2022-Q4"
    analyst.post(reverse("results-views"), {"name": "All", "address": address})
    analyst.post(
        reverse("admin:export-ask"), {"version": version.pk, "form": "csv", "reason": REASON}
    )
    view, export = SavedView.objects.get(), Export.objects.get()
    viewer = sign_in("vi", "viewer")
    closed = [
        EXPLORER,
        address,
        reverse("results-responses"),
        f"{reverse('results-responses')}?survey=small",
        reverse("results-populations"),
        reverse("results-fieldwork"),
        reverse("results-weighting"),
        reverse("results-views"),
        reverse("results-view", args=[view.code]),
        reverse("admin:survey-results", args=[version.survey.pk]),
        reverse("admin:surveys_ownwords_changelist"),
        reverse("admin:surveys_export_changelist"),
        reverse("admin:surveys_export_change", args=[export.pk]),
        reverse("admin:export-ask"),
    ]
    for one in closed:
        assert viewer.get(one).status_code == 403, one
    for one in (
        reverse("admin:export-decide", args=[export.pk]),
        reverse("admin:export-fetch", args=[export.pk]),
        reverse("results-view-delete", args=[view.code]),
    ):
        assert viewer.post(one, {"what": "approve"}).status_code == 403, one
    front = viewer.get(reverse("admin:index")).content.decode()
    assert not [one for one in closed if f'href="{one}"' in front]
    assert not AuditEntry.objects.filter(actor="vi").exists()


def test_a_stranger_is_asked_to_sign_in(version, client):
    for one in (
        EXPLORER,
        reverse("results-responses"),
        reverse("admin:surveys_ownwords_changelist"),
    ):
        answer = client.get(one)
        assert answer.status_code == 302
        assert answer["Location"].startswith("/admin/login/")
