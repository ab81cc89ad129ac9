"""The exact counts of one question in one span, in the shapes that estimates are made from."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.compute.weighting import Strata
from surveys.tally.read import Counted
from surveys.tally.tabulated import EVERY, Tabulation

Integers = NDArray[np.int64]
# Keys of records add up modulo this (rule D5 of the disclosure policy).
KEYS = 2**32


@dataclass(frozen=True)
class Counts:
    """By group and stratum: all people, who answered, and each line; with sums of record keys.

    `people` and `answered` have the axes group, stratum; `lines` group, stratum, line. The keys
    are sums over strata: of `answered_keys` by group, of `line_keys` by group and line. Only
    strata with anybody in them are here.
    """

    groups: tuple[str, ...]
    strata: Strata
    people: Integers
    answered: Integers
    lines: Integers
    answered_keys: Integers
    line_keys: Integers

    @classmethod
    def of(cls, counted: Counted, span: int, layout: Tabulation) -> "Counts":
        """What was counted in one of the spans, by the lines of the question's table."""
        at = {cell: i for i, cell in enumerate(counted.cells)}
        n, keys = counted.n[span], counted.keys[span].sum(axis=1)
        everyone = n[:, :, at[EVERY]].sum(axis=0)
        n = n[:, np.flatnonzero(everyone), :]
        of_lines = [[at[cell] for cell in line.cells] for line in layout.lines]
        return cls(
            groups=counted.groups,
            strata=Strata.of(counted, everyone),
            people=n[:, :, at[EVERY]],
            answered=n[:, :, at[layout.field]],
            lines=np.stack([n[:, :, cells].sum(axis=2) for cells in of_lines], axis=2),
            answered_keys=keys[:, at[layout.field]] % KEYS,
            line_keys=np.stack([keys[:, cells].sum(axis=1) for cells in of_lines], axis=1) % KEYS,
        )


def cells_of(layout: Tabulation) -> list[str]:
    """The counters that a question's table is made of."""
    return list(
        dict.fromkeys([EVERY, layout.field, *(c for line in layout.lines for c in line.cells)])
    )
