"""What people add up to: for each group and stratum, how many are in each cell, and their keys.

Bytes in, arrays out. Counting a cell of a person costs some nanoseconds, and what is worked on at
once fits the caches of a processor.
"""

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

Counts = NDArray[np.uint32]
# A row of the tally: wave, period, stratum, group, and whether code made these people.
Key = tuple[str, date, str, int, bool]
# So many numbers are worked on at once.
AT_ONCE = 500_000
# So many keys of 32 bits can be added as doubles and nothing is lost.
EXACTLY = 2**21


@dataclass(frozen=True, slots=True)
class Alike:
    """People who are alike in all that tallies are kept by.

    `cells` are two bytes for each cell of each person, the lower first, a person's after another's,
    and a person's begin with cell 0, that of the response itself. `keys` are eight bytes a person,
    the highest first: their record keys.
    """

    wave: str
    period: date
    stratum: str
    groups: tuple[int, ...]
    is_synthetic: bool
    cells: bytes
    keys: bytes

    def rows(self, stored: Collection[int]) -> Iterator[Key]:
        """The rows of the tally that they are in."""
        for group in self.groups:
            if group in stored:
                yield self.wave, self.period, self.stratum, group, self.is_synthetic


@dataclass(frozen=True)
class Sums:
    """People and sums of their keys modulo 2**32, a row for each key and a column for each cell."""

    keys: tuple[Key, ...]
    n: Counts
    record_keys: Counts


def add_up(
    people: Iterable[Alike],
    *,
    stored: Collection[int],
    size: int,
    progress: Callable[[int], None] | None = None,
) -> Sums:
    """The rows that these people add up to, of `size` cells; only `stored` groups have rows.

    `progress` is told how many people were just added. Adds modulo 2**32, which is what keys need;
    of people there are never so many.
    """
    at: dict[Key, int] = {}
    n, record_keys = _Rows(size), _Rows(size)
    for some in _batches(people, size):
        counts, keys = _matrices(some, size)
        pairs = [
            (at.setdefault(key, len(at)), i)
            for i, one in enumerate(some)
            for key in one.rows(stored)
        ]
        rows, of = np.array(pairs, np.int64).reshape(-1, 2).T
        n.add(rows, counts[of], len(at))
        record_keys.add(rows, keys[of], len(at))
        if progress is not None:
            progress(sum(len(one.keys) // 8 for one in some))
    return Sums(tuple(at), n.upto(len(at)), record_keys.upto(len(at)))


class _Rows:
    """Rows of numbers to add to, which grow as they are needed."""

    def __init__(self, size: int) -> None:
        self._rows = np.zeros((0, size), np.uint32)

    def add(self, rows: NDArray[np.int64], values: Counts, count: int) -> None:
        """Adds each of `values` to the row that it belongs to; there are `count` rows by now."""
        if count > len(self._rows):
            longer = np.zeros((max(count, 2 * len(self._rows)), self._rows.shape[1]), np.uint32)
            longer[: len(self._rows)] = self._rows
            self._rows = longer
        different, sums = _by_line(rows, values)
        self._rows[different] += sums.astype(np.uint32)

    def upto(self, count: int) -> Counts:
        return self._rows[:count]


def summed(at: NDArray[np.int64], values: NDArray[Any], count: int) -> NDArray[np.int64]:
    """`count` lines, of which each is the sum of the values that belong there.

    Worked: at (2, 0, 2) of values ((1, 5), (7, 7), (1, 1)), 3 lines: ((7, 7), (0, 0), (2, 6)).
    """
    total = np.zeros((count, values.shape[1]), np.int64)
    different, sums = _by_line(at, values)
    total[different] = sums
    return total


def _by_line(
    at: NDArray[np.int64], values: NDArray[Any]
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Which lines there are, in order, and the sum of the values of each."""
    if not len(at):
        return at, np.zeros((0, values.shape[1]), np.int64)
    order = np.argsort(at, kind="stable")
    different, starts = np.unique(at[order], return_index=True)
    return different, np.add.reduceat(values[order], starts, axis=0, dtype=np.int64)


def _batches(people: Iterable[Alike], size: int) -> Iterator[list[Alike]]:
    """As many at a time as can be worked on at once."""
    some: list[Alike] = []
    numbers = 0
    for one in people:
        some.append(one)
        numbers += max(size, len(one.cells) // 2)
        if numbers >= AT_ONCE:
            yield some
            some, numbers = [], 0
    if some:
        yield some


def _matrices(some: list[Alike], size: int) -> tuple[Counts, Counts]:
    """People and sums of their keys by cell, a row for each that are alike."""
    cells = np.frombuffer(b"".join(one.cells for one in some), "<u2")
    keys = np.frombuffer(b"".join(one.keys for one in some), ">i8")
    begins = np.flatnonzero(cells == 0)
    lengths = np.diff(begins, append=len(cells))
    rows = np.repeat(np.arange(len(some)), [len(one.keys) // 8 for one in some])
    if not len(rows) == len(begins) == len(keys):
        raise ValueError("the cells of each response must begin with cell 0, and have it once")
    where = np.repeat(rows * size, lengths) + cells
    count = len(some) * size
    shape = (len(some), size)
    n = np.bincount(where, minlength=count).astype(np.uint32)
    return n.reshape(shape), _sums(where, keys, lengths, count).reshape(shape)


def _sums(
    where: NDArray[np.int64], keys: NDArray[np.int64], lengths: NDArray[np.int64], count: int
) -> Counts:
    """Sums of the keys, each of which is added once for each of its person's cells.

    Doubles are exact up to 2**53: fewer than 2**21 keys below 2**32 add up to no more. More are
    added in two halves of 16 bits.
    """
    if len(keys) >= EXACTLY and keys.max() >= 2**16:
        low, high = keys % 2**16, keys // 2**16
        return _sums(where, low, lengths, count) + _sums(where, high, lengths, count) * 2**16
    of_cells = np.repeat(keys.astype(np.float64), lengths)
    sums = np.bincount(where, weights=of_cells, minlength=count)
    return sums.astype(np.int64).astype(np.uint32)
