"""What calibration leaves to chance: the part of each person's influence that it does not fix.

An estimate of calibrated weights varies only by what the known totals don't explain, so variances
are worked out from residuals: Deville & Särndal (1992), Calibration estimators in survey sampling,
JASA 87, 376-382, section 3. An influence here is what one person of a row adds to a statistic, its
weight included; rows are many people alike, `frequency` of them.
"""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from measures.stats.groups import Floats, Groups

# As often as R survey 4.1-1 repeats it (svyrecvar), so that errors agree with its own.
SWEEPS = 10


class Calibration(Protocol):
    """Weights that were made to add up to known totals."""

    def residuals(self, influence: Floats, frequency: Floats) -> Floats:
        """`influence` (rows, statistics) less what the known totals explain of it."""
        ...


@dataclass(frozen=True, eq=False)
class PostStratified:
    """Weights multiplied within each cell so that the cell has its known total."""

    cells: Groups
    before: Floats
    after: Floats

    def residuals(self, influence: Floats, frequency: Floats) -> Floats:
        """Each value less its cell's mean, weighted by the weights as they were before.

        Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, result 7.6.1.
        """
        value = _per_weight(influence, self.after)
        explained = self.cells.means(value, self.before * frequency)[self.cells.of]
        return influence - explained * self.after[:, None]


@dataclass(frozen=True, eq=False)
class Raked:
    """Weights made to fit several margins in turn until they fit all; `after` are those."""

    margins: tuple[Groups, ...]
    after: Floats

    def residuals(self, influence: Floats, frequency: Floats) -> Floats:
        """Each value less its cell's mean, by one margin after another, ten times over.

        That comes to the residuals of a regression on all margins. The means count each person
        once, whatever the design weight: so does R survey 4.1-1.
        """
        value = _per_weight(influence, self.after)
        counted = np.where(self.after > 0, frequency, 0.0)
        for _ in range(SWEEPS):
            for cells in self.margins:
                value = value - cells.means(value, counted)[cells.of]
        return np.where(self.after[:, None] > 0, value * self.after[:, None], influence)


def _per_weight(influence: Floats, weight: Floats) -> Floats:
    """The influence of one unit of weight; 0 for those who weigh nothing."""
    weighed = weight[:, None]
    return np.divide(influence, weighed, out=np.zeros_like(influence), where=weighed > 0)
