"""Erasing whoever a number belongs to, for the office that was asked to, with a certificate."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from surveys.fieldwork.saved_contact import forget_saved_contact
from surveys.models.audit import record
from surveys.models.codes import derived_key
from surveys.respond.kept import secret_of
from surveys.responses.receipts import find_receipt
from surveys.responses.saved import forget_saved_answers, last_day_of
from surveys.tally.take_back import erase

NOT_SENT = "answers that were not sent"


@dataclass(frozen=True)
class Certificate:
    """What was deleted, by kind, when and by whom; nothing of what it said.

    `survey` is empty where only answers were kept that nobody had sent: they are sealed, and say
    to nobody what they are about. `digest` is that of the entry in the audit trail.
    """

    counts: dict[str, int]
    survey: str
    was_published: bool
    at: datetime
    by: str
    digest: str


def erase_by_number(code: str, *, by: str) -> Certificate | None:
    """Deletes all that a number of 16 digits leads to, sent or not; None where it leads nowhere.

    What totals were published before stays as it was.
    """
    response = find_receipt(code)
    if response is None:
        return _erase_kept(code, by=by)
    erased = erase(response.pk, by=by, subject=response.version.survey.slug)
    if erased is None:
        return None
    entry = erased.entry
    return Certificate(
        erased.counts, erased.survey, erased.was_published, entry.at, entry.actor, entry.digest
    )


@transaction.atomic
def _erase_kept(code: str, *, by: str) -> Certificate | None:
    """Deletes what somebody kept under their number to go on with it later."""
    secret = secret_of(code)
    key = derived_key(secret, purpose="saved")
    if last_day_of(key) is None:
        return None
    forget_saved_answers(key)
    forget_saved_contact(derived_key(secret, purpose="saved-contact"))
    counts = {NOT_SENT: 1}
    entry = record(by, "erase answers", subject=NOT_SENT, **counts)
    return Certificate(counts, "", False, entry.at, entry.actor, entry.digest)
