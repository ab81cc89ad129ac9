"""The tally, against PostgreSQL counting the same answers out of their JSON, and DuckDB.

RESPONSES is how many there are in the end, FEW how many for the table that must not grow.
"""

import os
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

from django.db import connection

from benchmarks.duckdb_beside import duckdb_seconds
from benchmarks.ratio import Ratio, seconds
from benchmarks.tally_survey import ONE_OF, SATISFACTION, survey_text
from measures.compute.tables import answer_table
from measures.compute.weighting import Weighting
from measures.models.weighting import Margin, Population
from surveys.definitions.loader import load_definition
from surveys.models.responses import Response
from surveys.models.tallies import Tally
from surveys.models.versions import Version
from surveys.responses.synthetic import load_synthetic
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.periods import months_later, parse_span
from surveys.tally.read import read_counts
from surveys.versions.publish import publish_version, store_version

CONTENT = Path(__file__).resolve().parents[1] / "surveys" / "content"
RESPONSES = int(os.environ.get("RESPONSES", "100000"))
FEW = 10_000
PEOPLE = 1_500_000
MONTHS = [months_later(date(2022, 1, 1), n) for n in range(12)]
YEAR = parse_span("year-to-2022-Q4")
QUESTION = "satisfied-1"
BREAKDOWNS = (None, "district", "channel", "age-band")

# The same people again and again, in any month, and each with a record key of its own.
MULTIPLY = """
INSERT INTO surveys_response (id, version_id, wave, language, channel, period, answers, dropped,
                              record_key, stratum, groups, cells, is_synthetic, standing, signs)
SELECT gen_random_uuid(), version_id, wave, language, channel,
       ('2022-01-01'::date + floor(random() * 12) * '1 month'::interval)::date, answers, dropped,
       floor(random() * 4294967296)::bigint, stratum, groups, cells, is_synthetic, standing, signs
FROM surveys_response, generate_series(2, %s)
"""
# What a system that keeps answers as JSON does for each table that it shows.
BY_JSON = """
SELECT key, value, count(*) FROM surveys_response, jsonb_each(answers) GROUP BY key, value
"""
ONE_QUESTION = f"SELECT answers->'{QUESTION}', count(*) FROM surveys_response GROUP BY 1"  # noqa: S608  # our own name
COLUMNS = "SELECT answers::text FROM surveys_response"


def measure() -> Iterator[Ratio | str]:
    yield from _of(_published(survey_text()), FEW)
    with connection.cursor() as cursor:
        cursor.execute("TRUNCATE surveys_response, surveys_uncounted, surveys_tally CASCADE")
    text = (CONTENT / "domestic-abuse" / "1.yaml").read_text(encoding="utf-8")
    yield "a survey with more questions and breakdowns than the goals are for, a tenth as many:"
    yield from _backlog(_published(text), "domestic abuse", responses=RESPONSES // 10)


def _of(version: Version, few: int) -> Iterator[Ratio | str]:
    load_synthetic(version, months=MONTHS, a_month=few // len(MONTHS), seed=1)
    _weigh(version)
    count_new(version)
    works = [(words, work, by) for words, work in WORKS.items() for by in BREAKDOWNS]
    at_few = [seconds(partial(work, version, by), times=20) for _, work, by in works]
    yield from _backlog(version, "20 questions", responses=RESPONSES)
    one = seconds(lambda: _run(ONE_QUESTION), times=3)
    for (words, work, by), before in zip(works, at_few, strict=True):
        now = seconds(partial(work, version, by), times=20)
        name = f"{words} by {by or 'nothing'} at {RESPONSES:,}"
        yield Ratio(f"{name} ÷ at {few:,}", now, before, 1.2)
        yield Ratio(f"{name} ÷ one question by JSON", now, one, 0.05)
    yield from _beside_duckdb(version)


def _backlog(version: Version, name: str, *, responses: int) -> Iterator[Ratio | str]:
    """Counting so many that none was counted of, and counting them again."""
    if not Tally.objects.filter(version=version).exists():
        load_synthetic(version, months=MONTHS, a_month=1000 // len(MONTHS), seed=1)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM surveys_response")
        (known,) = cursor.fetchone()
        cursor.execute(MULTIPLY, [max(2, round(responses / known))])
        cursor.execute("SELECT count(*) FROM surveys_uncounted")
        (waiting,) = cursor.fetchone()
        # As autovacuum would leave it.
        cursor.execute("VACUUM ANALYZE surveys_response")
    by_json = seconds(lambda: _run(BY_JSON), times=2)
    backlog = seconds(lambda: count_new(version))
    n = f"{waiting:,} of {name}"
    yield f"{waiting / backlog:,.0f} responses tallied a second, {name}"
    yield Ratio(f"tally {n} ÷ jsonb_each", backlog, by_json, 3)
    if count_differences(version):
        raise RuntimeError("the tally differs from a recount")
    again = seconds(lambda: recount(version), times=2)
    yield Ratio(f"recount {n} ÷ jsonb_each", again, by_json, 0.7)
    yield f"{Tally.objects.filter(version=version).count():,} rows of the tally, {name}"


def _weigh(version: Version) -> None:
    """A population to weight by, a little other than who answered: tables as dear as they get."""
    population = Population.objects.create(
        survey=version.survey, source="made by code", holds_from=MONTHS[0], added_by="benchmark"
    )
    strata = [one.split("|") for one in Response.objects.values_list("stratum", flat=True)]
    for at, field in enumerate(("district", "sex", "age-band")):
        found = Counter(codes[at] for codes in strata)
        shares = {code: found[code] * (1 + 0.1 * (i % 3)) for i, code in enumerate(ONE_OF[field])}
        Margin.objects.bulk_create(
            Margin(
                population=population,
                field=field,
                code=code,
                total=PEOPLE * share / sum(shares.values()),
            )
            for code, share in shares.items()
        )


def _table(version: Version, by: str | None) -> None:
    """What the explorer shows: a question in a year, raked on three margins, with errors."""
    table = answer_table(version.survey.slug, QUESTION, span=YEAR, by=by)
    if not isinstance(table.weighting, Weighting):
        raise TypeError(f"the table is not weighted: {table.weighting.reason}")


def _counts(version: Version, by: str | None) -> None:
    """What it is made from: the counts by stratum and group, with their keys."""
    cells = ["", QUESTION, *(f"{QUESTION}={code}" for code in SATISFACTION)]
    read_counts([version], cells, spans=[YEAR], by=by)


WORKS: dict[str, Callable[[Version, str | None], None]] = {
    "counts": _counts,
    "weighted table": _table,
}


def _beside_duckdb(version: Version) -> Iterator[Ratio | str]:
    """The same counts of all questions by DuckDB, for the whole survey at once and unweighted."""
    found = duckdb_seconds(COLUMNS)
    if found is None:
        yield "DuckDB could not be installed: nothing is told of it"
        return
    again = seconds(lambda: recount(version), times=2)
    yield f"DuckDB counts a Parquet file of them, by question only, in {found:.3f} s"
    yield f"a recount by month, stratum and breakdown takes {again / found:.0f} times as long"


def _published(text: str) -> Version:
    definition = load_definition(text)
    draft = store_version(definition, actor="benchmark")
    return publish_version(draft, definition, actor="benchmark")


def _run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        cursor.fetchall()
