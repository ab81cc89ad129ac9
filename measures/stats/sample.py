"""A sample as rows of people alike: how many, what each stands for, and how they were drawn."""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from measures.stats.groups import Flags, Floats, Groups, Whole
from measures.stats.residuals import Calibration

# A part of the population below this is left: then nothing was left to chance.
ALL_BUT = 1e-7


class CannotEstimateError(ValueError):
    """The sample can't tell this; the message says why, in words."""


class LonelyStratumError(CannotEstimateError):
    """A stratum with a single unit, which shows no spread; `stratum` is its code."""

    def __init__(self, stratum: int) -> None:
        self.stratum = stratum
        super().__init__(
            f"stratum {stratum} has only one sampled unit, so its spread can't be known: join it "
            "with a stratum like it"
        )


@dataclass(frozen=True, eq=False)
class Sample:
    """Rows of `frequency` people alike, each of whom stands for `weight` people.

    A record is a row of frequency 1. Arrays have one entry a row. `stratum` and `psu` (the cluster,
    or primary sampling unit) are any whole numbers; a psu belongs to its stratum, so the same
    number in two strata is two units; without `psu` every person is a unit. `fpc` is how many
    units the row's stratum has in the population or, where all are at most 1, the part of them
    that was drawn: the finite-population correction. `calibrations` are made by `post_stratify`
    and `rake`, which change the weights too.

    `lonely` says what becomes of a stratum with one unit: it is refused, or ("adjust") it counts
    with its distance from the mean of all, which errs on the side of caution.
    """

    frequency: Floats
    weight: Floats
    stratum: Whole | None = None
    psu: Whole | None = None
    fpc: Floats | None = None
    calibrations: tuple[Calibration, ...] = ()
    lonely: Literal["refuse", "adjust"] = "refuse"

    def __post_init__(self) -> None:
        # Counts come as whole numbers: here they are weights in sums of fractions.
        object.__setattr__(self, "frequency", np.asarray(self.frequency, dtype=np.float64))
        object.__setattr__(self, "weight", np.asarray(self.weight, dtype=np.float64))
        for name in ("weight", "stratum", "psu", "fpc"):
            found = getattr(self, name)
            if found is not None and np.shape(found) != self.frequency.shape:
                raise ValueError(f"{name} has {np.shape(found)} entries, not one for each row")
        for name in ("frequency", "weight"):
            found = getattr(self, name)
            if not np.all(np.isfinite(found)) or np.any(found < 0):
                raise ValueError(f"each {name} must be a number, 0 or more")

    @property
    def rows(self) -> int:
        return len(self.frequency)

    @property
    def n(self) -> int:
        """How many people answered."""
        return round(float(self.frequency.sum()))

    @property
    def population(self) -> float:
        """How many people they stand for."""
        return float(self.frequency @ self.weight)


@dataclass(frozen=True, eq=False)
class Units:
    """The units that were drawn, or rows of units alike, each in its stratum.

    `rows` says which unit a row of the sample belongs to, None where each row is one of its own;
    `many` how many units alike it is, `strata` their strata, `drawn` and `scale` are by stratum:
    how many units were drawn, and what their squared spread is multiplied by.
    """

    rows: Groups | None
    many: Floats
    strata: Groups
    drawn: Floats
    scale: Floats


def units(sample: Sample) -> Units:
    """How the sample was drawn, for a variance: Särndal, Swensson & Wretman (1992), eq. 4.3.11.

    The scale of a stratum of n drawn units out of N is (1 - n/N) n/(n - 1): units are drawn with
    replacement where N is not known. Raises LonelyStratumError where n is 1 and `lonely` refuses,
    unless that one is all there is; CannotEstimateError where fpc can't be.
    """
    strata = Groups.numbered(sample.stratum) if sample.stratum is not None else _one(sample.rows)
    rows, many, of_unit = None, sample.frequency, strata
    if sample.psu is not None:
        rows, of_unit = _clusters(sample.psu, strata)
        many = np.ones(rows.count)
    drawn = of_unit.sums(many)
    left = 1 - drawn / _in_population(sample, strata, drawn)
    if np.any(left < -1e-12):
        raise CannotEstimateError("fpc says that more was drawn than there is in a stratum")
    scale = np.where(left < ALL_BUT, 0.0, left)
    _refuse_lonely(sample, strata, (drawn == 1) & (scale > 0))
    several = drawn > 1
    scale[several] *= drawn[several] / (drawn[several] - 1)
    return Units(rows, many, of_unit, drawn, scale)


def degrees_of_freedom(sample: Sample) -> int:
    """Units that weigh something less strata that have such: what a variance has to go by.

    Korn & Graubard (1999), Analysis of Health Surveys, section 2.2.
    """
    weighs = (sample.weight > 0) & (sample.frequency > 0)
    strata = sample.stratum if sample.stratum is not None else np.zeros(sample.rows, np.int64)
    among = len(np.unique(strata[weighs]))
    if sample.psu is None:
        return round(float(sample.frequency[weighs].sum())) - among
    rows, _ = _clusters(sample.psu[weighs], Groups.numbered(strata[weighs]))
    return rows.count - among


def drawn_parts(sample: Sample) -> Floats:
    """The part of its stratum's units that was drawn, for each row, by its fpc: 1 over its weight.

    0 where no fpc is known.
    """
    strata = Groups.numbered(sample.stratum) if sample.stratum is not None else _one(sample.rows)
    if sample.psu is None:
        drawn = strata.sums(sample.frequency)
    else:
        _, of_unit = _clusters(sample.psu, strata)
        drawn = of_unit.sums(np.ones(len(of_unit.of)))
    return (drawn / _in_population(sample, strata, drawn))[strata.of]


def _one(rows: int) -> Groups:
    return Groups(np.zeros(rows, np.int64), 1)


def _clusters(psu: Whole, strata: Groups) -> tuple[Groups, Groups]:
    """Which cluster each row is of, and which stratum each cluster is of."""
    numbered = Groups.numbered(psu)
    rows = Groups.numbered(strata.of * numbered.count + numbered.of)
    of_unit = np.empty(rows.count, np.int64)
    of_unit[rows.of] = strata.of
    return rows, Groups(of_unit, strata.count)


def _in_population(sample: Sample, strata: Groups, drawn: Floats) -> Floats:
    """How many units each stratum has; infinitely many where it is not known."""
    if sample.fpc is None:
        return np.full(strata.count, np.inf)
    fpc = sample.fpc
    if np.any(np.isnan(fpc)) or np.any(fpc <= 0):
        raise CannotEstimateError("fpc must be above 0 in every row")
    is_part = bool(np.all(fpc <= 1))
    if not is_part and np.any(fpc < 1):
        raise CannotEstimateError(
            "fpc must be a number of units, 1 or more, in every row, or a part"
        )
    told = np.empty(strata.count)
    told[strata.of] = fpc
    if not np.allclose(told[strata.of], fpc, rtol=1e-9, atol=0):
        raise CannotEstimateError("fpc must be the same throughout a stratum")
    return drawn / told if is_part else told


def _refuse_lonely(sample: Sample, strata: Groups, is_lonely: Flags) -> None:
    if sample.lonely == "adjust" or not is_lonely.any():
        return
    of_row = is_lonely[strata.of]
    codes = sample.stratum if sample.stratum is not None else np.zeros(sample.rows, np.int64)
    raise LonelyStratumError(int(codes[of_row][0]))
