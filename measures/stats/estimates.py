"""Means, totals, ratios and differences of a sample, with errors that know how it was drawn.

Every function takes answers as a table (rows, statistics): an indicator of 0 and 1 for a share or
a net, a number for a mean. A domain is a part of the population, such as a district: those outside
it count as zeros, since how many fall inside is chance too (Särndal, Swensson & Wretman (1992),
section 10.3).
"""

from dataclasses import dataclass

import numpy as np

from measures.stats.groups import Flags, Floats, Groups, Whole
from measures.stats.linearised import covariance
from measures.stats.sample import Sample, degrees_of_freedom


@dataclass(frozen=True, eq=False)
class Estimates:
    """Some statistics of one sample, together, so that their differences have errors too.

    `n` is how many people each rests on and `df` the degrees of freedom of the whole sample.
    `deff` is the variance divided by that of a simple random sample of n: see `means`. A statistic
    of nobody is nan.
    """

    value: Floats
    covariance: Floats
    n: Whole
    df: int
    deff: Floats

    @property
    def se(self) -> Floats:
        """Standard errors."""
        # Where calibration explains everything, rounding may leave a little below 0.
        return np.sqrt(np.clip(np.diag(self.covariance), 0, None))

    def part(self, chosen: slice) -> "Estimates":
        """Some of them: `part(slice(d * v, (d + 1) * v))` is domain d of v statistics."""
        return Estimates(
            self.value[chosen],
            self.covariance[chosen, chosen],
            self.n[chosen],
            self.df,
            self.deff[chosen],
        )


@dataclass(frozen=True)
class Difference:
    """One statistic minus another of the same sample."""

    value: float
    se: float
    df: int


def means(
    sample: Sample, y: Floats, *, domain: Flags | None = None, with_replacement: bool = False
) -> Estimates:
    """The weighted mean of each column of `y`, over everybody or those in `domain`.

    `deff` compares with a simple random sample of as many people out of as many as the weights
    add up to; `with_replacement` compares with one from a population without end, and is right
    where weights only compare people (1 on average) and don't count a population. That happens by
    itself where weights add up to no more than n. Kish (1965), Survey Sampling, section 8.2.

    Worked: the 200 schools of R's `apistrat` (strata, weights, fpc) give a mean of api00 of
    662.287363, standard error 9.408941, deff 1.204457.
    """
    domains = np.zeros(sample.rows, np.int64) if domain is None else np.where(domain, 0, -1)
    return domain_means(sample, y, domains, count=1, with_replacement=with_replacement)


def domain_means(
    sample: Sample, y: Floats, domains: Whole, *, count: int, with_replacement: bool = False
) -> Estimates:
    """The means of each column of `y` in each of `count` domains: statistic d·columns + column.

    `domains` numbers each row's from 0; rows of -1 are in none. Raises ValueError where a row of
    a domain has no number in `y`.
    """
    y = _table(sample, y, within=domains >= 0)
    inside = np.flatnonzero((domains >= 0) & (sample.weight > 0) & (sample.frequency > 0))
    of = Groups(domains[inside], count)
    people, weight = sample.frequency[inside], sample.weight[inside]
    weighed = of.sums(people * weight)
    mean = of.means(y[inside], people * weight)
    mean[weighed == 0] = np.nan
    per_weight = (y[inside] - mean[of.of]) / weighed[of.of][:, None]
    influence = np.zeros((sample.rows, count, y.shape[1]))
    influence[inside, of.of] = per_weight * weight[:, None]
    found = covariance(sample, influence.reshape(sample.rows, -1))
    spread = of.sums((people * weight)[:, None] * per_weight**2).reshape(-1)
    n = np.repeat(of.sums(people), y.shape[1])
    compared = _by_chance(
        spread, n, np.repeat(weighed, y.shape[1]), with_replacement=with_replacement
    )
    return _told(sample, mean.reshape(-1), found, n, compared)


def totals(
    sample: Sample, y: Floats, *, domain: Flags | None = None, with_replacement: bool = False
) -> Estimates:
    """The weighted total of each column of `y`, over everybody or those in `domain`.

    Worked: enrolment in R's `apistrat` comes to 3,687,177.5 with standard error 114,641.7.
    """
    inside = _inside(sample, domain)
    y = np.where(inside[:, None], _table(sample, y, within=inside), 0.0)
    weighed = sample.frequency * sample.weight
    return _of_influence(
        sample,
        (weighed @ y) if inside.any() else np.full(y.shape[1], np.nan),
        per_weight=y,
        inside=inside,
        with_replacement=with_replacement,
    )


