"""Adding people up: the same whatever the order, the parts and the halves."""

from collections import Counter
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.models.packed import pack
from surveys.tally import adding_up
from surveys.tally.adding_up import Alike, Key, add_up, summed

SIZE = 6
STORED = (0, 2, 3)
KEYS = 2**32
CELLS = st.sets(st.integers(1, SIZE - 1)).map(lambda some: [0, *sorted(some)])
PEOPLE = st.lists(st.tuples(CELLS, st.integers(0, KEYS - 1)), min_size=1, max_size=5)


@st.composite
def alike(draw: st.DrawFn) -> Alike:
    people = draw(PEOPLE)
    return Alike(
        wave=draw(st.sampled_from(["", "first"])),
        period=draw(st.sampled_from([date(2022, 11, 1), date(2022, 12, 1)])),
        stratum=draw(st.sampled_from(["a|b", "-|b"])),
        groups=(0, *sorted(draw(st.sets(st.integers(1, 4), max_size=3)))),
        is_synthetic=draw(st.booleans()),
        cells=b"".join(pack(cells) for cells, _ in people),
        keys=b"".join(key.to_bytes(8, "big") for _, key in people),
    )


def slowly(people: list[Alike]) -> tuple[Counter[tuple[Key, int]], Counter[tuple[Key, int]]]:
    """One cell of one person after another."""
    n: Counter[tuple[Key, int]] = Counter()
    keys: Counter[tuple[Key, int]] = Counter()
    for one in people:
        person = -1
        for cell in np.frombuffer(one.cells, "<u2").tolist():
            person += cell == 0
            key = int.from_bytes(one.keys[8 * person : 8 * person + 8], "big")
            for group in one.groups:
                if group in STORED:
                    row = (one.wave, one.period, one.stratum, group, one.is_synthetic)
                    n[row, cell] += 1
                    keys[row, cell] = (keys[row, cell] + key) % KEYS
    return n, keys


def added(people: list[Alike]) -> tuple[Counter[tuple[Key, int]], Counter[tuple[Key, int]]]:
    sums = add_up(people, stored=STORED, size=SIZE)
    n: Counter[tuple[Key, int]] = Counter()
    keys: Counter[tuple[Key, int]] = Counter()
    for i, row in enumerate(sums.keys):
        for cell in range(SIZE):
            n[row, cell] += int(sums.n[i, cell])
            keys[row, cell] += int(sums.record_keys[i, cell])
    return n, keys


@given(st.lists(alike(), max_size=8))
def test_sums_are_those_of_counting_one_after_another(people):
    assert added(people) == slowly(people)


@given(st.lists(alike(), max_size=8), st.randoms(use_true_random=False))
def test_order_changes_nothing(people, chance):
    other = chance.sample(people, len(people))
    assert added(people) == added(other)


@given(st.lists(alike(), max_size=8), st.integers(1, 20))
def test_parts_and_halves_change_nothing(people, at_once):
    whole = added(people)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(adding_up, "AT_ONCE", at_once)
        patch.setattr(adding_up, "EXACTLY", 1)
        assert added(people) == whole


def test_progress_tells_of_each_person_once():
    people = [
        Alike("", date(2022, 11, 1), "", (0,), False, pack([0, 1, 0]), bytes(16)) for _ in range(3)
    ]
    told: list[int] = []
    add_up(people, stored=STORED, size=SIZE, progress=told.append)
    assert sum(told) == 6


def test_response_without_a_cell_of_its_own_is_refused():
    one = Alike("", date(2022, 11, 1), "", (0,), False, pack([1, 2]), bytes(8))
    with pytest.raises(ValueError, match="begin with cell 0"):
        add_up([one], stored=STORED, size=SIZE)


def test_summed_as_worked_in_its_description():
    values = np.array([[1, 5], [7, 7], [1, 1]])
    assert summed(np.array([2, 0, 2]), values, 3).tolist() == [[7, 7], [0, 0], [2, 6]]
