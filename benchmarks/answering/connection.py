"""One HTTP/1.1 connection that costs little: the generator shares the machine with what it drives.

A connection is kept from person to person, as a proxy in front of the site keeps it.
"""

import asyncio
import re
import time
from typing import NamedTuple

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CHUNKED = re.compile(rb"\r\ntransfer-encoding: *chunked", re.IGNORECASE)
LOCATION = re.compile(rb"\r\nlocation: *([^\r]*)", re.IGNORECASE)
COOKIE = re.compile(rb"\r\nset-cookie: *([^=\r]+)=([^;\r]*)([^\r]*)", re.IGNORECASE)
GONE = re.compile(rb"max-age=0|expires=thu, 01 jan 1970", re.IGNORECASE)
LONGEST_WAIT = 20.0


class BrokenError(Exception):
    """The server closed the connection, said nothing in time or what is not HTTP/1.1."""


class Reply(NamedTuple):
    """What came back, and when the request left and the last byte was there."""

    status: int
    head: bytes
    body: bytes
    asked_at: float
    done_at: float

    @property
    def location(self) -> bytes:
        found = LOCATION.search(self.head)
        return found.group(1) if found else b""

    def put_cookies(self, jar: dict[bytes, bytes]) -> None:
        for name, value, rest in COOKIE.findall(self.head):
            if GONE.search(rest):
                jar.pop(name, None)
            else:
                jar[name] = value


class Connection(asyncio.Protocol):
    """Asks one thing at a time; once it broke, another one has to be made."""

    def __init__(self) -> None:
        self.transport: asyncio.Transport | None = None
        self.received = b""
        self.answered: asyncio.Future[Reply] | None = None
        self.asked_at = 0.0

    @property
    def is_open(self) -> bool:
        return self.transport is not None and not self.transport.is_closing()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)  # noqa: S101  # what TCP gives
        self.transport = transport

    def connection_lost(self, exc: Exception | None) -> None:
        self._fail("the server closed the connection")
        self.transport = None

    def data_received(self, data: bytes) -> None:
        self.received += data
        cut = self.received.find(b"\r\n\r\n")
        if cut < 0 or self.answered is None or self.answered.done():
            return
        head = self.received[: cut + 2]
        body = _body(head, self.received[cut + 4 :])
        if body is None:
            return
        done_at = time.perf_counter()
        self.received = b""
        self.answered.set_result(Reply(int(head[9:12]), head, body, self.asked_at, done_at))

    async def ask(self, request: bytes, port: int) -> Reply:
        """The whole answer to a request. Raises BrokenError."""
        loop = asyncio.get_running_loop()
        if self.transport is None:
            try:
                await loop.create_connection(lambda: self, "127.0.0.1", port)
            except OSError as error:
                raise BrokenError(f"no connection: {error.strerror}") from error
        self.answered = loop.create_future()
        limit = loop.call_later(LONGEST_WAIT, self._fail, f"no answer in {LONGEST_WAIT:g} s")
        self.asked_at = time.perf_counter()
        assert self.transport is not None  # noqa: S101  # made above
        self.transport.write(request)
        try:
            return await self.answered
        finally:
            limit.cancel()

    def close(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def _fail(self, why: str) -> None:
        if self.answered is not None and not self.answered.done():
            self.answered.set_exception(BrokenError(why))
            self.received = b""
            self.close()


def _body(head: bytes, rest: bytes) -> bytes | None:
    """The body once all of it is there, else None."""
    if length := LENGTH.search(head):
        return rest if len(rest) >= int(length.group(1)) else None
    if CHUNKED.search(head):
        return _joined(rest) if rest.endswith(b"0\r\n\r\n") else None
    return b""


def _joined(chunks: bytes) -> bytes:
    parts: list[bytes] = []
    while True:
        size, _, chunks = chunks.partition(b"\r\n")
        length = int(size, 16)
        if not length:
            return b"".join(parts)
        parts.append(chunks[:length])
        chunks = chunks[length + 2 :]
