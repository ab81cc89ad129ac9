"""Doors for the workers: each calls one function and logs counts."""

import logging

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from surveys.responses import drafts
from surveys.tally.count import count_new

logger = logging.getLogger(__name__)


@shared_task(name="surveys.count_new_responses")  # type: ignore[untyped-decorator]  # Celery has no types
def count_new_responses() -> None:
    """Adds what no tally holds yet; safe to run twice and side by side."""
    if counted := count_new():
        logger.info("tallied %d responses", counted)


@shared_task(name="surveys.forget_expired")  # type: ignore[untyped-decorator]
def forget_expired() -> None:
    """Deletes drafts, receipts and sessions whose time is over."""
    forgotten = drafts.forget_expired()
    SessionStore.clear_expired()
    logger.info("forgot %(drafts)d drafts and %(receipts)d receipts", forgotten)
