"""Concerns for somebody's safety: raised by a page of help, worked through by a person.

Nothing here calls, writes or tells anybody anything: a concern waits until the safeguarding lead
looks. Of an anonymous survey it holds what the person left to be contacted by and nothing else.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.encryption import open_sealed, seal
from surveys.models.months import first_month_kept
from surveys.models.safeguarding import Concern
from surveys.models.versions import Survey

RAISED_BY = "a page of help"
RETENTION = "retention"


class ConcernMovedOnError(Exception):
    """Somebody else took this step first, or one before it is still to be taken."""


@dataclass(frozen=True)
class Contact:
    """How somebody asked to be contacted: by `phone` or `email`, and what is safe."""

    how: str
    reach: str
    when: str = ""
    may_leave_message: bool = False


@dataclass(frozen=True)
class Action:
    """One thing that was done, by whom and when."""

    at: datetime
    by: str
    what: str


@dataclass(frozen=True)
class Told:
    """The sealed part of a concern: the question and the answer, and the contact, if any."""

    asked: str
    said: str
    contact: Contact | None
    actions: tuple[Action, ...]


@transaction.atomic
def raise_concern(
    survey: Survey, key: UUID, *, why: str, question: str, asked: str, said: str, language: str
) -> bool:
    """Puts what somebody answered or wrote before the safeguarding lead; once for each key.

    Only for a survey that said before its first question that it would. False where it was there.
    """
    concern = Concern(id=key, survey=survey, why=why, question=question, language=language)
    concern.write({"asked": asked, "said": said})
    if Concern.objects.filter(pk=key).exists():
        return False
    # A second click at the same moment finds it there, and goes on.
    Concern.objects.bulk_create([concern], ignore_conflicts=True)
    _record(RAISED_BY, "raise concern", concern, survey=survey.slug, why=why)
    return True


@transaction.atomic
def ask_for_contact(survey: Survey, key: UUID, *, contact: Contact, language: str) -> None:
    """Puts before the safeguarding lead how somebody asked to be contacted, and nothing else.

    It joins the concern of the same key where there is one; what was left before is replaced.
    Nothing goes into the audit log: it holds what staff do, and a row of it that is written
    moments before an answer could be matched with the answer by PostgreSQL's own numbers (xmin).
    """
    told: dict[str, object] = {"how": contact.how, "reach": contact.reach, "when": contact.when}
    told["message"] = contact.may_leave_message
    concern = Concern(id=key, survey=survey, why=Concern.Why.ASKED, language=language)
    concern.write({})
    Concern.objects.bulk_create([concern], ignore_conflicts=True)
    found = Concern.objects.select_for_update().get(pk=key)
    found.write(found.read() | {"contact": told})
    found.save(update_fields=["sealed"])


def has_asked_for_contact(key: UUID) -> bool:
    """Whether the concern of this key has something to contact the person by."""
    concern = Concern.objects.filter(pk=key).first()
    return concern is not None and "contact" in concern.read()


@transaction.atomic
def read_concern(concern: Concern, *, actor: str) -> Told:
    """What was said and left, and what was done; that somebody read it is recorded."""
    _record(actor, "read concern", concern)
    told = concern.read()
    contact = told.get("contact")
    return Told(
        asked=str(told.get("asked", "")),
        said=str(told.get("said", "")),
        contact=_contact(contact) if isinstance(contact, dict) else None,
        actions=actions_of(concern),
    )


def actions_of(concern: Concern) -> tuple[Action, ...]:
    """What was done, the first first."""
    found = open_sealed(concern.action, **_place(concern)) if concern.action else []
    return tuple(
        Action(datetime.fromisoformat(one["at"]), one["by"], one["what"])
        for one in (found if isinstance(found, list) else [])
    )


@transaction.atomic
def acknowledge(concern: Concern, *, actor: str) -> None:
    """Somebody has taken the concern on. Raises ConcernMovedOnError where another was quicker."""
    _move(
        Concern.objects.filter(pk=concern.pk, acknowledged_at__isnull=True),
        acknowledged_at=timezone.now(),
        acknowledged_by=actor,
    )
    _record(actor, "acknowledge concern", concern)


@transaction.atomic
def act(concern: Concern, *, actor: str, what: str) -> None:
    """Writes down what was done, after what was written before.

    Raises ConcernMovedOnError where it is not acknowledged, closed, or somebody wrote meanwhile.
    """
    now = timezone.now()
    before = [{"at": a.at.isoformat(), "by": a.by, "what": a.what} for a in actions_of(concern)]
    written = seal([*before, {"at": now.isoformat(), "by": actor, "what": what}], **_place(concern))
    acknowledged = Concern.objects.filter(acknowledged_at__isnull=False, closed_at__isnull=True)
    _move(
        acknowledged.filter(pk=concern.pk, action=concern.action),
        action=written,
        acted_at=now,
        acted_by=actor,
    )
    _record(actor, "act on concern", concern)


@transaction.atomic
def close(concern: Concern, *, actor: str, outcome: str) -> None:
    """Ends it with an outcome.

    Raises ConcernMovedOnError where nothing was done yet or somebody closed it meanwhile.
    """
    acted = Concern.objects.filter(acted_at__isnull=False, closed_at__isnull=True)
    _move(acted.filter(pk=concern.pk), closed_at=timezone.now(), closed_by=actor, outcome=outcome)
    _record(actor, "close concern", concern, outcome=outcome)


@transaction.atomic
def forget_concerns() -> int:
    """Deletes what was closed longer ago than it is kept; what is open stays, however old.

    Rows of anonymous surveys are written anew, for the reason that ask_for_contact tells.
    """
    Concern.objects.filter(why=Concern.Why.ASKED).update(why=Concern.Why.ASKED)
    over = Concern.objects.filter(closed_at__date__lt=first_month_kept(settings.CONCERN_MONTHS))
    forgotten = over.delete()[0]
    if forgotten:
        record(RETENTION, "forget", subject="concerns whose time is over", concerns=forgotten)
    return forgotten


def _move(concerns: Any, **fields: object) -> None:
    """One changed row means that the step is ours."""
    if concerns.update(**fields) != 1:
        raise ConcernMovedOnError


def _record(actor: str, action: str, concern: Concern, **detail: object) -> None:
    record(actor, action, subject=str(concern), **detail)


def _contact(told: dict[str, Any]) -> Contact:
    return Contact(told["how"], told["reach"], told["when"], told["message"])


def _place(concern: Concern) -> dict[str, str]:
    return {"table": "concern", "column": "action", "row": str(concern.pk)}
