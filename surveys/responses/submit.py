"""Storing a response: the one function that web, telephone, API and import go through."""

import hashlib
import json
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from celery import current_app
from django.db import IntegrityError, transaction
from django.utils import timezone
from kombu.exceptions import OperationalError

from surveys.definitions.counters import counted_cells, groups_of, month_of, stratum_of
from surveys.definitions.schema import Definition
from surveys.models.responses import OwnWords, Receipt, Response
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.responses.answers import Cleaned
from surveys.versions.read import definition_of

logger = logging.getLogger(__name__)


class NonceReusedError(ValueError):
    """The same nonce came with other answers: a fault of the sender, and nothing was stored."""


@dataclass(frozen=True)
class Stored:
    """Which response holds the answers, and whether this call made it."""

    id: UUID
    is_new: bool


def submit(
    version: Version,
    cleaned: Cleaned,
    *,
    nonce: str,
    language: str,
    channel: str,
    order_seed: int | None = None,
) -> Stored:
    """Stores the answers once, however often and however parallel the same nonce is sent.

    Response, own words and receipt are one transaction, which touches nothing but PostgreSQL.
    `cleaned.contact` is left alone: it is another module's to keep. Raises NonceReusedError where
    the nonce was used for other answers, and ValueError for answers that are still wrong or that
    ended the survey with nothing to store.
    """
    if cleaned.wrong:
        raise ValueError(f"wrong answers can't be stored: {', '.join(cleaned.wrong)}")
    if cleaned.stores_nothing:
        raise ValueError("these answers end the survey with nothing to store")
    nonce_hash = _hash(nonce)
    content_hash = _content_hash(version, cleaned.answers)
    response = make_response(
        version,
        cleaned,
        language=language,
        channel=channel,
        at=timezone.now(),
        order_seed=order_seed,
    )
    try:
        with transaction.atomic():
            response.save(force_insert=True)
            OwnWords.objects.bulk_create(own_words(response, cleaned.answers))
            # The primary key decides between parallel copies; the loser's response rolls back.
            Receipt.objects.create(
                nonce_hash=nonce_hash, content_hash=content_hash, response=response
            )
    except IntegrityError:
        return _stored_before(nonce_hash, content_hash)
    transaction.on_commit(hint_that_one_waits)
    return Stored(response.id, is_new=True)


def is_stored(nonce: str) -> bool:
    """Whether a submission with this nonce was stored in the last days."""
    return Receipt.objects.filter(nonce_hash=_hash(nonce)).exists()


def version_sent_to(nonce: str) -> Version | None:
    """The version that a submission with this nonce answered, if one was stored lately."""
    receipt = Receipt.objects.filter(nonce_hash=_hash(nonce))
    found = receipt.select_related("response__version__survey").first()
    return None if found is None else found.response.version


def make_response(
    version: Version,
    cleaned: Cleaned,
    *,
    language: str,
    channel: str,
    at: datetime,
    order_seed: int | None = None,
) -> Response:
    """The row that these answers become, not yet saved; what was written is left out of it."""
    definition = definition_of(version)
    shuffles = any(getattr(q, "order", "given") == "random" for q in definition.questions)
    coded = _coded(definition, cleaned.answers)
    group_at = {name: i for i, name in enumerate(version.groups)}
    cell_at = {name: i for i, name in enumerate(version.cells)}
    counted = counted_cells(definition, cleaned.answers)
    return Response(
        version=version,
        language=language,
        channel=channel,
        period=month_of(at),
        answers=coded,
        order_seed=order_seed if shuffles else None,
        dropped=cleaned.dropped,
        stratum=stratum_of(definition, coded),
        groups=[group_at[name] for name in groups_of(definition, coded, channel=channel)],
        cells=sorted(cell_at[name] for name in counted),
    )


def own_words(response: Response, answers: Mapping[str, Answer]) -> list[OwnWords]:
    """The sealed rows of what was written, not yet saved."""
    definition = definition_of(response.version)
    found = []
    for name, answer in answers.items():
        if definition.by_name[name].is_own_words and isinstance(answer, str):
            words = OwnWords(response=response, question=name)
            words.write(answer)
            found.append(words)
    return found


def hint_that_one_waits() -> None:
    """Tells the workers that a response waits; lost with Redis, since the sweep finds it anyway."""
    try:
        current_app.send_task("surveys.count_new_responses", retry=False, ignore_result=True)
    except OperationalError:
        logger.warning("the broker is out of reach: the sweep will count what was just stored")


def _coded(definition: Definition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers without own words, which have a table of their own; a missing code stays."""
    return {
        name: answer
        for name, answer in answers.items()
        if isinstance(answer, dict) or not definition.by_name[name].is_own_words
    }


def _hash(nonce: str) -> bytes:
    return hashlib.sha256(nonce.encode()).digest()


def _content_hash(version: Version, answers: Mapping[str, Answer]) -> bytes:
    return hashlib.sha256(json.dumps([version.pk, answers], sort_keys=True).encode()).digest()


def _stored_before(nonce_hash: bytes, content_hash: bytes) -> Stored:
    receipt = Receipt.objects.get(nonce_hash=nonce_hash)
    if bytes(receipt.content_hash) != content_hash:
        raise NonceReusedError("this nonce was used for other answers")
    return Stored(receipt.response_id, is_new=False)
