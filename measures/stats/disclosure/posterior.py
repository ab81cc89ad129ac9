"""The attacker who plays the odds: how often the likeliest count is the true one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from scipy.special import gammaln

from measures.stats.disclosure.publish import LARGEST_WITHHELD
from measures.stats.disclosure.rules import MINIMUM_CELL
from measures.stats.disclosure.solver import Numbers
from measures.stats.disclosure.systems import Months, System

# How many people there truly were: group, months, answer of a table. Known to the office only.
Truth = Callable[[System, str, Months, str], int]
Integers = NDArray[np.int64]
LEAST_EXPECTED = 1e-3
# Only guesses below 10 can be right.
MOST_GUESSED = 40
# A told number is off by its noise and its rounding: both -2 to 2 evenly, of variance 2 each.
VARIANCE_OF_A_STEP = 2.0


@dataclass(frozen=True)
class Guessed:
    """Of `counts` small counts, how many were guessed exactly before and after reading."""

    counts: int
    before: int
    after: int

    def __add__(self, other: "Guessed") -> "Guessed":
        return Guessed(
            self.counts + other.counts, self.before + other.before, self.after + other.after
        )

    @property
    def gain(self) -> float:
        """By how much reading the tables raises the share of exact guesses, from 0 to 1."""
        return (self.after - self.before) / self.counts if self.counts else 0.0


def guess(system: System, truth: Truth) -> Guessed:
    """How well counts below 10 are guessed, for each group, stretch of time and answer.

    Somebody who knows the county well, and how big each group, each answer's share and each stretch
    is, thinks a count Poisson around what these three give together; the guess before reading is
    its mode. What all told numbers say of each
    count is worked out as if counts were normal (the linear Gaussian model: Rasmussen and Williams
    2006, Gaussian Processes for Machine Learning, equation A.6); the guess is then the likeliest
    whole number under both, among those that withheld counts leave.
    """
    shape = (len(system.groups), len(system.times), len(system.atoms))
    actual = np.array(
        [
            truth(system, group, stretch, atom)
            for group, stretch, atom in product(system.groups, system.times, system.atoms)
        ]
    )
    expected = _expected(actual.reshape(shape))
    small = actual < MINIMUM_CELL
    before = np.floor(expected)
    after = _likeliest(expected, *_updated(system, expected), most=_ceilings(system))
    return Guessed(
        counts=int(small.sum()),
        before=int((before == actual)[small].sum()),
        after=int((after == actual)[small].sum()),
    )


def total(guesses: Sequence[Guessed]) -> Guessed:
    return sum(guesses, Guessed(0, 0, 0))


def _told(system: System) -> tuple[Integers, Numbers, Numbers]:
    """Which rows tell a number rather than withhold it, what they tell, and how far it is off."""
    width = system.high - system.low
    is_told = np.isfinite(width) & (system.low > 0)
    middle = (system.low + system.high) / 2
    # 8 people wide with noise and rounding, 4 with one of them, 0 with none.
    variance = VARIANCE_OF_A_STEP * width / 4
    return np.flatnonzero(is_told), middle, np.maximum(variance, 1e-6)


def _expected(actual: Integers) -> Numbers:
    """What group, time and answer would give if none had to do with another."""
    people = max(actual.sum(), 1)
    groups, times, atoms = (actual.sum(axis=others) for others in ((1, 2), (0, 2), (0, 1)))
    expected: Numbers = np.einsum("i,j,k->ijk", groups, times, atoms) / people**2
    return np.maximum(expected.ravel(), LEAST_EXPECTED)


def _updated(system: System, expected: Numbers) -> tuple[Numbers, Numbers]:
    """The mean and the variance of each count given all told numbers."""
    rows, middle, variance = _told(system)
    if not rows.size:
        return expected, expected
    seen = system.matrix[rows]
    spread = seen.multiply(expected[None, :]).toarray()
    gain = np.linalg.solve(spread @ seen.T.toarray() + np.diag(variance[rows]), spread)
    mean = expected + gain.T @ (middle[rows] - seen @ expected)
    return mean, expected - np.einsum("ij,ij->j", spread, gain)


def _likeliest(expected: Numbers, mean: Numbers, variance: Numbers, *, most: Numbers) -> Numbers:
    """The likeliest whole number under the Poisson prior and what the told numbers add to it."""
    # What they add turns the normal prior, its mean and variance as expected, into the posterior.
    precision = np.maximum(1 / np.maximum(variance, 1e-9) - 1 / expected, 1e-12)
    middle = (mean / np.maximum(variance, 1e-9) - 1) / precision
    counts = np.arange(MOST_GUESSED)[:, None]
    likely: Numbers = counts * np.log(expected) - gammaln(counts + 1)
    likely = likely - precision * (counts - middle) ** 2 / 2
    likely[counts > most] = -np.inf
    return np.asarray(likely.argmax(axis=0), dtype=float)


def _ceilings(system: System) -> Numbers:
    """The most each unknown can be by the withheld counts it is part of."""
    most = np.full(system.matrix.shape[1], np.inf)
    for row in np.flatnonzero(system.high <= LARGEST_WITHHELD):
        where = system.matrix.indices[system.matrix.indptr[row] : system.matrix.indptr[row + 1]]
        if (
            system.matrix.data[system.matrix.indptr[row] : system.matrix.indptr[row + 1]] > 0
        ).all():
            most[where] = np.minimum(most[where], system.high[row])
    return most
