"""Tables that tell of the same people, written as one system of linear limits."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b
from itertools import chain, product
from typing import Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from measures.stats.disclosure.knowledge import Limit, limits, small_side
from measures.stats.disclosure.publish import ANSWERED, Cell, is_of_base
from measures.stats.disclosure.tables import Table
from surveys.tally.periods import Span

EVERYONE = ""
NOT_STATED = "~"
REST = "everyone else"
Months = frozenset[date]
# Group, answer, months, whether it is the rest.
Place = tuple[str, str, Months, bool]


@dataclass(frozen=True)
class Ceiling:
    """No more people than this can have been asked (D12): crimes recorded in these months.

    `by` and `group` say of whom; both empty for everyone.
    """

    span: Span
    most: float
    by: str = ""
    group: str = EVERYONE


@dataclass(frozen=True)
class Target:
    """A count that must stay uncertain: where it is, in words, and which unknowns it adds up."""

    table: Table
    group: str
    answer: str
    months: Months
    is_rest: bool
    is_withheld: bool
    unknowns: NDArray[np.int64]

    @property
    def place(self) -> Place:
        return self.group, self.answer, self.months, self.is_rest


@dataclass(frozen=True)
class System:
    """low ≤ matrix × x ≤ high for x ≥ 0: one unknown for each group, stretch of time and answer."""

    tables: tuple[Table, ...]
    matrix: csr_array
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    targets: tuple[Target, ...]
    # Sums of unknowns of which the most is public anyway, by D12 or an open total.
    public: tuple[tuple[NDArray[np.int64], float], ...]
    groups: tuple[str, ...]
    times: tuple[Months, ...]
    atoms: tuple[str, ...]

    @property
    def fingerprint(self) -> bytes:
        """The same for systems with the same limits and targets: what holds of one holds of all."""
        wheres = [*(t.unknowns for t in self.targets), *(where for where, _ in self.public)]
        parts = (
            np.array([*self.matrix.shape, len(self.targets), len(self.public)]),
            self.matrix.indptr,
            self.matrix.indices,
            self.matrix.data,
            self.low,
            self.high,
            np.array([target.is_withheld for target in self.targets]),
            np.array([most for _, most in self.public]),
            np.array([where.size for where in wheres]),
            np.concatenate(wheres) if wheres else np.array([]),
        )
        # The sizes of all parts follow from the first few, so no two systems run together.
        mark = blake2b(digest_size=16)
        for part in parts:
            mark.update(part.tobytes())
        return mark.digest()


def systems_of(tables: Iterable[Table], ceilings: Sequence[Ceiling] = ()) -> Iterator[System]:
    """Every system of one survey: for each question and breakdown, the split with the whole.

    Answers that exclude one another are one system. Of a question with several answers each is
    one of its own, with the rest of those who answered; so are "don't know" and its like. Tables
    of months that nothing ties together are apart as well: neither tells of the other.
    """
    by_question: dict[str, list[Table]] = defaultdict(list)
    # In an order of their own, so that the same tables always make the same systems.
    for table in sorted(tables, key=lambda table: (table.by, table.period, table.quarter)):
        by_question[table.question].append(table)
    tied = [ceiling.span for ceiling in ceilings]
    for found in chain.from_iterable(_apart(tables, tied) for tables in by_question.values()):
        times = _stretches(found)
        splits = sorted({table.by for table in found})
        # The whole alone is in each split's system too.
        for by in [name for name in splits if name] or [""]:
            together = [table for table in found if table.by in ("", by)]
            for atoms in _families(together):
                yield _Builder(together, by=by, times=times, atoms=atoms).system(ceilings)


def _apart(tables: Sequence[Table], tied: Sequence[Span]) -> Iterator[list[Table]]:
    """The tables in as many parts as share no month, neither directly nor by what lies between."""
    parts: list[tuple[Months, list[Table]]] = []
    spans = [(months_of(span), list[Table]()) for span in tied]
    for months, found in [*spans, *((months_of(table.period), [table]) for table in tables)]:
        touched = [part for part in parts if part[0] & months]
        parts = [part for part in parts if not part[0] & months]
        together = [table for _, others in touched for table in others] + found
        parts.append((months.union(*(others for others, _ in touched)), together))
    return (found for _, found in parts if found)


@lru_cache(maxsize=1024)
def months_of(span: Span) -> Months:
    return frozenset(span.months())


def _stretches(tables: Sequence[Table]) -> tuple[Months, ...]:
    """The months, put together where no table tells them apart."""
    covers: dict[date, set[Span]] = defaultdict(set)
    for table in tables:
        for month in months_of(table.period):
            covers[month].add(table.period)
    alike: dict[frozenset[Span], set[date]] = defaultdict(set)
    for month, spans in covers.items():
        alike[frozenset(spans)].add(month)
    return tuple(sorted((frozenset(months) for months in alike.values()), key=min))


def _families(tables: Sequence[Table]) -> Iterator[tuple[str, ...]]:
    """The answers of each system: those that add up to the base, or one answer and the rest."""
    told = {cell.answer for table in tables for cells in table.columns.values() for cell in cells}
    told.discard(ANSWERED)
    of_base = sorted(filter(is_of_base, told))
    if all(table.shape.is_single for table in tables):
        options = {code for table in tables for code in table.shape.options}
        yield tuple(sorted(options)) if of_base else (REST,)
    else:
        for answer in of_base:
            yield (answer, REST)
    for answer in sorted(told - set(of_base)):
        yield (answer,)


def public_most(system: System, targets: Sequence[Target]) -> NDArray[np.float64]:
    """The most that each target can be by what is public anyway; infinite where nothing is."""
    sizes = np.array([target.unknowns.size for target in targets])
    starts = np.cumsum([0, *sizes])[:-1]
    flat = np.concatenate([target.unknowns for target in targets])
    found = np.full(len(targets), np.inf)
    for where, most in system.public:
        is_public = np.zeros(system.matrix.shape[1], dtype=np.int64)
        is_public[where] = 1
        is_part = np.add.reduceat(is_public[flat], starts) == sizes
        found[is_part] = np.minimum(found[is_part], most)
    return found


class _Builder:
    """One system while it is put together."""

    def __init__(
        self, tables: Sequence[Table], *, by: str, times: tuple[Months, ...], atoms: tuple[str, ...]
    ) -> None:
        self.tables, self.by, self.times, self.atoms = tables, by, times, atoms
        found = {group for table in tables if table.by == by for group in table.columns}
        # Whoever is in no told group is somewhere: an unknown of its own.
        self.groups = tuple(sorted(found - {EVERYONE} | {NOT_STATED})) if by else (EVERYONE,)
        self.shape = (len(self.groups), len(times), len(atoms))
        self.rows: list[tuple[NDArray[np.int64], NDArray[np.float64], float, float]] = []
        self.targets: dict[tuple[bytes, bool], Target] = {}
        self.public: list[tuple[NDArray[np.int64], float]] = []
        self.places: dict[tuple[str, Span, tuple[str, ...]], NDArray[np.int64]] = {}
        self.numbers = np.arange(np.prod(self.shape), dtype=np.int64).reshape(self.shape)

    def system(self, ceilings: Sequence[Ceiling]) -> System:
        for ceiling in ceilings:
            self._add_ceiling(ceiling)
        for table in self.tables:
            for group, cells in table.columns.items():
                self._add_column(table, group, cells)
        self._add_fine_targets()
        counts = [len(unknowns) for unknowns, *_ in self.rows]
        matrix = csr_array(
            (
                np.concatenate([factors for _, factors, _, _ in self.rows]),
                np.concatenate([unknowns for unknowns, *_ in self.rows]),
                np.concatenate([[0], np.cumsum(counts)]),
            ),
            shape=(len(self.rows), int(np.prod(self.shape))),
        )
        return System(
            tables=tuple(self.tables),
            matrix=matrix,
            low=np.array([row[2] for row in self.rows], dtype=float),
            high=np.array([row[3] for row in self.rows], dtype=float),
            targets=tuple(self.targets.values()),
            public=tuple(self.public),
            groups=self.groups,
            times=self.times,
            atoms=self.atoms,
        )

    def _where(self, group: str, span: Span, atoms: tuple[str, ...]) -> NDArray[np.int64]:
        """The unknowns that a count of a group, over a span, of some answers adds up."""
        place = (group, span, atoms)
        if place not in self.places:
            months = months_of(span)
            groups = range(len(self.groups)) if group == EVERYONE else [self.groups.index(group)]
            times = [i for i, stretch in enumerate(self.times) if stretch <= months]
            answers = [self.atoms.index(atom) for atom in atoms]
            self.places[place] = self.numbers[np.ix_(groups, times, answers)].ravel()
        return self.places[place]

    def _atoms_of(self, table: Table, answer: str) -> tuple[str, ...] | None:
        """The answers of this system that a cell counts; None where it is of another system."""
        if answer == ANSWERED:
            return self.atoms if is_of_base(self.atoms[0]) else None
        if answer in self.atoms:
            return (answer,)
        codes = table.shape.nets.get(answer, ())
        return tuple(codes) if codes and set(codes) <= set(self.atoms) else None

    def _add_column(self, table: Table, group: str, cells: Sequence[Cell]) -> None:
        for limit in limits(table, cells):
            atoms = self._atoms_of(table, limit.answer)
            if atoms is not None:
                self._add_limit(table, group, limit, atoms)
        for cell in cells:
            atoms = self._atoms_of(table, cell.answer)
            if cell.n is None and atoms is not None:
                self._add_withheld(table, group, small_side(table, cell, cells), cell, atoms)

    def _add_limit(self, table: Table, group: str, limit: Limit, atoms: tuple[str, ...]) -> None:
        base = self._where(group, table.period, self.atoms)
        part = self._where(group, table.period, atoms)
        if not limit.of_base:
            factors = np.full(len(part), float(limit.of_part))
            self.rows.append((part, factors, limit.low, limit.high))
        else:
            factors = np.full(len(base), float(limit.of_base))
            factors[np.isin(base, part)] += limit.of_part
            counts = factors != 0
            self.rows.append((base[counts], factors[counts], limit.low, limit.high))
        if table.is_open:
            self.public.append((part, limit.high))

    def _add_withheld(
        self,
        table: Table,
        group: str,
        side: Literal["part", "rest"] | None,
        cell: Cell,
        atoms: tuple[str, ...],
    ) -> None:
        """What is small must stay uncertain: the part, the rest, or either where it isn't known."""
        others = tuple(atom for atom in self.atoms if atom not in atoms)
        months = months_of(table.period)
        for is_rest, answers in ((False, atoms), (True, others)):
            if answers and side in (None, "rest" if is_rest else "part"):
                where = self._where(group, table.period, answers)
                is_withheld = side is not None
                self._add_target(
                    Target(table, group, cell.answer, months, is_rest, is_withheld, where)
                )

    def _add_fine_targets(self) -> None:
        """Each group in each stretch of time: published nowhere, and small where it matters."""
        table = max(self.tables, key=lambda table: (table.by, table.period))
        if table.is_open:
            return
        for i, (group, stretch, atom) in enumerate(product(self.groups, self.times, self.atoms)):
            where = np.array([i], dtype=np.int64)
            self._add_target(Target(table, group, atom, stretch, False, False, where))

    def _add_target(self, target: Target) -> None:
        self.targets.setdefault((target.unknowns.tobytes(), target.is_withheld), target)

    def _add_ceiling(self, ceiling: Ceiling) -> None:
        if ceiling.by not in ("", self.by) or not is_of_base(self.atoms[0]):
            return
        if ceiling.group != EVERYONE and ceiling.group not in self.groups:
            return
        where = self._where(ceiling.group, ceiling.span, self.atoms)
        if len(where):
            self.rows.append((where, np.ones(len(where)), 0.0, ceiling.most))
            self.public.append((where, ceiling.most))
