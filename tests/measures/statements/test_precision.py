"""How far a published share may be off: never less than it is for any exact counts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.statements.precision import points_off
from measures.stats.suppression import PublishedShare, Suppressed, publish_share


@pytest.mark.parametrize(
    ("share", "points"),
    [
        (PublishedShare(100, 160, 63), 3),
        (PublishedShare(50, 80, 63), 5),
        (PublishedShare(890, 1_240, 72), 1),
    ],
)
def test_the_worst_case_rounded_up(share: PublishedShare, points: int) -> None:
    assert points_off(share) == points


@given(st.integers(50, 5_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_no_exact_share_lies_further_off(counts: tuple[int, int]) -> None:
    part, answered = counts
    published = publish_share(part, answered)
    if isinstance(published, Suppressed) or published.bound or published.percent is None:
        return

    assert abs(100 * part / answered - published.percent) <= points_off(published)


@pytest.mark.parametrize("share", [PublishedShare(25, 40), PublishedShare(None, 60, 16, "at most")])
def test_what_is_no_percentage_is_not_points_off(share: PublishedShare) -> None:
    with pytest.raises(ValueError, match="only a whole percentage"):
        points_off(share)
