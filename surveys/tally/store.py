"""Reading tallies: exact counts, for staff with the permission and for what publishes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Min, Sum

from surveys.models.responses import Response
from surveys.models.tallies import Tally
from surveys.models.versions import Version

EVERYONE = 0


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
    """How many responses are stored and not yet in the tally."""
    return Response.objects.filter(version=version, is_tallied=False).count()
