"""What the tally holds of some cells: its rows, as arrays to add up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from surveys.models.versions import Version
from surveys.tally.cells import NOT_STATED, breakdown_of, code_in, runs
from surveys.tally.rows import binary_cursor
from surveys.versions.read import definition_of

Places = NDArray[np.int64]
EVERYONE = ""
# Between strata, none of which has it: their codes are letters, digits, hyphens and underscores.
BETWEEN = "/"

# A row for each month and group, in which the strata and their numbers stand one after another.
ROWS = """
SELECT period, "group", is_synthetic, string_agg(stratum, %(between)s),
       string_agg({n}, ''), string_agg({keys}, '')
FROM surveys_tally
WHERE version_id = %(version)s AND "group" = ANY(%(groups)s) AND period = ANY(%(months)s)
    AND (%(wave)s::text IS NULL OR wave = %(wave)s)
GROUP BY period, "group", is_synthetic
"""


@dataclass(frozen=True)
class Held:
    """Rows of the tally: whose they are, by places in lists, and their numbers, a line each.

    `strata` are those that there are, each once. `numbers` are people by cell and then sums of
    their keys by cell; `people`, in one column, all the people of a row.
    """

    month_at: Places
    group_at: Places
    stratum_at: Places
    strata: tuple[str, ...]
    is_synthetic: NDArray[np.bool_]
    people: NDArray[np.uint32]
    numbers: NDArray[np.uint32]


def held_rows(
    version: Version,
    cells: Sequence[str],
    *,
    months: Sequence[date],
    groups: Sequence[str],
    by: str | None,
    wave: str | None,
) -> Held:
    """What a version's tally says of these cells in these months, by group and stratum.

    `groups` are codes of the breakdown `by`. One that is among the strata has no rows of its own:
    the strata tell who is in which.
    """
    fields = definition_of(version).strata
    of_rows = {0: EVERYONE} if by is None or by in fields else breakdowns(version)[by]
    known = {name: at for at, name in enumerate(version.cells)}
    wanted = [known.get(cell) for cell in cells]
    fetched = sorted({0} | {at for at in wanted if at is not None})
    found = _fetched(version, fetched, groups=list(of_rows), months=months, wave=wave)
    joined = [row[3].split(BETWEEN) for row in found]
    sizes = [len(some) for some in joined]
    each = [stratum for some in joined for stratum in some]
    strata = tuple(dict.fromkeys(each))
    stratum_at = places(each, strata)
    if by is not None and by in fields:
        codes = [code_in(stratum, fields.index(by)) for stratum in strata]
        group_at = places(codes, groups)[stratum_at]
    else:
        group_at = np.repeat(places([of_rows[row[1]] for row in found], groups), sizes)
    n, keys = (_numbers([row[i] for row in found], len(fetched)) for i in (4, 5))
    columns = [-1 if at is None else fetched.index(at) for at in wanted]
    return Held(
        month_at=np.repeat(places([row[0] for row in found], months), sizes),
        group_at=group_at,
        stratum_at=stratum_at,
        strata=strata,
        is_synthetic=np.repeat(np.array([row[2] for row in found], np.bool_), sizes),
        people=n[:, :1],
        numbers=np.hstack([n[:, columns], keys[:, columns]]),
    )


def breakdowns(version: Version) -> dict[str, dict[int, str]]:
    """The groups of each breakdown: their positions, and their codes."""
    found: dict[str, dict[int, str]] = {}
    for at, name in enumerate(version.groups[1:], start=1):
        code = name.partition("=")[2] or NOT_STATED
        found.setdefault(breakdown_of(name), {})[at] = code
    return found


def places(wanted: Sequence[object], known: Sequence[object]) -> Places:
    """Where each stands in a list that has it."""
    at = {one: i for i, one in enumerate(known)}
    return np.array([at[one] for one in wanted], np.int64)


def _fetched(
    version: Version,
    cells: list[int],
    *,
    groups: list[int],
    months: Sequence[date],
    wave: str | None,
) -> list[tuple[Any, ...]]:
    """The rows of these groups with the numbers at these positions, of four bytes each."""
    n, keys = (
        " || ".join(f"substring({name} FROM {4 * at + 1} FOR {4 * n})" for at, n in runs(cells))
        for name in ("n", "keys")
    )
    values = {
        "version": version.pk,
        "groups": groups,
        "months": list(months),
        "wave": wave,
        "between": BETWEEN,
    }
    with binary_cursor() as cursor:
        return cursor.execute(ROWS.format(n=n, keys=keys).encode(), values).fetchall()


def _numbers(rows: list[bytes], size: int) -> NDArray[np.uint32]:
    """A line for each row of the tally, and at the end of each a zero: what no cell adds."""
    numbers = np.frombuffer(b"".join(rows), "<u4").reshape(-1, size)
    return np.hstack([numbers, np.zeros((len(numbers), 1), np.uint32)])
