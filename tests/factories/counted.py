"""Counts as the tallies give them, made from people who are listed one by one."""

from collections.abc import Sequence
from datetime import date

import numpy as np

from surveys.tally.periods import Span
from surveys.tally.read import Counted

# Group, stratum and cells of one person, and the key of the record.
Person = tuple[str, str, tuple[str, ...], int]
NOVEMBER = Span(date(2022, 11, 1), date(2022, 11, 1))


def counted_of(
    people: Sequence[Person],
    *,
    groups: Sequence[str],
    cells: Sequence[str],
    strata_fields: Sequence[str] = ("area",),
) -> Counted:
    """The exact counts of these people in one month; each is counted in the cell "" too."""
    strata = sorted({stratum for _, stratum, _, _ in people})
    names = ("", *cells)
    n = np.zeros((1, len(groups), len(strata), len(names)), np.int64)
    keys = np.zeros_like(n)
    for group, stratum, chosen, key in people:
        for cell in ("", *chosen):
            at = (0, groups.index(group), strata.index(stratum), names.index(cell))
            n[at] += 1
            keys[at] = (keys[at] + key) % 2**32
    return Counted(
        spans=(NOVEMBER,),
        groups=tuple(groups),
        strata=tuple(strata),
        strata_fields=tuple(strata_fields),
        cells=names,
        n=n,
        keys=keys,
        synthetic=np.zeros((1, len(groups)), np.int64),
    )
