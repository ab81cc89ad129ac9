"""Building and publishing: by two people, on record, and never changed afterwards."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction

from measures.models.statements import Statement
from measures.publications.canonical import digest
from measures.publications.sign_off import NotAllowedError, build_statement, publish_statement
from surveys.models.audit import AuditEntry, first_broken_entry
from tests.factories.figures import RELEASED, make_months, make_release, make_seed_figures

pytestmark = pytest.mark.django_db

NOVEMBER = date(2022, 11, 1)
LATER = RELEASED + timedelta(days=1)


def make_user(name: str, *groups: str, **more: bool):
    user = get_user_model().objects.create_user(name, is_staff=more.pop("is_staff", True), **more)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


@pytest.fixture
def publisher():
    return make_user("pat", "publisher")


def test_building_again_replaces_the_draft() -> None:
    first = build_statement(NOVEMBER, as_of=LATER, actor="ann")
    make_seed_figures()
    second = build_statement(NOVEMBER, as_of=LATER, actor="ben")

    assert Statement.objects.count() == 1
    assert (second.pk, second.edition, second.built_by) == (first.pk, 1, "ben")
    assert second.sha256 != first.sha256
    assert second.sha256 == digest(second.bundle)


def test_after_a_published_edition_the_next_is_opened(publisher) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    published = publish_statement(NOVEMBER, approved_by="pat")
    make_seed_figures()
    draft = build_statement(NOVEMBER, as_of=LATER, actor="ann")

    assert (published.edition, draft.edition, draft.state) == (1, 2, "draft")
    again = Statement.objects.get(edition=1)
    assert (again.state, again.bundle) == ("published", published.bundle)


def test_publishing_says_who_and_when(publisher) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    statement = publish_statement(NOVEMBER, approved_by="pat")

    statement.refresh_from_db()
    assert (statement.state, statement.approved_by) == ("published", "pat")
    assert statement.published_at is not None


def test_both_acts_are_on_record(publisher) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    statement = publish_statement(NOVEMBER, approved_by="pat")

    acts = AuditEntry.objects.filter(subject=str(statement)).order_by("id")
    assert [(act.actor, act.action) for act in acts] == [
        ("ann", "build statement"),
        ("pat", "publish statement"),
    ]
    assert {act.detail["sha256"] for act in acts} == {statement.sha256}
    assert first_broken_entry() is None


def test_nobody_approves_what_they_built(publisher) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="pat")

    with pytest.raises(NotAllowedError, match="another person has to approve"):
        publish_statement(NOVEMBER, approved_by="pat")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda: None, "no active member of staff"),
        (lambda: make_user("sam", "publisher", is_active=False), "no active member of staff"),
        (lambda: make_user("sam", "publisher", is_staff=False), "no active member of staff"),
        (lambda: make_user("sam", "viewer"), "expected someone in the group publisher"),
        (lambda: make_user("sam", "analyst"), "expected someone in the group publisher"),
    ],
)
def test_who_may_not_publish(make, why: str) -> None:
    make()
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    with pytest.raises(NotAllowedError, match=why):
        publish_statement(NOVEMBER, approved_by="sam")
    assert Statement.objects.get().state == "draft"


def test_a_superuser_may_publish() -> None:
    make_user("root", is_superuser=True)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    assert publish_statement(NOVEMBER, approved_by="root").state == "published"


def test_there_must_be_a_draft(publisher) -> None:
    with pytest.raises(NotAllowedError, match="no draft for 2022-11"):
        publish_statement(NOVEMBER, approved_by="pat")


@pytest.mark.parametrize("change", [{"bundle": "{}"}, {"approved_by": "eve"}, {"state": "draft"}])
def test_the_database_refuses_to_change_what_is_published(publisher, change) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    publish_statement(NOVEMBER, approved_by="pat")

    with pytest.raises(IntegrityError, match="is published and can't change"), transaction.atomic():
        Statement.objects.update(**change)


def test_the_database_refuses_to_delete_what_is_published(publisher) -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    publish_statement(NOVEMBER, approved_by="pat")

    with pytest.raises(IntegrityError, match="is published and can't change"), transaction.atomic():
        Statement.objects.all().delete()


def test_the_hash_must_be_that_of_the_bundle() -> None:
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    with (
        pytest.raises(IntegrityError, match="hash_is_of_its_bundle"),
        transaction.atomic(),
    ):
        Statement.objects.update(bundle="{}")


def test_as_of_leaves_out_what_was_not_known_yet() -> None:
    release = make_release()
    make_months("robbery", first=date(2021, 12, 1), values=[100] * 12, release=release)

    early = build_statement(NOVEMBER, as_of=RELEASED - timedelta(days=1), actor="ann")
    early_bundle = early.bundle
    late = build_statement(NOVEMBER, as_of=LATER, actor="ann")

    assert "There were 1,200 robbery offences" not in early_bundle
    assert "There were 1,200 robbery offences" in late.bundle
