"""XmR charts: limits as published, signs of change, and series that are refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.periods import Period, add_months, month_of, year_ending
from measures.stats.signals import Rules
from measures.stats.xmr import CannotChartError, Reading, Rebase, XmrChart, xmr_chart

JANUARY = date(2021, 1, 1)
# Twelve readings that no rule finds anything in.
CALM = [50, 54, 47, 52, 49, 55, 46, 51, 48, 53, 47, 52]


def monthly(values: list[float | None] | list[int]) -> list[Reading]:
    return [Reading(month_of(add_months(JANUARY, at)), value) for at, value in enumerate(values)]


def rules_found(chart: XmrChart) -> list[str]:
    return [signal.rule for signal in chart.signals]


def test_limits_of_the_flow_rates() -> None:
    # NIST/SEMATECH (2012), e-Handbook of Statistical Methods, section 6.3.2.2.
    rates = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1]
    chart = xmr_chart(monthly(rates))
    (stretch,) = chart.stretches
    assert stretch.mean == pytest.approx(50.81)
    assert stretch.range_mean == pytest.approx(1.8778, abs=5e-5)
    # There from 3 / 1.128, which 2.66 rounds.
    assert (stretch.low, stretch.high) == pytest.approx((45.8159, 55.8041), abs=1e-3)
    assert chart.signals == ()
    assert stretch.is_provisional


def test_calm_series_has_no_signal() -> None:
    chart = xmr_chart(monthly(CALM))
    assert chart.signals == ()
    assert not chart.stretches[0].is_provisional


def test_count_beyond_a_limit_is_a_signal() -> None:
    chart = xmr_chart(monthly([*CALM, 90]))
    assert rules_found(chart) == ["beyond"]
    assert chart.signals[0].words == "January 2022 is above the upper limit"
    assert chart.signalled == {12}


def test_lower_limit_of_counts_is_never_below_zero() -> None:
    assert xmr_chart(monthly([3, 0, 5, 1, 4, 0, 6])).stretches[0].low == 0


def test_shift_is_a_run_on_one_side_of_the_mean() -> None:
    values = [50, 54, 49, 53, 48, 52, 57, 58, 56, 59, 57, 58, 56]
    chart = xmr_chart(monthly(values))
    shift = next(signal for signal in chart.signals if signal.rule == "shift")
    assert shift.places == tuple(range(6, 13))
    assert shift.words == "7 in a row above the mean, July 2021 to January 2022"
    assert "shift" not in rules_found(xmr_chart(monthly(values), rules=Rules(shift=8)))
    assert "shift" not in rules_found(xmr_chart(monthly(values), rules=Rules(shift=0)))


def test_reading_that_is_missing_ends_a_run_and_a_range() -> None:
    values: list[float | None] = [50, 54, 49, 53, 48, 52, 57, 58, 56, None, 57, 58, 56, 59]
    chart = xmr_chart(monthly(values))
    assert "shift" not in rules_found(chart)
    assert chart.ranges[9] is None
    assert chart.ranges[10] is None
    assert chart.ranges[11] == 1


def test_trend_is_as_long_as_the_rules_say() -> None:
    values = [50, 44, 52, 43, 46, 49, 51, 54, 58, 45, 52, 44]
    # From 43 to 58 are six readings, each above the one before.
    chart = xmr_chart(monthly(values))
    assert rules_found(chart) == ["trend"]
    assert chart.signals[0].places == tuple(range(3, 9))
    assert chart.signals[0].words == "6 in a row going up, April 2021 to September 2021"
    assert rules_found(xmr_chart(monthly(values), rules=Rules(trend=7))) == []


def test_two_of_three_close_to_a_limit_are_a_signal() -> None:
    values = [50, 52, 48, 51, 49, 52, 48, 50, 58, 57, 51, 50, 48, 51]
    chart = xmr_chart(monthly(values))
    (stretch,) = chart.stretches
    assert stretch.mean + (stretch.high - stretch.mean) * 2 / 3 < 57 < 58 < stretch.high
    assert rules_found(chart) == ["near"]
    assert chart.signals[0].places == (8, 9)
    assert rules_found(xmr_chart(monthly(values), rules=Rules(near=3))) == []


def test_rebasing_gives_new_limits_from_there_and_keeps_its_reason() -> None:
    values = [*CALM, *(value + 40 for value in CALM)]
    joined = xmr_chart(monthly(values))
    assert "shift" in rules_found(joined)
    chart = xmr_chart(monthly(values), rebased=[Rebase(12, "The survey went online")])
    before, after = chart.stretches
    assert (before.first, before.last, after.first, after.last) == (0, 11, 12, 23)
    assert after.mean == pytest.approx(before.mean + 40)
    assert after.high - after.mean == pytest.approx(before.high - before.mean)
    assert after.reason == "The survey went online"
    assert chart.ranges[12] is None
    assert chart.signals == ()


@pytest.mark.parametrize(
    ("rebase", "expected"),
    [
        (Rebase(12, " "), "only with a reason"),
        (Rebase(0, "The start"), "can't begin anew at reading 0"),
        (Rebase(24, "Later"), "can't begin anew at reading 24"),
        (Rebase(20, "Too near the end"), "4 readings are too few"),
    ],
)
def test_rebasing_that_can_not_be_is_refused(rebase: Rebase, expected: str) -> None:
    with pytest.raises(CannotChartError, match=expected):
        xmr_chart(monthly([*CALM, *CALM]), rebased=[rebase])


def test_rolling_sums_are_refused() -> None:
    years = [Reading(year_ending(add_months(JANUARY, at)), 600.0) for at in range(12)]
    with pytest.raises(CannotChartError, match="never of rolling sums, whose neighbours share"):
        xmr_chart(years)
    # Three months at a time, a month apart: each is a quarter long, and they overlap.
    rolling = [
        Reading(Period(add_months(JANUARY, at), month_of(add_months(JANUARY, at + 2)).ends), 150.0)
        for at in range(12)
    ]
    with pytest.raises(CannotChartError, match="a rolling sum move together"):
        xmr_chart(rolling)


def test_series_with_a_hole_is_refused() -> None:
    readings = monthly(CALM)
    with pytest.raises(CannotChartError, match="nothing stands between March 2021 and May 2021"):
        xmr_chart([*readings[:3], *readings[4:]])


def test_months_and_quarters_do_not_mix() -> None:
    quarter = Reading(Period(date(2022, 1, 1), date(2022, 3, 31)), 150.0)
    with pytest.raises(CannotChartError, match="not equally long"):
        xmr_chart([*monthly(CALM), quarter])


def test_few_readings_are_refused() -> None:
    with pytest.raises(CannotChartError, match="5 readings are too few for limits: wait until"):
        xmr_chart(monthly([5, 6, 5, 6, 5]))
    with pytest.raises(CannotChartError, match="0 readings"):
        xmr_chart([])


@pytest.mark.parametrize("kind", ["shift", "trend"])
def test_rules_that_would_cry_wolf_are_refused(kind: str) -> None:
    with pytest.raises(ValueError, match="5 readings or more"):
        Rules(**{kind: 4})
    with pytest.raises(ValueError, match="2 or 3 of three"):
        Rules(near=1)


@given(st.lists(st.integers(0, 500), min_size=6, max_size=40))
def test_upside_down_series_has_the_same_signals(values: list[int]) -> None:
    # Limits are symmetric about the mean: what goes up in one goes down in the other.
    up = xmr_chart(monthly(values))
    down = xmr_chart(monthly([500 - value for value in values]))
    as_sets = [{(signal.rule, signal.places) for signal in chart.signals} for chart in (up, down)]
    assert as_sets[0] == as_sets[1]
