"""The little by which a count is shifted before it is told: always the same for the same people."""

from hashlib import blake2b
from itertools import accumulate
from typing import Final

# D5. Each response carries a secret random record key; the key of a count is the sum of those of
# its people, so whoever asks for the same people by another way gets the same shift. The method is
# that of Fraser and Wooton (2005), A proposed method for confidentialising tabular output to
# protect against differencing, UNECE work session on statistical data confidentiality, Geneva.
KEYS: Final = 2**32
# How many keys of 256 get each shift. All five are (nearly) as likely: of all tables between -2 and
# 2 with mean 0 this one leaves most in doubt. It is public; the keys are not.
TABLE: Final = {-2: 51, -1: 51, 0: 52, 1: 51, 2: 51}
LARGEST: Final = max(TABLE)
_UP_TO = tuple(zip(TABLE, accumulate(TABLE.values()), strict=True))


def noise(key: int) -> int:
    """The shift of a count whose people's record keys add up to `key`: -2, -1, 0, 1 or 2.

    Only the sum modulo 2**32 counts. It is hashed first: the sum for two groups together follows
    from the sums for each, and without the hash two shifts would tell of the third.
    """
    digest = blake2b((key % KEYS).to_bytes(4, "big"), digest_size=1).digest()[0]
    return next(shift for shift, up_to in _UP_TO if digest < up_to)


def shifted(n: int, key: int) -> int:
    """The count with its noise; never below 0."""
    return max(0, n + noise(key))
