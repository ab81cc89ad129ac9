"""Files of records, against PostgreSQL copying the same rows out bare; and what memory they take.

RESPONSES is how many records there are in the end; a tenth of them is what memory is held against.
"""

import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from django.db import connection, transaction

from benchmarks.ratio import Ratio, seconds
from benchmarks.tally_survey import survey_text
from surveys.definitions.loader import load_definition
from surveys.models.responses import Response
from surveys.models.versions import Version
from surveys.responses.record_files import write_records
from surveys.responses.records import Records, records_of
from surveys.responses.synthetic import load_synthetic
from surveys.versions.publish import publish_version, store_version

RESPONSES = int(os.environ.get("RESPONSES", "1000000"))
SAMPLE = 1_000
FORMS = ("csv", "parquet")
# Writing 5 there makes the kernel forget the most memory that was ever held (proc(5)).
FORGET_PEAK = Path("/proc/self/clear_refs")


def measure() -> Iterator[Ratio | str]:
    version = _published()
    load_synthetic(version, months=[date(2022, 11, 1)], a_month=SAMPLE, seed=1)
    records = records_of(version)
    _multiply(RESPONSES // SAMPLE // 10)
    few = {form: _peak(records, form) for form in FORMS}
    _multiply(10)
    bare = seconds(lambda: _copy(records), times=2)
    n = f"{records.count():,} × {len(records.columns)}"
    for form in FORMS:
        ours = seconds(lambda form=form: _write(records, form), times=2)
        yield Ratio(f"{n} as {form} ÷ COPY (SELECT …) TO STDOUT", ours, bare, 6)
    for form in FORMS:
        now = _peak(records, form)
        yield Ratio(f"memory for {form} ÷ for a tenth of them", now, few[form], 1.5, unit="MiB")


def _published() -> Version:
    definition = load_definition(survey_text())
    draft = store_version(definition, actor="benchmark")
    return publish_version(draft, definition, actor="benchmark")


def _multiply(times: int) -> None:
    """As many times the people that are there, each under an id of their own."""
    columns = [f.column for f in Response._meta.concrete_fields if not f.primary_key]
    names = ", ".join(columns)
    statement = (
        f"INSERT INTO surveys_response (id, {names}) SELECT gen_random_uuid(), {names} "  # noqa: S608  # our own
        "FROM surveys_response, generate_series(2, %s)"
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [times])
        cursor.execute("ANALYZE surveys_response")


def _copy(records: Records) -> None:
    """What PostgreSQL needs for the same columns, in no order and with nothing put right."""
    answers = ", ".join(f"answers->>'{variable.name}'" for variable in records.coded)
    columns = f"id, version_id, wave, period, language, channel, is_synthetic, {answers}"
    statement = f"COPY (SELECT {columns} FROM surveys_response) TO STDOUT WITH CSV"  # noqa: S608  # as above
    with connection.cursor() as cursor, cursor.copy(statement) as copied:
        for _ in copied:
            pass


def _write(records: Records, form: str) -> None:
    with tempfile.TemporaryFile() as out, transaction.atomic():
        write_records(records, form, out, tell=lambda done, total: None)


def _peak(records: Records, form: str) -> float:
    """The most memory that this process holds while it writes a file, in MiB."""
    FORGET_PEAK.write_text("5")
    _write(records, form)
    status = Path("/proc/self/status").read_text().splitlines()
    (held,) = (line.split()[1] for line in status if line.startswith("VmHWM:"))
    return int(held) / 1024
