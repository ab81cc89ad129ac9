"""Doors for the workers: each calls one function and logs counts."""

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from surveys.fieldwork.concerns import forget_concerns
from surveys.fieldwork.contact import forget_contact
from surveys.fieldwork.draft_contact import forget_old_draft_contacts
from surveys.fieldwork.saved_contact import forget_old_saved_contact
from surveys.responses.buckets import forget_addresses
from surveys.responses.export import expire_exports
from surveys.responses.export_making import make_approved
from surveys.responses.retention import forget
from surveys.tally.count import count_new
from surveys.tally.recounting import recount_if_asked

logger = logging.getLogger(__name__)


@shared_task(name="surveys.count_new_responses")  # type: ignore[untyped-decorator]  # Celery has no types
def count_new_responses() -> None:
    """Adds what no tally holds yet; safe to run twice and side by side."""
    if counted := count_new():
        logger.info("tallied %d responses", counted)


@shared_task(name="surveys.make_records")  # type: ignore[untyped-decorator]  # as above
def make_records() -> None:
    """Makes the files of records that were approved; safe to run twice and side by side."""
    if made := make_approved():
        logger.info("made %d files of records", made)


@shared_task(name="surveys.recount")  # type: ignore[untyped-decorator]  # as above
def recount() -> None:
    """Does the recount that somebody asked for; safe to run twice and side by side."""
    recount_if_asked()


@shared_task(name="surveys.forget_expired")  # type: ignore[untyped-decorator]  # as above
def forget_expired() -> None:
    """Deletes drafts, receipts, answers, contact details, files and sessions in their time."""
    SessionStore.clear_expired()
    forget_addresses()
    forget_old_draft_contacts()
    counts = forget() | {
        "contact details": forget_contact(),
        "kept contact details": forget_old_saved_contact(),
        "concerns": forget_concerns(),
        "files of records": expire_exports(),
    }
    forgotten = {kind: n for kind, n in counts.items() if n}
    if forgotten:
        logger.info("forgot %s", forgotten)
