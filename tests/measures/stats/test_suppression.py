"""What may be published of a share, on both sides of every threshold."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.stats.suppression import PublishedShare, publish_share
from measures.stats.values import Suppressed

CASES = [
    # part, answered, in words or None where withheld
    (0, 0, None),
    (9, 9, None),
    (0, 10, None),
    (10, 10, None),  # everybody: the rest is zero, and zero is below 10
    (10, 19, None),
    (10, 20, "about 10 of about 20"),
    (25, 41, "about 25 of about 40"),
    (24, 49, "about 25 of about 50"),
    (25, 50, "50%"),
    (9, 49, None),
    (9, 50, "at most 19%"),
    (4, 60, "at most 16%"),
    (41, 50, "at least 81%"),
    (0, 500, "at most 5%"),
    (500, 500, "at least 95%"),
    (10, 500, "2%"),
    (10, 4_000, "at most 5%"),  # rounds to 0%, which is never told
    (3_990, 4_000, "at least 95%"),
    (187, 260, "71%"),
]


@pytest.mark.parametrize(("part", "answered", "words"), CASES)
def test_what_is_told(part: int, answered: int, words: str | None) -> None:
    published = publish_share(part, answered)

    assert (None if isinstance(published, Suppressed) else published.in_words) == words


@st.composite
def counts(draw: st.DrawFn) -> tuple[int, int]:
    answered = draw(st.integers(0, 5_000))
    return draw(st.integers(0, answered)), answered


@given(counts())
def test_only_rounded_counts_of_10_or_more_are_told(counts: tuple[int, int]) -> None:
    published = publish_share(*counts)

    if isinstance(published, PublishedShare):
        assert published.base % 5 == 0
        assert published.base >= 10
        assert published.count is None or (published.count % 5 == 0 and published.count >= 10)


@given(counts())
def test_a_bound_holds(counts: tuple[int, int]) -> None:
    part, answered = counts
    published = publish_share(part, answered)

    if isinstance(published, PublishedShare) and published.bound and published.percent is not None:
        share = 100 * part / answered
        limit = published.percent
        assert share <= limit if published.bound == "at most" else share >= limit


@given(st.integers(50, 5_000), st.integers(0, 9), st.integers(0, 9))
def test_a_small_part_can_not_be_told_from_another(answered: int, one: int, other: int) -> None:
    assert publish_share(one, answered) == publish_share(other, answered)
    assert publish_share(answered - one, answered) == publish_share(answered - other, answered)


@given(counts())
def test_no_percentage_on_a_base_below_50(counts: tuple[int, int]) -> None:
    published = publish_share(*counts)

    if isinstance(published, PublishedShare) and published.percent is not None:
        assert counts[1] >= 50


def test_the_interval_comes_from_the_published_counts() -> None:
    one, other = publish_share(893, 1_239), publish_share(897, 1_241)

    assert isinstance(one, PublishedShare)
    assert isinstance(other, PublishedShare)
    assert one.estimate(is_sample=True) == other.estimate(is_sample=True)


def test_those_who_chose_to_answer_have_no_interval() -> None:
    published = publish_share(41, 96)

    assert isinstance(published, PublishedShare)
    estimate = published.estimate(is_sample=False)
    assert estimate is not None
    assert estimate.low is None


def test_a_bound_has_no_estimate() -> None:
    published = publish_share(3, 200)

    assert isinstance(published, PublishedShare)
    assert published.estimate(is_sample=True) is None


def test_a_part_larger_than_the_whole_is_refused() -> None:
    with pytest.raises(ValueError, match="11 can't be a part of 10"):
        publish_share(11, 10)
