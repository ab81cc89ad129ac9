"""Reading tallies: exact counts, for staff with the permission and for what publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.db.models import Max, Min, Sum

from surveys.models.responses import Response
from surveys.models.tallies import Tally
from surveys.models.versions import Version

EVERYONE = 0
COUNTS = Response.Standing.COUNTS
SET_ASIDE = """
SELECT cell, count(*), count(*) FILTER (WHERE is_synthetic)
FROM surveys_response, unnest(cells) AS cell
WHERE version_id = %s AND standing = 'set-aside' GROUP BY cell
"""


@dataclass(frozen=True)
class Count:
    """n responses, of which `synthetic` were made by code."""

    n: int = 0
    synthetic: int = 0


def counts_by_cell(
    version: Version, *, group: int = EVERYONE, first: date | None = None, last: date | None = None
) -> dict[int, Count]:
    """The counts of a group by cell position, over the months from `first` to `last`."""
    rows = Tally.objects.filter(version=version, group=group)
    if first is not None:
        rows = rows.filter(period__gte=first)
    if last is not None:
        rows = rows.filter(period__lte=last)
    sums = rows.values("cell").annotate(total=Sum("n"), made=Sum("synthetic"))
    return {row["cell"]: Count(row["total"], row["made"]) for row in sums}


def sum_of(counts: dict[int, Count], cells: Sequence[int]) -> Count:
    """The counts of some cells together; a cell that nobody chose has no row and adds nothing."""
    chosen = [counts[cell] for cell in cells if cell in counts]
    return Count(sum(c.n for c in chosen), sum(c.synthetic for c in chosen))


def months_tallied(*versions: Version) -> tuple[date, date] | None:
    """The first and last month with a counted response, or None before the first one."""
    span = Tally.objects.filter(version__in=versions, group=EVERYONE, cell=0).aggregate(
        first=Min("period"), last=Max("period")
    )
    return (span["first"], span["last"]) if span["first"] else None


def waiting(version: Version) -> int:
    """How many responses count and are not yet in the tally."""
    return Response.objects.filter(version=version, standing=COUNTS, is_tallied=False).count()


def set_aside_by_cell(version: Version) -> dict[int, Count]:
    """What the counts of everyone would gain if all that is set aside counted, by cell position.

    Only what nobody decided about yet. Added up on demand: no tally holds it.
    """
    with connection.cursor() as cursor:
        cursor.execute(SET_ASIDE, [version.pk])
        return {cell: Count(n, synthetic) for cell, n, synthetic in cursor.fetchall()}
