"""Counting responses exactly once, and counting them again to see that it was so."""

from dataclasses import dataclass

from django.db import connection, transaction

from surveys.models.tallies import TALLY_LOCK
from surveys.models.versions import Version

# A large one, since each batch adds to much the same rows of the tally again.
BATCH = 250_000

KEY = '"version_id", "wave", "period", "stratum", "group", "cell"'

# People who are alike in all that a tally is kept by get one small number, so that the many pairs
# of a person and a cell are counted by two integers; groups come in only after that.
COUNTED = """
SELECT version_id, wave, period, stratum, g AS "group", c AS cell,
       sum(synthetic)::bigint AS synthetic, sum(n)::bigint AS n
FROM (
    SELECT alike, c, count(*) FILTER (WHERE is_synthetic) AS synthetic, count(*) AS n
    FROM people, unnest(cells) AS c GROUP BY alike, c
) AS counts
JOIN (SELECT DISTINCT ON (alike) * FROM people) AS one USING (alike), unnest(groups) AS g
GROUP BY version_id, wave, period, stratum, g, c
"""
PEOPLE = """
SELECT version_id, wave, period, stratum, groups, cells, is_synthetic,
       dense_rank() OVER (ORDER BY version_id, wave, period, stratum, groups) AS alike
FROM {responses}
"""

# One statement claims responses and adds their counters: whatever dies, both happened or neither.
COUNT_NEW = f"""
WITH batch AS (
    SELECT id FROM surveys_response
    WHERE NOT is_tallied AND standing = 'counts'
        AND (%(version)s::bigint IS NULL OR version_id = %(version)s)
    LIMIT %(batch)s FOR UPDATE SKIP LOCKED
), claimed AS (
    UPDATE surveys_response SET is_tallied = true FROM batch WHERE surveys_response.id = batch.id
    RETURNING version_id, wave, period, stratum, groups, cells, is_synthetic
), people AS (
    {PEOPLE.format(responses="claimed")}
), counted AS (
    {COUNTED}
), added AS (
    INSERT INTO surveys_tally ({KEY}, synthetic, n)
    SELECT * FROM counted ORDER BY 1, 5, 6, 3, 2, 4
    ON CONFLICT ("version_id", "group", "cell", "period", "wave", "stratum")
    DO UPDATE SET n = surveys_tally.n + EXCLUDED.n,
                  synthetic = surveys_tally.synthetic + EXCLUDED.synthetic
)
SELECT count(*) FROM claimed
"""  # noqa: S608  # only our own column names are put in

# Responses and tallies that a recount may speak about: not those of a closed month.
OPEN = """(%(version)s::bigint IS NULL OR version_id = %(version)s) AND NOT EXISTS (
    SELECT 1 FROM surveys_closedmonth AS closed
    WHERE closed.version_id = {table}.version_id AND closed.period = {table}.period
)"""
OPEN_RESPONSES = OPEN.format(table="surveys_response")
OPEN_TALLIES = OPEN.format(table="surveys_tally")

# A constraint has it that whatever is tallied counts: nothing that was set aside is in here.
OPEN_PEOPLE = PEOPLE.format(responses=f"surveys_response WHERE is_tallied AND {OPEN_RESPONSES}")
RECOUNTED = f"WITH people AS MATERIALIZED ({OPEN_PEOPLE}) {COUNTED}"

DIFFERENCES = f"""
SELECT count(*) FROM ({RECOUNTED}) AS again
FULL JOIN (
    SELECT * FROM surveys_tally WHERE n > 0 AND {OPEN_TALLIES}
) AS stored USING ({KEY})
WHERE again.n IS DISTINCT FROM stored.n OR again.synthetic IS DISTINCT FROM stored.synthetic
"""  # noqa: S608  # as above


CLAIM_ALL = f"""
UPDATE surveys_response SET is_tallied = true
WHERE NOT is_tallied AND standing = 'counts' AND {OPEN_RESPONSES}
"""  # noqa: S608  # as above
CLEAR = f"DELETE FROM surveys_tally WHERE {OPEN_TALLIES}"  # noqa: S608  # as above
REBUILD = f"INSERT INTO surveys_tally ({KEY}, synthetic, n) {RECOUNTED}"
COUNT_RESPONSES = f"""
SELECT count(*) FROM surveys_response WHERE standing = 'counts' AND {OPEN_RESPONSES}
"""  # noqa: S608  # as above


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
    """Throws the tallies away and builds them from all that count; readers see old or new."""
    which = _only(version)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TALLY_LOCK])
        cursor.execute(CLAIM_ALL, which)
        cursor.execute(CLEAR, which)
        cursor.execute(REBUILD, which)
        rows = cursor.rowcount
        cursor.execute(COUNT_RESPONSES, which)
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
