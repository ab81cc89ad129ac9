"""What may be told of a column, on the boundaries of the rules."""

import pytest

from measures.stats.disclosure.noise import noise
from measures.stats.disclosure.publish import Cell, Exact, Weighted, publish_counts, told
from measures.stats.disclosure.rules import OPEN, Rules


def key_with(shift: int, *, start: int = 0) -> int:
    return next(key for key in range(start, start + 10_000) if noise(key) == shift)


def column(n: int, base: int, **more) -> tuple[Cell, Cell]:
    """The base and one answer, both without a shift unless `key` or `base_key` says so; the rest
    is not shifted either."""
    key, base_key = more.pop("key", None), more.pop("base_key", None)
    if key is None and base_key is None:
        base_key = key_with(0)
        key = next(k for k in range(20_000) if noise(k) == 0 == noise(base_key - k))
    answers = [Exact("yes", n, key or 0)]
    found = publish_counts(answers, Exact("", base, base_key or 0), **({"split": False} | more))
    return found[0], found[1]


@pytest.mark.parametrize(
    ("n", "shift", "expected"),
    [
        (0, 0, None),
        # However it is shifted, 9 is withheld.
        (9, 2, None),
        (10, -1, None),
        (10, 0, 10),
        (11, -2, None),
        (12, -2, 10),
        (12, 0, 10),
        (12, 1, 15),
        (17, 0, 15),
        (1_000, 2, 1_000),
        (1_001, 2, 1_005),
    ],
)
def test_count_is_shifted_then_withheld_below_10_then_rounded(n, shift, expected):
    assert told(Exact("yes", n, key_with(shift)), Rules()) == expected


def test_share_is_a_whole_percentage_of_the_told_counts():
    base, yes = column(187, 260)

    assert (base.n, yes.n, yes.share) == (260, 185, 71)


def test_share_needs_a_base_of_50():
    _, below = column(24, 47)
    _, enough = column(24, 48)

    assert (below.n, below.share) == (25, None)
    assert (enough.n, enough.share) == (25, 50)


def test_small_part_on_a_large_base_has_only_a_limit():
    _, part = column(4, 60)

    # 11 of 56: what a withheld part and a base told as 60 may be at most.
    assert part == Cell("yes", "suppressed", share=20, bound="at most")


def test_part_is_withheld_where_the_rest_is_small():
    _, part = column(56, 60)

    assert part == Cell("yes", "suppressed", share=80, bound="at least")


def test_part_and_rest_are_withheld_on_a_small_base():
    _, part = column(20, 26)

    assert part == Cell("yes", "suppressed")


def test_everything_is_withheld_where_fewer_than_10_answered():
    assert [cell.status for cell in column(9, 9)] == ["suppressed", "suppressed"]
    assert all(cell.n is cell.share is None for cell in column(9, 9))


def test_share_never_is_0_or_100():
    # Of 5,000 a part of 20 is 0.4%.
    _, part = column(20, 5_000)
    _, rest = column(4_980, 5_000)

    assert (part.n, part.share, part.bound) == (20, 5, "at most")
    assert (rest.n, rest.share, rest.bound) == (4_980, 95, "at least")


def test_weighted_share_comes_from_the_exact_tallies():
    weighted = Weighted([0.6149], smallest=0.5, largest=2)

    _, part = column(187, 260, weighted=weighted)

    assert (part.n, part.share) == (185, 61)


def test_limit_of_a_weighted_share_holds_for_the_heaviest_people():
    _, part = column(4, 60, weighted=Weighted([0.1], smallest=0.8, largest=1.6))

    # 11 people of 1.6 among 45 of 0.8.
    assert (part.share, part.bound) == (33, "at most")


def test_limit_that_says_nothing_is_not_told():
    _, part = column(4, 60, weighted=Weighted([0.1], smallest=0.2, largest=4))

    assert part == Cell("yes", "suppressed")


def test_interval_is_wilsons_on_the_effective_base_with_ends_rounded_outwards():
    _, part = column(187, 260, effective=200.0)

    # 71% of 208, since 200 of 260 are 0.8: Wilson's interval is 64.5% to 76.7%.
    assert (part.low, part.high) == (64, 77)


def test_no_interval_without_a_probability_sample():
    _, part = column(187, 260)

    assert (part.low, part.high) == (None, None)


def test_people_who_did_not_know_are_counted_beside_the_base():
    cells = publish_counts([Exact("~dont-know", 30, key_with(0))], Exact("", 12, 0), split=False)

    assert (cells[1].n, cells[1].share, cells[1].bound) == (30, None, "")


def test_consultation_tells_exact_totals_of_everyone():
    cells = publish_counts([Exact("yes", 3, 0)], Exact("", 7, 0), policy=OPEN, split=False)

    assert [cell.n for cell in cells] == [7, 3]
    assert cells[1].share == 43


def test_consultation_splits_by_the_sensitive_rules():
    cells = publish_counts([Exact("yes", 3, 0)], Exact("", 7, 0), policy=OPEN, split=True)

    assert [cell.n for cell in cells] == [None, None]


def test_answer_with_more_people_than_answered_is_refused():
    with pytest.raises(ValueError, match="7 people"):
        publish_counts([Exact("yes", 8, 0)], Exact("", 7, 0), split=False)
