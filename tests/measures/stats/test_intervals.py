"""Intervals of shares, against the tables of the papers they come from."""

from math import inf

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from measures.stats.intervals import (
    logit_interval,
    newcombe_difference,
    percentile,
    t_interval,
    wilson,
    wilson_effective,
)

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


@given(shares())
def test_wilson_on_an_effective_base_of_whole_people_is_wilson(share: tuple[int, int]) -> None:
    part, n = share

    assert wilson_effective(part / n, n) == pytest.approx(wilson(part, n))


@given(st.floats(0, 1), st.floats(0.1, 1e6), st.floats(1, 1e4))
@example(2.220446049250313e-16, 999993.0, 1.1)
def test_wilson_on_an_effective_base_holds_its_share_within_0_and_1(
    share: float, effective_n: float, df: float
) -> None:
    low, high = wilson_effective(share, effective_n, df=df)

    assert 0 <= low <= share + 1e-12
    assert share - 1e-12 <= high <= 1 + 1e-12


def test_few_degrees_of_freedom_widen_an_interval() -> None:
    low, high = wilson_effective(0.3, 80, df=4)
    low_many, high_many = wilson_effective(0.3, 80)

    assert low < low_many < high_many < high


# Student (1908) as in any table of the t distribution: two-sided 95%.
@pytest.mark.parametrize(
    ("df", "times"), [(1, 12.706), (2, 4.303), (14, 2.145), (30, 2.042), (120, 1.980), (inf, 1.960)]
)
def test_percentiles_as_tabled(df: float, times: float) -> None:
    assert round(percentile(df), 3) == times


def test_intervals_of_r_survey() -> None:
    """apistrat in R survey 4.1-1: svymean(~api00) and svyciprop(~sch.wide, method="xlogit")."""
    assert t_interval(662.287363159321, 9.40894080278458, 197) == pytest.approx(
        (643.732188272086, 680.842538046555)
    )
    assert logit_interval(0.827948011415824, 0.0243447801130748, 197) == pytest.approx(
        (0.774539654746768, 0.870814854943599)
    )


@given(st.floats(0.001, 0.999), st.floats(0, 0.5), st.integers(1, 1000))
def test_a_logit_interval_stays_inside_and_mirrors(share: float, se: float, df: int) -> None:
    low, high = logit_interval(share, se, df)

    assert 0 <= low <= share * (1 + 1e-9)
    assert share * (1 - 1e-9) <= high <= 1
    assert logit_interval(1 - share, se, df) == pytest.approx((1 - high, 1 - low), abs=1e-9)


@pytest.mark.parametrize(
    ("ask", "says"),
    [
        (lambda: wilson_effective(0.5, 0), "at least one answer"),
        (lambda: wilson_effective(1.1, 10), "no share"),
        (lambda: logit_interval(0, 0.1, 10), "no log odds"),
        (lambda: logit_interval(1, 0.1, 10), "no log odds"),
        (lambda: t_interval(1, 1, 0), "degree of freedom"),
    ],
)
def test_what_has_no_interval_is_refused(ask, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        ask()
