"""From a draft to publication and back, with two people."""

import pytest
from django.db import Error, transaction
from django.urls import reverse
from django.utils import timezone

from surveys.models.audit import AuditEntry
from surveys.models.versions import Version
from surveys.versions.read import current_version
from tests.factories.surveys import SMALL, changed, publish, respond
from tests.surveys.admin.conftest import draft, sign_in

pytestmark = pytest.mark.django_db


def take(client, version, step, **fields):
    address = reverse("admin:version-step", args=[version.pk, step])
    version.refresh_from_db()
    return client.post(address, {"sha256": version.sha256, **fields})


def page_of(client, version):
    return client.get(reverse("admin:surveys_version_change", args=[version.pk])).content.decode()


def test_two_people_bring_a_draft_to_publication(editor, publisher):
    version = draft()
    for client, step in ((editor, "check"), (publisher, "approve"), (publisher, "publish")):
        assert take(client, version, step).status_code == 303
    assert current_version(version.survey) == Version.objects.get()
    acts = AuditEntry.objects.order_by("id").values_list("actor", "action")
    assert list(acts) == [
        ("ed", "store draft"),
        ("ed", "check version"),
        ("pat", "approve version"),
        ("pat", "publish version"),
    ]
    page = page_of(editor, version)
    assert "by pat" in page
    assert "publish version" in page


def test_who_edited_is_refused_politely_and_by_the_database(db):
    both = sign_in("ed", "editor", "publisher")
    version = draft()
    take(both, version, "check")
    response = take(both, version, "approve")
    assert response.status_code == 409
    assert "somebody else must approve it" in response.content.decode()
    with pytest.raises(Error, match="version_is_approved_by_another"), transaction.atomic():
        Version.objects.update(approved_by="ed", approved_at=timezone.now())


def test_steps_can_not_be_skipped(publisher):
    version = draft()
    for step in ("approve", "publish", "withdraw"):
        assert take(publisher, version, step).status_code == 409
    version.refresh_from_db()
    assert version.state == "draft"


def test_draft_with_problems_can_not_be_checked(editor):
    version = draft({"languages: [en]": "languages: [en, cy]"})
    response = take(editor, version, "check")
    assert response.status_code == 409
    page = response.content.decode()
    assert "First put right" in page
    # The list stands on the page of the version, not on this one.
    assert "below" not in page


def test_what_was_changed_since_it_was_looked_at_is_not_approved(editor, publisher):
    version = draft()
    take(editor, version, "check")
    seen = Version.objects.get().sha256
    version = draft({"minutes: 2": "minutes: 3"})
    take(editor, version, "check")
    address = reverse("admin:version-step", args=[version.pk, "approve"])
    response = publisher.post(address, {"sha256": seen})
    assert response.status_code == 409
    assert "changed since you opened it" in response.content.decode()


def test_publishing_says_what_it_does_and_to_how_many(editor, publisher):
    publish()
    version = draft({"version: 1": "version: 2"})
    take(editor, version, "check")
    take(publisher, version, "approve")
    address = reverse("admin:version-step", args=[version.pk, "publish"])
    page = publisher.get(address).content.decode()
    assert "can’t be changed, by anybody" in page
    assert "In the middle of version 1 now: no people" in page


def test_withdrawal_needs_a_reason_and_says_what_stays(publisher):
    first = publish()
    second = publish(changed(SMALL, {"version: 1": "version: 2"}))
    respond(second, area="north")
    address = reverse("admin:version-step", args=[second.pk, "withdraw"])
    page = publisher.get(address).content.decode()
    assert "What was sent until now stays" in page
    assert "answer version 1 again" in page
    assert take(publisher, second, "withdraw", reason=" ").status_code == 409
    assert take(publisher, second, "withdraw", reason="A wrong word").status_code == 303
    assert current_version(first.survey) == first
    assert "A wrong word" in page_of(publisher, second)


def test_withdrawal_of_a_replaced_version_changes_nothing_for_who_starts(publisher):
    first = publish()
    publish(changed(SMALL, {"version: 1": "version: 2"}))
    address = reverse("admin:version-step", args=[first.pk, "withdraw"])
    page = publisher.get(address).content.decode()
    assert "answer version 2 as before" in page


def test_survey_page_says_what_to_do_next(editor):
    version = draft({"languages: [en]": "languages: [en, cy]"})
    address = reverse("admin:surveys_survey_change", args=[version.survey_id])
    page = editor.get(address).content.decode()
    assert "Not published" in page
    assert "What to do next" in page
    assert "Put right" in page


