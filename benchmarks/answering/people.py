"""Who uses a site: a new person who answers a survey page by page, or a client that sends JSON."""

import random
import uuid
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol
from urllib.parse import urlsplit

from benchmarks.answering.connection import BrokenError, Connection, Reply
from benchmarks.answering.forms import Pages

# A journey of 20 pages has 45 steps; one that goes round in circles ends here.
MOST_STEPS = 100


class Step(NamedTuple):
    kind: str
    seconds: float
    done_at: float


@dataclass
class Journey:
    """The requests of one submission, and why it failed if it did."""

    steps: list[Step] = field(default_factory=list)
    wrong: str = ""

    def add(self, kind: str, reply: Reply) -> None:
        self.steps.append(Step(kind, reply.done_at - reply.asked_at, reply.done_at))


class Visitor(Protocol):
    async def visit(self, connection: Connection, chance: random.Random) -> Journey: ...


class Browser:
    """One person's requests: their lines of every head, and the cookies that they were given."""

    def __init__(self, connection: Connection, port: int, lines: bytes, origin: bytes) -> None:
        self.connection, self.port = connection, port
        self.lines, self.origin = lines, origin
        self.jar: dict[bytes, bytes] = {}

    async def get(self, path: bytes) -> Reply:
        return await self._ask(b"GET %s HTTP/1.1\r\n%s\r\n" % (path, self._head()))

    async def post(self, path: bytes, body: bytes) -> Reply:
        return await self._ask(
            b"POST %s HTTP/1.1\r\n%s%sContent-Type: application/x-www-form-urlencoded\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (path, self._head(), self.origin, len(body), body)
        )

    def _head(self) -> bytes:
        if not self.jar:
            return self.lines
        cookies = b"; ".join(b"%s=%s" % pair for pair in self.jar.items())
        return b"%sCookie: %s\r\n" % (self.lines, cookies)

    async def _ask(self, request: bytes) -> Reply:
        reply = await self.connection.ask(request, self.port)
        reply.put_cookies(self.jar)
        return reply


class Person:
    """Begins at the survey's address with no cookie, and goes on until the page says the marker.

    What is sent is what the pages ask for. The last form is the submission ("submit"), the others
    are pages ("POST"). Anything but a page or a redirect to one is a failure.
    """

    def __init__(self, *, port: int, path: str, marker: str, headers: dict[str, str]) -> None:
        self.port, self.path, self.marker = port, path.encode(), marker.encode()
        scheme = headers.get("X-Forwarded-Proto", "http")
        self.origin = f"Origin: {scheme}://127.0.0.1:{port}\r\n".encode()
        self.lines = _lines(headers | {"Host": f"127.0.0.1:{port}"})
        self.pages = Pages()

    async def visit(self, connection: Connection, chance: random.Random) -> Journey:
        journey = Journey()
        # Each from an address of their own, as the proxy in front would tell it.
        address = b".".join(b"%d" % chance.randrange(1, 255) for _ in range(3))
        who = self.lines + b"X-Forwarded-For: 10.%s\r\n" % address
        browser = Browser(connection, self.port, who, self.origin)
        try:
            journey.wrong = await self._go_through(journey, browser, chance)
        except BrokenError as error:
            journey.wrong = str(error)
        return journey

    async def _go_through(self, journey: Journey, browser: Browser, chance: random.Random) -> str:
        """Why it did not come to its end, or nothing."""
        path, sent = self.path, await browser.get(self.path)
        journey.add("GET", sent)
        while len(journey.steps) < MOST_STEPS:
            if sent.status != 200:
                return f"{sent.status} from {path.decode()}"
            if self.marker in sent.body:
                return _sent_last(journey)
            filled = self.pages.filled(path, sent.body, chance)
            if filled is None:
                return f"no way on from {path.decode()}"
            path = _path(filled[0])
            sent = await browser.post(path, filled[1])
            journey.add("POST", sent)
            if sent.status in (302, 303):
                path = _path(sent.location)
                sent = await browser.get(path)
                journey.add("GET", sent)
            elif self.marker not in sent.body:
                return f"{sent.status} from POST {path.decode()}"
        return f"no end after {MOST_STEPS} requests"


def _sent_last(journey: Journey) -> str:
    """Marks the last form as the submission; says what is wrong where there was none."""
    posted = [at for at, step in enumerate(journey.steps) if step.kind == "POST"]
    if not posted:
        return "thanked before anything was sent"
    journey.steps[posted[-1]] = journey.steps[posted[-1]]._replace(kind="submit")
    return ""


class Client:
    """Sends one JSON document after the other, each with a new Idempotency-Key."""

    def __init__(self, *, port: int, path: str, bodies: list[str], headers: dict[str, str]) -> None:
        self.port = port
        fixed = headers | {"Host": f"127.0.0.1:{port}", "Content-Type": "application/json"}
        self.head = b"POST %s HTTP/1.1\r\n%s" % (path.encode(), _lines(fixed))
        sent = [body.encode() for body in bodies]
        self.bodies = [b"Content-Length: %d\r\n\r\n%s" % (len(one), one) for one in sent]

    async def visit(self, connection: Connection, chance: random.Random) -> Journey:
        journey = Journey()
        key = f"Idempotency-Key: {uuid.UUID(int=chance.getrandbits(128))}\r\n".encode()
        try:
            request = self.head + key + chance.choice(self.bodies)
            reply = await connection.ask(request, self.port)
        except BrokenError as error:
            journey.wrong = str(error)
            return journey
        journey.add("submit", reply)
        if reply.status != 201:
            journey.wrong = f"{reply.status}: {reply.body[:200].decode(errors='replace')}"
        return journey


def visitor(told: dict[str, Any]) -> Visitor:
    kind = {"person": Person, "client": Client}[told.pop("kind")]
    made: Visitor = kind(**told)
    return made


def _lines(headers: dict[str, str]) -> bytes:
    return "".join(f"{name}: {value}\r\n" for name, value in headers.items()).encode()


def _path(location: bytes) -> bytes:
    """The path and query of an address that a page or a redirect named."""
    parts = urlsplit(location.decode())
    return (parts.path + (f"?{parts.query}" if parts.query else "")).encode()
