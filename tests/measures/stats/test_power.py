"""What a sample could tell, against R and against simulated samples."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.differences import two_shares_p
from measures.stats.intervals import wilson
from measures.stats.power import Plan, detectable_change, margin_of_error, sample_for
from measures.stats.values import Estimate


def test_sample_size_is_that_of_r() -> None:
    # R 4.4, example(power.prop.test): p1 = .50, p2 = .75, power = .90 gives n = 76.7.
    assert sample_for(0.5, 0.25, plan=Plan(power=0.9)) == 77
    assert sample_for(0.5, -0.25, plan=Plan(power=0.9)) == 77


def test_detectable_change_is_that_of_r() -> None:
    # R 4.4, example(power.prop.test): n = 50, p1 = .5, power = .90 gives p2 = 0.8026.
    found = detectable_change(0.5, 50, plan=Plan(power=0.9))
    assert found.up == pytest.approx(0.3026, abs=5e-5)
    assert found.down == pytest.approx(0.3026, abs=5e-5)


def test_power_is_what_simulated_samples_show() -> None:
    # A slow, obvious check: of samples that differ by the smallest change, four in five tell it.
    draws = np.random.default_rng(5)
    now, before = 300, 200
    up = detectable_change(0.7, now, n_before=before).up
    assert up is not None
    told = 0
    for one, other in zip(
        draws.binomial(now, 0.7 + up, 4000), draws.binomial(before, 0.7, 4000), strict=True
    ):
        shares = Estimate(one / now, n=now), Estimate(other / before, n=before)
        told += two_shares_p(*shares) < 0.05
    assert told / 4000 == pytest.approx(0.8, abs=0.02)


@given(st.floats(0.1, 0.9), st.floats(0.02, 0.09), st.floats(1, 3))
def test_sample_for_a_change_can_just_tell_it(share: float, change: float, deff: float) -> None:
    plan = Plan(deff=deff)
    n = sample_for(share, change, plan=plan)
    enough, short = (detectable_change(share, size, plan=plan).up for size in (n, n - 2))
    assert enough is not None
    assert enough <= change + 1e-9
    assert short is None or short > change


def test_design_effect_takes_as_many_more() -> None:
    assert sample_for(0.7, 0.05, plan=Plan(deff=2)) == pytest.approx(
        2 * sample_for(0.7, 0.05), abs=1
    )


def test_few_people_to_ask_need_fewer_answers() -> None:
    few = Plan(population=400)
    assert sample_for(0.7, 0.05, plan=few) < 400 < sample_for(0.7, 0.05)
    assert margin_of_error(0.5, 399, plan=few) < 0.01
    # Everybody answered: nothing is left to chance.
    assert margin_of_error(0.5, 400, plan=few) == 0


def test_margin_is_half_of_wilsons() -> None:
    low, high = wilson(81, 263)
    assert margin_of_error(81 / 263, 263, plan=Plan()) == pytest.approx((high - low) / 2)


def test_small_sample_tells_no_change_at_all() -> None:
    # From 95% on 10 answers even a rise to 100% would not be told.
    found = detectable_change(0.95, 10)
    assert found.up is None
    assert found.down is not None
    assert detectable_change(1.0, 500).up is None


@pytest.mark.parametrize("change", [0.0, 0.4, -0.8])
def test_change_that_can_not_be_is_refused(change: float) -> None:
    with pytest.raises(ValueError, match="70% can't change by"):
        sample_for(0.7, change)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"deff": 0}, "design effect is above 0"),
        ({"power": 1.0}, "power of 0.5 to 1"),
        ({"significance": 0.0}, "significance below 0.5"),
        ({"population": 0}, "at least one"),
    ],
)
def test_plan_that_makes_no_sense_is_refused(given: dict[str, float], expected: str) -> None:
    with pytest.raises(ValueError, match=expected):
        Plan(**given)  # type: ignore[arg-type]
