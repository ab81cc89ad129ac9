"""Samples made at random, some with strata, clusters, unequal weights or many people a row."""

import numpy as np
from hypothesis import strategies as st

from measures.stats.sample import Sample

ROWS = 60


@st.composite
def samples(draw: st.DrawFn, *, is_weighted: bool | None = None) -> Sample:
    chance = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    has_strata, has_psu, has_fpc, alike = (draw(st.booleans()) for _ in range(4))
    weighted = draw(st.booleans()) if is_weighted is None else is_weighted
    return Sample(
        frequency=chance.integers(1, 4, ROWS) if alike else np.ones(ROWS),
        weight=chance.uniform(1, 5, ROWS) if weighted else np.full(ROWS, 2.0),
        # Each stratum has several clusters of several rows.
        stratum=np.arange(ROWS) % 3 if has_strata else None,
        psu=np.arange(ROWS) % 15 if has_psu else None,
        fpc=np.full(ROWS, 400.0) if has_fpc else None,
    )


def answers(seed: int = 0) -> np.ndarray:
    """Three answers of 0 and 1 and a number."""
    chance = np.random.default_rng(seed)
    code = chance.integers(0, 3, ROWS)
    return np.column_stack([code == 0, code == 1, code == 2, chance.normal(50, 10, ROWS)]).astype(
        np.float64
    )


def cells(count: int, seed: int = 0) -> np.ndarray:
    """A cell for each row, none of them empty."""
    return np.random.default_rng(seed).permutation(np.arange(ROWS) % count)
