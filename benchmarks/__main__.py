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

# What belongs to one capability is measured in one run.
WITH = {"tally": ("tally", "raking", "export")}
# Modules that are no benchmarks but what those are made of.
PARTS = (
    "__main__",
    "answering",
    "duckdb_beside",
    "large_survey",
    "peers",
    "ratio",
    "tally_survey",
)


def names(only: str | None) -> list[str]:
    found = [m.name for m in pkgutil.iter_modules(benchmarks.__path__)]
    known = [name for name in found if name not in PARTS]
    if only and only not in known:
        sys.exit(f"no benchmark is called {only!r}: there is {', '.join(known)}")
    together = {part for parts in WITH.values() for part in parts[1:]}
    return [only] if only else [name for name in known if name not in together]


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
        for part in WITH.get(name, (name,)):
            print(f"\n{part}")
            for told in measure(part):
                print(f"  {told}", flush=True)


if __name__ == "__main__":
    main()
