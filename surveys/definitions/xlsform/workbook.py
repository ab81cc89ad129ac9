"""The sheets of an Excel workbook as text, from bytes that nobody has looked at yet.

Limits are those of the safety promises for uploads: 10 MiB, 100 MiB unpacked, 1,000 entries, no
document type declarations. The unpacked size is measured, not believed.
"""

import io
import json
import re
import subprocess
import sys
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path

from surveys.definitions.xlsform import sheet_reader
from surveys.definitions.xlsform.notes import refused

MOST_BYTES = 10 * 1024 * 1024
MOST_UNPACKED = 100 * 1024 * 1024
MOST_ENTRIES = 1_000
# Cells of one sheet from its first corner to its last: the reader sets aside room for them all,
# so two cells far apart would take a machine's whole memory.
MOST_CELLS = 4_000_000
# No questionnaire has more; the rest of the work grows with them.
MOST_ROWS = 20_000
MOST_COLUMNS = 400
MOST_SECONDS = 60

OLD_EXCEL = bytes.fromhex("d0cf11e0a1b11ae1")
CELL = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
LOOSE_CELL = re.compile(rb"<(?:\w+:)?c(?=[\s>])(?![^>]*\sr=)[^>]*(?<!/)>")
ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]{1,7})"')


@dataclass(frozen=True)
class RawSheet:
    """A sheet: its name, and its rows from the first, each a tuple of trimmed texts."""

    name: str
    rows: tuple[tuple[str, ...], ...]


def read_workbook(data: bytes, file_name: str) -> list[RawSheet]:
    """Every sheet with cells as text; raises XlsformError for what is no workbook."""
    if len(data) > MOST_BYTES:
        raise refused(file_name, f"is larger than {MOST_BYTES // 2**20} MiB")
    if not data:
        raise refused(file_name, "is empty: expected an Excel workbook, .xlsx or .xls")
    if data.startswith(b"PK"):
        data = _checked_zip(data, file_name)
    elif not data.startswith(OLD_EXCEL):
        raise refused(file_name, "is no Excel workbook: expected .xlsx or .xls")
    return [_sheet(name, rows, file_name) for name, rows in _read_apart(data, file_name)]


def _checked_zip(data: bytes, file_name: str) -> bytes:
    """The same workbook packed anew, from entries that were read and counted here."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _repacked(archive, file_name)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError) as error:
        raise refused(file_name, f"is damaged and can't be unpacked: {error}") from None
    except RuntimeError:  # also NotImplementedError, for ways of packing that nobody uses
        raise refused(file_name, "is locked with a password or packed in an unknown way") from None


def _repacked(archive: zipfile.ZipFile, file_name: str) -> bytes:
    entries = archive.infolist()
    if len(entries) > MOST_ENTRIES:
        raise refused(file_name, f"has more than {MOST_ENTRIES:,} parts")
    if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
        raise refused(file_name, f"unpacks to more than {MOST_UNPACKED // 2**20} MiB")
    packed = io.BytesIO()
    names: set[str] = set()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as clean:
        for entry in entries:
            # Pictures and what macros hold are no part of a form. Python reads no more of an entry
            # than it declares, so the sum above holds.
            if entry.filename in names or not entry.filename.endswith((".xml", ".rels")):
                continue
            names.add(entry.filename)
            content = archive.read(entry)
            _check_xml(entry.filename, content, file_name)
            clean.writestr(entry.filename, content)
    if "xl/workbook.xml" not in {name.lower() for name in names}:
        raise refused(file_name, "is no Excel workbook: expected .xlsx or .xls")
    return packed.getvalue()


def _check_xml(name: str, content: bytes, file_name: str) -> None:
    if b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise refused(file_name, f"has a document type declaration in {name}, which is not read")
    width = height = 0
    for column, row in CELL.findall(content):
        width = max(width, _column_number(column))
        height = max(height, int(row))
    if LOOSE_CELL.search(content):
        height = max([height, *map(int, ROW.findall(content))])
    if max(width, 1) * height > MOST_CELLS:
        raise refused(file_name, f"has cells too far apart in {name}: {width:,} by {height:,}")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _read_apart(data: bytes, file_name: str) -> list[tuple[str, list[list[str]] | None]]:
    """The sheets as a process of its own read them: whatever becomes of it, we go on."""
    limits = map(str, (MOST_ROWS + 1, MOST_COLUMNS, MOST_CELLS))
    program = [sys.executable, "-I", str(Path(sheet_reader.__file__)), *limits]
    try:
        done = subprocess.run(
            program, input=data, capture_output=True, timeout=MOST_SECONDS, check=False, env={}
        )
        found: list[tuple[str, list[list[str]] | None]] = json.loads(done.stdout)
    except subprocess.TimeoutExpired:
        raise refused(file_name, f"can't be read within {MOST_SECONDS} seconds") from None
    except ValueError:
        raise refused(file_name, "is damaged or locked: it can't be read as a workbook") from None
    return found


def _sheet(name: str, rows: list[list[str]] | None, file_name: str) -> RawSheet:
    if rows is None:
        raise refused(file_name, f"has cells too far apart in the sheet {name!r}")
    while rows and not any(rows[-1]):
        rows.pop()
    if len(rows) > MOST_ROWS:
        raise refused(file_name, f"has more than {MOST_ROWS:,} rows in the sheet {name!r}")
    return RawSheet(name, tuple(tuple(row) for row in rows))
