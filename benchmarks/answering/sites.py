"""Sites that are measured: each a granian of its own, on a free port, ended whatever happens."""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.db import connection
from psycopg import sql

from benchmarks.answering.processes import Memory, cpu_seconds, memory, tree

HERE = Path(__file__).resolve().parents[2]
LOGS = HERE / "var" / "bench"
# As in the Dockerfile.
FLAGS = ["--interface", "wsgi", "--workers", "2", "--blocking-threads", "4", "--no-ws"]
IN_A_ROW = 20
BACKENDS = "SELECT pid FROM pg_stat_activity WHERE application_name = %s"


@dataclass(frozen=True)
class Site:
    """A running site; PostgreSQL knows its connections by its name."""

    name: str
    port: int
    pid: int
    database: str
    table: str

    @property
    def web(self) -> list[int]:
        return tree(self.pid)

    @property
    def backends(self) -> list[int]:
        with connection.cursor() as cursor:
            cursor.execute(BACKENDS, [self.name])
            return [pid for (pid,) in cursor.fetchall()]

    def cpu(self) -> tuple[dict[int, float], dict[int, float]]:
        """CPU seconds so far of each process of the web server, and of each backend."""
        return cpu_seconds(self.web), cpu_seconds(self.backends)

    def memory(self) -> Memory:
        return memory(self.web)

    def stored(self) -> int:
        """How many submissions the database holds."""
        with psycopg.connect(self.database) as own:
            found = own.execute(
                sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(self.table))
            )
            (count,) = found.fetchone() or (0,)
        return int(count)


@contextmanager
def served(
    name: str,
    *application: str,
    environment: dict[str, str],
    table: str,
    ready: str = "/",
    python: Path | str = sys.executable,
) -> Iterator[Site]:
    """A site under granian, once both workers answer at `ready`; it ends with the block.

    `table` of the DATABASE_URL in its environment has one row for each submission.
    """
    LOGS.mkdir(parents=True, exist_ok=True)
    port = _free_port()
    command = [str(python), "-m", "granian", *FLAGS, "--host", "127.0.0.1", "--port", str(port)]
    log = LOGS / f"{name}.log"
    with log.open("wb") as told:
        process = subprocess.Popen(
            [*command, "--log-level", "warning", *application],
            env={**os.environ, **environment, "PGAPPNAME": name},
            cwd=HERE,
            stdout=told,
            stderr=subprocess.STDOUT,
        )
    try:
        _wait(process, f"http://127.0.0.1:{port}{ready}", log)
        yield Site(name, port, process.pid, environment["DATABASE_URL"], table)
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Ends the server and its workers; by handles, since an id may meanwhile be another's."""
    family = list(_handles(tree(process.pid)))
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(timeout=10)
    for handle in family:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(handle, signal.SIGKILL)
        os.close(handle)
    process.wait()


def _handles(pids: list[int]) -> Iterator[int]:
    for pid in pids:
        with suppress(ProcessLookupError):
            yield os.pidfd_open(pid)


def _wait(process: subprocess.Popen[bytes], url: str, log: Path, seconds: float = 60) -> None:
    """Returns once it answered some times in a row, so that neither worker has yet to begin.

    Each question comes over a connection of its own, which the kernel gives to either worker.
    """
    # As through a proxy: where it asks for TLS it would only send us there.
    request = urllib.request.Request(url, headers={"X-Forwarded-Proto": "https"})  # noqa: S310
    deadline, answers = time.monotonic() + seconds, 0
    while time.monotonic() < deadline and process.poll() is None:
        try:
            with urllib.request.urlopen(request, timeout=30):  # noqa: S310  # our own, here
                answers += 1
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{url} answered {error.code}; {_end_of(log)}") from error
        except OSError:
            time.sleep(0.1)
        if answers == IN_A_ROW:
            return
    raise RuntimeError(f"{url} does not answer; {_end_of(log)}")


def _end_of(log: Path) -> str:
    return f"{log} says:\n{log.read_text()[-2000:]}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
