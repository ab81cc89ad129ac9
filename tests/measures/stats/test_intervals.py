"""Intervals of shares, against the tables of the papers they come from."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.intervals import newcombe_difference, wilson

# Newcombe (1998), Statistics in Medicine 17, 857-872, Table I, method 3.
WILSON = [
    (81, 263, 0.2553, 0.3662),
    (15, 148, 0.0624, 0.1605),
    (0, 20, 0.0000, 0.1611),
    (1, 29, 0.0061, 0.1718),
]
# Newcombe (1998), Statistics in Medicine 17, 873-890, Table II, method 10, contrasts a to h.
NEWCOMBE = [
    (56, 70, 48, 80, 0.0524, 0.3339),
    (9, 10, 3, 10, 0.1705, 0.8090),
    (6, 7, 2, 7, 0.0582, 0.8062),
    (5, 56, 0, 29, -0.0381, 0.1926),
    (0, 10, 0, 20, -0.1611, 0.2775),
    (0, 10, 0, 10, -0.2775, 0.2775),
    (10, 10, 0, 20, 0.6791, 1.0000),
    (10, 10, 0, 10, 0.6075, 1.0000),
]


@st.composite
def shares(draw: st.DrawFn) -> tuple[int, int]:
    n = draw(st.integers(1, 100_000))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(("part", "n", "low", "high"), WILSON)
def test_wilson_as_published(part: int, n: int, low: float, high: float) -> None:
    assert [round(end, 4) for end in wilson(part, n)] == [low, high]


@pytest.mark.parametrize(("part", "n", "part_before", "n_before", "low", "high"), NEWCOMBE)
def test_newcombe_as_published(
    part: int, n: int, part_before: int, n_before: int, low: float, high: float
) -> None:
    found = newcombe_difference(part, n, part_before=part_before, n_before=n_before)

    assert [round(end, 4) for end in found] == [low, high]


@given(shares())
def test_wilson_holds_its_share_and_stays_within_0_and_1(share: tuple[int, int]) -> None:
    part, n = share
    low, high = wilson(part, n)

    assert 0 <= low <= part / n <= high <= 1


@given(shares())
def test_wilson_of_the_rest_is_the_mirror_image(share: tuple[int, int]) -> None:
    part, n = share
    low, high = wilson(part, n)

    assert wilson(n - part, n) == pytest.approx((1 - high, 1 - low), abs=1e-12)


@given(shares(), shares())
def test_swapping_two_shares_turns_their_difference_round(
    now: tuple[int, int], before: tuple[int, int]
) -> None:
    low, high = newcombe_difference(*now, part_before=before[0], n_before=before[1])
    turned = newcombe_difference(*before, part_before=now[0], n_before=now[1])

    assert turned == pytest.approx((-high, -low), abs=1e-12)


@pytest.mark.parametrize(("part", "n"), [(0, 0), (3, 2), (-1, 5)])
def test_impossible_shares_are_refused(part: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"share needs|can't be a part"):
        wilson(part, n)
