"""Settings from the environment, read once; every problem is told at once."""

import base64
import os
from collections.abc import Mapping

from django.core.exceptions import ImproperlyConfigured
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict

KEY_BYTES = 32


class Environment:
    """Reads typed values and remembers what was missing or malformed."""

    def __init__(self, values: Mapping[str, str] = os.environ) -> None:
        self._values = values
        self._problems: list[str] = []

    def text(self, name: str, default: str | None = None, *, meaning: str = "") -> str:
        value = self._values.get(name, "")
        if value:
            return value
        if default is None:
            self._problems.append(f"{name} is not set: {meaning}")
            return ""
        return default

    def flag(self, name: str, *, default: bool = False) -> bool:
        value = self._values.get(name, "").lower()
        if value in ("", "true", "false"):
            return default if value == "" else value == "true"
        self._problems.append(f"{name} is {value!r}: expected true or false")
        return default

    def number(self, name: str, default: int) -> int:
        value = self._values.get(name, "")
        if not value:
            return default
        if value.isdecimal():
            return int(value)
        self._problems.append(f"{name} is {value!r}: expected a whole number")
        return default

    def words(self, name: str, default: str | None = None, *, meaning: str = "") -> list[str]:
        words = self.text(name, default, meaning=meaning).split(",")
        return [word.strip() for word in words if word.strip()]

    def keys(self, name: str, *, meaning: str) -> dict[str, bytes]:
        """Keys by their names, from `name:base64 of 32 bytes`, several separated by commas."""
        keys = {}
        for entry in self.words(name, meaning=meaning):
            label, _, encoded = entry.partition(":")
            if label in keys:
                self._problems.append(f"{name} gives two keys the name {label!r}")
            try:
                keys[label] = base64.b64decode(encoded, validate=True)
            except ValueError:
                keys[label] = b""
            if len(keys[label]) != KEY_BYTES or not label.isalnum():
                self._problems.append(f"{name} can't be read: expected {meaning}")
        return keys

    def database(self, name: str, *, meaning: str) -> dict[str, object]:
        """Django's DATABASES entry from a libpq URI, which psycopg itself takes apart."""
        uri = self.text(name, meaning=meaning)
        try:
            parts = conninfo_to_dict(uri)
        except ProgrammingError:
            # The parser's own message would repeat the URI, and with it the password.
            self._problems.append(f"{name} can't be read: expected postgresql://user@host/name")
            return {}
        return {
            "ENGINE": "config.postgresql",
            "NAME": parts.pop("dbname", "") or "",
            "USER": parts.pop("user", "") or "",
            "PASSWORD": parts.pop("password", "") or "",
            "HOST": parts.pop("host", "") or "",
            "PORT": str(parts.pop("port", "") or ""),
            # The server keeps the plan of what is asked again and again: half of its work.
            "OPTIONS": {"server_side_binding": True, "prepare_threshold": 3, **parts},
        }

    def refuse(self, problem: str) -> None:
        self._problems.append(problem)

    def complain(self) -> None:
        """Raises with every problem that was found; call it after the last setting was read."""
        if self._problems:
            raise ImproperlyConfigured("\n".join(["Heard can't start:", *self._problems]))
