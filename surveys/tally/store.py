"""Reading tallies by cell: exact counts, for staff with the permission."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import numpy as np
from django.db.models import Max, Min

from surveys.models.responses import Receipt, Response
from surveys.models.tallies import Tally, Uncounted
from surveys.models.versions import Version
from surveys.tally.cells import breakdown_of, code_in
from surveys.tally.rows import binary_cursor
from surveys.versions.read import definition_of

EVERYONE = 0
COUNTS = Response.Standing.COUNTS
SUMS = """
SELECT stratum, is_synthetic, n FROM surveys_tally
WHERE version_id = %(version)s AND "group" = %(group)s
    AND (%(first)s::date IS NULL OR period >= %(first)s)
    AND (%(last)s::date IS NULL OR period <= %(last)s)
"""
SET_ASIDE = """
SELECT is_synthetic, string_agg(cells, '') FROM surveys_response
WHERE version_id = %s AND standing = 'set-aside' GROUP BY is_synthetic
"""


@dataclass(frozen=True)
class Count:
    """n responses, of which `synthetic` were made by code."""

    n: int = 0
    synthetic: int = 0


def counts_by_cell(
    version: Version, *, group: int = EVERYONE, first: date | None = None, last: date | None = None
) -> dict[int, Count]:
    """The counts of a group by cell position, over the months from `first` to `last`.

    A cell that nobody is in is not there.
    """
    strata = definition_of(version).strata
    breakdown, _, code = version.groups[group].partition("=")
    of = strata.index(breakdown_of(breakdown)) if breakdown_of(breakdown) in strata else None
    values = {
        "version": version.pk,
        "group": EVERYONE if of is not None else group,
        "first": first,
        "last": last,
    }
    parts: dict[bool, list[bytes]] = {False: [], True: []}
    with binary_cursor() as cursor:
        for stratum, is_synthetic, n in cursor.execute(SUMS, values):
            if of is None or code_in(stratum, of) == (code or "~"):
                parts[is_synthetic].append(n)
    return _by_cell(*(_sum(parts[made], len(version.cells)) for made in (False, True)))


def sum_of(counts: dict[int, Count], cells: Sequence[int]) -> Count:
    """The counts of some cells together; a cell that nobody chose has no row and adds nothing."""
    chosen = [counts[cell] for cell in cells if cell in counts]
    return Count(sum(c.n for c in chosen), sum(c.synthetic for c in chosen))


def months_tallied(*versions: Version) -> tuple[date, date] | None:
    """The first and last month with a counted response, or None before the first one."""
    span = Tally.objects.filter(version__in=versions, group=EVERYONE).aggregate(
        first=Min("period"), last=Max("period")
    )
    return (span["first"], span["last"]) if span["first"] else None


def waiting(*versions: Version) -> int:
    """How many responses count and are not yet in the tally."""
    return Uncounted.objects.filter(version__in=versions).count()


def waiting_since(*versions: Version) -> datetime | None:
    """The hour in which the oldest response came that is not yet in the tally.

    None where nothing waits, or nothing whose hour is still known: it is kept for 48 hours.
    """
    waits = Uncounted.objects.filter(version__in=versions).values("response")
    oldest: datetime | None = Receipt.objects.filter(response__in=waits).aggregate(
        first=Min("created_at")
    )["first"]
    return oldest


def set_aside_by_cell(version: Version) -> dict[int, Count]:
    """What the counts of everyone would gain if all that is set aside counted, by cell position.

    Only what nobody decided about yet. Added up on demand: no tally holds it.
    """
    size = len(version.cells)
    found = {False: np.zeros(size, np.int64), True: np.zeros(size, np.int64)}
    with binary_cursor() as cursor:
        for is_synthetic, cells in cursor.execute(SET_ASIDE, [version.pk]):
            found[is_synthetic] = np.bincount(np.frombuffer(cells, "<u2"), minlength=size)
    return _by_cell(found[False], found[True])


def _sum(rows: list[bytes], size: int) -> Any:
    """The numbers of all rows together, by cell."""
    return np.frombuffer(b"".join(rows), "<u4").reshape(-1, size).sum(axis=0, dtype=np.int64)


def _by_cell(said: Any, made: Any) -> dict[int, Count]:
    total = said + made
    return {int(cell): Count(int(total[cell]), int(made[cell])) for cell in np.flatnonzero(total)}
