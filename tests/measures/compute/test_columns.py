"""Columns of a table from counts: the same numbers as from the people one by one."""

import random
from dataclasses import replace

import numpy as np
import pytest

from measures.compute.columns import NOBODY, OUTSIDE, Column, columns_of
from measures.compute.counts import Counts
from measures.compute.weighting import MarginRow, Weighting, sample_of
from measures.stats.calibration import rake
from measures.stats.estimates import means
from measures.stats.intervals import wilson
from measures.stats.sample import Sample
from measures.stats.values import Estimate, NotAvailable
from surveys.tally.tabulated import tabulated
from tests.factories.counted import NOVEMBER, Person, counted_of
from tests.factories.surveys import small_definition

OVERALL = tabulated(small_definition(), "overall")
REASONS = tabulated(small_definition(), "reasons")
CALLS = tabulated(small_definition(), "calls")
SATISFIED, NOT_APPLICABLE = 3, 4


def people(count: int, seed: int = 1) -> list[Person]:
    """Invented people of two groups and three strata, who answer, skip or say it does not apply."""
    chance = random.Random(seed)
    found = []
    for _ in range(count):
        stratum = chance.choices(["a", "b", "c"], [5, 3, 1])[0]
        group = chance.choice(["north", "south"])
        roll = chance.random()
        code = chance.choices(["1", "2", "3"], [6, 3, 1] if stratum == "a" else [2, 3, 5])[0]
        cells = ("overall", f"overall={code}")
        if roll < 0.1:
            cells = ()
        elif roll < 0.15:
            cells = ("overall~does-not-apply",)
        found.append((group, stratum, cells, chance.randrange(2**32)))
    return found


def counts_of(everyone: list[Person], layout=OVERALL) -> Counts:
    cells = [layout.field, *dict.fromkeys(c for line in layout.lines for c in line.cells)]
    counted = counted_of(everyone, groups=["north", "south"], cells=cells)
    return Counts.of(counted, 0, layout)


def weighting_to(shares: dict[str, float], counts: Counts, *, is_frame: bool = False) -> Weighting:
    """Strata that should be these shares of all; only what columns need of it is true."""
    sample = sample_of(counts.strata, population=1000 if is_frame else None)
    totals = np.array([shares[code] for code in counts.strata.names]) * sample.n
    raked = rake(sample, [(np.arange(len(totals)), totals)], trim=(0.25, 4.0)).sample
    none: dict[str, tuple[MarginRow, ...]] = {}
    return Weighting(
        "small", NOVEMBER, "a test", is_frame, 1000.0, 0, none, 0, 0.0, 0, 1.0, 1.0, 1.0,
        counts.strata.names, raked,
    )  # fmt: skip


def columns(everyone: list[Person], weighting: Weighting | None = None) -> tuple[Column, ...]:
    return columns_of(counts_of(everyone), OVERALL, weighting, "probability")


def share_of(column: Column, line: int) -> Estimate:
    found = column.cells[line].share
    assert isinstance(found, Estimate)
    return found


def test_counts_are_exact_and_everyone_has_a_place():
    everyone = people(500)
    whole, north, south = columns(everyone)
    assert whole.people == 500 == north.people + south.people
    for i, code in enumerate("123"):
        exact = sum(f"overall={code}" in cells for _, _, cells, _ in everyone)
        assert whole.cells[i].n == exact == north.cells[i].n + south.cells[i].n
    not_applicable = whole.cells[NOT_APPLICABLE].n
    assert whole.people == whole.answered + not_applicable + whole.skipped
    assert whole.skipped == sum(cells == () for _, _, cells, _ in everyone)


def test_keys_are_sums_over_the_people_in_a_cell():
    everyone = people(300)
    whole, north, _ = columns(everyone)
    of_north = sum(k for g, _, c, k in everyone if g == "north" and "overall=1" in c)
    assert north.cells[0].key == of_north % 2**32
    assert whole.answered_key == sum(k for _, _, c, k in everyone if "overall" in c) % 2**32
    assert whole.cells[SATISFIED].key == whole.cells[0].key


def test_unweighted_share_has_the_wilson_interval_of_its_counts():
    column = columns(people(500))[1]
    share = share_of(column, 0)
    n = column.cells[0].n
    assert share.value == pytest.approx(n / column.answered)
    # The error of a mean divides by n - 1, a share's by n: the bases differ by one answer.
    assert (share.low, share.high) == pytest.approx(wilson(n, column.answered), abs=1e-3)
    assert column.deff == pytest.approx(1)


