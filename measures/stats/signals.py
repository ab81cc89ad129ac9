"""Signs in a series with limits that something changed: rules whose lengths can be chosen."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

RuleName = Literal["beyond", "shift", "trend", "near"]
# Of the distance from the mean to a limit: beyond it lies the outer third.
OUTER_THIRD = 2 / 3


@dataclass(frozen=True)
class Rules:
    """How many readings in a row mean something. Sources differ on the trend: 5, 6 or 7.

    `shift` on one side of the mean, `trend` each above (or each below) the one before, `near` of
    any three in the outer third between mean and limit, on one side. 0 switches a rule off; a
    reading beyond a limit always counts. A reading that is missing, on the mean or (for a trend)
    like the one before ends a run.
    """

    shift: int = 7
    trend: int = 6
    near: int = 2

    def __post_init__(self) -> None:
        for name, length in (("shift", self.shift), ("trend", self.trend)):
            if length and length < 5:
                raise ValueError(f"a {name} is of 5 readings or more, or 0 for off, not {length}")
        if self.near not in (0, 2, 3):
            raise ValueError(f"near a limit are 2 or 3 of three, or 0 for off, not {self.near}")


@dataclass(frozen=True)
class Signal:
    """A sign that something changed: the rule, the places of its readings, and it in words."""

    rule: RuleName
    places: tuple[int, ...]
    words: str


@dataclass(frozen=True)
class Reach:
    """What a stretch varies around, and how far from it a limit is on either side."""

    mean: float
    to_limit: float


def signals_of(
    values: Sequence[float | None], reach: Reach, *, rules: Rules, labels: Sequence[str]
) -> Iterator[Signal]:
    """Every sign in one stretch by the rules of Wheeler & Chambers (1992), by place in `values`.

    Understanding Statistical Process Control, 2nd edition, chapter 5; the lengths are `rules`'.
    A run is one signal however long it is.
    """
    offs = [None if value is None else value - reach.mean for value in values]
    yield from _beyond(offs, reach.to_limit, labels)
    if rules.shift:
        for run in _runs(offs):
            if len(run) >= rules.shift:
                side = "above" if (offs[run[0]] or 0) > 0 else "below"
                yield Signal(
                    "shift", run, f"{len(run)} in a row {side} the mean, {_of(run, labels)}"
                )
    if rules.trend:
        yield from _trends(offs, rules.trend, labels)
    if rules.near:
        yield from _near(offs, reach.to_limit, most=rules.near, labels=labels)


def _beyond(
    offs: Sequence[float | None], to_limit: float, labels: Sequence[str]
) -> Iterator[Signal]:
    for at, off in enumerate(offs):
        if off is not None and abs(off) > to_limit:
            where = "above the upper" if off > 0 else "below the lower"
            yield Signal("beyond", (at,), f"{labels[at]} is {where} limit")


def _side(off: float | None) -> int:
    """1 above, -1 below, 0 for neither."""
    return 0 if off is None else (off > 0) - (off < 0)


def _runs(steps: Sequence[float | None]) -> Iterator[tuple[int, ...]]:
    """The places of each longest run on one side."""
    run: list[int] = []
    for at, step in enumerate(steps):
        if run and _side(step) != _side(steps[run[-1]]):
            yield tuple(run)
            run = []
        if _side(step):
            run.append(at)
    if run:
        yield tuple(run)


def _trends(offs: Sequence[float | None], length: int, labels: Sequence[str]) -> Iterator[Signal]:
    steps = [
        None if now is None or before is None else now - before for before, now in pairwise(offs)
    ]
    for run in _runs(steps):
        places = (*run, run[-1] + 1)
        if len(places) >= length:
            way = "up" if (steps[run[0]] or 0) > 0 else "down"
            yield Signal(
                "trend", places, f"{len(places)} in a row going {way}, {_of(places, labels)}"
            )


def _near(
    offs: Sequence[float | None], to_limit: float, *, most: int, labels: Sequence[str]
) -> Iterator[Signal]:
    """Windows of three with enough readings near one limit; those that overlap are one signal."""
    for side, limit in ((1, "upper"), (-1, "lower")):
        found: list[set[int]] = []
        for first in range(len(offs) - 2):
            window = [(at, offs[at]) for at in range(first, first + 3)]
            near = {
                at
                for at, off in window
                if off is not None and OUTER_THIRD * to_limit < side * off <= to_limit
            }
            if len(near) < most or any(off is None for _at, off in window):
                continue
            if found and found[-1] & near:
                found[-1] |= near
            else:
                found.append(near)
        for places in map(sorted, found):
            words = f"{len(places)} close to the {limit} limit, {_of(places, labels)}"
            yield Signal("near", tuple(places), words)


def _of(places: Sequence[int], labels: Sequence[str]) -> str:
    return f"{labels[places[0]]} to {labels[places[-1]]}"
