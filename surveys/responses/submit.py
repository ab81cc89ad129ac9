"""Storing a response: the one function that web, telephone, paper and API go through.

An import stores many rows at once, made by the same functions: surveys/responses/import_records.py.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from surveys.definitions.counters import counted_cells, groups_of, month_of, stratum_of
from surveys.definitions.schema import Definition
from surveys.models.packed import pack
from surveys.models.responses import OwnWords, Receipt, Response
from surveys.models.versions import Version
from surveys.questions.base import Answer
from surveys.responses.answers import Cleaned
from surveys.versions.read import sealed

RESPONSE = tuple(field.attname for field in Response._meta.concrete_fields)
OWN_WORDS = tuple(field.attname for field in OwnWords._meta.concrete_fields)

# Made once: `json.dumps` makes one for each call that asks for anything of its own.
AS_ROW = json.JSONEncoder(default=str)
IN_ORDER = json.JSONEncoder(sort_keys=True)

# One statement and so one commit: docs/decisions/0013-one-statement-one-commit.md. The primary key
# of the receipt decides between parallel copies: the others wait there until the first is stored,
# and then add nothing. A row is one JSON text, which costs a third of a value a column.
STORE = f"""
WITH receipt AS (
    INSERT INTO surveys_receipt (nonce_hash, content_hash, response_id, created_at)
    SELECT %(nonce_hash)s::bytea, %(content_hash)s::bytea, %(id)s::uuid, %(at)s::timestamptz
    WHERE {{guard}}
    ON CONFLICT (nonce_hash) DO NOTHING
    RETURNING nonce_hash
), response AS (
    INSERT INTO surveys_response ({", ".join(RESPONSE)})
    SELECT {", ".join(f"row.{name}" for name in RESPONSE)}
    FROM receipt, json_populate_record(NULL::surveys_response, %(response)s) AS row
), own_words AS (
    INSERT INTO surveys_ownwords ({", ".join(OWN_WORDS)})
    SELECT {", ".join(f"row.{name}" for name in OWN_WORDS)}
    FROM receipt, json_populate_recordset(NULL::surveys_ownwords, %(own_words)s) AS row
), number AS (
    INSERT INTO surveys_receiptcode (lookup, response_id)
    SELECT %(lookup)s::bytea, %(id)s::uuid FROM receipt WHERE %(lookup)s::bytea IS NOT NULL
)
SELECT count(*) FROM receipt
"""  # noqa: S608  # only our own column names are put in
STORE_ALL = f"""
WITH response AS (
    INSERT INTO surveys_response ({", ".join(RESPONSE)})
    SELECT {", ".join(f"row.{name}" for name in RESPONSE)}
    FROM json_populate_recordset(NULL::surveys_response, %s) AS row
)
INSERT INTO surveys_ownwords ({", ".join(OWN_WORDS)})
SELECT {", ".join(f"row.{name}" for name in OWN_WORDS)}
FROM json_populate_recordset(NULL::surveys_ownwords, %s) AS row
"""  # noqa: S608  # as above


class NotStoredError(Exception):
    """The guard did not hold, or the nonce was there before: nothing was stored by this call."""


class NonceReusedError(ValueError):
    """The same nonce came with other answers: a fault of the sender, and nothing was stored."""


@dataclass(frozen=True)
class Guard:
    """What must be true, in SQL, at the moment of storing; `values` are those that it names."""

    where: str
    values: Mapping[str, Any]


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
    signs: Iterable[str] = (),
    lookup: bytes | None = None,
    guard: Guard | None = None,
) -> Stored:
    """Stores the answers once, however often and however parallel the same nonce is sent.

    Nothing but PostgreSQL is touched: what was stored is found by the next count. With `signs` of
    a machine the response is set aside for a person to look at. `lookup` is that of the number with
    which the one who sent it finds it again. `cleaned.contact` is another module's to keep. Raises
    NonceReusedError where the nonce was used for other answers, and ValueError for answers that are
    still wrong or that ended the survey with nothing to store. With a `guard`, which saves asking
    before, it raises NotStoredError instead wherever this very call stored nothing.
    """
    if cleaned.wrong:
        raise ValueError(f"wrong answers can't be stored: {', '.join(cleaned.wrong)}")
    if cleaned.stores_nothing:
        raise ValueError("these answers end the survey with nothing to store")
    at = timezone.now()
    response = make_response(
        version, cleaned, language=language, channel=channel, at=at, order_seed=order_seed
    )
    response.signs = list(signs)
    standing = Response.Standing.SET_ASIDE if response.signs else Response.Standing.COUNTS
    response.standing = standing.value
    written = own_words(response, cleaned.answers)
    values: dict[str, Any] = {
        "nonce_hash": hashed(nonce),
        "content_hash": _content_hash(version, cleaned.answers, language=language, channel=channel),
        "id": response.id,
        "at": at.replace(minute=0, second=0, microsecond=0),
        "response": _response_row(response),
        "lookup": lookup,
        "own_words": _own_words_rows(written),
    }
    statement = STORE.format(guard=guard.where if guard else "true")
    with connection.cursor() as cursor:
        cursor.execute(statement, {**values, **(guard.values if guard else {})})
        is_new = bool(cursor.fetchone()[0])
    if guard is not None and not is_new:
        raise NotStoredError
    return Stored(response.id, is_new=True) if is_new else _stored_before(values)


def store_all(responses: Iterable[Response], written: Iterable[OwnWords]) -> None:
    """Stores rows that nobody can send twice, such as those of a file, and what was written."""
    rows = f"[{','.join(_response_row(response) for response in responses)}]"
    with connection.cursor() as cursor:
        cursor.execute(STORE_ALL, [rows, _own_words_rows(written)])


def hashed(nonce: str) -> bytes:
    """What is kept of a nonce."""
    return hashlib.sha256(nonce.encode()).digest()


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
    known = sealed(version.pk)
    definition = known.definition
    coded = _coded(definition, cleaned.answers)
    counted = counted_cells(definition, cleaned.answers)
    return Response(
        version_id=version.pk,
        language=language,
        channel=channel,
        period=month_of(at),
        answers=coded,
        order_seed=order_seed if known.shuffles else None,
        dropped=cleaned.dropped,
        stratum=stratum_of(definition, coded),
        groups=[known.group_at[name] for name in groups_of(definition, coded, channel=channel)],
        cells=sorted(known.cell_at[name] for name in counted),
    )


def own_words(response: Response, answers: Mapping[str, Answer]) -> list[OwnWords]:
    """The sealed rows of what was written, not yet saved."""
    definition = sealed(response.version_id).definition
    found = []
    for name, answer in answers.items():
        if definition.by_name[name].is_own_words and isinstance(answer, str):
            words = OwnWords(response_id=response.id, question=name)
            words.write(answer)
            found.append(words)
    return found


def _coded(definition: Definition, answers: Mapping[str, Answer]) -> dict[str, Answer]:
    """The answers without own words, which have a table of their own; a missing code stays."""
    return {
        name: answer
        for name, answer in answers.items()
        if isinstance(answer, dict) or not definition.by_name[name].is_own_words
    }


def _content_hash(
    version: Version, answers: Mapping[str, Answer], *, language: str, channel: str
) -> bytes:
    content = [version.pk, language, channel, answers]
    return hashlib.sha256(IN_ORDER.encode(content).encode()).digest()


def _response_row(response: Response) -> str:
    # As PostgreSQL reads bytes: in hexadecimal.
    return _row(response, RESPONSE, cells=rf"\x{pack(response.cells).hex()}")


def _own_words_rows(written: Iterable[OwnWords]) -> str:
    return f"[{','.join(_row(words, OWN_WORDS) for words in written)}]"


def _row(row: Model, columns: tuple[str, ...], **written: str) -> str:
    """The row as JSON, in which PostgreSQL finds each column by its name."""
    values = vars(row) | written
    return AS_ROW.encode({name: values[name] for name in columns})


def _stored_before(values: Mapping[str, Any]) -> Stored:
    stored = Receipt.objects.get(nonce_hash=values["nonce_hash"])
    if bytes(stored.content_hash) != values["content_hash"]:
        raise NonceReusedError("this nonce was used for other answers")
    return Stored(stored.response_id, is_new=False)
