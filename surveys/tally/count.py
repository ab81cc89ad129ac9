"""Counting responses exactly once, and counting them again to see that it was so."""

from dataclasses import dataclass

from django.db import connection, transaction

from surveys.models.versions import Version

# Counters share this lock and add side by side; a recount takes it alone.
TALLY_LOCK = 7_205_760
BATCH = 20_000

KEY = '"version_id", "wave", "period", "stratum", "group", "cell"'

# One statement claims responses and adds their counters: whatever dies, both happened or neither.
COUNT_NEW = f"""
WITH batch AS (
    SELECT id FROM surveys_response
    WHERE NOT is_tallied AND (%(version)s::bigint IS NULL OR version_id = %(version)s)
    LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE surveys_response SET is_tallied = true FROM batch WHERE surveys_response.id = batch.id
    RETURNING version_id, wave, period, stratum, groups, cells, is_synthetic
), counted AS (
    SELECT version_id, wave, period, stratum, g, c,
           count(*) FILTER (WHERE is_synthetic) AS synthetic, count(*) AS n
    FROM claimed, unnest(groups) AS g, unnest(cells) AS c
    GROUP BY version_id, wave, period, stratum, g, c
), added AS (
    INSERT INTO surveys_tally ({KEY}, synthetic, n)
    SELECT * FROM counted ORDER BY 1, 5, 6, 3, 2, 4
    ON CONFLICT ("version_id", "group", "cell", "period", "wave", "stratum")
    DO UPDATE SET n = surveys_tally.n + EXCLUDED.n,
                  synthetic = surveys_tally.synthetic + EXCLUDED.synthetic
)
SELECT count(*) FROM claimed
"""  # noqa: S608  # only our own column names are put in

RECOUNTED = """
SELECT version_id, wave, period, stratum, g AS "group", c AS cell,
       count(*) FILTER (WHERE is_synthetic) AS synthetic, count(*) AS n
FROM surveys_response, unnest(groups) AS g, unnest(cells) AS c
WHERE is_tallied AND (%(version)s::bigint IS NULL OR version_id = %(version)s)
GROUP BY version_id, wave, period, stratum, g, c
"""

DIFFERENCES = f"""
SELECT count(*) FROM ({RECOUNTED}) AS again
FULL JOIN (
    SELECT * FROM surveys_tally WHERE n > 0
    AND (%(version)s::bigint IS NULL OR version_id = %(version)s)
) AS stored USING ({KEY})
WHERE again.n IS DISTINCT FROM stored.n OR again.synthetic IS DISTINCT FROM stored.synthetic
"""  # noqa: S608


@dataclass(frozen=True)
class Recount:
    responses: int
    rows: int


def count_new(version: Version | None = None) -> int:
    """Adds the responses that no tally holds yet; returns how many. Safe to run twice at once."""
    total = 0
    while counted := _count_batch(version):
        total += counted
    return total


def recount(version: Version | None = None) -> Recount:
    """Throws the tallies away and builds them from all responses; readers see old or new."""
    which = _only(version)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TALLY_LOCK])
        only = "WHERE %(version)s::bigint IS NULL OR version_id = %(version)s"
        cursor.execute(
            "UPDATE surveys_response SET is_tallied = true WHERE NOT is_tallied "
            "AND (%(version)s::bigint IS NULL OR version_id = %(version)s)",
            which,
        )
        cursor.execute(f"DELETE FROM surveys_tally {only}", which)  # noqa: S608
        cursor.execute(
            f"INSERT INTO surveys_tally ({KEY}, synthetic, n) {RECOUNTED}",
            which,
        )
        rows = cursor.rowcount
        cursor.execute(f"SELECT count(*) FROM surveys_response {only}", which)  # noqa: S608
        return Recount(responses=cursor.fetchone()[0], rows=rows)


def count_differences(version: Version | None = None) -> int:
    """How many tally rows differ from a recount made aside, in one snapshot; 0 is right."""
    with connection.cursor() as cursor:
        cursor.execute(DIFFERENCES, _only(version))
        return int(cursor.fetchone()[0])


def _count_batch(version: Version | None) -> int:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
        cursor.execute(COUNT_NEW, {**_only(version), "batch": BATCH})
        return int(cursor.fetchone()[0])


def _only(version: Version | None) -> dict[str, int | None]:
    return {"version": version.pk if version else None}
