"""A released table as a visitor gets it: all that the attacker and the gate look at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from measures.stats.disclosure.publish import Cell
from measures.stats.disclosure.rules import ALL, SENSITIVE, Policy, Rules
from surveys.tally.periods import Span


@dataclass(frozen=True)
class Shape:
    """How the answers of a table hang together, kept beside it under `shape` of its `about`.

    `options` are the codes of the question; `nets` the codes that each `net:…` is made of.
    `is_single` is whether everybody gives one: then the options add up to the base. `weights` are
    the smallest and the largest weight, 1 on average, where the shares are weighted.
    """

    options: tuple[str, ...]
    nets: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    is_single: bool = True
    weights: tuple[float, float] | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "options": list(self.options),
            "nets": {net: list(codes) for net, codes in self.nets.items()},
            "is_single": self.is_single,
            "weights": None if self.weights is None else list(self.weights),
        }

    @classmethod
    def from_json(cls, kept: Mapping[str, Any]) -> "Shape":
        smallest_and_largest = kept["weights"]
        return cls(
            options=tuple(kept["options"]),
            nets={net: tuple(codes) for net, codes in kept["nets"].items()},
            is_single=kept["is_single"],
            weights=tuple(smallest_and_largest) if smallest_and_largest else None,
        )


@dataclass(frozen=True)
class Table:
    """One table of one release: cells by group, "" for everyone and "~" for who did not say.

    `quarter` is the release's, such as `2022-Q4`. `release` tells two releases of one quarter
    apart, which D9 forbids.
    """

    survey: str
    quarter: str
    period: Span
    question: str
    by: str
    shape: Shape
    columns: Mapping[str, Sequence[Cell]]
    policy: Policy = SENSITIVE
    rules: Rules = ALL
    release: str = ""

    @property
    def name(self) -> str:
        """Which table it is, in words: "whole-experience by district in year-to-2022-Q4"."""
        split = f" by {self.by}" if self.by else ""
        return f"{self.survey}: {self.question}{split} in {self.period.key}"

    @property
    def is_open(self) -> bool:
        """Whether its counts are exact, as those of a consultation are for everyone together."""
        return self.policy == "open" and not self.by
