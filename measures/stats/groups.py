"""Rows sorted into groups once, so that summing them by group again and again is quick."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Groups:
    """Which of `count` groups each row belongs to, by numbers from 0; a group may have no rows."""

    of: Whole
    count: int

    @classmethod
    def numbered(cls, codes: NDArray[np.int64]) -> Self:
        """Groups of whatever codes there are, numbered in ascending order."""
        found, of = np.unique(codes, return_inverse=True)
        return cls(of.astype(np.int64).reshape(-1), len(found))

    def sums(self, rows: Floats) -> Floats:
        """The sum of each group: (groups,) of an array (rows,), (groups, columns) of a table."""
        if rows.ndim == 1:
            counted = np.bincount(self.of, weights=rows, minlength=self.count)
            return np.asarray(counted, dtype=np.float64)
        added = np.zeros((self.count, rows.shape[1]))
        if len(rows):
            added[self._present] = np.add.reduceat(rows[self._order], self._starts, axis=0)
        return added

    def means(self, rows: Floats, weight: Floats) -> Floats:
        """The weighted mean of each group of a table; 0 where a group weighs nothing."""
        weighed = self.sums(weight)[:, None]
        total = self.sums(rows * weight[:, None])
        return np.divide(total, weighed, out=np.zeros_like(total), where=weighed > 0)

    @cached_property
    def _order(self) -> Whole:
        return np.argsort(self.of, kind="stable")

    @cached_property
    def _starts(self) -> Whole:
        """Where each group with rows begins in the sorted order."""
        ordered = self.of[self._order]
        return np.flatnonzero(np.r_[True, ordered[1:] != ordered[:-1]])

    @cached_property
    def _present(self) -> Whole:
        return self.of[self._order][self._starts]
