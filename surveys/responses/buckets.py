"""Token buckets: how much one address may do, without keeping any address.

A bucket starts full and fills again at an even rate. Its key is a hash that mixes the address with
a random salt of the day, which is deleted with the day (surveys/models/addresses.py): around
midnight a bucket may therefore start full once more.
"""

import hmac
import secrets
from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.addresses import AddressSalt, Bucket

# A bucket that nobody took from for so long is deleted, and starts full when it comes again.
IDLE = timedelta(hours=1)

# One statement: of parallel takers each waits for the row and sees what the one before left. Where
# there is not enough, no row is changed and none comes back.
TAKE = """
INSERT INTO surveys_bucket AS bucket (key, tokens, at)
SELECT %(key)s, %(capacity)s::float8 - %(cost)s::float8, %(now)s
WHERE %(capacity)s::float8 >= %(cost)s::float8
ON CONFLICT (key) DO UPDATE SET
    tokens = {there} - %(cost)s::float8, at = greatest(bucket.at, EXCLUDED.at)
WHERE {there} >= %(cost)s::float8
RETURNING true
""".format(
    # A clock that was set back fills nothing and takes nothing.
    there="""least(%(capacity)s::float8, bucket.tokens + %(an_hour)s::float8 / 3600
        * greatest(0, extract(epoch FROM EXCLUDED.at - bucket.at)::float8))"""
)

# Whoever comes first that day makes the salt; everybody reads the same one.
SALT = """
INSERT INTO surveys_addresssalt AS stored (day, salt) VALUES (%s, %s)
ON CONFLICT (day) DO UPDATE SET salt = stored.salt RETURNING salt
"""

# The salt of one day, kept by each process.
_known: dict[date, bytes] = {}


def take(name: str, address: str, *, capacity: float, an_hour: float, cost: float = 1.0) -> bool:
    """Whether the bucket of that name and address held `cost`, which is then taken from it.

    It holds `capacity` at most and gains `an_hour`. Where it holds less than `cost`, nothing is
    taken.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            TAKE,
            {
                "key": _key(name, address),
                "capacity": capacity,
                "an_hour": an_hour,
                "cost": cost,
                "now": timezone.now(),
            },
        )
        return cursor.fetchone() is not None


def forget_addresses() -> int:
    """Deletes the salts of other days than today and the buckets that nobody took from lately.

    What is left of a deleted salt's day are hashes that lead nowhere. Returns how many rows went.
    """
    salts = AddressSalt.objects.exclude(day=timezone.localdate())
    buckets = Bucket.objects.filter(at__lt=timezone.now() - IDLE)
    return salts.delete()[0] + buckets.delete()[0]


def _key(name: str, address: str) -> bytes:
    # With the secret key, too: the few addresses there are could all be tried by who has the salt.
    of_the_day = hmac.digest(settings.SECRET_KEY.encode(), _salt(timezone.localdate()), "sha256")
    return hmac.digest(of_the_day, f"{name}\0{address}".encode(), "sha256")


def _salt(day: date) -> bytes:
    if day in _known:
        return _known[day]
    with connection.cursor() as cursor:
        cursor.execute(SALT, [day, secrets.token_bytes(32)])
        salt = bytes(cursor.fetchone()[0])
    # One that is rolled back must not be kept: other processes would make another.
    transaction.on_commit(lambda: _keep_only(day, salt))
    return salt


def _keep_only(day: date, salt: bytes) -> None:
    _known[day] = salt
    for other in [known for known in _known if known != day]:
        _known.pop(other, None)
