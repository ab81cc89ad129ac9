"""The shift of a count: fixed by its people, even, and telling nothing of other shifts."""

from collections import Counter
from itertools import pairwise
from random import Random

import pytest

from measures.stats.disclosure.noise import KEYS, TABLE, noise, shifted

CHANCE = Random(5)
MANY = [CHANCE.randrange(KEYS) for _ in range(20_000)]


def test_table_is_of_256_parts_with_mean_0():
    assert sum(TABLE.values()) == 256
    assert sum(shift * parts for shift, parts in TABLE.items()) == 0


def test_same_people_have_the_same_noise_in_any_order_and_any_table():
    keys = [7, 4_000_000_000, 123_456, 2**31]

    assert noise(sum(keys)) == noise(sum(reversed(keys))) == noise(sum(keys) % KEYS)


def test_each_shift_comes_as_often_as_the_table_says():
    found = Counter(map(noise, MANY))

    for shift, parts in TABLE.items():
        # Four standard errors of a share of a fifth among 20,000 are 0.011.
        assert found[shift] / len(MANY) == pytest.approx(parts / 256, abs=0.012)


def test_shifts_of_two_groups_tell_nothing_of_the_shift_of_both_together():
    # Looked up by the sum alone, two groups with the lowest keys would have a low sum: -2 and -2
    # could never go with 2.
    together = Counter(
        noise(one + other) for one, other in pairwise(MANY) if noise(one) == noise(other) == -2
    )

    assert sum(together.values()) > 400
    for shift in TABLE:
        assert together[shift] / sum(together.values()) == pytest.approx(0.2, abs=0.07)


def test_no_count_is_shifted_below_0():
    key = next(key for key in MANY if noise(key) == -2)

    assert (shifted(1, key), shifted(12, key)) == (0, 10)
