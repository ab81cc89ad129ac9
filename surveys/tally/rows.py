"""Rows of the tally in the database: adding to them, taking from them, writing them anew."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
from django.db import connection
from psycopg import Cursor

from surveys.definitions.checks import BUILT_IN_BREAKDOWNS
from surveys.models.tallies import ADDING_LOCK
from surveys.models.versions import Version
from surveys.tally.adding_up import Alike, Counts, Key, Sums
from surveys.tally.cells import breakdown_of
from surveys.versions.read import definition_of

COLUMNS = 'version_id, wave, period, stratum, "group", is_synthetic, n, keys'
# So many rows go to the database in one statement.
A_TIME = 5000
GIVEN = """unnest(%(waves)b::text[], %(periods)b::date[], %(strata)b::text[], %(groups)b::int[],
    %(synthetic)b::bool[])"""
HELD = f"""
SELECT given.at - 1, n, keys
FROM {GIVEN} WITH ORDINALITY AS given (wave, period, stratum, "group", is_synthetic, at)
JOIN surveys_tally AS tally ON tally.version_id = %(version)s
    AND tally.wave = given.wave AND tally.period = given.period
    AND tally.stratum = given.stratum AND tally."group" = given."group"
    AND tally.is_synthetic = given.is_synthetic
"""  # noqa: S608  # only our own column names are put in
STORE = f"""
INSERT INTO surveys_tally ({COLUMNS})
SELECT %(version)s, given.*
FROM unnest(%(waves)b::text[], %(periods)b::date[], %(strata)b::text[], %(groups)b::int[],
    %(synthetic)b::bool[], %(n)b::bytea[], %(keys)b::bytea[]) AS given
ON CONFLICT (version_id, "group", period, wave, stratum, is_synthetic)
DO UPDATE SET n = EXCLUDED.n, keys = EXCLUDED.keys
"""  # noqa: S608  # as above
DELETE = f"""
DELETE FROM surveys_tally AS tally
USING {GIVEN} AS given (wave, period, stratum, "group", is_synthetic)
WHERE tally.version_id = %(version)s
    AND tally.wave = given.wave AND tally.period = given.period
    AND tally.stratum = given.stratum AND tally."group" = given."group"
    AND tally.is_synthetic = given.is_synthetic
"""  # noqa: S608  # as above
COPY = f"COPY surveys_tally ({COLUMNS}) FROM STDIN (FORMAT BINARY)"
TYPES = ("int8", "text", "date", "text", "int2", "bool", "bytea", "bytea")


class TallyDoesNotHoldError(Exception):
    """The totals lack what a counted response added: they were wrong before."""


@contextmanager
def binary_cursor() -> Iterator[Cursor[tuple[Any, ...]]]:
    """A cursor below Django's, on its connection and in its transaction, that takes bytes as they
    are: Django's would send and get them as hexadecimal text."""
    connection.ensure_connection()
    with connection.connection.cursor(binary=True) as cursor:
        yield cursor


def stored_groups(version: Version) -> frozenset[int]:
    """The groups that have rows: everyone, and breakdowns that the strata do not tell apart."""
    strata = definition_of(version).strata
    derived = {name for name in strata if name not in BUILT_IN_BREAKDOWNS}
    return frozenset(
        at for at, name in enumerate(version.groups) if breakdown_of(name) not in derived
    )


def hold_rows(version_pk: int) -> None:
    """Nobody else changes the tallies of this version until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ADDING_LOCK, version_pk])


def add(version_pk: int, sums: Sums) -> None:
    """Adds to the rows that are there and makes those that are not."""
    hold_rows(version_pk)
    for some in _parts(sums):
        n, keys = _held(version_pk, some)
        _store(version_pk, some.keys, n + some.n, keys + some.record_keys)


def take(version_pk: int, sums: Sums) -> None:
    """Takes from the rows; one that nobody is left in goes, as a recount has none.

    Raises TallyDoesNotHoldError where they do not hold so many, and changes nothing then.
    """
    hold_rows(version_pk)
    n, keys = _held(version_pk, sums)
    if short := int((n < sums.n).any(axis=1).sum()):
        raise TallyDoesNotHoldError(
            f"{len(sums.keys)} rows of the tally should hold what is taken out and {short} do not: "
            "run tally --check, then tally --recount"
        )
    n, keys = n - sums.n, keys - sums.record_keys
    left = n[:, 0] > 0
    _store(version_pk, _only(sums.keys, left), n[left], keys[left])
    with binary_cursor() as cursor:
        cursor.execute(DELETE, {"version": version_pk} | _columns(_only(sums.keys, ~left)))


def write_new(version_pk: int, sums: Sums) -> None:
    """Writes rows of which none are there."""
    with binary_cursor() as cursor, cursor.copy(COPY) as copy:
        copy.set_types(TYPES)
        # Side by side on the disk what is read together: a group in a month.
        for i in sorted(range(len(sums.keys)), key=lambda i: (sums.keys[i][3], *sums.keys[i])):
            row = (*sums.keys[i], sums.n[i].tobytes(), sums.record_keys[i].tobytes())
            copy.write_row((version_pk, *row))


def fetch_alike(query: str, values: dict[str, Any]) -> Iterator[Alike]:
    """The people that a query finds; its columns are those of Alike in their order."""
    with binary_cursor() as cursor:
        cursor.execute(query, values)
        for wave, period, stratum, groups, is_synthetic, cells, keys in cursor:
            yield Alike(wave, period, stratum, tuple(groups), is_synthetic, cells, keys)


def _parts(sums: Sums) -> Iterator[Sums]:
    for start in range(0, len(sums.keys), A_TIME):
        at = slice(start, start + A_TIME)
        yield Sums(sums.keys[at], sums.n[at], sums.record_keys[at])


def _held(version_pk: int, sums: Sums) -> tuple[Counts, Counts]:
    """What the rows hold now, which is nothing where there is no row."""
    n, keys = np.zeros_like(sums.n), np.zeros_like(sums.record_keys)
    with binary_cursor() as cursor:
        cursor.execute(HELD, {"version": version_pk} | _columns(sums.keys))
        for at, of_n, of_keys in cursor:
            n[at] = np.frombuffer(of_n, "<u4")
            keys[at] = np.frombuffer(of_keys, "<u4")
    return n, keys


def _store(version_pk: int, keys: Iterable[Key], n: Counts, record_keys: Counts) -> None:
    rows = {"n": [row.tobytes() for row in n], "keys": [row.tobytes() for row in record_keys]}
    with binary_cursor() as cursor:
        cursor.execute(STORE, {"version": version_pk} | _columns(keys) | rows)


def _columns(keys: Iterable[Key]) -> dict[str, list[Any]]:
    names = ("waves", "periods", "strata", "groups", "synthetic")
    rows = list(keys)
    return {name: [row[i] for row in rows] for i, name in enumerate(names)}


def _only(keys: tuple[Key, ...], which: Any) -> list[Key]:
    return [key for key, is_one in zip(keys, which, strict=True) if is_one]
