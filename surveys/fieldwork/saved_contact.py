"""What people left to be reached by, kept under the number that their unsent answers have too.

The look-up is another than that of the answers: only who has the number can tell which row belongs
to which. `key` stands for the number; see surveys/models/codes.py.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.codes import lookups
from surveys.models.contacts import SavedContact
from surveys.models.encryption import CannotOpenError, open_with, seal_with
from surveys.questions.base import Answer

ACTOR = "retention"
PURPOSE = "saved-contact"

logger = logging.getLogger(__name__)

# Written together with the answers, the rows could be matched by PostgreSQL's own numbers (xmin) or
# by their order on disk: docs/decisions/0009-contact-details-are-shuffled.md. Unlike the details
# that were sent, these may be changed or deleted by who goes on answering: that waits for the lock,
# or it would look for a row that was just written anew and miss it.
LOCK = "LOCK TABLE surveys_savedcontact IN EXCLUSIVE MODE"
SHUFFLE = """
WITH taken AS (DELETE FROM surveys_savedcontact RETURNING *)
INSERT INTO surveys_savedcontact SELECT * FROM taken ORDER BY random()
"""


def keep_saved_contact(key: bytes, details: Mapping[str, Answer]) -> None:
    """Stores the details in place of those that were there; without any, deletes them."""
    found = SavedContact.objects.filter(lookup__in=_lookups(key))
    if not details:
        found.delete()
        return
    newest = _lookups(key)[0]
    sealed = seal_with(key, dict(details), **_place(newest))
    if not found.update(lookup=newest, sealed=sealed):
        last_day = timezone.localdate() + timedelta(days=settings.SAVED_DAYS)
        SavedContact.objects.create(lookup=newest, sealed=sealed, last_day=last_day)


def open_saved_contact(key: bytes) -> dict[str, Answer]:
    """What is kept under a number; nothing where the row is not as it was sealed."""
    row = SavedContact.objects.filter(lookup__in=_lookups(key)).first()
    if row is None:
        return {}
    try:
        details = open_with(key, row.sealed, **_place(bytes(row.lookup)))
    except CannotOpenError:
        # Somebody changed the row; the answers can be gone on with all the same.
        logger.exception("kept contact details are not as they were sealed")
        return {}
    return details if isinstance(details, dict) else {}


def forget_saved_contact(key: bytes) -> None:
    """Deletes what is kept under a number, if it is still there."""
    SavedContact.objects.filter(lookup__in=_lookups(key)).delete()


@transaction.atomic
def forget_old_saved_contact() -> int:
    """Deletes what is over its last day, and mixes the rest; returns how many were deleted."""
    with connection.cursor() as cursor:
        cursor.execute(LOCK)
    forgotten = SavedContact.objects.filter(last_day__lt=timezone.localdate()).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute(SHUFFLE)
    if forgotten:
        record(ACTOR, "forget", subject="kept contact details whose time is over", kept=forgotten)
    return forgotten


def _lookups(key: bytes) -> list[bytes]:
    return lookups(key.hex(), purpose=PURPOSE)


def _place(lookup: bytes) -> dict[str, str]:
    return {"table": "saved_contact", "column": "sealed", "row": lookup.hex()}
