"""Records as a file: asked for by one, approved by another, fetched once by who asked, then gone.

A file that nobody fetched is gone after EXPORT_HOURS. Everything here is recorded.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.exports import Export, ExportPart
from surveys.models.versions import Version
from surveys.responses.export_sealing import open_key, open_parts
from surveys.responses.record_files import FORMS, check_fits
from surveys.responses.records import records_of

State = Export.State
ACTOR = "retention"
# Whoever began to fetch is done by then; pieces without a key are no use to anybody anyway.
FETCHING = timedelta(hours=1)


class MovedOnError(Exception):
    """Somebody else was quicker, or its time is over: the file is not in that state any more."""


class OwnRequestError(Exception):
    """Whoever asked for a file can't decide on it."""


@transaction.atomic
def ask(version: Version, form: str, *, actor: str, reason: str, with_words: bool) -> Export:
    """A request that waits for somebody else.

    Raises CannotWriteError where the form can't hold the records.
    """
    records = records_of(version, with_words=with_words)
    total = records.count()
    check_fits(form, total)
    export = Export.objects.create(
        version=version,
        format=form,
        with_words=bool(records.words),
        reason=reason,
        asked_by=actor,
        total=total,
    )
    _record(export, actor, "ask for records", reason=reason, records=total)
    return export


def approve(export_pk: UUID, *, actor: str) -> Export:
    """Lets the file be made; raises OwnRequestError and MovedOnError."""
    return _decide(export_pk, State.APPROVED, actor=actor, action="approve records")


def refuse(export_pk: UUID, *, actor: str, why: str) -> Export:
    """Says no, and why; raises OwnRequestError and MovedOnError."""
    return _decide(export_pk, State.REFUSED, actor=actor, action="refuse records", why=why)


@transaction.atomic
def fetch(export_pk: UUID, *, actor: str) -> tuple[Export, Iterator[bytes]]:
    """The file, for who asked for it and once: after this call nobody can open it again.

    Raises MovedOnError where it is not ready, was fetched or is not theirs, and CannotOpenError
    where it is not as it was sealed.
    """
    export = _locked(export_pk, State.READY)
    if export.asked_by != actor or _is_over(export):
        raise MovedOnError
    key = open_key(export)
    export.state, export.sealed_key, export.fetched_at = State.FETCHED, "", timezone.now()
    export.save(update_fields=["state", "sealed_key", "fetched_at"])
    _record(export, actor, "fetch records", bytes=export.size)
    return export, _read_and_delete(export, key)


@transaction.atomic
def expire_exports() -> int:
    """Deletes the files that nobody fetched in time, and what is left of fetched ones; how many."""
    now = timezone.now()
    over = Export.objects.select_for_update(of=("self",)).filter(
        state=State.READY, ready_at__lt=now - timedelta(hours=settings.EXPORT_HOURS)
    )
    expired = list(over.select_related("version__survey"))
    for export in expired:
        export.state, export.sealed_key = State.EXPIRED, ""
        export.save(update_fields=["state", "sealed_key"])
        _record(export, ACTOR, "delete records that nobody fetched")
    ExportPart.objects.filter(export__state=State.EXPIRED).delete()
    fetched = ExportPart.objects.filter(export__state=State.FETCHED)
    fetched.filter(export__fetched_at__lt=now - FETCHING).delete()
    return len(expired)


def file_name(export: Export) -> str:
    """What the file is called when it is saved."""
    return f"{export.version.survey.slug}-{export.version.number}-records.{export.format}"


def content_type(export: Export) -> str:
    return FORMS[export.format].content_type


def goes_at(export: Export) -> datetime | None:
    """When a file that is ready is deleted."""
    if export.ready_at is None:
        return None
    return export.ready_at + timedelta(hours=settings.EXPORT_HOURS)


@transaction.atomic
def _decide(export_pk: UUID, state: str, *, actor: str, action: str, why: str = "") -> Export:
    export = _locked(export_pk, State.WAITING)
    if export.asked_by == actor:
        raise OwnRequestError
    export.state, export.message = state, why
    export.decided_by, export.decided_at = actor, timezone.now()
    export.save(update_fields=["state", "message", "decided_by", "decided_at"])
    _record(export, actor, action, **({"why": why} if why else {}))
    return export


def _locked(export_pk: UUID, state: str) -> Export:
    found = Export.objects.select_related("version__survey").select_for_update(of=("self",))
    export = found.filter(pk=export_pk, state=state).first()
    if export is None:
        raise MovedOnError
    return export


def _is_over(export: Export) -> bool:
    end = goes_at(export)
    return end is None or end <= timezone.now()


def _read_and_delete(export: Export, key: bytes) -> Iterator[bytes]:
    """The pieces; all are deleted at the end, and where whoever fetches them hangs up."""
    try:
        yield from open_parts(export, key)
    finally:
        export.parts.all().delete()


def _record(export: Export, actor: str, action: str, **detail: object) -> None:
    """An entry of the audit trail about this file."""
    told = {"file": str(export.pk), "format": export.format, "own words": export.with_words}
    record(actor, action, subject=str(export.version), **told, **detail)
