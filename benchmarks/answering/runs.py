"""One run of the load generator against one site, and what several of them say together."""

import itertools
import json
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from benchmarks.answering.processes import Memory, cpu_between
from benchmarks.answering.sites import HERE, Site

WARM_UP = 1.0
# A page that is looked at, a page that is sent, and the sending of all.
KINDS = {"GET": "page GET", "POST": "page POST", "submit": "submit"}
# Another for each run: the same people would come from the same addresses with the same keys.
SEEDS = itertools.count(1)
NOTHING = Memory(0.0, 0.0)


@dataclass
class Figures:
    """What runs of the same kind measured, added up."""

    seconds: float = 0.0
    submissions: float = 0.0
    acknowledged: int = 0
    generator: float = 0.0
    web: float = 0.0
    database: float = 0.0
    memory: Memory = NOTHING
    kinds: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in KINDS})
    whole: list[float] = field(default_factory=list)
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def a_second(self) -> float:
        return self.submissions / self.seconds

    @property
    def requests(self) -> int:
        return sum(map(len, self.kinds.values()))

    @property
    def cpu_a_request(self) -> float:
        """CPU seconds of web and database for one request."""
        return (self.web + self.database) / self.requests

    def add(self, told: dict[str, Any]) -> None:
        self.seconds += told["seconds"]
        self.submissions += told["submissions"]
        self.acknowledged += told["acknowledged"]
        for kind in KINDS:
            self.kinds[kind] += told["kinds"][kind]
        self.whole += told["whole"]
        self.wrong.update(told["wrong"])

    def lines(self) -> list[str]:
        """What is printed of them: two lines, and one for each thing that went wrong."""
        pages = " · ".join(
            f"{name} {percentiles(self.kinds[kind])}"
            for kind, name in KINDS.items()
            if self.kinds[kind]
        )
        n = 1000 / self.requests
        return [
            f"{self.a_second:8.1f} a second (requests: {self.requests / self.submissions:.0f}); "
            f"ms p50/p95/p99: {pages}",
            f"CPU {self.web * n:.2f} + {self.database * n:.2f} ms a page (web + database); web "
            f"processes {self.memory.rss:.0f} MB RSS, {self.memory.pss:.0f} MB PSS; generator "
            f"{self.generator / self.seconds:.0%} of a core",
            *(f"WRONG {count} times: {what}" for what, count in self.wrong.most_common(5)),
        ]


def run(
    site: Site, visitor: dict[str, Any], into: Figures, *, load: dict[str, Any], seconds: float
) -> None:
    """Adds one run to the figures. `load` is {"people": n} or {"a_second": rate}.

    Raises RuntimeError where the site acknowledged nothing: there is nothing to tell then.
    """
    plan = {"visitor": visitor | {"port": site.port}, "seed": next(SEEDS), "seconds": seconds}
    generator = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.answering.load"],
        cwd=HERE,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert generator.stdin  # noqa: S101  # both are pipes
        assert generator.stdout  # noqa: S101
        json.dump(plan | load | {"warm_up": WARM_UP}, generator.stdin)
        generator.stdin.close()
        _expect("begun", generator.stdout.readline())
        web, database = site.cpu()
        spent = _expect("ended", generator.stdout.readline())
        web_after, database_after = site.cpu()
        into.web += cpu_between(web, web_after)
        into.database += cpu_between(database, database_after)
        into.memory = site.memory()
        into.generator += float(spent)
        told = json.load(generator.stdout)
    finally:
        generator.kill()
        generator.wait()
    if not told["acknowledged"]:
        raise RuntimeError(f"{site.name} acknowledged nothing: {told['wrong']}")
    into.add(told)


def percentile(values: list[float], share: float) -> float:
    """The smallest value that at least this share of them do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * round(share * 1000) // 1000)
    return ordered[max(rank, 1) - 1]


def percentiles(values: list[float]) -> str:
    return "/".join(f"{percentile(values, share) * 1000:.1f}" for share in (0.5, 0.95, 0.99))


def _expect(word: str, line: str) -> str:
    if not line.startswith(word):
        raise RuntimeError(f"the load generator ended before it said {word!r}")
    return line.removeprefix(word).strip()
