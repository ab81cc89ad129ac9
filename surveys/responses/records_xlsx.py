"""Records as a workbook: a sheet of codes, and the codebook on a second one."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from pathlib import Path

import xlsxwriter  # type: ignore[import-untyped]  # it has no types

from surveys.definitions.surfaces.codebook import codebook
from surveys.definitions.surfaces.codebook_csv import codebook_csv
from surveys.responses.records import LINE_END, Records

# A sheet has 2^20 rows, of which the first names the columns.
MOST_ROWS = 1_048_575
NUMBERS = ("whole number", "decimal number")
# Every text stays one: no cell is a formula, a link or a number because of how it looks.
OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}


def write_xlsx(records: Records, lines: Sequence[Path], made: Path) -> None:
    """Makes the workbook of the lines, a row at a time."""
    with xlsxwriter.Workbook(made, {**OPTIONS, "tmpdir": str(made.parent)}) as book:
        heads = book.add_format({"bold": True, "bottom": 1})
        sheet = book.add_worksheet("Records")
        _fill(sheet, _rows(lines), numbers=_numbers(records), heads=heads)
        listed = book.add_worksheet("Codebook")
        listed.set_column(0, 40, 18)
        _fill(listed, csv.reader(StringIO(_codebook(records), newline="")), heads=heads)


def _rows(lines: Sequence[Path]) -> Iterator[list[str]]:
    """The rows of all files, with the header of the first."""
    for file in lines:
        with file.open(encoding="utf-8", newline="") as opened:
            rows = csv.reader(opened)
            header = next(rows)
            if file is lines[0]:
                yield header
            yield from rows


def _codebook(records: Records) -> str:
    text = codebook_csv(codebook(records.definition, records.definition.languages[0]))
    return text.removesuffix(LINE_END)


def _numbers(records: Records) -> frozenset[int]:
    """The columns whose values are numbers."""
    numbers = {v.name for v in records.variables if v.type in NUMBERS} | {records.about["version"]}
    return frozenset(at for at, name in enumerate(records.columns) if name in numbers)


def _fill(
    sheet: xlsxwriter.worksheet.Worksheet,
    rows: Iterable[list[str]],
    *,
    heads: xlsxwriter.format.Format,
    numbers: frozenset[int] = frozenset(),
) -> None:
    sheet.freeze_panes(1, 1)
    for at, row in enumerate(rows):
        for column, cell in enumerate(row):
            if not cell:
                continue
            number = _number(cell) if at and column in numbers else None
            if number is None:
                sheet.write_string(at, column, cell, heads if at == 0 else None)
            else:
                sheet.write_number(at, column, number)


def _number(cell: str) -> float | None:
    """The number; None for a missing code, which stands in the same column."""
    try:
        return float(cell)
    except ValueError:
        return None