def ratios(
    sample: Sample,
    a: Floats,
    b: Floats,
    *,
    domain: Flags | None = None,
    with_replacement: bool = False,
) -> Estimates:
    """The total of each column of `a` divided by that of the same column of `b`.

    Worked: tested pupils to enrolment in R's `apistrat` is 0.836957, standard error 0.007757.
    nan where the total of `b` is 0.
    """
    inside = _inside(sample, domain)
    a = np.where(inside[:, None], _table(sample, a, within=inside), 0.0)
    b = np.where(inside[:, None], _table(sample, b, within=inside), 0.0)
    weighed = sample.frequency * sample.weight
    under = weighed @ b
    under = np.where(under == 0, np.nan, under)
    value = (weighed @ a) / under
    return _of_influence(
        sample,
        value,
        per_weight=(a - b * value) / under,
        inside=inside,
        with_replacement=with_replacement,
    )


def difference(estimates: Estimates, i: int, j: int) -> Difference:
    """Statistic i minus statistic j, with what the two have in common taken into account.

    Its variance is var(i) + var(j) - 2 cov(i, j). Worked: high cholesterol in NHANES 2009-10, men
    minus women, is -0.022349 with standard error 0.007483.
    """
    among = estimates.covariance
    variance = among[i, i] + among[j, j] - 2 * among[i, j]
    return Difference(
        value=float(estimates.value[i] - estimates.value[j]),
        se=float(np.sqrt(np.maximum(variance, 0))),
        df=estimates.df,
    )


def kish_effective(frequency: Floats, weight: Floats) -> float:
    """How many people of equal weight would tell as much: (Σfw)² / Σfw².

    Kish (1965), Survey Sampling, section 11.7. Worked: two people of weight 1 and one of 2 give
    16/6 = 2.67. Raises ValueError where nobody weighs anything.
    """
    squares = float(frequency @ np.square(weight))
    if squares == 0:
        raise ValueError("nobody here weighs anything")
    return float(frequency @ weight) ** 2 / squares


def _of_influence(
    sample: Sample, value: Floats, *, per_weight: Floats, inside: Flags, with_replacement: bool
) -> Estimates:
    """Statistics whose influence of one unit of weight is known for each row."""
    weighs = inside & (sample.weight > 0) & (sample.frequency > 0)
    people, weight = sample.frequency[weighs], sample.weight[weighs]
    weighed = np.full(len(value), (people * weight).sum())
    of_those = per_weight[weighs]
    centre = (people * weight) @ of_those / weighed if weighs.any() else 0.0
    spread = (people * weight) @ np.square(of_those - centre)
    n = np.full(len(value), people.sum())
    compared = _by_chance(spread, n, weighed, with_replacement=with_replacement)
    return _told(
        sample, value, covariance(sample, per_weight * sample.weight[:, None]), n, compared
    )


def _told(sample: Sample, value: Floats, found: Floats, n: Floats, by_chance: Floats) -> Estimates:
    missing = np.isnan(value)
    found[missing, :] = found[:, missing] = np.nan
    variance = np.diag(found)
    usable = by_chance > 0
    deff = np.divide(variance, by_chance, out=np.full_like(variance, np.nan), where=usable)
    return Estimates(value, found, np.rint(n).astype(np.int64), degrees_of_freedom(sample), deff)


def _by_chance(spread: Floats, n: Floats, weighed: Floats, *, with_replacement: bool) -> Floats:
    """The variance of each statistic in a simple random sample of n; nan below two people.

    `spread` is the weighted sum of squared influences of one unit of weight.
    """
    of_population = np.where((weighed > n) & (not with_replacement), weighed, np.inf)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = spread / weighed * n / (n - 1)
        found = variance * np.square(weighed) * (1 - n / of_population) / n
    return np.where(n > 1, found, np.nan)


def _table(sample: Sample, y: Floats, *, within: Flags) -> Floats:
    """`y` as a table, 0 outside `within`; a number is needed within."""
    y = np.asarray(y, dtype=np.float64)
    table = y.reshape(-1, 1) if y.ndim == 1 else y
    if len(table) != sample.rows:
        raise ValueError(f"{len(table)} rows of answers for {sample.rows} rows of people")
    if not np.all(np.isfinite(table[within])):
        raise ValueError("an answer is missing within the domain: leave those rows out of it")
    return np.where(within[:, None], table, 0.0)


def _inside(sample: Sample, domain: Flags | None) -> Flags:
    return np.ones(sample.rows, np.bool_) if domain is None else np.asarray(domain, np.bool_)
