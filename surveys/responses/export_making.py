"""Making the files of records that were approved: one worker each, whatever dies, once.

All of a file and that it is ready come with one commit, and the lock ends with the transaction:
after a worker that was killed an approved request is left that nobody is making, and the next one
starts anew.
"""

import logging
import shutil
import tempfile
from pathlib import Path
from uuid import UUID

from celery.exceptions import SoftTimeLimitExceeded
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.beside import Progress, count_try, telling
from surveys.models.encryption import CannotOpenError
from surveys.models.exports import Export
from surveys.responses.export_sealing import SealedFile
from surveys.responses.record_files import CannotWriteError, write_records
from surveys.responses.records import records_of

# Any constant does: together with the request it names a lock of the database.
MAKING_LOCK = 7_205_763
MOST_TRIES = 5
FOLDERS = "heard-records-"

logger = logging.getLogger(__name__)


def make_approved() -> int:
    """Makes the files that are approved and that no other worker is making; how many it made."""
    waiting = Export.objects.filter(state=Export.State.APPROVED).order_by("decided_at")
    return sum(make(pk) for pk in list(waiting.values_list("pk", flat=True)))


def make(export_pk: UUID) -> bool:
    """Makes one file; False where another worker does, or it is made or given up already."""
    try:
        with transaction.atomic():
            return _make_locked(export_pk)
    except (CannotWriteError, CannotOpenError, OSError) as error:
        _give_up(export_pk, str(error))
    except SoftTimeLimitExceeded:
        _give_up(export_pk, "it took longer than a worker may take")
    return False


def _make_locked(export_pk: UUID) -> bool:
    if not _is_ours(export_pk):
        return False
    known = Export.objects.select_related("version__survey")
    # Only now: whoever had the lock before may have made it.
    export = known.filter(pk=export_pk, state=Export.State.APPROVED).first()
    if export is None:
        return False
    if count_try(export) > MOST_TRIES:
        raise CannotWriteError(f"{MOST_TRIES} workers began it and none finished")
    with telling(export) as tell:
        _write(export, tell)
    return True


def _write(export: Export, tell: Progress) -> None:
    records = records_of(export.version, with_words=export.with_words)
    sealed, scratch = SealedFile(export), _scratch(export)
    try:
        n = write_records(records, export.format, sealed, scratch=scratch, tell=tell)
    finally:
        shutil.rmtree(scratch)
    export.state, export.sealed_key, export.size = (
        Export.State.READY,
        sealed.finish(),
        sealed.size,
    )
    export.done = export.total = n
    export.ready_at = timezone.now()
    export.save(update_fields=["state", "sealed_key", "size", "done", "total", "ready_at"])
    record(
        "worker",
        "make records",
        subject=str(export.version),
        file=str(export.pk),
        format=export.format,
        records=n,
    )


def _is_ours(export_pk: UUID) -> bool:
    """Whether nobody else is making it, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_try_advisory_xact_lock(%s, hashtext(%s))", [MAKING_LOCK, str(export_pk)]
        )
        return bool(cursor.fetchone()[0])


def _scratch(export: Export) -> Path:
    """A folder of this worker's account alone; what a killed worker left there is deleted."""
    root = Path(tempfile.gettempdir())
    for left in root.glob(f"{FOLDERS}{export.pk}-*"):
        shutil.rmtree(left, ignore_errors=True)
    return Path(tempfile.mkdtemp(prefix=f"{FOLDERS}{export.pk}-"))


def _give_up(export_pk: UUID, why: str) -> None:
    with transaction.atomic():
        found = Export.objects.select_for_update().filter(pk=export_pk)
        export = found.filter(state=Export.State.APPROVED).first()
        if export is None:
            return
        export.state, export.message = Export.State.FAILED, why
        export.save(update_fields=["state", "message"])
        record("worker", "fail to make records", subject=str(export.version), file=str(export_pk))
    logger.warning("the records %s could not be made", export_pk)
