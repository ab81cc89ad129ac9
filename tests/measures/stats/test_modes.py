"""Differences between channels among people alike, and what a change of channels alone does."""

from math import sqrt

import numpy as np
import pytest

from measures.stats.intervals import Z_95
from measures.stats.modes import channel_gaps, mantel_haenszel, mix_change


def counts(*values: int) -> np.ndarray:
    return np.array(values, dtype=np.int64)


def test_pooled_difference_of_rothman() -> None:
    # Rothman, Greenland & Lash (2008), Modern Epidemiology, 3rd edition, table 15-1, deaths under
    # tolbutamide and placebo by age: 0.035, with 90% limits -0.018 and 0.087.
    found = mantel_haenszel(
        counts(8, 22), counts(106, 98), part_other=counts(5, 16), n_other=counts(120, 85)
    )
    assert found is not None
    difference, _p = found
    se = (difference.high - difference.value) / Z_95
    assert difference.value == pytest.approx(0.0349, abs=5e-5)
    assert difference.value - 1.6449 * se == pytest.approx(-0.0176, abs=5e-5)
    assert difference.value + 1.6449 * se == pytest.approx(0.0874, abs=5e-5)


def test_pooled_difference_of_one_group_is_the_plain_one() -> None:
    found = mantel_haenszel(counts(56), counts(70), part_other=counts(48), n_other=counts(80))
    assert found is not None
    difference, _p = found
    assert difference.value == pytest.approx(0.2)
    # Sato's variance of one large group comes near the usual one.
    usual = sqrt(0.8 * 0.2 / 70 + 0.6 * 0.4 / 80)
    assert (difference.high - difference.value) / Z_95 == pytest.approx(usual, rel=0.02)


def test_groups_that_only_one_channel_reached_tell_nothing() -> None:
    both = mantel_haenszel(
        counts(56, 9), counts(70, 10), part_other=counts(48, 0), n_other=counts(80, 0)
    )
    alone = mantel_haenszel(counts(56), counts(70), part_other=counts(48), n_other=counts(80))
    assert both == alone
    assert (
        mantel_haenszel(counts(5, 0), counts(9, 0), part_other=counts(0, 5), n_other=counts(0, 9))
        is None
    )


def test_difference_that_comes_from_who_uses_which_channel_is_none() -> None:
    # Older people are more satisfied and prefer the telephone; within each age the channels agree.
    said = {"Telephone": counts(20, 160), "Online": counts(80, 40)}
    answered = {"Telephone": counts(50, 200), "Online": counts(200, 50)}
    (gap,) = channel_gaps(said, answered, alike_in="age")
    assert gap.difference.value == pytest.approx(0)
    assert not gap.is_clear
    assert gap.words == "Telephone and Online: no clear difference among people alike in age"


def test_difference_beyond_who_uses_which_channel_is_told() -> None:
    said = {"Telephone": counts(160, 170), "Online": counts(120, 130)}
    answered = {"Telephone": counts(200, 200), "Online": counts(200, 200)}
    (gap,) = channel_gaps(said, answered, alike_in="age and sex")
    assert gap.is_clear
    assert gap.words == (
        "Telephone is 20 percentage points higher than Online among people alike in age and sex"
    )


def test_channel_of_few_answers_takes_no_part() -> None:
    said = {"Telephone": counts(160), "Online": counts(120), "Paper": counts(29)}
    answered = {"Telephone": counts(200), "Online": counts(200), "Paper": counts(29)}
    assert len(channel_gaps(said, answered)) == 1


def test_pairs_are_tested_together() -> None:
    # Two channels differ by what is just clear alone; with a third beside them it no longer is.
    two = {"Telephone": (counts(112), counts(200)), "Online": (counts(92), counts(200))}
    three = {**two, "Paper": (counts(102), counts(200))}
    alone = channel_gaps({k: v[0] for k, v in two.items()}, {k: v[1] for k, v in two.items()})
    beside = channel_gaps({k: v[0] for k, v in three.items()}, {k: v[1] for k, v in three.items()})
    assert alone[0].is_clear
    assert not any(gap.is_clear for gap in beside)


def test_mix_alone_moves_a_share() -> None:
    # 80% by telephone and 60% online at both times; half and half before, a fifth by telephone now.
    change = mix_change([16, 48], [20, 80], said_before=[40, 30], answered_before=[50, 50])
    assert change is not None
    assert change.value == pytest.approx(-0.06)
    assert change.words == (
        "a change of channels alone moves the share down by 6 percentage points"
    )


def test_mix_that_stays_moves_nothing() -> None:
    change = mix_change([30, 40], [50, 50], said_before=[80, 60], answered_before=[100, 100])
    assert change is not None
    assert change.value == 0
    assert change.words == (
        "a change of channels alone moves the share by less than 1 percentage point"
    )


def test_channel_that_is_new_can_be_put_in_no_mix() -> None:
    assert mix_change([30, 40], [50, 50], said_before=[80, 0], answered_before=[100, 0]) is None
