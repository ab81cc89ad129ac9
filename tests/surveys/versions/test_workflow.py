"""Draft, checked, approved by another person, published, withdrawn."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from surveys.models.audit import AuditEntry
from surveys.models.versions import Survey, Version
from surveys.responses.drafts import begin_draft, find_draft
from surveys.versions.publish import (
    CannotPublishError,
    approve_version,
    check_version,
    publish_version,
    store_version,
    withdraw_version,
)
from surveys.versions.read import current_version, definition_of
from tests.factories.surveys import SMALL, changed, publish, small_definition

pytestmark = pytest.mark.django_db
TOKEN = b"t" * 32


def from_the_desk(**changes):
    return store_version(small_definition(**changes), actor="editor", source=Version.Source.DESK)


def test_the_whole_way():
    version = from_the_desk()
    assert (version.state, version.editors, version.created_by) == ("draft", ["editor"], "editor")
    version = check_version(version, actor="editor")
    assert version.state == "checked"
    version = approve_version(version, actor="publisher")
    assert version.state == "approved"
    version = publish_version(version, definition_of(version), actor="publisher")
    assert version.state == "published"
    done = AuditEntry.objects.order_by("pk").values_list("actor", "action")
    assert list(done) == [
        ("editor", "store draft"),
        ("editor", "check version"),
        ("publisher", "approve version"),
        ("publisher", "publish version"),
    ]


def test_an_editor_cannot_approve():
    version = check_version(from_the_desk(), actor="publisher")
    with pytest.raises(CannotPublishError, match="editor edited small 1: it must be approved by"):
        approve_version(version, actor="editor")


def test_the_database_refuses_an_editor_as_approver():
    version = check_version(from_the_desk(), actor="publisher")
    with (
        pytest.raises(IntegrityError, match="version_is_approved_by_another"),
        transaction.atomic(),
    ):
        Version.objects.filter(pk=version.pk).update(
            approved_at=version.checked_at, approved_by="editor"
        )


def test_everyone_who_edited_is_an_editor():
    from_the_desk()
    definition = small_definition(**{"Your views": "Your thoughts"})
    version = store_version(definition, actor="second", source=Version.Source.DESK)
    assert version.editors == ["editor", "second"]
    check_version(version, actor="second")
    for editor in version.editors:
        with pytest.raises(CannotPublishError):
            approve_version(version, actor=editor)


def test_what_is_not_approved_is_not_published():
    version = check_version(from_the_desk(), actor="editor")
    with pytest.raises(CannotPublishError, match="small 1 was not approved"):
        publish_version(version, definition_of(version), actor="publisher")


def test_the_database_refuses_to_publish_what_nobody_approved():
    version = from_the_desk()
    with pytest.raises(IntegrityError, match="version_from_the_desk_is_approved"):
        Version.objects.filter(pk=version.pk).update(
            published_at=version.created_at, published_by="editor"
        )


def test_an_edit_needs_a_new_check_and_a_new_approval():
    approve_version(check_version(from_the_desk(), actor="editor"), actor="publisher")
    version = from_the_desk(**{"Your views": "Your thoughts"})
    assert version.state == "draft"


def test_the_same_text_again_keeps_the_approval():
    approve_version(check_version(from_the_desk(), actor="editor"), actor="publisher")
    assert from_the_desk().state == "approved"


def test_the_database_refuses_to_change_what_was_approved():
    version = check_version(from_the_desk(), actor="editor")
    change = (
        "UPDATE surveys_version SET document = '{}', sha256 = encode(sha256('{}'), 'hex')"
        " WHERE id = %s"
    )
    with (
        pytest.raises(IntegrityError, match="a change needs a new check"),
        connection.cursor() as cursor,
    ):
        cursor.execute(change, [version.pk])


def test_a_command_needs_nobody():
    assert publish().state == "published"


def test_a_draft_from_the_desk_stays_one_when_a_command_changes_it():
    from_the_desk()
    version = store_version(small_definition(**{"Your views": "Your thoughts"}), actor="a command")
    with pytest.raises(CannotPublishError, match="was not approved"):
        publish_version(version, definition_of(version), actor="a command")


def test_withdrawn_version_gives_way_to_the_one_before():
    first = publish()
    second = publish(changed(SMALL, {"version: 1": "version: 2"}))
    survey = Survey.objects.get()
    assert current_version(survey) == second
    withdraw_version(second, actor="publisher", reason="a question was wrong")
    assert current_version(survey) == first
    assert Survey.objects.open_now().exists()
    second.refresh_from_db()
    assert second.state == "withdrawn"


def test_survey_of_withdrawn_versions_is_closed():
    withdraw_version(publish(), actor="publisher", reason="not now")
    assert not Survey.objects.open_now().exists()


def test_who_is_in_the_middle_of_a_withdrawn_version_can_not_go_on():
    version = publish()
    begin_draft(version, language="en", token_hash=TOKEN)
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    assert find_draft(TOKEN).state == "withdrawn"


def test_who_is_in_the_middle_finishes_on_their_version():
    first = publish()
    begin_draft(first, language="en", token_hash=TOKEN)
    publish(changed(SMALL, {"version: 1": "version: 2"}))
    assert find_draft(TOKEN).version == first


def test_withdrawal_needs_a_reason():
    with pytest.raises(CannotPublishError, match="expected a reason"):
        withdraw_version(publish(), actor="publisher", reason="  ")


def test_only_what_is_published_can_be_withdrawn():
    with pytest.raises(
        CannotPublishError, match="small 1 is draft: expected one that is published"
    ):
        withdraw_version(from_the_desk(), actor="publisher", reason="no")


@pytest.mark.parametrize(
    "change", ["UPDATE surveys_withdrawal SET reason = ''", "DELETE FROM surveys_withdrawal"]
)
def test_withdrawal_stands(change):
    withdraw_version(publish(), actor="publisher", reason="not now")
    with pytest.raises(IntegrityError, match="a withdrawal stands"), connection.cursor() as cursor:
        cursor.execute(change)


@pytest.mark.parametrize(
    "change", [{"editors": []}, {"editors": ["somebody else"]}, {"source": "command"}]
)
def test_the_database_keeps_who_edited_on_the_desk(change):
    version = from_the_desk()
    with pytest.raises(IntegrityError, match="that stays on record"):
        Version.objects.filter(pk=version.pk).update(**change)


def test_survey_is_listed_as_its_current_version_says():
    publish(changed(SMALL, {"discreet: true": "discreet: false"}))
    assert not Survey.objects.get().is_listed
    second = publish(
        changed(
            SMALL, {"version: 1": "version: 2", "discreet: true": "discreet: false\nlisted: true"}
        )
    )
    assert Survey.objects.get().is_listed
    withdraw_version(second, actor="publisher", reason="not yet")
    assert not Survey.objects.get().is_listed


def test_steps_of_one_survey_wait_for_each_other():
    version = from_the_desk()
    with CaptureQueriesContext(connection) as queries:
        check_version(version, actor="editor")
    locks = [query["sql"] for query in queries if "FOR UPDATE" in query["sql"]]
    # The survey before the version, as where a version is stored: else two could wait for ever.
    assert ['FROM "surveys_survey"' in locks[0], 'FROM "surveys_version"' in locks[1]] == [True] * 2


def test_number_below_a_published_one_is_refused():
    publish(changed(SMALL, {"version: 1": "version: 2"}))
    with pytest.raises(CannotPublishError, match="expected a number above 2, found 1"):
        publish()


def test_withdrawn_version_is_not_published_again():
    withdraw_version(publish(), actor="publisher", reason="not now")
    with pytest.raises(CannotPublishError, match="was withdrawn: expected `version: 2`"):
        publish()
