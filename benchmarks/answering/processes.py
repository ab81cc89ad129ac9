"""What processes cost, read from /proc: CPU seconds and memory."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class Memory(NamedTuple):
    """MB of some processes: all pages of each, and with shared pages divided among them."""

    rss: float
    pss: float


def tree(root: int) -> list[int]:
    """A process and all that come from it."""
    children: dict[int, list[int]] = {}
    for entry in PROC.iterdir():
        if entry.name.isdecimal() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_seconds(pids: Iterable[int]) -> dict[int, float]:
    """User and system time of each process that is still there, in steps of a clock tick."""
    spent = {}
    for pid in pids:
        if fields := _stat(pid):
            spent[pid] = (int(fields[11]) + int(fields[12])) / TICKS
    return spent


def cpu_between(before: dict[int, float], after: dict[int, float]) -> float:
    """CPU seconds that passed; a process that came in between counts whole."""
    return sum(spent - before.get(pid, 0.0) for pid, spent in after.items())


def memory(pids: Iterable[int]) -> Memory:
    sums = {"Rss": 0, "Pss": 0}
    for pid in pids:
        for line in (PROC / str(pid) / "smaps_rollup").read_text().splitlines():
            name, _, rest = line.partition(":")
            if name in sums:
                sums[name] += int(rest.split()[0])
    return Memory(rss=sums["Rss"] / 1024, pss=sums["Pss"] / 1024)


def _stat(pid: int) -> list[str]:
    """The fields after the name, which may hold anything (proc(5)); none if it has ended."""
    try:
        text = (PROC / str(pid) / "stat").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return []
    return text.rpartition(")")[2].split()
