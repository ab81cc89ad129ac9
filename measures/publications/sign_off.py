"""Drafting a statement and publishing it: two acts by two people, both on record."""

from datetime import date, datetime

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from measures.models.statements import Statement
from measures.publications.bundle import build_bundle
from measures.publications.canonical import canonical_json, digest
from surveys.models.audit import record

APPROVE = "measures.change_statement"


class NotAllowedError(Exception):
    """The act is refused, for the reason it carries."""


@transaction.atomic
def build_statement(month: date, *, as_of: datetime | None = None, actor: str) -> Statement:
    """The draft for the year that ends with `month`, in place of the draft there was.

    After a published edition it opens the next one; what is published is never touched.
    """
    moment = as_of or timezone.now()
    editions = Statement.objects.select_for_update().filter(period=month)
    newest = editions.order_by("-edition").first()
    bundle = build_bundle(month, as_of=moment)
    text = canonical_json(bundle)
    if newest is None or newest.state == Statement.State.PUBLISHED:
        statement = Statement(period=month, edition=newest.edition + 1 if newest else 1)
    else:
        statement = newest
    statement.as_of, statement.bundle, statement.sha256 = moment, text, digest(text)
    statement.built_by, statement.built_at = actor, timezone.now()
    statement.save()
    _audit(statement, actor, "build statement")
    return statement


@transaction.atomic
def publish_statement(month: date, *, approved_by: str) -> Statement:
    """The draft for the month, published and frozen.

    What it tells of a survey was released before, so nothing of it can have changed since. Raises
    NotAllowedError unless the approver is an active member of staff who may publish, and another
    than the one who built it.
    """
    statement = (
        Statement.objects.select_for_update()
        .filter(period=month, state=Statement.State.DRAFT)
        .first()
    )
    if statement is None:
        raise NotAllowedError(
            f"there is no draft for {month:%Y-%m}: build it first with "
            f"build_statement --period {month:%Y-%m}"
        )
    _check_approver(approved_by, built_by=statement.built_by)
    statement.state = Statement.State.PUBLISHED
    statement.published_at, statement.approved_by = timezone.now(), approved_by
    statement.save(update_fields=["state", "published_at", "approved_by"])
    _audit(statement, approved_by, "publish statement")
    return statement


def _check_approver(username: str, *, built_by: str) -> None:
    users = get_user_model()
    user = users.objects.filter(**{users.USERNAME_FIELD: username}).first()
    if user is None or not user.is_active or not user.is_staff:
        raise NotAllowedError(f"{username!r} is no active member of staff")
    if not user.has_perm(APPROVE):
        raise NotAllowedError(
            f"{username!r} may not publish: expected someone in the group publisher"
        )
    if username == built_by:
        raise NotAllowedError(f"{username!r} built this draft: another person has to approve it")


def _audit(statement: Statement, actor: str, action: str) -> None:
    record(
        actor,
        action,
        subject=str(statement),
        sha256=statement.sha256,
        as_of=statement.as_of.isoformat(),
    )
