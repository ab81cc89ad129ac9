"""Records as files, on the desk: who may ask, decide, see and fetch; and counting again."""

from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

from surveys.models.audit import AuditEntry
from surveys.models.exports import Export
from surveys.models.recounts import Recounting
from surveys.responses.export_making import make_approved
from surveys.tally.count import count_new
from surveys.tally.recounting import recount_if_asked
from tests.factories.records import people
from tests.factories.surveys import publish, respond
from tests.surveys.admin.conftest import sign_in

pytestmark = pytest.mark.django_db

WHY = "For the yearly report to the panel"


@pytest.fixture
def version():
    return publish()


@pytest.fixture
def analyst(db):
    return sign_in("ana", "analyst")


@pytest.fixture
def officer(db):
    return sign_in("dora", "data-protection officer")


def text(page):
    return " ".join(unescape(page.content.decode()).split())


def ask(client, version, **more):
    given = {"version": version.pk, "form": "csv", "reason": WHY, **more}
    return client.post(reverse("admin:export-ask"), given)


def at(name, export):
    return reverse(f"admin:{name}", args=[export.pk])


def test_asked_by_one_approved_by_another_and_fetched_once(analyst, officer, version):
    one, _ = people(version)
    page = ask(analyst, version, with_words="on")
    export = Export.objects.get()
    assert page["Location"] == at("surveys_export_change", export)
    assert "Somebody else has to approve it" in text(analyst.get(page["Location"]))
    waits = text(officer.get(reverse("admin:surveys_export_changelist")))
    assert "1 request waits for you." in waits
    shown = text(officer.get(page["Location"]))
    assert WHY in shown
    assert "Approve: make a file of 2 records" in shown
    assert "People may have named themselves" in shown
    officer.post(at("export-decide", export), {"what": "approve"})
    making = analyst.get(page["Location"])
    assert making["Refresh"] == "5"
    assert b"<progress" in making.content
    make_approved()
    ready = analyst.get(page["Location"])
    assert "Refresh" not in ready
    assert "Fetch the file, once" in text(ready)
    file = analyst.post(at("export-fetch", export))
    assert file["Content-Disposition"] == 'attachment; filename="small-1-records.csv"'
    assert "no-store" in file["Cache-Control"]
    content = file.getvalue()
    assert str(one.pk).encode() in content
    assert len(content) == int(file["Content-Length"])
    again = analyst.post(at("export-fetch", export), follow=True)
    assert "It can’t be fetched, or not any more." in text(again)
    assert "fetch records" in text(again)


def test_analyst_with_both_roles_cannot_approve_their_own(version):
    both = sign_in("bo", "analyst", "data-protection officer")
    ask(both, version)
    export = Export.objects.get()
    assert "Approve" not in text(both.get(at("surveys_export_change", export)))
    page = both.post(at("export-decide", export), {"what": "approve"}, follow=True)
    assert "somebody else has to decide" in text(page)
    assert Export.objects.get().state == "waiting"


def test_refusal_needs_a_reason_that_who_asked_reads(analyst, officer, version):
    ask(analyst, version)
    export = Export.objects.get()
    page = officer.post(at("export-decide", export), {"what": "refuse", "why": " "}, follow=True)
    assert "Say why you refuse it." in text(page)
    officer.post(at("export-decide", export), {"what": "refuse", "why": "The results say it"})
    assert "dora refused it: The results say it" in text(
        analyst.get(at("surveys_export_change", export))
    )


def test_sign_that_the_database_refuses_is_left_out_of_why(analyst, officer, version):
    ask(analyst, version)
    export = Export.objects.get()
    given = {"what": "refuse", "why": "The results\x00 say it"}
    assert officer.post(at("export-decide", export), given).status_code == 303
    assert Export.objects.get().message == "The results say it"


@pytest.mark.parametrize("reason", ["", "short"])
def test_reason_must_be_a_sentence(analyst, version, reason):
    page = ask(analyst, version, reason=reason)
    assert page.status_code == 400
    assert "Nothing was asked yet" in text(page)
    assert not Export.objects.exists()


