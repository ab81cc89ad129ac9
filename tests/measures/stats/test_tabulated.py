"""Means from a table of counts: those of the people one by one."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from measures.stats.calibration import post_stratify, rake
from measures.stats.estimates import domain_means, kish_effective
from measures.stats.sample import Sample
from measures.stats.tabulated import group_means

CELLS, KINDS, GROUPS = 6, 3, 2
# Cells of two margins: three areas by two sexes.
AREA, SEX = np.array([0, 0, 1, 1, 2, 2]), np.array([0, 1, 0, 1, 0, 1])
Y = np.array([[1.0, 0.0, 1.0], [0.0, 1.0, 2.0], [0.0, 0.0, 4.0]])


def people_of(n, rest):
    """One row a person: cell, group (or -1 where no answer counts), kind."""
    rows = [
        (cell, group, kind)
        for group in range(GROUPS)
        for cell in range(CELLS)
        for kind in range(KINDS)
        for _ in range(n[group][cell][kind])
    ]
    return np.array(rows + [(cell, -1, -1) for cell in range(CELLS) for _ in range(rest[cell])])


def counts(least: int, most: int, shape: tuple[int, ...]):
    size = int(np.prod(shape))
    return st.lists(st.integers(least, most), min_size=size, max_size=size).map(
        lambda found: np.array(found).reshape(shape)
    )


@settings(max_examples=40, deadline=None)
@given(
    n=counts(0, 4, (GROUPS, CELLS, KINDS)),
    rest=counts(1, 3, (CELLS,)),
    how=st.sampled_from(["as they came", "raked", "post-stratified", "raked, trimmed, of a frame"]),
)
def test_table_and_people_give_the_same(n, rest, how):
    rows = people_of(n, rest)
    size = len(rows)
    people = n.sum(axis=(0, 2)) + rest
    cell, group, kind = rows.T
    fpc = 2.0 * size if "frame" in how else None

    def drawn(frequency, cells):
        sample = Sample(
            frequency=frequency,
            weight=np.ones(len(cells)),
            fpc=None if fpc is None else np.full(len(cells), fpc),
        )
        area, sex = np.array([5.0, 3.0, 2.0]), np.array([6.0, 4.0])
        if "raked" in how:
            margins = [
                (AREA[cells], area / area.sum() * size),
                (SEX[cells], sex / sex.sum() * size),
            ]
            trim = (0.1, 50.0) if "trimmed" in how else None
            return rake(sample, margins, trim=trim).sample
        if "post" in how:
            return post_stratify(sample, AREA[cells], area / area.sum() * size)
        return sample

    records = drawn(np.ones(size), cell)
    expected = domain_means(records, np.vstack([Y, np.zeros(3)])[kind], group, count=GROUPS)
    found = group_means(drawn(people.astype(float), np.arange(CELLS)), n.astype(float), Y)

    assert found.means.ravel() == pytest.approx(expected.value, rel=1e-9, nan_ok=True)
    assert found.errors.ravel() == pytest.approx(expected.se, rel=1e-6, abs=1e-9, nan_ok=True)
    for at in range(GROUPS):
        among = group == at
        kish = kish_effective(np.ones(among.sum()), records.weight[among]) if among.any() else 0
        assert found.effective[at] == pytest.approx(kish)


def test_group_without_answers_is_nan_and_leaves_the_others_alone():
    n = np.zeros((2, CELLS, KINDS))
    n[0] = 2
    sample = Sample(frequency=np.full(CELLS, 10.0), weight=np.ones(CELLS))
    found = group_means(sample, n, Y)
    assert np.isnan(found.means[1]).all()
    assert np.isnan(found.errors[1]).all()
    assert found.means[0] == pytest.approx([1 / 3, 1 / 3, 7 / 3])
    assert np.isfinite(found.errors[0]).all()


def test_clusters_are_refused():
    sample = Sample(np.ones(2), np.ones(2), psu=np.array([0, 1]))
    with pytest.raises(ValueError, match="no strata, no clusters"):
        group_means(sample, np.ones((1, 2, 1)), np.ones((1, 1)))


def test_nobody_at_all_gives_nothing():
    nobody = Sample(frequency=np.zeros(0), weight=np.zeros(0))
    found = group_means(nobody, np.zeros((1, 0, KINDS)), Y)
    assert np.isnan(found.means).all()
    assert found.effective == pytest.approx([0])


def test_one_person_has_a_mean_and_no_error():
    alone = Sample(frequency=np.ones(1), weight=np.ones(1))
    found = group_means(alone, np.array([[[1.0, 0.0, 0.0]]]), Y)
    assert found.means[0] == pytest.approx([1, 0, 1])
    assert np.isnan(found.errors).all()
