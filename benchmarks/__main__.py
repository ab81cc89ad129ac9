"""make bench [ONLY=name]: runs the benchmarks and prints one table of ratios.

Each module here with a function `measure` is a benchmark and yields ratios, or words; it works in a
database of its own, which is made for the run and dropped after it.
"""

import importlib
import os
import pkgutil
import sys
from collections.abc import Iterator

import django

import benchmarks
from benchmarks.ratio import Ratio
from config import local

# Modules that are no benchmarks but what those are made of.
PARTS = ("__main__", "answering", "large_survey", "ratio")


def names(only: str | None) -> list[str]:
    found = [m.name for m in pkgutil.iter_modules(benchmarks.__path__)]
    known = [name for name in found if name not in PARTS]
    if only and only not in known:
        sys.exit(f"no benchmark is called {only!r}: there is {', '.join(known)}")
    return [only] if only else known


def measure(name: str) -> Iterator[Ratio | str]:
    from django.db import connection
    from django.test.utils import setup_databases, teardown_databases

    # Of its own beside the database's, so that two on one server don't meet.
    connection.settings_dict["TEST"]["NAME"] = f"bench_{connection.settings_dict['NAME']}"
    made = setup_databases(verbosity=0, interactive=False)
    try:
        yield from importlib.import_module(f"benchmarks.{name}").measure()
    finally:
        teardown_databases(made, verbosity=0)


def main() -> None:
    only = sys.argv[1] if len(sys.argv) > 1 else None
    chosen = names(only)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    local.provide_servers()
    django.setup()
    for name in chosen:
        print(f"\n{name}")
        for told in measure(name):
            print(f"  {told}", flush=True)


if __name__ == "__main__":
    main()
