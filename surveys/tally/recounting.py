"""Recounts asked for on the desk: one at a time, by a worker, with how far it is to be seen."""

import logging

from celery.exceptions import SoftTimeLimitExceeded
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.beside import count_try, telling
from surveys.models.recounts import Recounting
from surveys.tally.count import recount

# Any constant does: whoever has it is the worker that recounts.
RECOUNTING_LOCK = 7_205_762
MOST_TRIES = 5
SUBJECT = "all tallies"

logger = logging.getLogger(__name__)


def ask_recount(*, actor: str) -> bool:
    """Asks for a recount of everything; False where one is asked for already."""
    try:
        with transaction.atomic():
            Recounting.objects.create(asked_by=actor)
            record(actor, "ask for a recount", subject=SUBJECT)
    except IntegrityError:
        return False
    return True


def recount_if_asked() -> bool:
    """Does the recount that was asked for; False where none was or another worker is at it.

    That it is done comes with the new tallies in one commit: a worker that is killed leaves the old
    tallies and the request, and the next one starts anew.
    """
    try:
        with transaction.atomic():
            return _recount_locked()
    except SoftTimeLimitExceeded:
        _give_up("it took longer than a worker may take: use the command tally --recount")
    return False


def _recount_locked() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [RECOUNTING_LOCK])
        is_ours = bool(cursor.fetchone()[0])
    asked = Recounting.objects.filter(state=Recounting.State.ASKED).first() if is_ours else None
    if asked is None:
        return False
    if count_try(asked) > MOST_TRIES:
        _end(asked, Recounting.State.FAILED, f"{MOST_TRIES} workers began and none finished")
        return False
    with telling(asked) as tell:
        result = recount(progress=tell)
    asked.done = asked.total = result.responses
    told = f"{result.responses:,} responses recounted into {result.rows:,} rows"
    _end(asked, Recounting.State.DONE, told)
    record("worker", "recount", subject=SUBJECT, responses=result.responses, rows=result.rows)
    logger.info(told)
    return True


def _end(asked: Recounting, state: str, message: str) -> None:
    asked.state, asked.message, asked.ended_at = state, message, timezone.now()
    asked.save(update_fields=["state", "message", "ended_at", "done", "total"])


def _give_up(why: str) -> None:
    for asked in Recounting.objects.filter(state=Recounting.State.ASKED):
        _end(asked, Recounting.State.FAILED, why)
