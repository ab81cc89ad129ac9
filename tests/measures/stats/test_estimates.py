"""Means, totals and ratios beside the slow way, and what must hold of them whatever the sample."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.stats.estimates import (
    difference,
    domain_means,
    kish_effective,
    means,
    ratios,
    totals,
)
from measures.stats.sample import Sample
from tests.measures.stats import by_hand
from tests.measures.stats.samples import ROWS, answers, cells, samples

EVERYBODY = np.ones(ROWS, np.bool_)


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_a_mean_is_what_it_is_by_hand(sample: Sample, seed: int) -> None:
    y, inside = answers(seed), cells(2, seed) == 1

    found = means(sample, y, domain=inside)

    for column, value in enumerate(y.T):
        influence = by_hand.influence_on_mean(sample, value, inside)
        variance = by_hand.variance_of_total(sample, influence * sample.weight)
        assert found.value[column] == pytest.approx(by_hand.mean(sample, value, inside))
        assert found.se[column] == pytest.approx(variance**0.5, abs=1e-12)


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_a_total_is_what_it_is_by_hand(sample: Sample, seed: int) -> None:
    y = answers(seed)[:, 3]

    found = totals(sample, y)

    rows = by_hand.people(sample)
    assert found.value[0] == pytest.approx((sample.weight * y)[rows].sum())
    variance = by_hand.variance_of_total(sample, sample.weight * y)
    assert found.se[0] == pytest.approx(variance**0.5)


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_a_mean_is_the_ratio_of_a_total_to_a_count(sample: Sample, seed: int) -> None:
    y, inside = answers(seed), cells(3, seed) == 1
    among = inside.astype(np.float64)[:, None]

    mean = means(sample, y, domain=inside)
    ratio = ratios(sample, y * among, np.repeat(among, 4, axis=1))

    assert ratio.value == pytest.approx(mean.value)
    assert ratio.covariance == pytest.approx(mean.covariance, abs=1e-12)


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_many_domains_at_once_are_each_alone(sample: Sample, seed: int) -> None:
    y, domains = answers(seed), cells(4, seed) - 1

    together = domain_means(sample, y, domains, count=3)

    for domain in range(3):
        alone = means(sample, y, domain=domains == domain)
        part = together.part(slice(4 * domain, 4 * domain + 4))
        assert part.value == pytest.approx(alone.value)
        assert part.covariance == pytest.approx(alone.covariance, abs=1e-12)
        assert part.deff == pytest.approx(alone.deff, nan_ok=True)
        assert part.n.tolist() == alone.n.tolist()


@given(samples(), st.integers(0, 99))
def test_a_tally_gives_what_its_records_give(sample: Sample, seed: int) -> None:
    rows, y = by_hand.people(sample), answers(seed)
    if sample.psu is None:
        records = Sample(
            np.ones(len(rows)),
            sample.weight[rows],
            None if sample.stratum is None else sample.stratum[rows],
            None,
            None if sample.fpc is None else sample.fpc[rows],
        )
        tally, one_by_one = means(sample, y), means(records, y[rows])

        assert tally.covariance == pytest.approx(one_by_one.covariance, abs=1e-12)
        assert (tally.df, tally.n[0]) == (one_by_one.df, one_by_one.n[0])
        assert tally.deff == pytest.approx(one_by_one.deff)


@given(samples(), st.floats(0.01, 100))
def test_weights_only_compare_people_in_a_mean(sample: Sample, times: float) -> None:
    y = answers()
    scaled = Sample(sample.frequency, sample.weight * times, sample.stratum, sample.psu, sample.fpc)

    assert means(scaled, y).value == pytest.approx(means(sample, y).value)
    assert means(scaled, y).se == pytest.approx(means(sample, y).se)


@given(samples())
def test_the_shares_of_a_question_add_up_to_one_without_error(sample: Sample) -> None:
    found = means(sample, answers()[:, :3])

    assert found.value.sum() == pytest.approx(1)
    assert found.covariance.sum() == pytest.approx(0, abs=1e-12)


def test_a_simple_random_sample_by_arithmetic() -> None:
    """Of 1, 0, 0, 1, 1 the mean is 0.6 and its variance s²/n = 0.3/5; df is n - 1, deff 1."""
    sample = Sample(np.array([3, 2]), np.ones(2))

    found = means(sample, np.array([1.0, 0.0]))

    assert found.value.tolist() == [0.6]
    assert found.se[0] == pytest.approx(0.06**0.5)
    assert (found.df, found.n.tolist()) == (4, [5])
    assert found.deff[0] == pytest.approx(1)


def test_a_census_has_no_error() -> None:
    sample = Sample(np.array([3, 2]), np.ones(2), fpc=np.array([5, 5]))

    assert means(sample, np.array([1.0, 0.0])).se.tolist() == [0]


def test_the_count_of_a_stratum_is_known_exactly() -> None:
    sample = Sample(
        np.ones(7), np.array([44.21] * 4 + [15.1] * 3), stratum=np.repeat([0, 1], [4, 3])
    )

    assert totals(sample, np.repeat([1.0, 0.0], [4, 3])).se.tolist() == [0]


def test_whose_weight_is_nothing_counts_for_nothing_but_was_drawn() -> None:
    """Lumley (2010), section 2.1.1: a subset keeps the design that it was drawn by."""
    y = np.array([1.0, 0.0, 1.0, 1.0, 0.0, 0.0])
    none = Sample(np.ones(6), np.array([1.0, 1.0, 1.0, 1.0, 0.0, 0.0]))
    domain = Sample(np.ones(6), np.ones(6))

    found = means(none, y)

    assert found.n.tolist() == [4]
    assert found.se == pytest.approx(means(domain, y, domain=np.arange(6) < 4).se)


def test_a_difference_allows_for_what_two_groups_share() -> None:
    """Both groups live in every cluster, so their means rise and fall together."""
    psu = np.repeat(np.arange(4), 2)
    y = np.array([10.0, 11.0, 20.0, 21.0, 30.0, 31.0, 40.0, 42.0])
    sample = Sample(np.ones(8), np.ones(8), psu=psu)

    found = domain_means(sample, y, np.arange(8) % 2, count=2)
    apart = difference(found, 1, 0)

    assert apart.value == pytest.approx(1.25)
    # Of the clusters' own differences 1, 1, 1, 2: s²/n = 0.25/4.
    assert apart.se == pytest.approx(0.25)
    assert apart.se < found.se[0]


def test_a_domain_of_nobody_is_not_a_number() -> None:
    sample = Sample(np.ones(4), np.ones(4))

    found = domain_means(sample, np.array([1.0, 0.0, 1.0, 0.0]), np.array([0, 0, 0, 2]), count=3)

    assert np.isnan(found.value).tolist() == [False, True, False]
    assert np.isnan(found.se).tolist() == [False, True, False]
    assert found.n.tolist() == [3, 0, 1]
    assert np.isnan(found.deff[2])


def test_a_missing_answer_in_the_domain_is_refused() -> None:
    sample, y = Sample(np.ones(3), np.ones(3)), np.array([1.0, np.nan, 0.0])

    with pytest.raises(ValueError, match="an answer is missing"):
        means(sample, y)
    assert means(sample, y, domain=~np.isnan(y)).value.tolist() == [0.5]


def test_weights_that_only_compare_are_set_against_a_population_without_end() -> None:
    """Weights of 1.5 on average would pass for a sample of two thirds of everybody."""
    sample = Sample(np.full(2, 50.0), np.array([1.0, 2.0]))
    y = np.array([1.0, 0.0])

    counting, comparing = means(sample, y), means(sample, y, with_replacement=True)

    assert comparing.deff[0] == pytest.approx(counting.deff[0] / 3)


def test_kish_by_arithmetic() -> None:
    assert kish_effective(np.array([2.0, 1.0]), np.array([1.0, 2.0])) == pytest.approx(16 / 6)
    assert kish_effective(np.array([100.0]), np.array([3.7])) == pytest.approx(100)
    with pytest.raises(ValueError, match="nobody"):
        kish_effective(np.array([0.0]), np.array([1.0]))
