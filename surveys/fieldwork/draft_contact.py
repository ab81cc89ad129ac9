"""What people leave to be reached by while they still answer: sealed, in rows of their own."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from surveys.models.contacts import DraftContact
from surveys.models.encryption import open_sealed, seal
from surveys.questions.base import Answer


def keep_draft_contact(key: bytes, details: Mapping[str, Answer]) -> None:
    """Stores the details in place of those that were there."""
    sealed = seal(dict(details), **_place(key))
    DraftContact.objects.update_or_create(
        key=key, defaults={"sealed": sealed, "touched_at": timezone.now()}
    )


def draft_contact(key: bytes) -> dict[str, Answer]:
    """What was left under this key so far; raises CannotOpenError when it is not as it was."""
    row = DraftContact.objects.filter(key=key).first()
    if row is None:
        return {}
    details = open_sealed(row.sealed, **_place(key))
    if not isinstance(details, dict):
        raise TypeError(f"contact details on their way are a {type(details).__name__}")
    return details


def forget_draft_contact(key: bytes) -> None:
    """Deletes what was left under this key."""
    DraftContact.objects.filter(key=key).delete()


def forget_old_draft_contacts() -> int:
    """Deletes what outlived the longest visit; returns how many."""
    longest = timezone.now() - timedelta(minutes=settings.DRAFT_LONGEST_MINUTES)
    return DraftContact.objects.filter(touched_at__lt=longest).delete()[0]


def _place(key: bytes) -> dict[str, str]:
    return {"table": "draft_contact", "column": "sealed", "row": key.hex()}
