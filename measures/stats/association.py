"""Do two answers go together? A test that knows how the sample was drawn and weighted."""

from dataclasses import dataclass, replace

import numpy as np

from measures.stats.estimates import means
from measures.stats.groups import Flags, Floats, Groups, Whole
from measures.stats.sample import CannotEstimateError, Sample, degrees_of_freedom


@dataclass(frozen=True)
class Association:
    """The second-order corrected test of independence of two answers.

    `f` has `ndf` and `ddf` degrees of freedom and `p` is how often chance alone gives as much.
    `chi_squared` is Pearson's statistic of the weighted shares on n people, and `p_first_order` its
    probability when it is only divided by the mean of the generalised design effects.
    """

    f: float
    ndf: float
    ddf: float
    p: float
    chi_squared: float
    p_first_order: float
    n: int


def rao_scott(
    sample: Sample, rows: Whole, columns: Whole, *, domain: Flags | None = None
) -> Association:
    """Whether the answers `rows` and `columns` are independent; codes below 0 are left out.

    Rao & Scott (1984), On chi-squared tests for multiway contingency tables with cell proportions
    estimated from survey data, Annals of Statistics 12, 46-60, second-order (Satterthwaite)
    correction in the form of Thomas & Rao (1987), JASA 82, 630-636. Worked: school-wide target by
    type in R's `apistrat` gives F = 17.24744 on 1.828672 and 360.2483 degrees of freedom.

    Raises CannotEstimateError where either answer has fewer than two codes.
    """
    inside = (rows >= 0) & (columns >= 0) & (sample.weight > 0) & (sample.frequency > 0)
    if domain is not None:
        inside &= domain
    down, across = Groups.numbered(rows[inside]), Groups.numbered(columns[inside])
    if min(down.count, across.count) < 2:
        raise CannotEstimateError("a test of two answers needs two different ones of each")
    cell = np.full(sample.rows, -1)
    cell[inside] = down.of * across.count + across.of
    indicators = (cell[:, None] == np.arange(down.count * across.count)).astype(np.float64)
    found = means(sample, indicators, domain=inside)
    n = int(found.n[0])
    effects = _design_effects(found.value, found.covariance, (down.count, across.count), n=n)
    pearson = _pearson(found.value.reshape(down.count, across.count), n)
    among = replace(sample, weight=np.where(inside, sample.weight, 0.0))
    return _tested(pearson, effects, degrees_of_freedom(among), n=n)


def _design_effects(share: Floats, covariance: Floats, shape: tuple[int, int], *, n: int) -> Floats:
    """The matrix whose eigenvalues are the generalised design effects: Rao & Scott (1984), (3.2).

    How much the contrasts of interaction vary, against how much they would in a simple random
    sample of n people.
    """
    r, c = shape
    ones_and_rows = np.repeat(np.eye(r), c, axis=0)
    main_effects = np.hstack([ones_and_rows, np.tile(np.eye(c), (r, 1))[:, 1:]])
    whole, _ = np.linalg.qr(main_effects, mode="complete")
    # Any basis of what main effects leave has the same eigenvalues.
    contrasts = whole[:, r + c - 1 :]
    inverse = np.divide(1.0, share, out=np.zeros_like(share), where=share > 0)
    scaled = contrasts * inverse[:, None]
    by_chance = contrasts.T @ scaled / n
    effects: Floats = np.linalg.solve(by_chance, scaled.T @ covariance @ scaled)
    return effects


def _pearson(share: Floats, n: int) -> float:
    expected = np.outer(share.sum(axis=1), share.sum(axis=0))
    return float(n * np.sum(np.square(share - expected) / expected))


def _tested(pearson: float, effects: Floats, df: int, *, n: int) -> Association:
    # Here, since scipy takes longer to load than a page to show, and no page asks for this.
    from scipy.special import chdtrc, fdtrc

    trace = float(np.trace(effects))
    ndf = trace**2 / float(np.trace(effects @ effects))
    f, ddf = pearson / trace, ndf * df
    contrasts = len(effects)
    return Association(
        f=f,
        ndf=ndf,
        ddf=ddf,
        p=float(fdtrc(ndf, ddf, f)),
        chi_squared=pearson,
        p_first_order=float(chdtrc(contrasts, pearson * contrasts / trace)),
        n=n,
    )