def test_empty_list_says_what_to_do(editor, viewer):
    assert "Upload a questionnaire" in editor.get("/admin/surveys/survey/").content.decode()
    assert "An editor can upload one" in viewer.get("/admin/surveys/survey/").content.decode()


@pytest.mark.parametrize("wrong", ["nothing", "delete"])
def test_unknown_step_is_no_page(publisher, wrong):
    version = draft()
    assert publisher.get(reverse("admin:version-step", args=[version.pk, wrong])).status_code == 404


def test_schedule_opens_and_closes(editor):
    survey = publish().survey
    address = reverse("admin:survey-schedule", args=[survey.pk])
    sent = {"opens_at": "2022-03-05T09:00", "closes_at": "2022-07-01T17:30"}
    assert editor.post(address, sent).status_code == 303
    survey.refresh_from_db()
    # Half past five in summer, by the clock in London.
    assert survey.closes_at.isoformat() == "2022-07-01T16:30:00+00:00"
    entry = AuditEntry.objects.get(action="schedule survey")
    assert entry.subject == survey.slug
    page = editor.get(reverse("admin:surveys_survey_change", args=[survey.pk])).content.decode()
    assert "It closed on 1 July 2022, 5:30pm" in page


def test_schedule_that_closes_before_it_opens_is_refused(editor):
    survey = publish().survey
    address = reverse("admin:survey-schedule", args=[survey.pk])
    sent = {"opens_at": "2022-03-05T09:00", "closes_at": "2022-03-05T09:00"}
    response = editor.post(address, sent)
    assert response.status_code == 400
    assert "It must close after it opens" in response.content.decode()


def next_version():
    return draft(
        {
            "version: 1": "version: 2",
            "Where do you live": "Where is your home",
            "Did you report it": "Did you tell them",
            "breakdowns:": "continuity: {area: The same places}\nbreakdowns:",
        }
    )


def test_who_approves_and_publishes_reads_what_changed(editor, publisher):
    publish()
    version = next_version()
    take(editor, version, "check")
    compare = reverse("admin:version-compare", args=[version.pk])
    for step in ("approve", "publish"):
        page = publisher.get(
            reverse("admin:version-step", args=[version.pk, step])
        ).content.decode()
        assert "What changed since version 1" in page
        assert ">1 breaking<" in page
        assert ">1 cosmetic<" in page
        assert "no additive" in page
        assert "Where is your home? <strong>The same places" in page
        assert f'href="{compare}?with=1"' in page
        assert "What changed since version 1" in page_of(publisher, version)
        take(publisher, version, step)


def test_first_version_has_nothing_before_it(editor, publisher):
    version = draft()
    take(editor, version, "check")
    page = publisher.get(reverse("admin:version-step", args=[version.pk, "approve"]))
    assert "What changed since" not in page.content.decode()


def test_address_is_told_when_a_version_is_published(editor, publisher):
    version = draft()
    take(editor, version, "check")
    take(publisher, version, "approve")
    response = publisher.post(
        reverse("admin:version-step", args=[version.pk, "publish"]),
        {"sha256": version.sha256},
        follow=True,
    )
    address = f"http://testserver/s/{version.survey.code}/"
    told = f'People answer it at <a href="{address}">{address}</a>'
    assert told in response.content.decode()


def test_replaced_version_is_not_told_as_the_current_one(editor):
    first = publish()
    publish(changed(SMALL, {"version: 1": "version: 2"}))
    for address in (
        "surveys_version_change",
        "surveys_survey_change",
        "surveys_version_changelist",
    ):
        args = (
            []
            if "changelist" in address
            else [first.pk if "version_c" in address else first.survey_id]
        )
        page = editor.get(reverse(f"admin:{address}", args=args)).content.decode()
        assert "published, replaced by version 2" in page


def test_when_all_is_withdrawn_the_desk_says_what_to_do(editor, publisher):
    version = publish()
    take(publisher, version, "withdraw", reason="A wrong word")
    survey = reverse("admin:surveys_survey_change", args=[version.survey_id])
    for address in ("/admin/surveys/survey/", survey):
        page = editor.get(address).content.decode()
        assert "Edit version 1 into the next one or upload one" in page
        assert "Nothing waits" not in page
    assert "Make the next version from it" in page_of(editor, version)


def test_withdrawal_says_what_people_in_the_middle_will_read(publisher):
    version = publish()
    page = publisher.get(reverse("admin:version-step", args=[version.pk, "withdraw"]))
    assert "These questions were withdrawn" in page.content.decode()
