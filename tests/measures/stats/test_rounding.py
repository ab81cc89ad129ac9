"""Rounding to the last digit."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.rounding import percentage, round_half_away, round_to, with_commas

FRACTIONS = st.fractions(min_value=-(10**9), max_value=10**9, max_denominator=10**6)


@pytest.mark.parametrize(
    ("value", "places", "rounded"),
    [
        (Fraction(1, 20), 1, "0.1"),  # a float of 0.05 would do; one of 0.15 would not
        (Fraction(3, 20), 1, "0.2"),
        (Fraction(-3, 20), 1, "-0.2"),
        (Fraction(25, 10), 0, "3"),  # banker's rounding would say 2
        (Fraction(-25, 10), 0, "-3"),
        (Fraction(1, 25), 1, "0.0"),
        (Fraction(-1, 25), 1, "0.0"),  # never -0.0
        (Fraction(99_949, 1000), 1, "99.9"),
        (Fraction(0), 1, "0.0"),
        (10**30, 1, f"{10**30}.0"),
    ],
)
def test_halves_go_away_from_zero(value: Fraction | int, places: int, rounded: str) -> None:
    assert str(round_half_away(value, places=places)) == rounded


@given(FRACTIONS, st.integers(0, 6))
def test_rounding_moves_a_number_by_at_most_half_a_digit(value: Fraction, places: int) -> None:
    error = abs(Fraction(round_half_away(value, places=places)) - value)

    assert error <= Fraction(1, 2 * 10**places)


@given(FRACTIONS)
def test_rounding_the_opposite_gives_the_opposite(value: Fraction) -> None:
    assert round_half_away(-value, places=1) == -round_half_away(value, places=1)


def test_a_percentage_comes_from_the_exact_counts() -> None:
    assert percentage(-6, 86) == Decimal("-7.0")
    assert percentage(1_093, 17_119) == Decimal("6.4")


@pytest.mark.parametrize(("value", "rounded"), [(0, 0), (2, 0), (3, 5), (12, 10), (13, 15)])
def test_rounding_to_5(value: int, rounded: int) -> None:
    assert round_to(value, 5) == rounded


@pytest.mark.parametrize(
    ("value", "shown"), [(18_212, "18,212"), (80, "80"), (-2_029, "-2,029"), (0, "0")]
)
def test_thousands_have_a_comma(value: int, shown: str) -> None:
    assert with_commas(value) == shown
