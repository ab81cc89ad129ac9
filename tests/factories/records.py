"""Responses with every kind of answer, and files of records read back."""

import csv
from io import BytesIO
from pathlib import Path

import polars as pl
import pyreadstat
from django.db import transaction
from openpyxl import load_workbook

from surveys.models.responses import OwnWords
from surveys.responses.record_files import write_records
from surveys.responses.records import records_of
from tests.factories.surveys import respond, set_aside

FORMULA = '=HYPERLINK("http://example.com";"x")'


def write_words(response, question, text):
    """Puts what somebody wrote beside their response."""
    words = OwnWords(response=response, question=question)
    words.write(text)
    words.save(force_insert=True)


def people(version):
    """Two who count, one of them with much to say, and one who was set aside."""
    one = respond(
        version,
        area="north",
        overall="3",
        reasons=["slow", "rude"],
        reported="yes",
        calls=4,
        when="2022-10",
        words="x",
    )
    write_words(one, "words", FORMULA)
    write_words(one, "first-name-of-area", 'Line one\nline "two", and on')
    other = respond(
        version,
        on="2022-12-01",
        channel="phone",
        area={"missing": "prefer-not-to-say"},
        overall={"missing": "does-not-apply"},
        reported="yes",
        calls={"missing": "dont-know"},
    )
    set_aside(version, area="south")
    return one, other


def file_of(version, form, *, with_words=False, tell=lambda done, total: None):
    """The bytes of a file of records."""
    out = BytesIO()
    with transaction.atomic():
        write_records(records_of(version, with_words=with_words), form, out, tell=tell)
    return out.getvalue()


def rows_of_csv(content):
    return list(csv.DictReader(content.decode().splitlines(keepends=True)))


def table_of_parquet(content):
    return pl.read_parquet(BytesIO(content))


def table_of_sav(content, folder):
    file = Path(folder, "read.sav")
    file.write_bytes(content)
    return pyreadstat.read_sav(str(file), output_format="polars", user_missing=True)


def book_of_xlsx(content):
    return load_workbook(BytesIO(content))
