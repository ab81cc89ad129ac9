"""Means of groups straight from a table of counts, however many people are in it.

The same numbers as `estimates.domain_means` gives of the people one by one. It is the long way
round that is saved: within a weighting cell all people weigh the same, so that the squares of what
each adds to an estimate follow from three sums over the cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.stats.sample import Sample, units

Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class GroupMeans:
    """Means and their standard errors by group and variable; nan where a group has no answers.

    Errors are nan, too, where there is one person in all. `effective` is Kish's effective number of
    those who answered, by group; 0 where nobody did.
    """

    means: Floats
    errors: Floats
    effective: Floats


def group_means(sample: Sample, n: Floats, y: Floats) -> GroupMeans:
    """The weighted mean of each variable in each group, with errors that know of the raking.

    `sample` has a row for each weighting cell, drawn as one: people in it, their weight, and how
    it was calibrated. `n` counts who answered by group, cell and kind of answer; groups may
    overlap, and who is in none counts as zeros. `y` has the value of each kind of answer on each
    variable.

    With u the influence of a person (w (y - mean) / Σw in the group, 0 outside), E what calibration
    explains of it, which is the same for all of a cell, and ū its mean in the cell of N people:
    Σ (u - E)² = Σu² - 2 E N ū + N E². Särndal, Swensson & Wretman (1992), Model Assisted Survey
    Sampling, result 6.6.1, summed by cell.
    """
    if sample.stratum is not None or sample.psu is not None:
        raise ValueError("weighting cells are a simple random sample: no strata, no clusters")
    people, weight = sample.frequency, sample.weight
    if not people.any():
        none = np.full((n.shape[0], y.shape[1]), np.nan)
        return GroupMeans(none, none, np.zeros(n.shape[0]))
    answered = n.sum(axis=2)
    total, squares = n @ y, n @ np.square(y)
    weighed = answered @ weight
    with np.errstate(divide="ignore", invalid="ignore"):
        means = np.einsum("gcv,c->gv", total, weight) / weighed[:, None]
        per_person = weight / weighed[:, None]
    added = total - means[:, None, :] * answered[:, :, None]
    influence = added * (per_person / people)[:, :, None]
    left = _after_calibration(sample, influence)
    explained = influence - left
    spread = (
        squares
        - 2 * means[:, None, :] * total
        + np.square(means)[:, None, :] * answered[:, :, None]
    )
    around = (
        spread * np.square(per_person)[:, :, None]
        + people[:, None] * explained * (explained - 2 * influence)
    ).sum(axis=1)
    centre = np.einsum("gcv,c->gv", left, people) / people.sum()
    # One person shows no spread.
    scale = float(units(sample).scale[0]) if people.sum() > 1 else np.nan
    variance = scale * (around - people.sum() * np.square(centre))
    return GroupMeans(
        means=means,
        # Where calibration explains everything, rounding may leave a little below 0.
        errors=np.sqrt(np.where(np.isnan(means), np.nan, np.maximum(variance, 0))),
        effective=_effective(answered, weight),
    )


def _after_calibration(sample: Sample, influence: Floats) -> Floats:
    """The influences (group, cell, variable) less what calibration explains of them."""
    groups, cells, variables = influence.shape
    # What nobody answered has no influence: nan must not spread to other groups.
    left = np.nan_to_num(influence).transpose(1, 0, 2).reshape(cells, groups * variables)
    for calibration in sample.calibrations:
        left = calibration.residuals(left, sample.frequency)
    return left.reshape(cells, groups, variables).transpose(1, 0, 2)


def _effective(answered: Floats, weight: Floats) -> Floats:
    """Kish (1965), Survey Sampling, section 11.7, of each group."""
    squares = answered @ np.square(weight)
    sums = np.square(answered @ weight)
    return np.divide(sums, squares, out=np.zeros_like(squares), where=squares > 0)
