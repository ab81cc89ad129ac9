"""What was measured beside the yardstick of the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`goal` is the most that ours ÷ yardstick should be, or with `at_least` the least."""

    what: str
    ours: float
    yardstick: float
    goal: float
    unit: str = "s"
    at_least: bool = False

    @property
    def ratio(self) -> float:
        return self.ours / self.yardstick

    @property
    def is_reached(self) -> bool:
        return self.ratio >= self.goal if self.at_least else self.ratio <= self.goal

    def __str__(self) -> str:
        bound = "at least" if self.at_least else "at most"
        return (
            f"{self.what:58} {self.ours:9.4f} {self.unit} ÷ {self.yardstick:9.4f} {self.unit} "
            f"= {self.ratio:7.3f}  ({bound} {self.goal:g}: "
            f"{'reached' if self.is_reached else 'MISSED'})"
        )


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """The shortest of some runs: what the machine can do when nothing else disturbs it."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best
