"""The attacker who subtracts: how tightly everything published bounds what was withheld."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import count
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from measures.stats.disclosure.rules import MINIMUM_CELL, NARROWEST
from measures.stats.disclosure.solver import ContradictionError, Numbers, Solver
from measures.stats.disclosure.systems import Place, System, Target, public_most

__all__ = ["Bounded", "ContradictionError", "too_narrow"]

# Solvers stop within a little of the limit.
SLACK = 1e-6
# Objectives over all targets at once that help with none, before any is taken one by one.
MOST_IDLE = 3


@dataclass(frozen=True)
class Bounded:
    """A count that the published numbers bound too tightly: `low` to `high` people."""

    target: Target
    low: int
    high: int

    @property
    def in_words(self) -> str:
        """ "the rest of those who gave 1 among E07000105 is known to be 0 to 3"."""
        target = self.target
        of = f"the number beside {target.answer}" if target.is_rest else target.answer or "all"
        month = min(target.months)
        return (
            f"{of} among {target.group or 'everyone'} is known to be {self.low} to {self.high} "
            f"in the {len(target.months)} months from {month:%Y-%m}"
        )


def too_narrow(
    system: System, *, among: Collection[Place] | None = None, proved: set[bytes] | None = None
) -> list[Bounded]:
    """The targets, all or those at certain places, that the published numbers bound too tightly.

    That is to fewer than 5 people between least and most.
    Of counts that are not withheld only those that may be below 10 matter. What is public anyway
    (D12, open totals) is not held against the tables: a count of at most 3 must stay 0 to 3.
    `proved` remembers the systems in which nothing was found, so that none is attacked twice.
    Raises ContradictionError.
    """
    mark = system.fingerprint if proved is not None else b""
    if proved is not None and mark in proved:
        return []
    targets = [t for t in system.targets if among is None or t.place in among]
    if not targets:
        return []
    search = _Search(system, targets)
    search.sweep()
    found = list(search.one_by_one())
    if proved is not None and among is None and not found:
        proved.add(mark)
    return found


class _Search:
    """Least and most that any solution met so far has for each target.

    Most targets are shown to be uncertain by a few solutions, and by what can be changed in them;
    only the rest need a smallest and a largest of their own.
    """

    def __init__(self, system: System, targets: Sequence[Target]) -> None:
        self.system, self.targets = system, targets
        # Only so that an objective can't run away to infinity where nothing is told.
        most = 1000 + 2 * system.high[np.isfinite(system.high)].max(initial=0)
        self.solver = Solver(system.matrix, system.low, system.high, most=most)
        self.moves = _Moves(system)
        self.sizes = np.array([t.unknowns.size for t in targets])
        self.starts = np.cumsum([0, *self.sizes])[:-1]
        self.flat = np.concatenate([t.unknowns for t in targets])
        self.needed = np.minimum(NARROWEST, np.floor(public_most(system, targets)))
        self.least = np.full(len(targets), np.inf)
        self.most = np.full(len(targets), -np.inf)

    def sweep(self) -> None:
        """All small, all large, then other mixtures; and what lies between: there is room there.

        Where few people can be any of many, each mixture makes another of them large.
        """
        chance = np.random.default_rng(5)
        between, idle = np.zeros(self.solver.unknowns), 0
        for turn in count():
            narrow = self.narrow()
            if idle == MOST_IDLE or not narrow.size:
                return
            mixed = chance.standard_normal(narrow.size) ** 3
            signs = np.full(narrow.size, 1.0 - 2 * turn) if turn < 2 else mixed
            between += (self._solve(self._objective(narrow, signs)) - between) / (turn + 1)
            self._remember(between)
            # One by one each takes two turns at most.
            idle = idle + 1 if turn and narrow.size - self.narrow().size < 2 else 0

    def one_by_one(self) -> Iterator[Bounded]:
        for i in self.narrow():
            for sign in (1.0, -1.0):
                if not self._is_wide(i):
                    self._solve(self._objective(np.array([i]), sign))
            target = self.targets[i]
            low, high = ceil(self.least[i] - SLACK), floor(self.most[i] + SLACK)
            if not self._is_wide(i) and (target.is_withheld or low < MINIMUM_CELL):
                yield Bounded(target, low, high)

    def _objective(self, targets: NDArray[np.int64], signs: Numbers | float) -> Numbers:
        """The sum of these targets' counts, each with its sign."""
        of_target = np.zeros(len(self.targets))
        of_target[targets] = signs
        weights = np.repeat(of_target, self.sizes)
        summed = np.bincount(self.flat, weights, minlength=self.solver.unknowns)
        return np.asarray(summed, dtype=np.float64)

    def narrow(self) -> NDArray[np.int64]:
        """Which targets no two solutions met so far have 5 people apart."""
        widths = np.floor(self.most + SLACK) - np.ceil(self.least - SLACK)
        return np.flatnonzero(widths < self.needed)

    def _is_wide(self, i: int) -> bool:
        width = floor(self.most[i] + SLACK) - ceil(self.least[i] - SLACK)
        return bool(width >= self.needed[i])

    def _solve(self, objective: Numbers) -> Numbers:
        solution = self.solver.least(objective)
        self._remember(solution)
        return solution

    def _remember(self, solution: Numbers) -> None:
        """The target's counts in this solution and in those one change away from it."""
        values = np.add.reduceat(solution[self.flat], self.starts)
        down, up = self.moves.of(solution)
        lower = values - np.maximum.reduceat(down[self.flat], self.starts)
        upper = values + np.maximum.reduceat(up[self.flat], self.starts)
        self.least = np.minimum(self.least, lower)
        self.most = np.maximum(self.most, upper)


class _Moves:
    """How far each unknown alone can go down and up from a solution, all limits still met."""

    def __init__(self, system: System) -> None:
        self.system = system
        by_unknown = system.matrix.tocsc()
        self.rows, self.factors = by_unknown.indices, by_unknown.data
        self.starts = by_unknown.indptr[:-1]

    def of(self, solution: Numbers) -> tuple[Numbers, Numbers]:
        told = self.system.matrix @ solution
        below = np.maximum(told - self.system.low, 0)[self.rows]
        above = np.maximum(self.system.high - told, 0)[self.rows]
        size = np.abs(self.factors)
        rises = self.factors > 0
        up = np.minimum.reduceat(np.where(rises, above, below) / size, self.starts)
        down = np.minimum.reduceat(np.where(rises, below, above) / size, self.starts)
        return np.minimum(down, np.maximum(solution, 0)), up
