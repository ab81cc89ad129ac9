"""Answering over HTTP: whole journeys through our site, beside a bare INSERT and a peer.

SECONDS is how long each of the two runs of each kind lasts; SIDES leaves sides out, such as
`SIDES=ours,bare`, and then the ratios to them are not told.
"""

import json
import os
import signal
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, ExitStack
from typing import Any, NamedTuple

import redis
from django.db import connection

from benchmarks.answering import bare_site, ours, peer
from benchmarks.answering.runs import Figures, percentile, run
from benchmarks.answering.sites import Site, served
from benchmarks.ratio import Ratio
from surveys.models.responses import Response

SECONDS = float(os.environ.get("SECONDS", "4"))
SIDES = os.environ.get("SIDES", "ours,bare,api,peer").split(",")
ROUNDS = 2
AT_ONCE = (1, 8, 32)
A_SECOND = 50
MS = 1000


class Cell(NamedTuple):
    """One kind of load on one site: a line of the table."""

    name: str
    site: Site
    visitor: dict[str, Any]
    load: dict[str, Any]
    figures: Figures


def measure() -> Iterator[Ratio | str]:
    # Ended from outside, it still ends what it started.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    with ExitStack() as stack:
        cells = list(_cells(stack))
        for cell in _in_turns(cells):
            run(cell.site, cell.visitor, cell.figures, load=cell.load, seconds=SECONDS)
        for cell in cells:
            yield cell.name
            yield from (f"    {line}" for line in cell.figures.lines())
        yield from _ratios({cell.name: cell.figures for cell in cells})
        yield from _stored(cells)


def _cells(stack: ExitStack) -> Iterator[Cell]:
    one_page = ours.published("one-page", pages=1)
    if "bare" in SIDES:
        bodies = [json.dumps(one) for one in ours.answers(one_page)]
        visitor = {"kind": "client", "path": "/", "bodies": bodies, "headers": {}}
        site = stack.enter_context(_bare_site())
        for n in AT_ONCE:
            yield Cell(f"bare INSERT, {n} at once", site, visitor, {"people": n}, Figures())
    if "ours" in SIDES or "api" in SIDES:
        site = stack.enter_context(_our_site(ready=ours.person(one_page)["path"]))
        stack.callback(_forget_hints)
    if "ours" in SIDES:
        paged = ours.published("paged", pages=20)
        for pages, version in (("20 pages", paged), ("one page", one_page)):
            for n in AT_ONCE:
                name = f"ours, {pages}, {n} at once"
                yield Cell(name, site, ours.person(version), {"people": n}, Figures())
        name = f"ours, one page, {A_SECOND} a second"
        yield Cell(name, site, ours.person(one_page), {"a_second": A_SECOND}, Figures())
    if "api" in SIDES:
        client = ours.client(one_page)
        yield Cell("ours, API, 32 at once", site, client, {"people": 32}, Figures())
    if "peer" in SIDES:
        site = stack.enter_context(peer.peer_site())
        yield Cell("peer, one page, 8 at once", site, peer.person(), {"people": 8}, Figures())


def _in_turns(cells: list[Cell]) -> Iterator[Cell]:
    """Those that are compared one after the other, forwards and then backwards.

    What disturbs the machine for a while then disturbs each side.
    """
    near = sorted(cells, key=lambda cell: cell.load.get("people", 0))
    for turn in range(ROUNDS):
        yield from near if turn % 2 == 0 else reversed(near)


def _bare_site() -> AbstractContextManager[Site]:
    with connection.cursor() as cursor:
        cursor.execute(bare_site.TABLE)
    database = ours.database_url(str(connection.settings_dict["NAME"]))
    return served(
        "bench-bare",
        "benchmarks.answering.bare_site:application",
        environment={"DATABASE_URL": database},
        table="bare",
    )


def _our_site(*, ready: str) -> AbstractContextManager[Site]:
    return served(
        "bench-ours",
        "config.wsgi:application",
        environment=ours.environment(),
        table=Response._meta.db_table,
        ready=ready,
    )


def _forget_hints() -> None:
    redis.Redis.from_url(ours.broker_url()).delete("celery")


def _ratios(of: dict[str, Figures]) -> Iterator[Ratio]:
    """Those of performance.md that a run with these sides can tell."""
    if "ours" in SIDES and "peer" in SIDES:
        yardstick = of["peer, one page, 8 at once"]
        yield _rate("one page, 8 at once ÷ peer", of["ours, one page, 8 at once"], yardstick, 12)
        mine = of["ours, 20 pages, 8 at once"]
        yield _rate("20 pages, 8 at once ÷ peer on one page", mine, yardstick, 0.7)
    if "ours" in SIDES and "bare" in SIDES:
        mine, bare = of["ours, 20 pages, 8 at once"], of["bare INSERT, 8 at once"]
        what = "CPU of a page of 20, 8 at once ÷ bare INSERT"
        yield Ratio(what, mine.cpu_a_request * MS, bare.cpu_a_request * MS, 6, unit="ms")
    if "api" in SIDES and "bare" in SIDES:
        mine, bare = of["ours, API, 32 at once"], of["bare INSERT, 32 at once"]
        yield _rate("API, 32 at once ÷ bare INSERT", mine, bare, 0.4)
    if "ours" in SIDES:
        many, lone = of[f"ours, one page, {A_SECOND} a second"], of["ours, one page, 1 at once"]
        late, alone = percentile(many.whole, 0.95), percentile(lone.whole, 0.5)
        what = f"p95 at {A_SECOND} submissions a second ÷ p50 of a lone one"
        yield Ratio(what, late * MS, alone * MS, 10, unit="ms")


def _rate(what: str, mine: Figures, yardstick: Figures, goal: float) -> Ratio:
    return Ratio(what, mine.a_second, yardstick.a_second, goal, unit="/s", at_least=True)


def _stored(cells: list[Cell]) -> Iterator[str]:
    """What the database of each site holds against what it acknowledged, and its errors."""
    for site in {cell.site.name: cell.site for cell in cells}.values():
        figures = [cell.figures for cell in cells if cell.site is site]
        acknowledged = sum(one.acknowledged for one in figures)
        stored, wrong = site.stored(), sum(one.wrong.total() for one in figures)
        verdict = "as many are stored" if stored == acknowledged else f"{stored:,} STORED"
        yield f"{site.name}: {acknowledged:,} acknowledged, {verdict}; {wrong} errors"
