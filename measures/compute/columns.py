"""The columns of a question's table: for everyone, and for each group of a breakdown."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from measures.compute.counts import KEYS, Counts
from measures.compute.weighting import Weighting, sample_of
from measures.stats.claims import Design, judge_base, may_claim
from measures.stats.intervals import Z_95, wilson_effective
from measures.stats.sample import Sample
from measures.stats.tabulated import group_means
from measures.stats.values import Estimate, NotAvailable
from surveys.tally.tabulated import Tabulation

Floats = NDArray[np.float64]

OUTSIDE = NotAvailable("outside the base of the shares")
NOBODY = NotAvailable("nobody answered")


@dataclass(frozen=True)
class Told:
    """How many gave an answer, exactly, and their share of those who answered, from 0 to 1.

    `key` is the sum of their record keys: what disclosure control shifts the published count by.
    """

    n: int
    key: int
    share: Estimate | NotAvailable


@dataclass(frozen=True)
class Column:
    """A group of people: `group` is "" for everyone, a code, or "~" for who did not say.

    `people` are all responses of the group, `answered` those with an answer that counts, and
    `effective` how many answers of a simple random sample would tell as much (answered / deff).
    """

    group: str
    label: str
    people: int
    answered: int
    answered_key: int
    skipped: int
    effective: float
    deff: float | None
    cells: tuple[Told, ...]
    mean: Estimate | NotAvailable | None


def columns_of(
    counts: Counts, layout: Tabulation, weighting: Weighting | None, design: Design
) -> tuple[Column, ...]:
    """The column of everyone and then one of each group, their labels still empty."""
    found = _estimates(counts, layout, weighting)
    is_frame = weighting is not None and weighting.is_frame
    return tuple(
        _Group(counts, layout, group, found, design, is_frame).column()
        for group in range(-1, len(counts.groups))
    )


@dataclass(frozen=True)
class _Found:
    """By group, everyone first: share and error of each line, nan where there is none; means."""

    shares: Floats
    errors: Floats
    means: Floats
    mean_errors: Floats
    effective: Floats


def _estimates(counts: Counts, layout: Tabulation, weighting: Weighting | None) -> _Found:
    sample = weighting.sample if weighting else sample_of(counts.strata)
    return (_of_one_choice if layout.is_single else _of_several)(counts, layout, sample)


def _of_one_choice(counts: Counts, layout: Tabulation, sample: Sample) -> _Found:
    """All lines at once: each person gave one of the options, or none."""
    options = [i for i, line in enumerate(layout.lines) if line.kind == "option"]
    told = [i for i, line in enumerate(layout.lines) if line.kind != "missing"]
    # A net has the cells of its options. The mean, where there is one, comes last.
    y = [
        [float(layout.lines[o].cells[0] in layout.lines[i].cells) for i in told]
        + [layout.lines[o].value or 0.0]
        for o in options
    ]
    found = group_means(sample, _with_everyone(counts.lines[:, :, options]), np.array(y))
    shape = (len(found.effective), len(layout.lines))
    shares, errors = np.full(shape, np.nan), np.full(shape, np.nan)
    shares[:, told], errors[:, told] = found.means[:, :-1], found.errors[:, :-1]
    return _Found(shares, errors, found.means[:, -1], found.errors[:, -1], found.effective)


def _of_several(counts: Counts, layout: Tabulation, sample: Sample) -> _Found:
    """Each line by itself: a person may have given several of the options."""
    y = np.array([[1.0], [0.0]])
    groups = len(counts.groups) + 1
    shape = (groups, len(layout.lines))
    shares, errors = np.full(shape, np.nan), np.full(shape, np.nan)
    effective = np.zeros(groups)
    for i, line in enumerate(layout.lines):
        if line.kind == "missing":
            continue
        chose = counts.lines[:, :, i]
        n = np.stack([chose, counts.answered - chose], axis=2)
        found = group_means(sample, _with_everyone(n), y)
        shares[:, i], errors[:, i] = found.means[:, 0], found.errors[:, 0]
        effective = found.effective
    none = np.full(groups, np.nan)
    return _Found(shares, errors, none, none, effective)


def _with_everyone(n: NDArray[np.int64]) -> Floats:
    """Counts by group, with everyone as the first group."""
    return np.concatenate([n.sum(axis=0, keepdims=True), n]).astype(float)


@dataclass(frozen=True)
class _Group:
    """One group, or everyone at position -1, with all that its column is made of."""

    counts: Counts
    layout: Tabulation
    at: int
    found: _Found
    design: Design
    is_frame: bool

    def column(self) -> Column:
        counts, lines = self.counts, self.layout.lines
        people, answered = (int(self.of(one).sum()) for one in (counts.people, counts.answered))
        n = self.of(counts.lines).reshape(-1, len(lines)).sum(axis=0)
        keys = self.of(counts.line_keys).reshape(-1, len(lines)).sum(axis=0) % KEYS
        missing = sum(int(n[i]) for i, line in enumerate(lines) if line.kind == "missing")
        effective = float(self.found.effective[self.at + 1])
        return Column(
            group="" if self.at < 0 else counts.groups[self.at],
            label="",
            people=people,
            answered=answered,
            answered_key=int(self.of(counts.answered_keys).sum() % KEYS),
            skipped=people - answered - missing,
            effective=effective,
            deff=answered / effective if effective else None,
            cells=tuple(
                Told(int(n[i]), int(keys[i]), self.share(i, answered)) for i in range(len(lines))
            ),
            mean=self.mean(answered) if self.layout.has_mean else None,
        )

    def of(self, by_group: NDArray[np.int64]) -> NDArray[np.int64]:
        """This group's part of what is counted by group, or all of it."""
        return by_group if self.at < 0 else by_group[self.at : self.at + 1]

    def share(self, line: int, answered: int) -> Estimate | NotAvailable:
        if self.layout.lines[line].kind == "missing":
            return OUTSIDE
        if refused := self.too_few(answered):
            return refused
        at = self.at + 1
        # A rounding error of the last bit must not make a share of more than all.
        value = min(max(float(self.found.shares[at, line]), 0.0), 1.0)
        if not may_claim(self.design).margin_of_error:
            return Estimate(value, n=answered, method="share of those who answered")
        effective = self.effective_for(value, float(self.found.errors[at, line]), answered)
        low, high = wilson_effective(value, effective)
        return Estimate(value, low, high, answered, effective, "wilson on the effective base")

    def mean(self, answered: int) -> Estimate | NotAvailable:
        if refused := self.too_few(answered):
            return refused
        value, se = (float(one[self.at + 1]) for one in (self.found.means, self.found.mean_errors))
        if not may_claim(self.design).margin_of_error:
            return Estimate(value, n=answered, method="mean of those who answered")
        reach = Z_95 * se
        return Estimate(value, value - reach, value + reach, answered, method="linearised")

    def too_few(self, answered: int) -> NotAvailable | None:
        if not answered:
            return NOBODY
        base = judge_base(answered, float(self.found.effective[self.at + 1]))
        return NotAvailable(base.words) if base.is_too_small else None

    def effective_for(self, share: float, se: float, answered: int) -> float:
        """How many answers of a simple random sample would have this error.

        Korn & Graubard (1998), Confidence intervals for proportions with small expected number of
        positive counts estimated from survey data, Survey Methodology 24, 193-201; at most the
        answers there are, unless nearly all of the population answered. Where nobody or everybody
        gave the answer there is no error to go by, and Kish's effective base stands in.
        """
        if se == 0 or share in (0.0, 1.0):
            return float(self.found.effective[self.at + 1])
        effective = share * (1 - share) / se**2
        return effective if self.is_frame else min(effective, float(answered))
