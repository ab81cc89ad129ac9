"""The sheets of a workbook as grids of cells that keep their addresses."""

import io
import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from python_calamine import CalamineError, CalamineWorkbook

from measures.figures.parsed import Unreadable

# "1,234", "-3", and "1,234 [r]" with a publisher's marker after the number.
_NUMBER = re.compile(r"(-?\d{1,3}(?:,\d{3})+|-?\d+)\s*(\[\w+\])?")

Cell = str | float | int | bool | date | datetime | time | timedelta


@dataclass(frozen=True)
class Sheet:
    """A sheet from its cell A1 on; `name` is without the blanks that publishers leave at its end.

    Merged cells have their content in the first one; the others are empty.
    """

    name: str
    rows: list[list[Cell]]

    def text(self, row: int, column: int) -> str:
        """The content of a cell on one line, both counted from 0; empty outside the sheet."""
        if row >= len(self.rows) or column >= len(self.rows[row]):
            return ""
        return as_text(self.rows[row][column])

    def address(self, row: int, column: int) -> str:
        """Where a cell is, such as "Table P1 L47"."""
        return f"{self.name} {_letters_of(column)}{row + 1}"


def read_workbook(content: bytes, file_name: str) -> list[Sheet]:
    """All sheets of an .xlsx, .xls, .xlsb or .ods file; raises Unreadable for anything else."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        return [
            Sheet(name.strip(), book.get_sheet_by_name(name).to_python(skip_empty_area=False))
            for name in book.sheet_names
        ]
    except BaseException as error:
        # At a cut .xls the library panics, which is no Exception and has no name to import.
        if not isinstance(error, CalamineError) and type(error).__name__ != "PanicException":
            raise
        raise Unreadable(
            [f"{file_name}: not a workbook ({error}): expected an .xlsx, .xls or .ods file"]
        ) from error


def as_text(cell: Cell) -> str:
    """What a cell shows, on one line; whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return " ".join(str(cell).split())


def whole_number(cell: Cell) -> tuple[int | None, str]:
    """The whole number that a cell holds and the publisher's marker after it, such as "[r]".

    None for anything else: a symbol, a share, an empty cell, a date.
    """
    if isinstance(cell, bool) or not isinstance(cell, int | float | str):
        return None, ""
    match = _NUMBER.fullmatch(as_text(cell))
    if not match:
        return None, ""
    return int(match[1].replace(",", "")), match[2] or ""


def _letters_of(column: int) -> str:
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
