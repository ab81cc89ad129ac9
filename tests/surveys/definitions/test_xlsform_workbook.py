"""Files that are no forms, or are made to do harm."""

import contextlib
import io
import random
import zipfile
from datetime import date, datetime, time, timedelta

import pytest
import xlsxwriter

from surveys.definitions.xlsform import XlsformError, read_xlsform
from surveys.definitions.xlsform import workbook as limits
from surveys.definitions.xlsform.sheet_reader import cell_text
from tests.factories.sheets import form, packed, sheet

SMALL = "type | name | label\ntext | a | Ask"


def refusal(data: bytes) -> str:
    with pytest.raises(XlsformError) as caught:
        read_xlsform(data, file_name="form.xlsx")
    assert caught.value.troubles
    return str(caught.value)


def with_entry(name: str, content: bytes) -> bytes:
    """The small form with one more part in its archive."""
    target = io.BytesIO(packed(form(SMALL)))
    with zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, content)
    return target.getvalue()


def test_a_workbook_is_read():
    imported = read_xlsform(packed(form(SMALL)), file_name="form.xlsx", survey="streets")

    assert imported.data["survey"] == "streets"
    assert imported.data["pages"][0]["questions"][0]["ask"] == {"en": "Ask"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"", "form.xlsx: is empty: expected an Excel workbook, .xlsx or .xls"),
        (b"type,name,label\n", "form.xlsx: is no Excel workbook: expected .xlsx or .xls"),
        (b"PK\x03\x04 cut off", "form.xlsx: is damaged and can't be unpacked"),
        (limits.OLD_EXCEL + b"\0" * 4000, "form.xlsx: is damaged or locked"),
        (b"\0" * (limits.MOST_BYTES + 1), "form.xlsx: is larger than 10 MiB"),
    ],
)
def test_what_is_no_workbook_is_refused(data, told):
    assert refusal(data).startswith(told)


def test_a_zip_that_is_no_workbook_is_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")

    assert refusal(target.getvalue()) == ("form.xlsx: is no Excel workbook: expected .xlsx or .xls")


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = with_entry("xl/worksheets/sheet9.xml", b" " * (limits.MOST_UNPACKED + 1))

    assert len(bomb) < 1_000_000
    assert refusal(bomb) == "form.xlsx: unpacks to more than 100 MiB"


def test_an_entry_that_lies_about_its_size_is_refused():
    # The directory says ten bytes; the entry holds far more.
    data = bytearray(with_entry("xl/worksheets/sheet9.xml", b" " * 50_000_000))
    at = data.rindex(b"PK\x01\x02")
    data[at + 24 : at + 28] = (10).to_bytes(4, "little")

    assert "can't be unpacked" in refusal(bytes(data))


def test_too_many_parts_are_refused():
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for number in range(limits.MOST_ENTRIES + 1):
            archive.writestr(f"{number}.xml", b"")

    assert refusal(target.getvalue()) == "form.xlsx: has more than 1,000 parts"


def test_a_document_type_declaration_is_refused():
    evil = b'<!DOCTYPE x [<!ENTITY a "aaaa">]><x>&a;</x>'

    assert "document type declaration" in refusal(with_entry("xl/more.xml", evil))


def test_two_cells_far_apart_are_refused():
    # The reader would set aside room for seventeen thousand million cells.
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    page = book.add_worksheet("survey")
    page.write(0, 0, "type")
    page.write(1_048_575, 16_383, "x")
    book.close()

    assert "cells too far apart" in refusal(target.getvalue())


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(limits, "MOST_ROWS", 3)
    long = SMALL + "\ntext | b | B\ntext | c | C"

    assert "has more than 3 rows in the sheet 'survey'" in refusal(packed(form(long)))


def test_damaged_files_are_refused_and_nothing_else():
    chance = random.Random(3)
    good = packed(form(SMALL))
    for _ in range(25):
        data = bytearray(good)
        for _ in range(chance.choice([1, 5, 50])):
            data[chance.randrange(len(data))] = chance.randrange(256)
        # Any other error than this one fails the test.
        with contextlib.suppress(XlsformError):
            read_xlsform(bytes(data[: chance.choice([None, len(data) // 2])]), file_name="f.xlsx")


def test_the_reader_apart_may_end_as_it_likes(monkeypatch):
    monkeypatch.setattr(limits.sheet_reader, "__file__", "/nowhere/at_all.py")

    assert "can't be read as a workbook" in refusal(packed(form(SMALL)))


@pytest.mark.parametrize(
    ("sheets", "told"),
    [
        ({"Sheet1": "a | b"}, "form.xlsx: has no sheet called survey: it has Sheet1"),
        ({"survey": "a | b\n1 | 2"}, "survey, row 1: has no column called type: it has a, b"),
        ({"survey": "type | name | label"}, "survey: has no question that can be carried"),
        ({"survey": ""}, "survey, row 1: has no column called type: it has none"),
    ],
)
def test_a_workbook_without_a_form_is_refused(sheets, told):
    assert told in refusal(packed([sheet(name, table) for name, table in sheets.items()]))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.5, "0.5"),
        (True, "true"),
        (" a\r\nb ", "a\nb"),
        (date(2022, 11, 30), "2022-11-30"),
        (datetime(2022, 11, 30), "2022-11-30"),  # noqa: DTZ001  # as a cell holds it
        (datetime(2022, 11, 30, 14, 5), "2022-11-30 14:05:00"),  # noqa: DTZ001  # the same
        (time(14, 5), "14:05:00"),
        (timedelta(hours=1), "1:00:00"),
    ],
)
def test_a_cell_is_read_as_its_author_typed_it(value, text):
    assert cell_text(value) == text
