"""The load generator, a process of its own: a plan on standard input, what happened on output.

It writes `begun` when the warm-up is over and `ended` when the time is up, so that whoever reads
that can look at the processes of the site at the same moments; then all that it measured, as JSON.
"""

import asyncio
import gc
import json
import random
import sys
import time
from collections import Counter
from typing import Any

from benchmarks.answering.connection import Connection
from benchmarks.answering.people import Journey, Visitor, visitor


class Load:
    """Visits to one site, each remembered with what it took from when it should have begun."""

    def __init__(self, visitor: Visitor, *, seed: int) -> None:
        self.visitor = visitor
        self.chance = random.Random(seed)  # noqa: S311  # a fixed seed, not a secret
        self.journeys: list[Journey] = []
        self.whole: list[tuple[float, float]] = []
        self.idle: list[Connection] = []

    async def visit(self, connection: Connection, due: float) -> None:
        journey = await self.visitor.visit(connection, self.chance)
        self.journeys.append(journey)
        self.whole.append((due, time.perf_counter() - due))

    async def closed(self, people: int, warm_up: float, seconds: float) -> tuple[float, float]:
        """So many people at once, each followed by another; they don't begin all at once."""
        begun = time.perf_counter() + warm_up
        ended = begun + seconds

        async def one_after_another(number: int) -> None:
            await asyncio.sleep(warm_up * number / people)
            connection = Connection()
            while time.perf_counter() < ended:
                connection = connection if connection.is_open else Connection()
                await self.visit(connection, time.perf_counter())
            connection.close()

        await asyncio.gather(_tell(begun, ended), *map(one_after_another, range(people)))
        # A closed connection is let go in the next round of the loop.
        await asyncio.sleep(0)
        return begun, ended

    async def open(self, a_second: float, warm_up: float, seconds: float) -> tuple[float, float]:
        """People who come by chance, so many a second, however long the others take."""
        begun = time.perf_counter() + warm_up
        ended = begun + seconds
        telling = asyncio.create_task(_tell(begun, ended))
        due, visits = time.perf_counter(), []
        while (due := due + self.chance.expovariate(a_second)) < ended:
            await asyncio.sleep(due - time.perf_counter())
            visits.append(asyncio.create_task(self._come(due)))
        await asyncio.gather(telling, *visits)
        while self.idle:
            self.idle.pop().close()
        await asyncio.sleep(0)
        return begun, ended

    async def _come(self, due: float) -> None:
        connection = self.idle.pop() if self.idle else Connection()
        await self.visit(connection, due)
        if connection.is_open:
            self.idle.append(connection)

    def told(self, begun: float, ended: float) -> dict[str, Any]:
        """All that was measured between the two moments; errors and totals of the whole run."""
        kinds: dict[str, list[float]] = {"GET": [], "POST": [], "submit": []}
        submissions = 0.0
        for journey in self.journeys:
            within = [step for step in journey.steps if begun <= step.done_at < ended]
            for step in within:
                kinds[step.kind].append(step.seconds)
            if not journey.wrong:
                # Parts of journeys count: a few whole ones within the time would be a rough count.
                submissions += len(within) / len(journey.steps)
        wrong = Counter(journey.wrong for journey in self.journeys if journey.wrong)
        return {
            "seconds": ended - begun,
            "submissions": submissions,
            "kinds": kinds,
            "whole": [took for due, took in self.whole if begun <= due < ended],
            "acknowledged": len(self.journeys) - wrong.total(),
            "wrong": wrong,
        }


async def _tell(begun: float, ended: float) -> None:
    await asyncio.sleep(begun - time.perf_counter())
    print("begun", flush=True)
    spent = time.process_time()
    await asyncio.sleep(ended - time.perf_counter())
    print("ended", time.process_time() - spent, flush=True)


def main() -> None:
    plan = json.load(sys.stdin)
    load = Load(visitor(plan["visitor"]), seed=plan["seed"])
    gc.disable()
    if "a_second" in plan:
        way = load.open(plan["a_second"], plan["warm_up"], plan["seconds"])
    else:
        way = load.closed(plan["people"], plan["warm_up"], plan["seconds"])
    json.dump(load.told(*asyncio.run(way)), sys.stdout)


if __name__ == "__main__":
    main()
