"""What people may do with what they sent: take it back, put it back, have it deleted.

Of what somebody did here the audit trail tells only that it was done: the day and hour of an entry
that named the survey would say when one of the few who answered it was online.
"""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from surveys.models.audit import AuditEntry, record
from surveys.models.responses import Judgement, OwnWords, Receipt, ReceiptCode, Response
from surveys.tally.release import is_released
from surveys.tally.subtract import subtract

RESPONDENT = "respondent"
SOMEBODYS = "what somebody sent"
KINDS = {
    Response: "answers",
    OwnWords: "own words",
    ReceiptCode: "numbers",
    Judgement: "decisions",
}


class PublishedError(Exception):
    """Totals that hold these answers, or their month without them, were published meanwhile."""


@dataclass(frozen=True)
class Erased:
    """What was deleted, by kind, and the entry of the audit trail that says so."""

    counts: dict[str, int]
    survey: str
    was_published: bool
    entry: AuditEntry


def is_published(response: Response) -> bool:
    """Whether published totals hold these answers."""
    is_counted = response.standing == Response.Standing.COUNTS
    return is_counted and is_released(response.version.survey_id, response.period)


def may_be_put_back(response: Response) -> bool:
    """Whether they were taken back, and no totals of their month were published since."""
    is_withdrawn = response.standing == Response.Standing.WITHDRAWN
    return is_withdrawn and not is_released(response.version.survey_id, response.period)


@transaction.atomic
def withdraw(response_pk: UUID) -> None:
    """Not counted any more, and kept as long as others so that it can be put back.

    What a person refused stays refused. Raises PublishedError where published totals hold it.
    """
    response = subtract(response_pk)
    if response is None or response.standing in ("refused", "withdrawn"):
        return
    # Only now: publishing waits for who holds the lock that `subtract` took, and the reverse.
    if is_published(response):
        raise PublishedError
    _give(response, Response.Standing.WITHDRAWN)
    record(RESPONDENT, "take answers back", subject=SOMEBODYS, answers=1)


@transaction.atomic
def restore(response_pk: UUID) -> None:
    """What was taken back counts again; where a person had not decided yet, it waits for one.

    Raises PublishedError where totals of its month were published without it.
    """
    response = subtract(response_pk)
    if response is None or response.standing != "withdrawn":
        return
    if not may_be_put_back(response):
        raise PublishedError
    standing = Response.Standing
    waited = response.signs and not Judgement.objects.filter(response=response).exists()
    _give(response, standing.SET_ASIDE if waited else standing.COUNTS)
    record(RESPONDENT, "put answers back", subject=SOMEBODYS, answers=1)


@transaction.atomic
def erase_own(response_pk: UUID) -> Erased | None:
    """Deletes what somebody sent, for the one who sent it; None where it is gone already.

    Raises PublishedError where published totals hold it: then it is the office that deletes.
    """
    response = subtract(response_pk)
    if response is not None and is_published(response):
        raise PublishedError
    return erase(response_pk, by=RESPONDENT, subject=SOMEBODYS)


@transaction.atomic
def erase(response_pk: UUID, *, by: str, subject: str) -> Erased | None:
    """Deletes answers, own words and number and takes them out of the totals.

    What was published stays as it was, since it can't be called back. None where another erasure
    came first.
    """
    response = subtract(response_pk)
    if response is None:
        return None
    was_published, survey = is_published(response), response.version.survey.slug
    Receipt.objects.filter(response=response_pk).update(content_hash=b"")
    deleted = response.delete()[1]
    counts = {kind: deleted.get(model._meta.label, 0) for model, kind in KINDS.items()}
    entry = record(by, "erase answers", subject=subject, published=was_published, **counts)
    return Erased(counts, survey=survey, was_published=was_published, entry=entry)


def _give(response: Response, standing: str) -> None:
    response.standing = standing
    response.save(update_fields=["standing"])
