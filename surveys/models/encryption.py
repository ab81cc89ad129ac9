"""Sealing text so that only this service, and only in its own place, can read it.

AES-256-GCM, stored as `v1.<key name>.<nonce>.<ciphertext>` in URL-safe base64. The table, column
and row are authenticated with it, so sealed text that was moved to another row does not open
(shared packages that were tried accept that: docs/decisions/0003-own-sealed-text.md).
"""

import base64
import json
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

NONCE_BYTES = 12


class CannotOpenError(Exception):
    """Sealed text was altered, moved, or sealed with a key that is not here."""


def seal(value: object, *, table: str, column: str, row: str) -> str:
    """`value`, anything JSON can hold (0, "" and false too), as sealed text bound to its place."""
    name, key = next(iter(settings.ENCRYPTION_KEYS.items()))
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(value).encode()
    ciphertext = AESGCM(key).encrypt(nonce, plain, _place(table, column, row))
    return ".".join(["v1", name, _encode(nonce), _encode(ciphertext)])


def open_sealed(text: str, *, table: str, column: str, row: str) -> object:
    """The value that `seal` was given.

    Raises CannotOpenError for anything but text that `seal` made for this very place.
    """
    try:
        form, name, nonce, ciphertext = text.split(".")
        if form != "v1":
            raise CannotOpenError(f"sealed text of the unknown form {form!r}")
        cipher = AESGCM(settings.ENCRYPTION_KEYS[name])
        plain = cipher.decrypt(_decode(nonce), _decode(ciphertext), _place(table, column, row))
    except KeyError as error:
        raise CannotOpenError(f"the key {name!r} is not among ENCRYPTION_KEYS") from error
    except (ValueError, InvalidTag) as error:
        raise CannotOpenError(f"{table}.{column} of {row} is not as it was sealed") from error
    return json.loads(plain)


def seal_with(key: bytes, value: object, *, table: str, column: str, row: str) -> str:
    """`value` sealed with a key of 32 bytes, and that with the service's own: it takes both."""
    nonce = os.urandom(NONCE_BYTES)
    plain = json.dumps(value).encode()
    inner = AESGCM(key).encrypt(nonce, plain, _place(table, column, row))
    return seal(_encode(nonce + inner), table=table, column=column, row=row)


def open_with(key: bytes, text: str, *, table: str, column: str, row: str) -> object:
    """The value that `seal_with` was given; raises CannotOpenError for anything else."""
    inner = open_sealed(text, table=table, column=column, row=row)
    try:
        raw = _decode(str(inner))
        plain = AESGCM(key).decrypt(
            raw[:NONCE_BYTES], raw[NONCE_BYTES:], _place(table, column, row)
        )
    except (ValueError, InvalidTag) as error:
        raise CannotOpenError(f"{table}.{column} of {row} does not open with this key") from error
    return json.loads(plain)


def _place(table: str, column: str, row: str) -> bytes:
    return json.dumps([table, column, row]).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text, altchars=b"-_", validate=True)
