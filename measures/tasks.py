"""Doors for the workers: each calls one function and logs counts."""

import logging

from celery import shared_task

from measures.publications.release_requests import release_approved

logger = logging.getLogger(__name__)


# The attack on all that was released before takes minutes where a survey has years of releases.
@shared_task(  # type: ignore[untyped-decorator]  # Celery has no types
    name="measures.release_approved", time_limit=1200, soft_time_limit=1140
)
def release_approved_results() -> None:
    """Makes the releases that were approved; safe to run twice and side by side."""
    if made := release_approved():
        logger.info("released %d quarters of results", made)
