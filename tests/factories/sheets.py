"""Sheets of an XLSForm to test with, written as tables with bars."""

import io
from typing import Any

import pytest
import xlsxwriter

from surveys.definitions.importing import Imported
from surveys.definitions.xlsform import XlsformError
from surveys.definitions.xlsform.loading import import_sheets
from surveys.definitions.xlsform.workbook import RawSheet

YES_NO = """
list_name | name | label
yn        | yes  | Yes
yn        | no   | No
"""


def sheet(name: str, table: str) -> RawSheet:
    """A sheet from lines whose cells are parted by bars; `\\n` in a cell begins a new line."""
    lines = [line for line in table.splitlines() if line.strip()]
    rows = [
        tuple(cell.strip().replace("\\n", "\n") for cell in line.split(" | ")) for line in lines
    ]
    return RawSheet(name, tuple(rows))


def form(survey: str, choices: str = YES_NO, **others: str) -> list[RawSheet]:
    """A form of a survey sheet, choices and whatever else is named."""
    found = [sheet("survey", survey), sheet("choices", choices)]
    return [*found, *(sheet(name, table) for name, table in others.items())]


def read(survey: str, choices: str = YES_NO, **others: Any) -> Imported:
    """What is made of such a form; `lenient=True` leaves out what can't be carried."""
    lenient = others.pop("lenient", False)
    return import_sheets(form(survey, choices, **others), file_name="form.xlsx", lenient=lenient)


def refused(survey: str, choices: str = YES_NO, **others: str) -> list[str]:
    """What is told of a form that can't be carried whole, without the file's name."""
    with pytest.raises(XlsformError) as caught:
        read(survey, choices, **others)
    return [str(trouble).removeprefix("form.xlsx: ") for trouble in caught.value.troubles]


def questions(survey: str, choices: str = YES_NO, **others: Any) -> dict[str, dict[str, Any]]:
    """The questions of such a form by name."""
    data = read(survey, choices, **others).data
    return {q["name"]: q for page in data["pages"] for q in page["questions"]}


def packed(sheets: list[RawSheet]) -> bytes:
    """The sheets as an .xlsx file."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    for one in sheets:
        page = book.add_worksheet(one.name)
        for number, row in enumerate(one.rows):
            for column, text in enumerate(row):
                page.write_string(number, column, text)
    book.close()
    return target.getvalue()
