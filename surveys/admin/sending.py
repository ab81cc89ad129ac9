"""Telling the workers that something waits."""

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def send_soon(task: str) -> None:
    """Sends a task without arguments once the transaction is committed.

    Only a hint: where the broker is away, the sweep finds the work within a minute.
    """
    transaction.on_commit(lambda: _send(task))


def _send(task: str) -> None:
    try:
        current_app.send_task(task, retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("%s waits for the sweep: no broker", task)
