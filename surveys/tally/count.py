"""Counting responses exactly once, and counting them again to see that it was so."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction

from surveys.models.tallies import TALLY_LOCK, Uncounted
from surveys.models.versions import Version
from surveys.tally.adding_up import Key, Sums, add_up
from surveys.tally.rows import add, binary_cursor, fetch_alike, stored_groups, write_new

# Told how many of how many responses were counted.
Progress = Callable[[int, int], None]
# A large one, since each batch adds to much the same rows of the tally again.
BATCH = 250_000
# Months are counted again together up to so many responses: what they add up to is in memory.
AGAIN = 600_000

# People who are alike in all that tallies are kept by come as one row of bytes, which
# surveys.tally.adding_up counts: PostgreSQL takes five times as long to unfold them.
ALIKE = """
SELECT wave, period, stratum, groups, is_synthetic,
       string_agg(cells, ''), string_agg(int8send(record_key), '')
FROM {responses} GROUP BY wave, period, stratum, groups, is_synthetic
"""
CLAIM = f"""
WITH batch AS (
    SELECT response_id FROM surveys_uncounted WHERE version_id = %(version)s
    LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), claimed AS (
    DELETE FROM surveys_uncounted AS one USING batch WHERE one.response_id = batch.response_id
    RETURNING one.*
)
{ALIKE.format(responses="claimed")}
"""  # noqa: S608  # only our own column names are put in

# Responses and tallies that a recount may speak about: not those of a closed month.
OPEN = """{table}.version_id = %(version)s AND NOT EXISTS (
    SELECT FROM surveys_closedmonth AS closed
    WHERE closed.version_id = {table}.version_id AND closed.period = {table}.period
)"""
CLAIM_ALL = f"DELETE FROM surveys_uncounted WHERE {OPEN.format(table='surveys_uncounted')}"  # noqa: S608  # as above
CLEAR = f"DELETE FROM surveys_tally WHERE {OPEN.format(table='surveys_tally')}"  # noqa: S608  # as above
COUNTED = f"""surveys_response AS response
    WHERE standing = 'counts' AND {OPEN.format(table="response")}
    AND NOT EXISTS (SELECT FROM surveys_uncounted AS one WHERE one.response_id = response.id)"""
MONTHS = f"SELECT period, count(*) FROM {COUNTED} GROUP BY 1 ORDER BY 1"  # noqa: S608  # as above
AGAIN_ALIKE = ALIKE.format(responses=f"{COUNTED} AND period = ANY(%(months)s)")
STORED = f"""
SELECT wave, period, stratum, "group", is_synthetic, n, keys
FROM surveys_tally WHERE {OPEN.format(table="surveys_tally")}
"""  # noqa: S608  # as above


@dataclass(frozen=True)
class Recount:
    responses: int
    rows: int


def count_new(version: Version | None = None, *, progress: Progress | None = None) -> int:
    """Adds the responses that no tally holds yet; returns how many. Safe to run twice at once."""
    versions = [version] if version else _waited_for()
    expected = Uncounted.objects.filter(version__in=versions).count() if progress else 0
    total = 0
    for one in versions:
        while counted := _count_batch(one):
            total += counted
            if progress is not None:
                progress(total, max(total, expected))
    return total


def recount(version: Version | None = None, *, progress: Progress | None = None) -> Recount:
    """Throws the tallies away and builds them from all that count; readers see old or new."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TALLY_LOCK])
        versions = [version] if version else list(_all_versions())
        for one in versions:
            cursor.execute(CLAIM_ALL, {"version": one.pk})
            cursor.execute(CLEAR, {"version": one.pk})
        rows = 0
        responses = _Done(sum(sum(_months(one).values()) for one in versions), progress)
        for one in versions:
            for sums in _again(one, responses):
                write_new(one.pk, sums)
                rows += len(sums.keys)
        return Recount(responses=responses.n, rows=rows)


def count_differences(version: Version | None = None, *, progress: Progress | None = None) -> int:
    """How many tally rows differ from a recount made aside, in one snapshot; 0 is right."""
    with _one_snapshot():
        versions = [version] if version else list(_all_versions())
        done = _Done(sum(sum(_months(one).values()) for one in versions), progress)
        return sum(_differences(one, done) for one in versions)


class _Done:
    """How many responses were counted by now."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        self.n, self._total, self._progress = 0, total, progress

    def add(self, n: int) -> None:
        self.n += n
        if self._progress is not None:
            self._progress(self.n, self._total)


def _count_batch(version: Version) -> int:
    """One transaction claims responses and adds them: whatever dies, both happened or neither."""
    done = _Done(0, None)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
        people = fetch_alike(CLAIM, {"version": version.pk, "batch": BATCH})
        sums = add_up(
            people, stored=stored_groups(version), size=len(version.cells), progress=done.add
        )
        if done.n:
            add(version.pk, sums)
    return done.n


def _again(version: Version, done: _Done) -> Iterator[Sums]:
    """All that is counted of a version, added up anew, some months at a time."""
    for months in _together(_months(version)):
        people = fetch_alike(AGAIN_ALIKE, {"version": version.pk, "months": months})
        yield add_up(
            people, stored=stored_groups(version), size=len(version.cells), progress=done.add
        )


def _months(version: Version) -> dict[date, int]:
    """How many responses of each month are counted and can be counted again."""
    with connection.cursor() as cursor:
        cursor.execute(MONTHS, {"version": version.pk})
        return dict(cursor.fetchall())


def _together(months: dict[date, int]) -> Iterator[list[date]]:
    some: list[date] = []
    for month, n in months.items():
        if some and sum(months[one] for one in some) + n > AGAIN:
            yield some
            some = []
        some.append(month)
    if some:
        yield some


def _differences(version: Version, done: _Done) -> int:
    with binary_cursor() as cursor:
        cursor.execute(STORED, {"version": version.pk})
        stored: dict[Key, tuple[bytes, bytes]] = {
            (wave, period, stratum, group, is_synthetic): (n, keys)
            for wave, period, stratum, group, is_synthetic, n, keys in cursor
        }
    differ = 0
    for sums in _again(version, done):
        for key, n, keys in zip(sums.keys, sums.n, sums.record_keys, strict=True):
            differ += stored.pop(key, None) != (n.tobytes(), keys.tobytes())
    return differ + len(stored)


@contextmanager
def _one_snapshot() -> Iterator[None]:
    """What is stored meanwhile is not seen; nobody waits."""
    is_outermost = not connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if is_outermost:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield


def _waited_for() -> list[Version]:
    """The versions that have responses which are not counted yet."""
    # A few rows are looked at where nothing waits, and all that wait otherwise.
    waiting = Uncounted.objects.values_list("version", flat=True).distinct()
    return list(Version.objects.filter(pk__in=list(waiting)).order_by("pk"))


def _all_versions() -> Iterator[Version]:
    return Version.objects.filter(published_at__isnull=False).order_by("pk").iterator()
