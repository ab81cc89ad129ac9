"""The load generator answers as a person would, counts what fails, and its figures are right."""

import random
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pytest

from benchmarks.answering.forms import Pages
from benchmarks.answering.load import Load
from benchmarks.answering.people import Person
from benchmarks.answering.processes import cpu_between, cpu_seconds, memory, tree
from benchmarks.answering.runs import percentile
from benchmarks.ratio import Ratio
from tests.loops import run_apart

PAGE = b"""
<form method="post" action="/language/"><button name="language" value="cy">Cymraeg</button></form>
<form id="answers" method="post" action="">
  <input type="hidden" name="token" value="a&amp;b">
  <input type="text" name="website" tabindex="-1">
  <input type="radio" name="served" value="well"><input type="radio" name="served" value="badly">
  <input type="checkbox" name="how" value="phone"><input type="checkbox" name="how" value="letter">
  <select name="where"><option value="">Choose</option><option value="kent">Kent</option></select>
  <textarea name="words"></textarea>
</form>
<form method="post" action="/save/"><button>Save</button></form>
"""


class Survey(BaseHTTPRequestHandler):
    """A page with a token in a cookie; it stores what comes back with it, and loses every tenth."""

    protocol_version = "HTTP/1.1"
    stored: Counter[str] = Counter()
    asked = 0

    def do_GET(self) -> None:
        Survey.asked += 1
        if self.path == "/done/":
            self._answer(200, b"<p>Thank you</p>")
        elif Survey.asked % 10 == 0:
            self._answer(500, b"")
        else:
            form = b'<form method="post" action="/send/"><input type="hidden" name="t" value="%d">'
            self._answer(200, form % Survey.asked + b"</form>", ("Set-Cookie", f"t={Survey.asked}"))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        token = parse_qs(body)["t"][0]
        if self.headers["Cookie"] == f"t={token}":
            Survey.stored[token] += 1
            self._answer(303, b"", ("Location", "/done/"))
        else:
            self._answer(403, b"")

    def log_message(self, *args: object) -> None:
        """Nothing."""

    def _answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        self.send_response(status)
        for name, value in (*headers, ("Content-Length", str(len(body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)


@pytest.fixture
def port() -> Iterator[int]:
    Survey.stored, Survey.asked = Counter(), 0
    with ThreadingHTTPServer(("127.0.0.1", 0), Survey) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def test_person_answers_what_the_page_asks_and_nothing_else():
    filled = Pages().filled(b"/1/", PAGE, random.Random(1))
    assert filled is not None
    to, body = filled
    sent = parse_qs(body.decode(), keep_blank_values=True)
    assert to == b"/1/"
    assert set(sent) == {"token", "served", "how", "where", "words"}
    assert sent["token"] == ["a&b"]
    assert sent["served"][0] in ("well", "badly")
    assert sorted(sent["how"]) == ["letter", "phone"]
    assert sent["where"] == ["kent"]


def test_hidden_fields_are_each_persons_own():
    pages, chance = Pages(), random.Random(1)
    pages.filled(b"/1/", PAGE, chance)
    other = pages.filled(b"/1/", PAGE.replace(b"a&amp;b", b"other"), chance)
    assert other is not None
    assert parse_qs(other[1].decode())["token"] == ["other"]


@pytest.mark.parametrize("way", ["closed", "open"])
def test_load_counts_what_was_stored_and_what_failed(port, way):
    person = Person(port=port, path="/", marker="Thank you", headers={})
    load = Load(person, seed=1)
    drive = load.closed(3, 0.1, 0.4) if way == "closed" else load.open(100, 0.1, 0.4)
    told = load.told(*run_apart(drive))
    assert told["acknowledged"] == Survey.stored.total() > 0
    assert set(Survey.stored.values()) == {1}
    assert set(told["wrong"]) == {"500 from /"}
    assert told["acknowledged"] + told["wrong"].total() == len(load.journeys)
    # Each whole journey looks twice and sends once, and the warm-up is left out.
    looked, sent = len(told["kinds"]["GET"]), len(told["kinds"]["submit"])
    assert told["kinds"]["POST"] == []
    assert 0 < told["submissions"] < told["acknowledged"]
    assert told["submissions"] == pytest.approx(sent, abs=4)
    assert looked == pytest.approx(2 * sent, abs=told["wrong"].total() + 4)


def test_thanks_for_nothing_is_a_failure(port):
    person = Person(port=port, path="/done/", marker="Thank you", headers={})
    load = Load(person, seed=1)
    told = load.told(*run_apart(load.closed(1, 0.0, 0.1)))
    assert told["acknowledged"] == 0
    assert set(told["wrong"]) == {"thanked before anything was sent"}


def test_server_that_is_not_there_is_a_failure():
    person = Person(port=1, path="/", marker="Thank you", headers={})
    load = Load(person, seed=1)
    told = load.told(*run_apart(load.open(50, 0.0, 0.2)))
    assert told["acknowledged"] == 0
    assert all(why.startswith("no connection") for why in told["wrong"])


def test_percentile_is_the_nearest_rank():
    values = [float(n) for n in range(100, 0, -1)]
    assert [percentile(values, share) for share in (0.5, 0.95, 0.99)] == [50, 95, 99]
    assert percentile([3.0, 1.0, 2.0], 0.5) == 2
    assert percentile([7.0], 0.99) == 7


def test_ratio_may_have_a_least():
    assert Ratio("what", 12, 1, 12, unit="/s", at_least=True).is_reached
    assert not Ratio("what", 11, 1, 12, unit="/s", at_least=True).is_reached
    assert not Ratio("what", 12, 1, 11).is_reached


def test_tree_has_the_cpu_and_the_memory_of_grandchildren():
    busy = "import sys; x = bytearray(30_000_000); print(sum(range(5_000_000))); sys.stdin.read()"
    parent = (
        "import subprocess, sys; "
        f"subprocess.run([sys.executable, '-c', {busy!r}], stdin=sys.stdin, stdout=sys.stdout)"
    )
    with subprocess.Popen(
        [sys.executable, "-c", parent], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        before = cpu_seconds([process.pid])
        process.stdout.readline()
        family = tree(process.pid)
        after = cpu_seconds(family)
        sizes = memory(family)
        process.stdin.close()
    assert len(family) == 2
    # The sum takes some hundredths of a second on any machine, and none of them in the parent.
    assert after[family[1]] >= 0.03
    assert cpu_between(before, after) >= after[family[1]]
    assert sizes.rss >= sizes.pss >= 30
