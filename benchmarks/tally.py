"""Counting a backlog, against PostgreSQL counting the same answers out of their JSON."""

import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection

from benchmarks.ratio import Ratio, seconds
from surveys.definitions.loader import load_definition
from surveys.models.versions import Version
from surveys.responses.synthetic import load_synthetic
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.store import counts_by_cell
from surveys.versions.publish import publish_version, store_version

CONTENT = Path(__file__).resolve().parents[1] / "surveys" / "content"
SAMPLE = 1000
RESPONSES = int(os.environ.get("RESPONSES", "100000"))

MULTIPLY = """
INSERT INTO surveys_response (id, version_id, wave, language, channel, period, answers, dropped,
                              stratum, groups, cells, is_synthetic, is_tallied, standing, signs)
SELECT gen_random_uuid(), version_id, wave, language, channel, period, answers, dropped,
       stratum, groups, cells, is_synthetic, false, standing, signs
FROM surveys_response, generate_series(2, %s)
"""
# What a system that keeps answers as JSON does for each table that it shows.
BY_JSON = """
SELECT key, value, count(*) FROM surveys_response, jsonb_each(answers) GROUP BY key, value
"""
ONE_QUESTION = """
SELECT answers->'whole-experience', count(*) FROM surveys_response GROUP BY 1
"""


def measure() -> Iterator[Ratio]:
    version = _published()
    load_synthetic(version, months=[date(2022, 11, 1)], a_month=SAMPLE, seed=1)
    count_new(version)
    few = seconds(lambda: counts_by_cell(version), times=20)
    _multiply(RESPONSES // SAMPLE)
    by_json = seconds(lambda: _run(BY_JSON), times=2)
    n = f"{RESPONSES:,} responses"
    yield Ratio(f"tally {n} ÷ jsonb_each", seconds(lambda: count_new(version)), by_json, 3)
    if count_differences(version):
        raise RuntimeError("the tally differs from a recount")
    yield Ratio(f"recount {n} ÷ jsonb_each", seconds(lambda: recount(version)), by_json, 0.7)
    many = seconds(lambda: counts_by_cell(version), times=20)
    yield Ratio(f"a results table at {n} ÷ at {SAMPLE:,}", many, few, 1.2)
    one = seconds(lambda: _run(ONE_QUESTION), times=3)
    yield Ratio(f"a results table at {n} ÷ one question by JSON", many, one, 0.05)


def _published() -> Version:
    text = (CONTENT / "domestic-abuse" / "1.yaml").read_text(encoding="utf-8")
    definition = load_definition(text)
    draft = store_version(definition, actor="benchmark")
    return publish_version(draft, definition, actor="benchmark")


def _multiply(times: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(MULTIPLY, [times])
        cursor.execute("ANALYZE surveys_response")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()
