"""Changes of counts and shares, and whether chance alone would give them."""

from decimal import Decimal
from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.compare import compare_counts, compare_shares, direction, two_counts_p
from measures.stats.published import PublishedShare

# The figures of the page that this system replaces, worked again: the last line of the page said
# 6.3%, which no whole number gives.
SEED = [
    (18_212, 17_119, 1_093, "6.4", True),
    (18_212, 20_241, -2_029, "-10.0", True),
    (1_310, 1_139, 171, "15.0", True),
    (1_310, 1_982, -672, "-33.9", True),
    (80, 86, -6, "-7.0", False),
]


@pytest.mark.parametrize(("now", "before", "difference", "percentage", "is_clear"), SEED)
def test_counts_of_the_page_that_this_replaces(
    now: int, before: int, difference: int, percentage: str, is_clear: bool
) -> None:
    change = compare_counts(now, before)

    assert change.difference == difference
    assert change.percentage == Decimal(percentage)
    assert change.is_clear is is_clear


@pytest.mark.parametrize(
    ("before", "percentage"), [(0, None), (49, None), (50, Decimal("20.0")), (51, Decimal("17.6"))]
)
def test_a_base_below_50_has_no_percentage(before: int, percentage: Decimal | None) -> None:
    assert compare_counts(60, before).percentage == percentage


# The sign test of Siegel (1956), Nonparametric Statistics, Table D (one-tailed), doubled.
@pytest.mark.parametrize(
    ("smaller", "larger", "p"),
    [(1, 9, 0.022), (2, 8, 0.110), (5, 15, 0.042), (6, 14, 0.116), (7, 18, 0.044)],
)
def test_two_counts_as_in_the_published_table(smaller: int, larger: int, p: float) -> None:
    # The table rounds the one-tailed value to three places, so twice it is right to 0.001.
    assert two_counts_p(smaller, larger) == pytest.approx(p, abs=0.0011)


def exact_p(now: int, before: int) -> float:
    """The same by adding up every outcome, in whole numbers."""
    n = now + before
    tail = sum(comb(n, k) for k in range(min(now, before) + 1))
    return min(1.0, 2 * tail / 2**n)


@given(st.integers(0, 400), st.integers(0, 400))
def test_two_counts_against_the_slow_sum(now: int, before: int) -> None:
    expected = 1.0 if now == before else exact_p(now, before)

    assert two_counts_p(now, before) == pytest.approx(expected, rel=1e-9)


@given(st.integers(0, 10_000), st.integers(0, 10_000))
def test_which_count_came_first_does_not_matter_to_chance(now: int, before: int) -> None:
    assert two_counts_p(now, before) == two_counts_p(before, now)


def test_a_corrected_count_below_zero_is_never_a_clear_change() -> None:
    assert not compare_counts(-3, 400).is_clear


def test_shares_differ_in_whole_points_that_a_reader_can_subtract() -> None:
    change = compare_shares(
        PublishedShare(895, 1240, 72, low=70, high=74),
        PublishedShare(770, 1105, 70, low=67, high=73),
    )

    assert change is not None
    assert change.points == 2
    assert not change.is_clear
    # By hand: 2 less and plus the root of 2 squared and 3 squared, and a point for rounding.
    assert (change.low, change.high) == pytest.approx((-2.6056, 6.6056), abs=1e-4)


def test_one_point_between_two_whole_percentages_is_never_clear() -> None:
    change = compare_shares(
        PublishedShare(72_000, 100_000, 72, low=72, high=72),
        PublishedShare(71_000, 100_000, 71, low=71, high=71),
    )

    assert change is not None
    assert not change.is_clear


def test_a_large_difference_of_shares_is_clear() -> None:
    change = compare_shares(
        PublishedShare(895, 1240, 72, low=70, high=74),
        PublishedShare(555, 1105, 50, low=47, high=53),
    )

    assert change is not None
    assert change.is_clear
    assert change.low < 22 < change.high


@pytest.mark.parametrize(
    "other",
    [
        PublishedShare(25, 40),
        PublishedShare(None, 900, 5, "at most"),
        # Of those who chose to answer: no interval, so nothing to compare by.
        PublishedShare(555, 1105, 50),
    ],
)
def test_what_has_no_interval_is_not_compared(other: PublishedShare) -> None:
    share = PublishedShare(895, 1240, 72, low=70, high=74)

    assert compare_shares(share, other) is None
    assert compare_shares(other, share) is None


@pytest.mark.parametrize(("number", "word"), [(-6, "down"), (0, "same"), (171, "up")])
def test_direction(number: int, word: str) -> None:
    assert direction(number) == word
