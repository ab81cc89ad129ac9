"""Answers kept for some days under a number that only the person has.

`key` stands for the number all through: 32 bytes worked out of it (surveys/models/codes.py), which
both find the copy and open it. What it holds is as much of the visit as another device needs to go
on with it; docs/decisions/0010-number-instead-of-account.md says who can read it and who can't.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone

from surveys.models.codes import lookups
from surveys.models.drafts import Draft, SavedAnswers
from surveys.models.encryption import CannotOpenError, open_with, seal_with
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.versions.read import sealed

PURPOSE = "saved"

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Kept:
    """What was kept of a visit; `nonce` is that under which it is sent, from whatever device."""

    version: Version
    answers: dict[str, Answer]
    language: str
    order_seed: int
    helped: list[int]
    nonce: UUID


def save_answers(key: bytes, draft: Draft, answers: Mapping[str, Answer]) -> None:
    """A new copy under a new number, until the end of its last day."""
    lookup = _lookups(key)[0]
    SavedAnswers.objects.create(
        lookup=lookup,
        version_id=draft.version_id,
        sealed=_seal(key, lookup, draft, answers),
        last_day=timezone.localdate() + timedelta(days=settings.SAVED_DAYS),
    )


def keep_saved_answers(key: bytes, draft: Draft, answers: Mapping[str, Answer]) -> bool:
    """Takes what was answered since into the copy, whose last day stays as it was told.

    False where there is none any more: its time was over, or it was sent from another device.
    """
    newest = _lookups(key)[0]
    copies = SavedAnswers.objects.filter(lookup__in=_lookups(key))
    return copies.update(lookup=newest, sealed=_seal(key, newest, draft, answers)) == 1


def open_saved_answers(key: bytes, survey_code: str) -> Kept | None:
    """What is kept under a number for the survey with that code.

    None alike for a wrong number, one of another survey, one whose time is over, and where the
    version was withdrawn.
    """
    row = SavedAnswers.objects.filter(
        lookup__in=_lookups(key),
        version__survey__code=survey_code,
        version__withdrawal__isnull=True,
        last_day__gte=timezone.localdate(),
    ).first()
    if row is None:
        return None
    try:
        held = open_with(key, row.sealed, **_place(bytes(row.lookup)))
    except CannotOpenError:
        # Somebody changed the row: of that the person can be told no more than that it is lost.
        logger.exception("kept answers are not as they were sealed")
        return None
    return _kept(row.version_id, held)


def last_day_of(key: bytes) -> date | None:
    """Until when the copy is kept; None where there is none."""
    rows = SavedAnswers.objects.filter(lookup__in=_lookups(key))
    return rows.values_list("last_day", flat=True).first()


def forget_saved_answers(key: bytes) -> None:
    """Deletes the copy, if it is still there."""
    SavedAnswers.objects.filter(lookup__in=_lookups(key)).delete()


def forget_old_saved_answers() -> int:
    """Deletes the copies whose last day is over; returns how many."""
    return SavedAnswers.objects.filter(last_day__lt=timezone.localdate()).delete()[0]


def _lookups(key: bytes) -> list[bytes]:
    return lookups(key.hex(), purpose=PURPOSE)


def _seal(key: bytes, lookup: bytes, draft: Draft, answers: Mapping[str, Answer]) -> str:
    held = {
        "answers": dict(answers),
        "language": draft.language,
        "order_seed": draft.order_seed,
        "helped": list(draft.helped),
        "nonce": draft.nonce,
    }
    return seal_with(key, held, **_place(lookup))


def _kept(version_pk: int, held: Any) -> Kept:
    return Kept(
        version=sealed(version_pk).version,
        answers=held["answers"],
        language=held["language"],
        order_seed=held["order_seed"],
        helped=held["helped"],
        nonce=UUID(held["nonce"]),
    )


def _place(lookup: bytes) -> dict[str, str]:
    return {"table": "saved_answers", "column": "sealed", "row": lookup.hex()}
