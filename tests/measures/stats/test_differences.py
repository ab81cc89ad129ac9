"""Differences of two estimates, their tests, and the correction for many of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2_contingency

from measures.stats.differences import difference_of, holm, two_shares_p
from measures.stats.intervals import newcombe_difference, wilson
from measures.stats.values import Estimate, NotAvailable


def share(part: int, n: int) -> Estimate:
    return Estimate(part / n, *wilson(part, n), n=n, effective_n=n, method="wilson")


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        # Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10.
        ((56, 70), (48, 80), 0.0524, 0.3339),
        ((9, 10), (3, 10), 0.1705, 0.8090),
        ((5, 56), (0, 29), -0.0381, 0.1926),
        ((10, 10), (0, 10), 0.6075, 1.0000),
    ],
)
def test_difference_is_newcombes(
    now: tuple[int, int], before: tuple[int, int], low: float, high: float
) -> None:
    difference = difference_of(share(*now), share(*before))
    assert not isinstance(difference, NotAvailable)
    assert (difference.low, difference.high) == pytest.approx((low, high), abs=5e-5)


@given(st.integers(1, 400), st.integers(1, 400), st.data())
def test_difference_of_unweighted_shares_is_that_from_counts(
    n: int, n_before: int, data: st.DataObject
) -> None:
    part = data.draw(st.integers(0, n))
    before = data.draw(st.integers(0, n_before))
    found = difference_of(share(part, n), share(before, n_before))
    assert not isinstance(found, NotAvailable)
    expected = newcombe_difference(part, n, part_before=before, n_before=n_before)
    assert (found.low, found.high) == pytest.approx(expected)


def test_difference_needs_margins_of_error() -> None:
    assert difference_of(Estimate(0.6, n=90), share(40, 90)) == NotAvailable(
        "a share without a margin of error can't be compared"
    )
    assert difference_of(share(40, 90), NotAvailable("nobody answered")) == NotAvailable(
        "nobody answered"
    )


def test_test_of_two_shares_is_the_chi_square_test() -> None:
    one, other = share(129, 136), share(70, 82)
    expected = chi2_contingency([[129, 7], [70, 12]], correction=False).pvalue
    assert two_shares_p(one, other) == pytest.approx(expected)


def test_test_of_two_shares_counts_effective_bases() -> None:
    # Weights that halve what the answers tell are the same as half the answers.
    halved = [Estimate(part / n, n=n, effective_n=n / 2) for part, n in ((140, 200), (110, 200))]
    assert two_shares_p(*halved) == pytest.approx(two_shares_p(share(70, 100), share(55, 100)))


def test_shares_that_all_agree_do_not_differ() -> None:
    assert two_shares_p(share(50, 50), share(80, 80)) == 1
    assert two_shares_p(share(0, 50), share(0, 80)) == 1


def test_share_without_a_base_can_not_be_tested() -> None:
    with pytest.raises(ValueError, match="tested on a base"):
        two_shares_p(Estimate(0.5), share(5, 10))


def test_holm_is_that_of_the_smokers() -> None:
    # R 4.4, example(pairwise.prop.test): smokers of Fleiss (1981), page 139, by Holm. Its single
    # tests have a continuity correction.
    smokers, patients = (83, 90, 129, 70), (86, 93, 136, 82)
    pairs = [(0, 1), (0, 2), (1, 2), (0, 3), (1, 3), (2, 3)]
    alone = [
        chi2_contingency(
            [[smokers[at], patients[at] - smokers[at]] for at in pair], correction=True
        ).pvalue
        for pair in pairs
    ]
    assert holm(alone) == pytest.approx((1, 1, 1, 0.119, 0.093, 0.124), abs=0.0005)


@given(st.lists(st.floats(0, 1), max_size=12))
def test_holm_raises_and_keeps_order(p_values: list[float]) -> None:
    raised = holm(p_values)
    assert all(p <= q <= 1 for p, q in zip(p_values, raised, strict=True))
    order = sorted(range(len(p_values)), key=p_values.__getitem__)
    assert [raised[at] for at in order] == sorted(raised)
