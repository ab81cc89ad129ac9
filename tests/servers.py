"""Real web servers with several workers on the test database, and many clients at once."""

import asyncio
import json
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import Any

from tests.workers import ROOT, database_url, wait_for


@contextmanager
def web_server(*, workers: int = 2) -> Iterator[int]:
    """The product as it is run in production; gives the port that it listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {
        **os.environ,
        "DATABASE_URL": database_url(),
        "DJANGO_SETTINGS_MODULE": "config.settings",
    }
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws"]
    command += ["--workers", str(workers), "--blocking-threads", "4", "--log-level", "error"]
    process = subprocess.Popen(
        [*command, "--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"],
        cwd=ROOT,
        env=environment,
    )
    try:
        wait_for(lambda: _listens(port))
        yield port
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Sender:
    """One connection that is kept open."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def post(self, path: str, body: Any, headers: dict[str, str]) -> tuple[int, Any]:
        """The status, and what the body of the answer says."""
        sent = json.dumps(body).encode()
        lines = {"Host": "127.0.0.1", "Content-Type": "application/json", **headers}
        lines["Content-Length"] = str(len(sent))
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        self.writer.write(f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + sent)
        answered = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(answered.split("content-length:")[1].split("\r\n")[0])
        return int(answered.split()[1]), json.loads(await self.reader.readexactly(length))


@asynccontextmanager
async def sender(port: int) -> AsyncIterator[Sender]:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        yield Sender(reader, writer)
    finally:
        writer.close()
        await writer.wait_closed()


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
