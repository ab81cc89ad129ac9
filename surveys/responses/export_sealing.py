"""A file in sealed pieces: each is bound to its place, and the last one says that it is the last.

The key is the file's own, sealed with the service's; once it is deleted nothing opens the pieces.
"""

import base64
import json
import os
from collections.abc import Iterator

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from surveys.models.encryption import NONCE_BYTES, CannotOpenError, open_sealed, seal
from surveys.models.exports import Export, ExportPart

PART_BYTES = 1024 * 1024


class SealedFile:
    """A file to write to, whose pieces are rows of the database in the caller's transaction."""

    def __init__(self, export: Export) -> None:
        self.export = export
        self.key = AESGCM.generate_key(bit_length=256)
        self.size = 0
        self._parts = 0
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Takes bytes; what fills a piece is sealed and stored."""
        self._held += data
        # One byte more, so that something is left for the last piece.
        while len(self._held) > PART_BYTES:
            self._store(bytes(self._held[:PART_BYTES]), is_last=False)
            del self._held[:PART_BYTES]
        self.size += len(data)
        return len(data)

    def finish(self) -> str:
        """Stores the last piece; returns the key, sealed."""
        self._store(bytes(self._held), is_last=True)
        self._held.clear()
        return seal(base64.b64encode(self.key).decode(), **_place(self.export))

    def _store(self, plain: bytes, *, is_last: bool) -> None:
        nonce = os.urandom(NONCE_BYTES)
        bound = _bound(self.export, self._parts, is_last=is_last)
        sealed = nonce + AESGCM(self.key).encrypt(nonce, plain, bound)
        ExportPart.objects.create(export=self.export, number=self._parts, sealed=sealed)
        self._parts += 1


def open_key(export: Export) -> bytes:
    """The key of a file; raises CannotOpenError."""
    return base64.b64decode(str(open_sealed(export.sealed_key, **_place(export))))


def open_parts(export: Export, key: bytes) -> Iterator[bytes]:
    """The file a piece at a time, one query each.

    Raises CannotOpenError where a piece is missing, moved, changed or cut off.
    """
    last = export.parts.order_by("-number").values_list("number", flat=True).first()
    if last is None:
        raise CannotOpenError(f"no piece of {export.pk} is left")
    for number in range(last + 1):
        sealed = export.parts.filter(number=number).values_list("sealed", flat=True).first()
        yield _opened(bytes(sealed or b""), export, key, number, is_last=number == last)


def _opened(sealed: bytes, export: Export, key: bytes, number: int, *, is_last: bool) -> bytes:
    nonce, ciphertext = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:]
    try:
        return AESGCM(key).decrypt(nonce, ciphertext, _bound(export, number, is_last=is_last))
    except (InvalidTag, ValueError) as error:
        raise CannotOpenError(f"piece {number} of {export.pk} is not as it was sealed") from error


def _place(export: Export) -> dict[str, str]:
    return {"table": "export", "column": "sealed_key", "row": str(export.pk)}


def _bound(export: Export, number: int, *, is_last: bool) -> bytes:
    return json.dumps(["export_part", str(export.pk), number, is_last]).encode()
