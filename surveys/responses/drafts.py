"""Answers on their way: kept sealed while a person answers, gone when they leave, send or idle."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from surveys.models.responses import Draft
from surveys.models.versions import Version
from surveys.questions.base import Answer


def begin_draft(version: Version, *, language: str) -> Draft:
    """A new draft without answers."""
    draft = Draft(version=version, language=language, touched_at=timezone.now())
    draft.write({})
    draft.save(force_insert=True)
    return draft


def find_draft(draft_id: UUID, *, lock: bool = False) -> Draft | None:
    """The draft with its version and survey; None where it expired, never was, or was withdrawn.

    With `lock`, in a transaction, nobody else changes or deletes it until that ends.
    """
    drafts = Draft.objects.select_related("version__survey")
    return (
        (drafts.select_for_update(of=("self",)) if lock else drafts)
        .filter(pk=draft_id, version__withdrawal__isnull=True)
        .exclude(expired())
        .first()
    )


def keep_answers(draft: Draft, answers: dict[str, Answer]) -> None:
    """Seals the answers into the draft, which counts as a sign of life."""
    draft.write(answers)
    draft.touched_at = timezone.now()
    draft.save(update_fields=["sealed", "touched_at"])


def change_language(draft: Draft, language: str) -> None:
    """Goes on in another language; a sign of life, too."""
    draft.language = language
    draft.touched_at = timezone.now()
    draft.save(update_fields=["language", "touched_at"])


def forget_draft(draft_id: UUID) -> None:
    """Deletes a draft, if it is still there."""
    Draft.objects.filter(pk=draft_id).delete()


def expired() -> Q:
    """What is true of a draft whose time is over."""
    now = timezone.now()
    return Q(touched_at__lt=now - timedelta(minutes=settings.DRAFT_IDLE_MINUTES)) | Q(
        started_at__lt=now - timedelta(minutes=settings.DRAFT_LONGEST_MINUTES)
    )
