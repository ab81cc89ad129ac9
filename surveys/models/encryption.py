"""Sealing text so that only this service, and only in its own place, can read it.

AES-256-GCM, stored as `v1.<key name>.<nonce>.<ciphertext>` in URL-safe base64. The table, column
and row are authenticated with it, so sealed text that was moved to another row does not open
(shared packages that were tried accept that: docs/decisions/0003-own-sealed-text.md).
"""

import base64
import binascii
import json
import os
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

KEY_BYTES = 32
NONCE_BYTES = 12


class CannotOpenError(Exception):
    """Sealed text was altered, moved, or sealed with a key that is not here."""


def seal(value: object, *, table: str, column: str, row: str) -> str:
    """`value`, anything JSON can hold (0, "" and false too), as sealed text bound to its place."""
    name, cipher = next(iter(_ciphers().items()))
    nonce = os.urandom(NONCE_BYTES)
    ciphertext = cipher.encrypt(nonce, json.dumps(value).encode(), _place(table, column, row))
    return ".".join(["v1", name, _encode(nonce), _encode(ciphertext)])


def open_sealed(text: str, *, table: str, column: str, row: str) -> object:
    """The value that `seal` was given.

    Raises CannotOpenError for anything but text that `seal` made for this very place.
    """
    try:
        form, name, nonce, ciphertext = text.split(".")
        if form != "v1":
            raise CannotOpenError(f"sealed text of the unknown form {form!r}")
        cipher = _ciphers()[name]
        plain = cipher.decrypt(_decode(nonce), _decode(ciphertext), _place(table, column, row))
    except KeyError as error:
        raise CannotOpenError(f"the key {name!r} is not among ENCRYPTION_KEYS") from error
    except (ValueError, InvalidTag) as error:
        raise CannotOpenError(f"{table}.{column} of {row} is not as it was sealed") from error
    return json.loads(plain)


def forget_keys() -> None:
    """Reads the keys anew at next use, after the settings changed."""
    _ciphers.cache_clear()


@lru_cache(maxsize=1)
def _ciphers() -> dict[str, AESGCM]:
    """The ciphers by key name, the one to seal with first."""
    ciphers = {}
    for entry in settings.ENCRYPTION_KEYS:
        name, _, encoded = entry.partition(":")
        try:
            key = base64.b64decode(encoded, validate=True)
        except binascii.Error:
            key = b""
        if len(key) != KEY_BYTES or not name.isalnum():
            raise ImproperlyConfigured("ENCRYPTION_KEYS: expected name:base64 of 32 bytes")
        ciphers[name] = AESGCM(key)
    return ciphers


def _place(table: str, column: str, row: str) -> bytes:
    return json.dumps([table, column, row]).encode()


def _encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).decode()


def _decode(text: str) -> bytes:
    return base64.b64decode(text, altchars=b"-_", validate=True)