def test_weighted_shares_are_those_of_the_people_one_by_one():
    everyone = people(800)
    wanted = {"a": 0.2, "b": 0.3, "c": 0.5}
    counts = counts_of(everyone)
    found = columns_of(counts, OVERALL, weighting_to(wanted, counts), "probability")
    strata = np.array([counts.strata.names.index(s) for _, s, _, _ in everyone])
    records = Sample(frequency=np.ones(800), weight=np.ones(800))
    totals = np.array([wanted[name] for name in counts.strata.names]) * 800
    raked = rake(records, [(strata, totals)], trim=(0.25, 4.0)).sample
    is_one = np.array([[float("overall=1" in c)] for _, _, c, _ in everyone])
    answered = np.array(["overall" in c for _, _, c, _ in everyone])
    for column, among in (
        (found[0], answered),
        (found[1], answered & np.array([g == "north" for g, _, _, _ in everyone])),
    ):
        expected = means(raked, is_one, domain=among)
        share = share_of(column, 0)
        assert share.value == pytest.approx(float(expected.value[0]))
        assert share.effective_n == pytest.approx(
            min(
                share.value * (1 - share.value) / float(expected.se[0]) ** 2,
                float(column.answered),
            )
        )
        assert share.value != pytest.approx(column.cells[0].n / column.answered, abs=0.01)


def test_net_is_told_like_its_options():
    column = columns(people(500))[0]
    assert share_of(column, SATISFIED) == share_of(column, 0)


def test_missing_code_has_a_number_and_no_share():
    assert columns(people(500))[0].cells[NOT_APPLICABLE].share == OUTSIDE


def test_nearly_the_whole_frame_leaves_little_to_chance():
    counts = counts_of(people(800))
    shares = {"a": 5 / 9, "b": 3 / 9, "c": 1 / 9}
    loose = columns_of(counts, OVERALL, weighting_to(shares, counts), "probability")[0]
    framed = weighting_to(shares, counts, is_frame=True)
    tight = columns_of(counts, OVERALL, framed, "probability")[0]
    assert width(share_of(tight, 0)) < 0.6 * width(share_of(loose, 0))


def width(share: Estimate) -> float:
    assert share.high is not None
    assert share.low is not None
    return share.high - share.low


def test_group_with_too_few_answers_has_counts_and_no_shares():
    everyone = people(500) + [("south", "a", ("overall", "overall=1"), 7)] * 5
    only_north = [one for one in everyone if one[0] == "north"]
    few = columns(only_north + everyone[-5:])[2]
    assert few.answered == 5
    assert few.cells[0].n == 5
    assert few.cells[0].share == NotAvailable(
        "fewer than 30 answers: too few to tell shares of them"
    )


def test_group_that_nobody_is_in_says_so():
    only_north = [one for one in people(500) if one[0] == "north"]
    empty = columns(only_north)[2]
    assert (empty.people, empty.answered, empty.deff) == (0, 0, None)
    assert empty.cells[0].share == NOBODY


def test_self_selected_answers_have_no_margin_of_error():
    counts = counts_of(people(500))
    share = share_of(columns_of(counts, OVERALL, None, "self-selected")[0], 0)
    assert (share.low, share.high) == (None, None)
    assert share.method == "share of those who answered"


def test_several_answers_of_one_person_are_shares_of_people():
    chance = random.Random(2)
    everyone = [
        (
            chance.choice(["north", "south"]),
            "a",
            ("reasons", *(f"reasons={r}" for r in chance.choice([("slow",), ("slow", "rude")]))),
            n,
        )
        for n in range(200)
    ]
    counts = counts_of(everyone, REASONS)
    column = columns_of(counts, REASONS, None, "probability")[0]
    assert share_of(column, 0).value == 1.0
    both = sum("reasons=rude" in cells for _, _, cells, _ in everyone)
    assert share_of(column, 1).value == pytest.approx(both / 200)
    assert column.mean is None


def test_numbers_have_a_mean_with_its_error():
    chance = random.Random(3)
    given = [chance.randint(0, 5) for _ in range(100)]
    everyone = [("north", "a", ("calls", f"calls={n}"), n) for n in given]
    column = columns_of(counts_of(everyone, CALLS), CALLS, None, "probability")[0]
    assert isinstance(column.mean, Estimate)
    assert column.mean.value == pytest.approx(np.mean(given))
    error = np.std(given, ddof=1) / 10
    assert column.mean.high - column.mean.value == pytest.approx(1.959964 * error)


def test_share_that_everybody_gave_is_sure_and_has_an_interval_all_the_same():
    everyone = [("north", "a", ("overall", "overall=1"), n) for n in range(100)]
    share = share_of(columns(everyone)[0], 0)
    assert (share.value, share.high) == (1.0, 1.0)
    assert share.low == pytest.approx(wilson(100, 100)[0])


def test_order_of_people_does_not_matter():
    everyone = people(300)
    again = everyone.copy()
    random.Random(5).shuffle(again)
    first, second = (columns(one)[0] for one in (everyone, again))
    assert replace(first, cells=()) == replace(second, cells=())
    assert [c.n for c in first.cells] == [c.n for c in second.cells]
