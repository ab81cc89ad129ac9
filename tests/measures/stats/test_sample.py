"""How a sample was drawn: units, strata, corrections, and what is refused."""

import numpy as np
import pytest

from measures.stats.estimates import means
from measures.stats.sample import (
    CannotEstimateError,
    LonelyStratumError,
    Sample,
    degrees_of_freedom,
    drawn_parts,
)

Y = np.array([1.0, 3.0, 2.0, 6.0, 4.0, 9.0])
STRATA = np.array([7, 7, 7, 9, 9, 9])


def of(**design) -> Sample:
    return Sample(np.ones(6), np.ones(6), **design)


def test_the_same_cluster_number_in_two_strata_is_two_clusters() -> None:
    nested = of(stratum=STRATA, psu=np.array([1, 1, 2, 1, 2, 2]))
    named = of(stratum=STRATA, psu=np.array([1, 1, 2, 11, 12, 12]))

    assert means(nested, Y).se == means(named, Y).se
    assert degrees_of_freedom(nested) == 2


def test_a_part_of_a_stratum_is_the_number_it_has() -> None:
    numbers = of(stratum=STRATA, fpc=np.array([30.0] * 3 + [12.0] * 3))
    parts = of(stratum=STRATA, fpc=np.array([0.1] * 3 + [0.25] * 3))

    assert means(numbers, Y).se == pytest.approx(means(parts, Y).se)
    assert drawn_parts(numbers) == pytest.approx(drawn_parts(parts))
    assert drawn_parts(numbers).tolist() == [0.1] * 3 + [0.25] * 3


def test_the_correction_is_of_clusters_where_clusters_were_drawn() -> None:
    clusters = of(psu=np.array([1, 1, 2, 2, 3, 3]), fpc=np.full(6, 12.0))

    without = means(of(psu=clusters.psu), Y).se
    assert means(clusters, Y).se == pytest.approx(without * (1 - 3 / 12) ** 0.5)


def test_degrees_of_freedom_leave_out_whom_nobody_weighs() -> None:
    weight = np.array([1.0, 1.0, 0.0, 0.0, 0.0, 0.0])

    assert degrees_of_freedom(Sample(np.ones(6), weight, STRATA)) == 1
    assert degrees_of_freedom(of(stratum=STRATA)) == 4


def test_a_stratum_of_one_is_refused_by_its_number() -> None:
    lonely = of(stratum=np.array([7, 7, 7, 7, 7, 9]))

    with pytest.raises(LonelyStratumError, match="stratum 9 has only one") as refusal:
        means(lonely, Y)
    assert refusal.value.stratum == 9


def test_a_stratum_of_one_that_is_all_there_is_adds_no_error() -> None:
    """R survey calls it self-representing."""
    alone = of(stratum=np.array([7, 7, 7, 7, 7, 9]), fpc=np.array([50.0] * 5 + [1.0]))
    together = Sample(np.ones(5), np.ones(5), fpc=np.full(5, 50.0))

    expected = means(together, Y[:5] - means(alone, Y).value).se * 5 / 6
    # Centring moves no error: what is left is the other stratum's.
    assert means(alone, Y).se == pytest.approx(expected)


def test_a_lone_unit_can_be_set_against_the_mean_of_all() -> None:
    lonely = of(stratum=np.array([7, 7, 7, 7, 7, 9]), lonely="adjust")

    of_seven = 5 / 4 * np.sum((Y[:5] - Y[:5].mean()) ** 2)
    of_nine = (Y[5] - Y.mean()) ** 2
    assert means(lonely, Y).se[0] == pytest.approx((of_seven + of_nine) ** 0.5 / 6)


@pytest.mark.parametrize(
    ("fpc", "says"),
    [
        ([2.0] * 3 + [30.0] * 3, "more was drawn than there is"),
        ([30.0] * 3 + [0.5] * 3, "a number of units"),
        ([30.0, 31.0, 30.0] * 2, "the same throughout"),
        ([30.0] * 5 + [0.0], "above 0"),
        ([30.0] * 5 + [np.nan], "above 0"),
    ],
)
def test_an_impossible_correction_is_refused(fpc: list[float], says: str) -> None:
    with pytest.raises(CannotEstimateError, match=says):
        means(of(stratum=STRATA, fpc=np.array(fpc)), Y)


@pytest.mark.parametrize(
    ("frequency", "weight"),
    [([1.0, -1.0], [1.0, 1.0]), ([1.0, 1.0], [1.0, -0.1]), ([1.0, 1.0], [1.0, np.nan])],
)
def test_counts_and_weights_below_nothing_are_refused(frequency, weight) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        Sample(np.array(frequency), np.array(weight))


def test_arrays_of_other_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="psu has"):
        of(psu=np.arange(5))
