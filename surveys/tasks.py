"""Doors for the workers: each calls one function and logs counts."""

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from surveys.fieldwork.concerns import forget_concerns
from surveys.fieldwork.contact import forget_contact
from surveys.fieldwork.draft_contact import forget_old_draft_contacts
from surveys.fieldwork.saved_contact import forget_old_saved_contact
from surveys.responses.buckets import forget_addresses
from surveys.responses.retention import forget
from surveys.tally.count import count_new

logger = logging.getLogger(__name__)


@shared_task(name="surveys.count_new_responses")  # type: ignore[untyped-decorator]  # Celery has no types
def count_new_responses() -> None:
    """Adds what no tally holds yet; safe to run twice and side by side."""
    if counted := count_new():
        logger.info("tallied %d responses", counted)


@shared_task(name="surveys.forget_expired")  # type: ignore[untyped-decorator]  # as above
def forget_expired() -> None:
    """Deletes drafts, receipts, answers, contact details and sessions whose time is over."""
    SessionStore.clear_expired()
    forget_addresses()
    forget_old_draft_contacts()
    counts = forget() | {
        "contact details": forget_contact(),
        "kept contact details": forget_old_saved_contact(),
        "concerns": forget_concerns(),
    }
    forgotten = {kind: n for kind, n in counts.items() if n}
    if forgotten:
        logger.info("forgot %s", forgotten)
