"""The Rao-Scott test where its answer is known without it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.association import rao_scott
from measures.stats.sample import CannotEstimateError, Sample

# Convictions of like-sex twins, Fisher (1970), Statistical Methods for Research Workers: Pearson's
# chi-squared by arithmetic is 30 (10·15 - 3·2)² / (13·17·12·18) = 13.0317.
ROWS, COLUMNS = np.array([0, 0, 1, 1]), np.array([0, 1, 0, 1])
TWINS = np.array([10, 3, 2, 15])


def test_a_simple_random_sample_gives_pearson() -> None:
    found = rao_scott(Sample(TWINS, np.ones(4)), ROWS, COLUMNS)

    assert found.chi_squared == pytest.approx(13.0317, abs=5e-5)
    assert (found.n, found.ndf) == (30, pytest.approx(1))
    assert found.ddf == pytest.approx(29)
    # The design effect of a simple random sample is n/(n - 1) times what varies by the margins.
    assert found.p == pytest.approx(found.p_first_order, abs=0.01)


@given(st.integers(2, 9))
def test_copies_of_everybody_in_clusters_tell_no_more(copies: int) -> None:
    """Fifty households whose members all say the same are fifty answers."""
    chance = np.random.default_rng(copies)
    rows, columns = chance.integers(0, 3, 50), chance.integers(0, 2, 50)
    once = rao_scott(Sample(np.ones(50), np.ones(50)), rows, columns)

    many = rao_scott(
        Sample(np.ones(50 * copies), np.ones(50 * copies), psu=np.repeat(np.arange(50), copies)),
        np.repeat(rows, copies),
        np.repeat(columns, copies),
    )

    assert many.chi_squared == pytest.approx(copies * once.chi_squared)
    assert (many.f, many.ndf, many.ddf) == pytest.approx((once.f, once.ndf, once.ddf))


def test_swapping_rows_and_columns_or_names_of_codes_changes_nothing() -> None:
    sample = Sample(np.array([7, 9, 4, 12, 6, 8]), np.array([1.0, 2, 1, 3, 2, 1]))
    rows, columns = np.array([0, 0, 1, 1, 2, 2]), np.array([5, 3, 5, 3, 5, 3])

    found, turned = rao_scott(sample, rows, columns), rao_scott(sample, columns, 2 - rows)

    assert (turned.f, turned.ndf, turned.p) == pytest.approx((found.f, found.ndf, found.p))


def test_a_cell_that_nobody_is_in_is_no_obstacle() -> None:
    sample = Sample(np.array([5, 6, 7]), np.ones(3))

    found = rao_scott(sample, np.array([0, 0, 1]), np.array([0, 1, 0]))

    assert 0 < found.p < 1
    assert found.n == 18


def test_who_did_not_say_is_left_out() -> None:
    more = Sample(np.append(TWINS, [9, 9]), np.ones(6))

    found = rao_scott(more, np.append(ROWS, [-1, 0]), np.append(COLUMNS, [1, -1]))

    assert found.chi_squared == pytest.approx(13.0317, abs=5e-5)
    assert found.ddf == pytest.approx(29)


def test_one_answer_only_is_refused() -> None:
    with pytest.raises(CannotEstimateError, match="two different ones"):
        rao_scott(Sample(TWINS, np.ones(4)), ROWS, np.zeros(4, np.int64))
