"""How far a published share may be off: never less than it is for any exact counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.statements.precision import points_off
from measures.stats.published import PublishedShare
from measures.stats.rounding import round_to

NOISE = st.integers(-2, 2)


@pytest.mark.parametrize(
    ("share", "points"),
    [
        (PublishedShare(100, 160, 63), 5),
        (PublishedShare(50, 80, 63), 9),
        (PublishedShare(890, 1_240, 72), 1),
    ],
)
def test_the_worst_case_rounded_up(share: PublishedShare, points: int) -> None:
    assert points_off(share) == points


@given(
    st.integers(60, 5_000).flatmap(lambda n: st.tuples(st.integers(12, n - 12), st.just(n))),
    NOISE,
    NOISE,
)
def test_no_exact_share_lies_further_off(
    counts: tuple[int, int], of_part: int, of_all: int
) -> None:
    part, answered = counts
    told, base = round_to(part + of_part, 5), round_to(answered + of_all, 5)
    published = PublishedShare(told, base, round(100 * told / base))

    assert abs(100 * part / answered - (published.percent or 0)) <= points_off(published)


@pytest.mark.parametrize("share", [PublishedShare(25, 40), PublishedShare(None, 60, 16, "at most")])
def test_what_is_no_percentage_is_not_points_off(share: PublishedShare) -> None:
    with pytest.raises(ValueError, match="only a whole percentage"):
        points_off(share)
