"""A measured time beside the yardstick of the same run."""

import time
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Ratio:
    """`ours` and `yardstick` in seconds; `goal` is the most that ours ÷ yardstick should be."""

    what: str
    ours: float
    yardstick: float
    goal: float

    def __str__(self) -> str:
        ratio = self.ours / self.yardstick
        verdict = "reached" if ratio <= self.goal else "MISSED"
        return (
            f"{self.what:58} {self.ours:9.4f} s ÷ {self.yardstick:9.4f} s = {ratio:7.3f}"
            f"  (at most {self.goal:g}: {verdict})"
        )


def seconds(work: Callable[[], object], *, times: int = 1) -> float:
    """The shortest of some runs: what the machine can do when nothing else disturbs it."""
    best = float("inf")
    for _ in range(times):
        begun = time.perf_counter()
        work()
        best = min(best, time.perf_counter() - begun)
    return best