def test_own_words_are_off_unless_ticked_and_need_their_permission(analyst, version):
    assert "own words" in text(analyst.get(reverse("admin:export-ask")))
    ask(analyst, version)
    assert Export.objects.get().with_words is False
    group = Group.objects.get(name="analyst")
    group.permissions.remove(Permission.objects.get(codename="view_ownwords"))
    assert "own words" not in text(analyst.get(reverse("admin:export-ask")))
    ask(analyst, version, with_words="on")
    assert not Export.objects.filter(with_words=True).exists()


def test_who_lost_the_permission_meanwhile_fetches_no_words(analyst, officer, version):
    people(version)
    ask(analyst, version, with_words="on")
    export = Export.objects.get()
    officer.post(at("export-decide", export), {"what": "approve"})
    make_approved()
    group = Group.objects.get(name="analyst")
    group.permissions.remove(Permission.objects.get(codename="view_ownwords"))
    assert analyst.post(at("export-fetch", export)).status_code == 403
    assert Export.objects.get().state == "ready"


def test_one_sees_ones_own_and_the_officer_all(analyst, officer, version):
    ask(analyst, version)
    export = Export.objects.get()
    other = sign_in("other", "analyst")
    assert "You have asked for none yet." in text(
        other.get(reverse("admin:surveys_export_changelist"))
    )
    assert other.get(at("surveys_export_change", export)).status_code == 404
    assert other.post(at("export-fetch", export)).status_code == 404
    assert officer.get(at("surveys_export_change", export)).status_code == 200
    assert officer.post(at("export-fetch", export)).status_code == 403


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher", "safeguarding lead"])
def test_others_see_nothing_of_it(role, analyst, version):
    ask(analyst, version)
    export = Export.objects.get()
    stranger = sign_in("someone", role)
    for where in (
        reverse("admin:surveys_export_changelist"),
        reverse("admin:export-ask"),
        at("surveys_export_change", export),
    ):
        assert stranger.get(where).status_code == 403
    for name in ("export-decide", "export-fetch"):
        assert stranger.post(at(name, export), {"what": "approve"}).status_code == 403
    assert Export.objects.get().state == "waiting"


def test_analyst_cannot_approve_what_a_colleague_asked_for(analyst, version):
    ask(sign_in("other", "analyst"), version)
    export = Export.objects.get()
    assert analyst.post(at("export-decide", export), {"what": "approve"}).status_code == 403


def test_fetching_is_no_link(analyst, officer, version):
    ask(analyst, version)
    export = Export.objects.get()
    officer.post(at("export-decide", export), {"what": "approve"})
    make_approved()
    assert analyst.get(at("export-fetch", export)).status_code == 405
    assert Export.objects.get().state == "ready"


def test_without_a_survey_it_says_what_to_do(analyst):
    assert "No survey is published yet" in text(analyst.get(reverse("admin:export-ask")))


def test_recount_is_asked_for_done_and_told(analyst, version):
    respond(version, area="north")
    respond(version, area="south")
    count_new()
    where = reverse("admin:surveys_recounting_changelist")
    assert "Nobody has asked for one yet." in text(analyst.get(where))
    page = analyst.post(where, follow=True)
    assert "A worker counts all responses anew." in text(page)
    assert page["Refresh"] == "5"
    assert "asked for already" in text(analyst.post(where, follow=True))
    assert recount_if_asked() is True
    assert recount_if_asked() is False
    assert Recounting.objects.get().state == "done"
    done = analyst.get(where)
    assert "2 responses recounted" in text(done)
    assert "Refresh" not in done
    told = AuditEntry.objects.filter(action__contains="recount").order_by("id")
    assert [entry.actor for entry in told] == ["ana", "worker"]


@pytest.mark.parametrize("role", ["viewer", "editor", "data-protection officer"])
def test_others_cannot_have_it_counted_again(role):
    stranger = sign_in("someone", role)
    where = reverse("admin:surveys_recounting_changelist")
    assert stranger.get(where).status_code == 403
    assert stranger.post(where).status_code == 403
    assert not Recounting.objects.exists()
