"""When each figure stood: from its release until the next that speaks of the same days."""

from django.db import connection

from measures.models.figures import Release

# A file of these sources is a whole table of its areas: the next edition for the same area and
# days replaces all of it, a category that it no longer has included. Elsewhere (a force's return)
# a file speaks only of the lines that it holds.
WHOLE_TABLES = frozenset({"ons-pfa", "police-uk"})

# The releases that speak of the same days follow each other as they became known; with the same
# moment, the later import follows, and the range of the one before it is empty. A group of the
# window is all that one release says of them, so the next group is the next release.
_CLOCK = """
WITH touched AS MATERIALIZED (
    SELECT DISTINCT s.{scope} AS scope, f.starts, f.ends
    FROM measures_figure f JOIN measures_series s ON s.id = f.series_id
    WHERE f.release_id = %(release)s
), told AS MATERIALIZED (
    SELECT f.id, r.released_at,
        first_value(r.released_at) OVER following AS until,
        first_value(r.id) OVER following AS next
    FROM touched t
    JOIN measures_series s ON s.{scope} = t.scope AND s.source = %(source)s
    JOIN measures_figure f ON f.series_id = s.id AND f.starts = t.starts AND f.ends = t.ends
    JOIN measures_release r ON r.id = f.release_id
    WINDOW following AS (
        PARTITION BY t.scope, t.starts, t.ends ORDER BY r.released_at, r.id
        GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING
    )
), clock AS MATERIALIZED (
    SELECT id, tstzrange(released_at, until, '[)') AS known, next FROM told
)
"""
# In between the ranges may touch each other in any order, which the exclusion constraint, checked
# row by row, would refuse: so what changes is emptied first.
_EMPTY = """
UPDATE measures_figure f SET known = 'empty' FROM clock
WHERE clock.id = f.id AND f.known <> clock.known AND NOT isempty(f.known)
"""
_SET = """
UPDATE measures_figure f SET known = clock.known FROM clock
WHERE clock.id = f.id AND f.known <> clock.known
"""
_REPLACED = "SELECT count(*) FROM clock WHERE next = %(release)s"


def set_clocks(release: Release) -> int:
    """Sets `known` of all figures about the days that a release speaks of.

    The outcome depends on the dates of release, not on the order of import. Gives the number of
    figures of earlier releases that stood until this one, whatever its own values are. Figures
    of the release must be stored, with an empty `known`.
    """
    scope = "area_id" if release.source in WHOLE_TABLES else "id"
    clock = _CLOCK.format(scope=scope)
    values: dict[str, int | str] = {"release": release.pk, "source": release.source}
    with connection.cursor() as cursor:
        cursor.execute(clock + _EMPTY, values)
        cursor.execute(clock + _SET, values)
        cursor.execute(clock + _REPLACED, values)
        (replaced,) = cursor.fetchone()
    return int(replaced)
