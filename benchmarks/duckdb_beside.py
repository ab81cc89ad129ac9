"""DuckDB over Parquet: how fast somebody counts who has no database and asks for no strata."""

import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from django.db import connection

from benchmarks.peers import peers_python

# Runs in the environment of the peers.
SCRIPT = """
import sys, time, duckdb
answers, parquet = sys.argv[1:]
db = duckdb.connect()
db.execute("SET enable_progress_bar = false")
db.execute(f"COPY (SELECT * FROM read_ndjson('{answers}')) TO '{parquet}' (FORMAT parquet)")
columns = db.execute(f"DESCRIBE SELECT * FROM '{parquet}'").fetchall()
parts = []
for name, kind, *_ in columns:
    value = f'unnest("{name}")' if kind.endswith("[]") else f'"{name}"'
    parts.append(
        f"SELECT '{name}' AS question, value::VARCHAR AS value, count(*) AS n "
        f"FROM (SELECT {value} AS value FROM '{parquet}') GROUP BY value"
    )
best = float("inf")
for _ in range(3):
    begun = time.perf_counter()
    db.execute(" UNION ALL ".join(parts)).fetchall()
    best = min(best, time.perf_counter() - begun)
print(best)
"""


def duckdb_seconds(answers: str) -> float | None:
    """The shortest of three counts of the answers that this query gives, one JSON text a row.

    None where DuckDB can't be installed.
    """
    python = peers_python()
    if python is None:
        return None
    with TemporaryDirectory() as folder:
        lines, parquet = Path(folder) / "answers.json", Path(folder) / "answers.parquet"
        with (
            connection.cursor() as cursor,
            lines.open("wb") as file,
            cursor.copy(f"COPY ({answers}) TO STDOUT") as copy,
        ):
            for block in copy:
                file.write(block)
        command = [str(python), "-c", SCRIPT, str(lines), str(parquet)]
        found = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(found.stdout)
