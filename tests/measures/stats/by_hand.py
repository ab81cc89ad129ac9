"""Estimates of a sample the slow, obvious way: one person at a time, as the books write it."""

from collections import defaultdict
from collections.abc import Sequence

import numpy as np

from measures.stats.sample import Sample


def people(sample: Sample) -> np.ndarray:
    """The row of each person: a row of frequency 3 comes three times."""
    return np.repeat(np.arange(sample.rows), np.rint(sample.frequency).astype(int))


def variance_of_total(sample: Sample, z: np.ndarray) -> float:
    """Of the sum over people of `z`, which has their weights in it and is given by row."""
    clusters: dict[object, dict[object, float]] = defaultdict(lambda: defaultdict(float))
    sizes: dict[object, float] = {}
    for number, row in enumerate(people(sample)):
        stratum = 0 if sample.stratum is None else sample.stratum[row]
        unit = number if sample.psu is None else sample.psu[row]
        clusters[stratum][unit] += z[row]
        if sample.fpc is not None:
            sizes[stratum] = sample.fpc[row]
    found = 0.0
    for stratum, sums in clusters.items():
        n, mean = len(sums), sum(sums.values()) / len(sums)
        left = 1 - n / sizes[stratum] if sizes else 1.0
        found += left * n / (n - 1) * sum((one - mean) ** 2 for one in sums.values())
    return found


def mean(sample: Sample, y: np.ndarray, inside: np.ndarray) -> float:
    weighed = sum(sample.weight[row] for row in people(sample) if inside[row])
    return sum(sample.weight[row] * y[row] for row in people(sample) if inside[row]) / weighed


def influence_on_mean(sample: Sample, y: np.ndarray, inside: np.ndarray) -> np.ndarray:
    """What one unit of weight of each row adds to the mean near its value."""
    weighed = sum(sample.weight[row] for row in people(sample) if inside[row])
    return np.where(inside, (y - mean(sample, y, inside)) / weighed, 0.0)


def regression_residual(
    sample: Sample, value: np.ndarray, margins: Sequence[np.ndarray], *, by: np.ndarray
) -> np.ndarray:
    """`value` less its least-squares fit on the cells of the margins, each person weighing `by`."""
    rows = people(sample)
    cells = np.hstack([np.asarray(m)[:, None] == np.unique(m) for m in margins]).astype(float)
    root = np.sqrt(by[rows])
    fit, *_ = np.linalg.lstsq(cells[rows] * root[:, None], value[rows] * root, rcond=None)
    return value - cells @ fit
