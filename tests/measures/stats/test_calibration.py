"""Weights that fit known totals, and errors that allow for it, beside regressions by hand."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from measures.stats.calibration import CannotCalibrateError, post_stratify, rake
from measures.stats.estimates import domain_means, means, totals
from measures.stats.sample import Sample
from tests.measures.stats import by_hand
from tests.measures.stats.samples import ROWS, answers, cells, samples

AGES = np.array([300.0, 500.0, 200.0])
SEXES = np.array([480.0, 520.0])


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_post_stratified_errors_are_those_of_a_weighted_regression(
    sample: Sample, seed: int
) -> None:
    y, cell, inside = answers(seed)[:, 3], cells(3, seed), cells(2, seed + 1) == 1

    made = post_stratify(sample, cell, AGES)
    found = means(made, y, domain=inside)

    influence = by_hand.influence_on_mean(made, y, inside)
    residual = by_hand.regression_residual(made, influence, [cell], by=sample.weight)
    variance = by_hand.variance_of_total(made, residual * made.weight)
    assert totals(made, np.eye(3)[cell]).value == pytest.approx(AGES)
    assert found.se[0] == pytest.approx(variance**0.5)


# Margins that know nothing of each other: one round fits both.
BALANCED = Sample(frequency=np.ones(ROWS), weight=np.full(ROWS, 2.0)), 40


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
@example(*BALANCED)
def test_raked_errors_are_those_of_a_regression_on_the_margins(sample: Sample, seed: int) -> None:
    y, inside = answers(seed)[:, 3], cells(4, seed + 2) > 0
    ages, sexes = cells(3, seed), cells(2, seed + 1)

    raked = rake(sample, [(ages, AGES), (sexes, SEXES)])
    found = means(raked.sample, y, domain=inside)

    influence = by_hand.influence_on_mean(raked.sample, y, inside)
    residual = by_hand.regression_residual(raked.sample, influence, [ages, sexes], by=np.ones(ROWS))
    variance = by_hand.variance_of_total(raked.sample, residual * raked.sample.weight)
    assert found.se[0] == pytest.approx(variance**0.5, rel=1e-6)


@settings(max_examples=30)
@given(samples(), st.integers(0, 99))
def test_raked_weights_fit_every_margin_and_leave_it_no_error(sample: Sample, seed: int) -> None:
    ages, sexes = cells(3, seed), cells(2, seed + 1)

    raked = rake(sample, [(ages, AGES), (sexes, SEXES)])

    by_age = totals(raked.sample, np.eye(3)[ages])
    assert by_age.value == pytest.approx(AGES)
    assert totals(raked.sample, np.eye(2)[sexes]).value == pytest.approx(SEXES)
    assert by_age.se == pytest.approx(0, abs=1e-3)
    assert raked.largest_gap < 1e-9


@settings(max_examples=30)
@given(samples(is_weighted=False), st.integers(0, 99))
def test_raking_to_one_margin_is_post_stratification(sample: Sample, seed: int) -> None:
    y, cell = answers(seed), cells(3, seed)

    stratified, raked = post_stratify(sample, cell, AGES), rake(sample, [(cell, AGES)])

    assert raked.sample.weight == pytest.approx(stratified.weight)
    assert means(raked.sample, y).covariance == pytest.approx(
        means(stratified, y).covariance, abs=1e-10
    )
    assert raked.rounds == 1


@given(st.integers(0, 99))
def test_a_raked_tally_gives_what_its_raked_records_give(seed: int) -> None:
    chance = np.random.default_rng(seed)
    tally = Sample(chance.integers(1, 9, ROWS), np.ones(ROWS))
    y, domains = answers(seed), cells(5, seed + 3)
    ages, sexes, rows = cells(3, seed), cells(2, seed + 1), by_hand.people(tally)

    of_tally = rake(tally, [(ages, AGES), (sexes, SEXES)])
    records = Sample(np.ones(len(rows)), np.ones(len(rows)))
    of_records = rake(records, [(ages[rows], AGES), (sexes[rows], SEXES)])

    assert of_tally.sample.weight[rows] == pytest.approx(of_records.sample.weight)
    ours = domain_means(of_tally.sample, y, domains, count=5)
    theirs = domain_means(of_records.sample, y[rows], domains[rows], count=5)
    assert ours.covariance == pytest.approx(theirs.covariance, abs=1e-12)


def test_deming_and_stephan_by_arithmetic() -> None:
    """Equal counts take the product of the margins: 0.6 × 0.7 of 100 in the first cell."""
    sample = Sample(np.full(4, 10), np.ones(4))

    raked = rake(
        sample,
        [(np.array([0, 0, 1, 1]), np.array([60.0, 40.0])),
         (np.array([0, 1, 0, 1]), np.array([70.0, 30.0]))],
    )  # fmt: skip

    assert raked.sample.weight == pytest.approx([4.2, 1.8, 2.8, 1.2])
    assert (raked.rounds, raked.trimmed) == (1, 0)


def test_trimmed_weights_stay_within_bounds_and_fit() -> None:
    sample = Sample(np.array([90, 5, 5, 60, 30, 10]), np.ones(6))
    ages, sexes = np.array([0, 1, 2, 0, 1, 2]), np.array([0, 0, 0, 1, 1, 1])
    margins = [(ages, np.array([100.0, 60.0, 40.0])), (sexes, np.array([100.0, 100.0]))]
    free, held = rake(sample, margins), rake(sample, margins, trim=(0.3, 2.8))

    assert free.sample.weight.max() > 3.5
    assert held.sample.weight.max() == pytest.approx(2.8)
    assert totals(held.sample, np.eye(3)[ages]).value == pytest.approx([100, 60, 40])
    assert totals(held.sample, np.eye(2)[sexes]).value == pytest.approx([100, 100])
    assert (free.trimmed, held.trimmed) == (0, 5)


def test_bounds_that_no_weights_fit_are_refused() -> None:
    sample = Sample(np.array([90, 10]), np.ones(2))

    with pytest.raises(CannotCalibrateError, match=r"within the bounds.*widen the bounds"):
        rake(sample, [(np.array([0, 1]), np.array([50.0, 50.0]))], trim=(0.5, 2.0), most_rounds=50)


def test_margins_that_no_weights_fit_are_refused() -> None:
    """All men are young and all women old, yet there are to be 60 young and 50 men."""
    sample, cell = Sample(np.array([5, 5]), np.ones(2)), np.array([0, 1])

    with pytest.raises(CannotCalibrateError, match=r"did not come to weights.*Join small cells"):
        rake(sample, [(cell, np.array([60.0, 40.0])), (cell, np.array([50.0, 50.0]))])


def test_rounded_margins_are_brought_together_and_others_refused() -> None:
    sample, margin = Sample(np.full(4, 10), np.ones(4)), np.array([0, 0, 1, 1])
    across = np.array([0, 1, 0, 1])
    last = (across, np.array([3000.0, 3000.0]))

    near = rake(sample, [(margin, np.array([2001.0, 4002.0])), last])

    assert totals(near.sample, np.eye(2)[margin]).value == pytest.approx([2000, 4000])
    with pytest.raises(CannotCalibrateError, match="disagree: they add up to 6,300, 6,000"):
        rake(sample, [(margin, np.array([2100.0, 4200.0])), last])


@pytest.mark.parametrize(
    ("cell", "wanted", "says", "where"),
    [
        ([0, 0, 2, 2], [10.0, 5.0, 10.0], "nobody who answered is in cell 1", 1),
        ([0, 0, 1, 1], [10.0, 0.0], "cell 1 of margin 2 has a total of 0", 1),
        ([0, 0, 1, 2], [10.0, 10.0], "a row is in no cell", None),
        ([0, 0, -1, 1], [10.0, 10.0], "a row is in no cell", None),
        ([0, 0, 1, 1], [10.0, -1.0], "0 or more", None),
        ([0, 0, 1, 1], [10.0, np.nan], "0 or more", None),
    ],
)
def test_a_margin_that_does_not_fit_the_people_is_refused(cell, wanted, says, where) -> None:
    sample = Sample(np.ones(4), np.ones(4))
    fine = (np.array([0, 1, 0, 1]), np.array([10.0, 10.0]))

    with pytest.raises(CannotCalibrateError, match=says) as refusal:
        rake(sample, [fine, (np.array(cell), np.array(wanted))])
    assert (refusal.value.margin, refusal.value.cell) == (1, where)
    with pytest.raises(CannotCalibrateError):
        post_stratify(sample, np.array(cell), np.array(wanted))


def test_an_empty_cell_without_people_to_come_is_no_obstacle() -> None:
    sample = post_stratify(Sample(np.ones(2), np.ones(2)), np.array([0, 2]), np.array([4.0, 0, 6]))

    assert sample.weight.tolist() == [4, 6]


def test_raking_to_nothing_is_refused() -> None:
    with pytest.raises(CannotCalibrateError, match="no margin"):
        rake(Sample(np.ones(2), np.ones(2)), [])


def test_rows_of_nobody_and_of_no_weight_change_nothing() -> None:
    """A tally may hold cells that erasure has emptied."""
    y, cell = np.array([1.0, 0.0, 1.0, 0.0]), np.array([0, 0, 1, 1])
    plain = rake(Sample(np.full(4, 5), np.ones(4)), [(cell, np.array([30.0, 10.0]))]).sample
    more = Sample(np.array([5, 5, 5, 5, 0, 3]), np.array([1.0, 1, 1, 1, 1, 0]))
    padded = rake(more, [(np.append(cell, [0, 1]), np.array([30.0, 10.0]))]).sample

    found, expected = means(padded, np.append(y, [1.0, 1.0])), means(plain, y)

    assert found.value == pytest.approx(expected.value)
    assert found.n.tolist() == expected.n.tolist()
