"""The variance of an estimate, by Taylor linearisation: how it would vary from sample to sample."""

import numpy as np

from measures.stats.groups import Floats
from measures.stats.sample import Sample, units

# Below this part of the largest influence, a distance from the mean is a rounding error: sums that
# the design fixes have an error of exactly 0.
ROUNDING = 1e-13


def covariance(sample: Sample, influence: Floats) -> Floats:
    """The covariance matrix (statistics, statistics) of weighted sums and what is made of them.

    `influence` (rows, statistics) is what one person of a row adds to each statistic near its
    value, the weight included: w·y for a total, w·(y - mean)/Σw for a mean; 0 for all outside a
    domain. The units' sums are compared within their stratum, after what calibration explains is
    taken off: Särndal, Swensson & Wretman (1992), Model Assisted Survey Sampling, results 5.5.1
    and 6.6.1; Binder (1983), International Statistical Review 51, 279-292.
    """
    left = influence
    for calibration in sample.calibrations:
        left = calibration.residuals(left, sample.frequency)
    drawn = units(sample)
    if drawn.rows is not None:
        left = drawn.rows.sums(left * sample.frequency[:, None])
    # A lone unit, where such are let in, is compared with 0, the mean of all influences.
    centre = np.where(drawn.drawn > 1, 1.0, 0.0)[:, None] * drawn.strata.means(left, drawn.many)
    size = np.abs(left).max(axis=0, initial=0.0)
    left = left - centre[drawn.strata.of]
    left[np.abs(left) <= ROUNDING * size] = 0.0
    counted = (drawn.scale[drawn.strata.of] * drawn.many)[:, None]
    return left.T @ (left * counted)
