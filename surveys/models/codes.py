"""The 16-digit numbers that people are given, with which only they find what they left.

A number has 53 bits. Nowhere is it stored in clear, only what is worked out of it:

- a look-up, which finds the row. It is keyed with a pepper made from the service's own keys, so a
  copy of the database alone says nothing about any number;
- where what was left shall be closed to the office too, a key, by Argon2id. Then the look-up must
  be made from that key as well: with the service's keys, all 10^16 numbers could be tried within
  weeks against a keyed hash of the number itself.

`purpose` is bound into all of them: what is made for one can't be used for another.
"""

import hashlib
import hmac
import secrets
import unicodedata

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

DIGITS = 16
KEY_BYTES = 32
# More than anybody types for one number, with whatever they put between the digits.
LONGEST_TYPED = 100
# Spaces, dashes, and marks that cannot be seen, such as those for the direction of writing.
BETWEEN_DIGITS = {"Zs", "Cc", "Cf", "Pd"}
ALSO_BETWEEN = {".", "\N{MINUS SIGN}", "\N{MIDDLE DOT}"}

# "m=19456 (19 MiB), t=2, p=1": OWASP, Password Storage Cheat Sheet, "Argon2id" (2025).
MEMORY_KIB = 19_456
ITERATIONS = 2
LANES = 1


def new_code() -> str:
    """A number at random: 16 decimal digits, each number as likely as any other."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def code_of(nonce: str) -> str:
    """The number that goes with a nonce: whoever sends the same form twice is told the same one."""
    key = derived_key(next(iter(settings.ENCRYPTION_KEYS.values())), purpose="number of a nonce")
    drawn = int.from_bytes(hmac.digest(key, nonce.encode(), "sha256"))
    return f"{drawn % 10**DIGITS:0{DIGITS}d}"


def spaced(code: str) -> str:
    """The number as it is shown: `1234 5678 9012 3456`."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed_code(text: str) -> str | None:
    """The number that somebody typed, with whatever between its digits, of whatever script.

    None for what is not 16 digits.
    """
    if len(text) > LONGEST_TYPED:
        return None
    digits = [unicodedata.decimal(sign, None) for sign in text if not _is_between(sign)]
    if len(digits) != DIGITS or None in digits:
        return None
    return "".join(str(digit) for digit in digits)


def lookups(code: str, *, purpose: str) -> list[bytes]:
    """Under which look-ups something may stand: the first for writing, all of them for finding.

    One for each of the service's keys, the newest first, so that what was kept before a key was
    replaced is still found. HMAC-SHA-256, keyed by HKDF-SHA-256 (RFC 5869) of the service's key.
    """
    return [
        hmac.digest(derived_key(key, purpose=f"look-up {purpose}"), code.encode(), "sha256")
        for key in settings.ENCRYPTION_KEYS.values()
    ]


def code_key(code: str, *, purpose: str) -> bytes:
    """32 bytes that only the number leads to, by a work of about 30 ms and 19 MiB.

    Argon2id (RFC 9106) with the least parameters that OWASP advises. The salt is made from the
    number, since no row is known before; the service's own keys are left out of it so that they can
    be replaced: what is sealed with this key is sealed with the service's as well (`seal_with`).
    """
    salt = hmac.digest(f"salt {purpose}".encode(), code.encode(), hashlib.sha256)[:16]
    slow = Argon2id(
        salt=salt, length=KEY_BYTES, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB
    )
    return slow.derive(code.encode())


def derived_key(key: bytes, *, purpose: str) -> bytes:
    """A key for one purpose from which the other can't be worked out: HKDF-SHA-256 (RFC 5869)."""
    return HKDF(SHA256(), KEY_BYTES, salt=None, info=f"heard {purpose}".encode()).derive(key)


def _is_between(sign: str) -> bool:
    return unicodedata.category(sign) in BETWEEN_DIGITS or sign in ALSO_BETWEEN
