"""Answers on their way: kept sealed while a person answers, gone when they leave, send or idle."""

from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db import connection
from django.db.models import Q
from django.utils import timezone

from surveys.models.drafts import Draft
from surveys.models.encryption import open_with, seal_with
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.versions.read import sealed

# How long the page that says how a visit ended can be read.
OVER_SECONDS = 600

COLUMNS = [field.attname for field in Draft._meta.concrete_fields]
# The one query of every page of a survey, written once instead of put together for each of them.
FIND = f"""
SELECT {", ".join(f"d.{column}" for column in COLUMNS)}, EXISTS (
    SELECT FROM surveys_withdrawal AS w WHERE w.version_id = d.version_id
) FROM surveys_draft AS d WHERE d.token_hash = %s
"""  # noqa: S608  # only our own column names are put in


class ChangedMeanwhileError(Exception):
    """The draft was gone on with, ended or left after it was read."""


def begin_draft(version: Version, *, language: str, token_hash: bytes) -> Draft:
    """A new draft without answers."""
    now = timezone.now()
    draft = Draft(
        version=version, language=language, token_hash=token_hash, started_at=now, touched_at=now
    )
    draft.write({})
    draft.save(force_insert=True)
    return draft


def find_draft(token_hash: bytes) -> Draft | None:
    """The draft that a token leads to, with its version and survey; None where its time is over.

    One whose version was withdrawn meanwhile is of the state WITHDRAWN.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND, [token_hash])
        row = cursor.fetchone()
    if row is None:
        return None
    *columns, is_withdrawn = row
    draft: Draft = Draft.from_db(connection.alias, COLUMNS, columns)
    if _is_expired(draft, timezone.now()):
        return None
    draft.version = sealed(draft.version_id).version
    if is_withdrawn and draft.state == Draft.State.ANSWERING:
        draft.state = Draft.State.WITHDRAWN
    return draft


def keep_answers(draft: Draft, answers: dict[str, Answer]) -> None:
    """Seals the answers into the draft, which counts as a sign of life."""
    draft.write(answers)
    keep_draft(draft, "sealed", "has_contact", "helped")


def change_language(draft: Draft, language: str) -> None:
    """Goes on in another language; a sign of life, too."""
    draft.language = language
    keep_draft(draft, "language")


def end_draft(draft: Draft, state: str, **facts: object) -> None:
    """The visit is over: the answers go, and for some minutes it is known how it ended."""
    for name, value in {"state": state, "sealed": "", "saved": "", **facts}.items():
        setattr(draft, name, value)
    keep_draft(draft, "state", "sealed", "saved", *facts)


def show_once(draft: Draft, number: str, *, key: bytes) -> str:
    """The number as the draft keeps it until `take_number` takes it out with the same key."""
    return seal_with(key, number, **_number_of(draft))


def take_number(draft: Draft, *, key: bytes) -> str:
    """The number that is to be shown now and never again; empty where there is none."""
    waiting = Draft.objects.filter(pk=draft.pk, number=draft.number)
    if not draft.number or not waiting.update(number=""):
        return ""
    return str(open_with(key, draft.number, **_number_of(draft)))


def keep_draft(draft: Draft, *fields: str) -> None:
    """Stores these fields of a draft as it was read, which counts as a sign of life.

    Raises ChangedMeanwhileError, and stores nothing, where it was gone on with, ended or left
    since: what was worked out from it is worth nothing then.
    """
    as_read, draft.touched_at = draft.touched_at, timezone.now()
    values = [getattr(draft, name) for name in fields]
    with connection.cursor() as cursor:
        cursor.execute(_keep(fields), [*values, draft.touched_at, draft.pk, as_read])
        if cursor.rowcount != 1:
            raise ChangedMeanwhileError("the draft is no longer as it was read")


def expired() -> Q:
    """What is true of a draft whose time is over."""
    now = timezone.now()
    is_over = ~Q(state=Draft.State.ANSWERING)
    return (
        Q(touched_at__lt=now - timedelta(minutes=settings.DRAFT_IDLE_MINUTES))
        | Q(~is_over, started_at__lt=now - timedelta(minutes=settings.DRAFT_LONGEST_MINUTES))
        | Q(is_over, touched_at__lt=now - timedelta(seconds=OVER_SECONDS))
    )


@cache
def _keep(fields: tuple[str, ...]) -> str:
    """The statement that stores these fields where the draft is as it was read."""
    columns = ", ".join(f"{name} = %s" for name in fields)
    return f"UPDATE surveys_draft SET {columns}, touched_at = %s WHERE id = %s AND touched_at = %s"  # noqa: S608  # only our own column names are put in


def _number_of(draft: Draft) -> dict[str, str]:
    return {"table": "draft", "column": "number", "row": str(draft.pk)}


def _is_expired(draft: Draft, now: datetime) -> bool:
    """What `expired` says, of one draft that was read."""
    if draft.state != Draft.State.ANSWERING:
        return draft.touched_at < now - timedelta(seconds=OVER_SECONDS)
    return draft.touched_at < now - timedelta(
        minutes=settings.DRAFT_IDLE_MINUTES
    ) or draft.started_at < now - timedelta(minutes=settings.DRAFT_LONGEST_MINUTES)
