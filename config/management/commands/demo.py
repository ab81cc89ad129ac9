"""demo: loads the demonstration, then runs web, worker and beat until Ctrl-C or until one dies."""

import os
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandParser
from django.db import connections

from config import local
from config.demonstration import STATEMENT, Accounts, load_demonstration
from surveys.models.versions import Survey
from surveys.versions.publish import CannotPublishError


class Command(BaseCommand):
    help = "Loads the demonstration and serves it on http://127.0.0.1:PORT."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--reset", action="store_true", help="begin with an empty database")
        parser.add_argument("--load-only", action="store_true", help="load and serve nothing")

    def handle(self, *, port: int, reset: bool, load_only: bool, **options: Any) -> None:
        if not load_only:
            refuse_taken_port(port)
        if reset:
            local.reset_database()
        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        self.stdout.write("Loading surveys, published figures and invented answers …")
        self.stdout.flush()
        try:
            accounts = load_demonstration(local.VAR)
        except CannotPublishError as error:
            sys.exit(f"The demonstration there is older: {error}. Begin afresh: make demo RESET=1")
        connections.close_all()
        if load_only:
            self.stdout.write(welcome(accounts, port))
            return
        threading.Thread(
            target=self._welcome_when_ready, args=(accounts, port), daemon=True
        ).start()
        sys.exit(serve(port))

    def _welcome_when_ready(self, accounts: Accounts, port: int) -> None:
        text = welcome(accounts, port)
        for _ in range(300):
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=1):
                    self.stdout.write(text)
                    # Into a file or a pipe nothing else would push it out.
                    self.stdout.flush()
                    return
            except (urllib.error.URLError, OSError):
                time.sleep(0.2)
        self.stderr.write(f"nothing answers on http://127.0.0.1:{port} after a minute")


def refuse_taken_port(port: int) -> None:
    """Ends with a clear line where something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            sys.exit(
                f"Something listens on 127.0.0.1:{port} already: end it, or name another PORT="
            )


def serve(port: int) -> int:
    """Runs the three processes; all end when one ends. Returns the exit code."""
    from honcho.manager import Manager  # in requirements/dev.txt only

    manager = Manager()
    environment = {
        **os.environ,
        "PYTHONUNBUFFERED": "1",
        # True in earnest, where a container's own user runs it; here root may be all there is.
        "PYTHONWARNINGS": "ignore:You're running the worker with superuser",
    }
    for name, command in commands(port).items():
        manager.add_process(name, " ".join(command), env=environment, cwd=str(settings.BASE_DIR))
    manager.loop()
    # Ctrl-C is how it is meant to end.
    return 0 if manager.returncode == 130 else int(manager.returncode or 0)


def commands(port: int) -> dict[str, list[str]]:
    """The command line of each process."""
    python = [f"'{sys.executable}'", "-m"]
    celery = [*python, "celery", "--app", "config", "--quiet"]
    schedule = Path("var") / "beat-schedule"
    return {
        "web": [
            *python,
            "granian",
            "--interface wsgi",
            f"--host 127.0.0.1 --port {port}",
            "--workers 1 --blocking-threads 4",
            "--no-ws --log-level warning",
            "config.wsgi:application",
        ],
        "worker": [*celery, "worker", "--concurrency 2", "--loglevel INFO", "--without-mingle"],
        "beat": [*celery, "beat", "--loglevel WARNING", f"--schedule {schedule}"],
    }


def welcome(accounts: Accounts, port: int) -> str:
    """Where to look, and how to sign in."""
    site = f"http://127.0.0.1:{port}"
    surveys = [f"  {s.slug:20} {site}/s/{s.code}/" for s in Survey.objects.order_by("slug")]
    staff = [f"  {name:26} {password}" for name, password in accounts.passwords.items()]
    return "\n".join(
        [
            "",
            f"Heard is running on {site}",
            f"  statement            {site}/statements/{STATEMENT}/",
            *surveys,
            f"  API                  {site}/api/v1/docs/",
            f"Staff sign in on {site}/admin/ with name and password:",
            *staff,
            f"API key: {accounts.api_key}",
            f"  curl -H 'Authorization: Api-Key {accounts.api_key}' …",
            "All answers in it are invented. Ctrl-C ends everything.",
            "",
        ]
    )
