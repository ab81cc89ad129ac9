"""Sheets with named columns: `Relevance`, `bind:relevant` and `relevant` are one and the same."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.workbook import RawSheet

# Parts that stand before a column's own name in older forms.
PREFIXES = ("bind", "control", "body", "media")
# Columns that name a file, beside a question or a choice.
FILES = ("image", "big_image", "audio", "video")
# Columns that hold words, which may stand in several languages.
TRANSLATED = (
    "label",
    "hint",
    "guidance_hint",
    "constraint_message",
    "required_message",
    *FILES,
)
# Words that mean true and false in a column that asks for one of them.
YES, NO = ("yes", "true", "true()", "1"), ("", "no", "false", "false()", "0")
ALIASES = {
    "caption": "label",
    "command": "type",
    "tag": "name",
    "value": "name",
    "relevance": "relevant",
    "calculate": "calculation",
    "read_only": "readonly",
    "count": "repeat_count",
    "jr:count": "repeat_count",
    "constraint_msg": "constraint_message",
    "constraintmsg": "constraint_message",
    "constraining_message": "constraint_message",
    "jr:constraintmsg": "constraint_message",
    "requiredmsg": "required_message",
    "required_msg": "required_message",
    "jr:requiredmsg": "required_message",
    "list": "list_name",
    "title": "form_title",
    "set_form_title": "form_title",
    "id_string": "form_id",
    "set_form_id": "form_id",
}


@dataclass(frozen=True)
class Cell:
    """What stands in a cell, and where."""

    text: str
    spot: Spot


@dataclass(frozen=True)
class Row:
    """The cells of a row that are not empty, by column and, for words, by name of the language."""

    sheet: str
    number: int
    cells: Mapping[tuple[str, str], Cell] = field(default_factory=dict)

    def cell(self, column: str) -> Cell:
        """The cell in a column; an empty one with its place where nothing stands there."""
        found = self.cells.get((column, ""))
        return found or Cell("", Spot(self.sheet, self.number, column))

    def text(self, column: str) -> str:
        return self.cell(column).text

    def says_yes(self, column: str) -> bool:
        return self.text(column).lower() in YES

    def said(self, column: str) -> dict[str, Cell]:
        """The cells of a column of words, by language as the header writes it."""
        return {language: cell for (name, language), cell in self.cells.items() if name == column}

    @property
    def spot(self) -> Spot:
        return Spot(self.sheet, self.number)


@dataclass(frozen=True)
class Column:
    index: int
    header: str
    name: str
    language: str


@dataclass(frozen=True)
class Table:
    """A sheet whose first row that is not blank names the columns."""

    sheet: str
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    header_row: int = 1

    def has(self, name: str) -> bool:
        return any(column.name == name for column in self.columns)

    def languages(self) -> Iterator[tuple[str, Spot]]:
        """Each language that a column of words names and something is said in, with its header."""
        used = {key for row in self.rows for key in row.cells}
        for column in self.columns:
            if column.language and (column.name, column.language) in used:
                yield column.language, Spot(self.sheet, self.header_row, column.header)


def read_table(raw: RawSheet, notes: Notes) -> Table:
    """A sheet by its columns; refuses columns that stand twice with different content."""
    numbered = [(number, row) for number, row in enumerate(raw.rows, start=1) if any(row)]
    if not numbered:
        return Table(raw.name)
    (header_row, headers), *rest = numbered
    columns = tuple(
        Column(index, header, *named(header)) for index, header in enumerate(headers) if header
    )
    _refuse_doubles(raw, columns, rest, header_row=header_row, notes=notes)
    rows = tuple(_row(raw.name, number, cells, columns=columns) for number, cells in rest)
    return Table(raw.name, columns, tuple(row for row in rows if row.cells), header_row)


def named(header: str) -> tuple[str, str]:
    """A header's column and language: `label::English (en)` is label in `English (en)`."""
    separator = "::" if "::" in header else ":"
    parts = [part.strip() for part in header.replace("\u00a0", " ").split(separator)]
    while len(parts) > 1 and parts[0].lower() in PREFIXES:
        parts = parts[1:]
    if len(parts) > 1 and parts[0].lower() == "jr":
        parts = [":".join(parts[:2]), *parts[2:]]
    name = plain(parts[0])
    name = ALIASES.get(name, name)
    language = separator.join(parts[1:])
    return (name, language) if name in TRANSLATED or not language else (plain(header), "")


def plain(name: str) -> str:
    """A name of a column or sheet without what people vary: case, spaces, hyphens."""
    return re.sub(r"[\s_-]+", "_", name.replace("\u00a0", " ").strip().lower())


def _refuse_doubles(
    raw: RawSheet,
    columns: tuple[Column, ...],
    rows: list[tuple[int, tuple[str, ...]]],
    *,
    header_row: int,
    notes: Notes,
) -> None:
    first: dict[tuple[str, str], Column] = {}
    for column in columns:
        before = first.setdefault((column.name, column.language), column)
        if before is column:
            continue
        for number, cells in rows:
            pair = _at(cells, before.index), _at(cells, column.index)
            if all(pair) and pair[0] != pair[1]:
                spot = Spot(raw.name, header_row, column.header)
                message = f"stands twice, and says two things in row {number}: the first is read"
                notes.refuse(spot, message)
                break


def _row(sheet: str, number: int, cells: tuple[str, ...], *, columns: tuple[Column, ...]) -> Row:
    found: dict[tuple[str, str], Cell] = {}
    for column in columns:
        text = _at(cells, column.index)
        if text:
            spot = Spot(sheet, number, column.header)
            found.setdefault((column.name, column.language), Cell(text, spot))
    return Row(sheet, number, found)


def _at(cells: tuple[str, ...], index: int) -> str:
    return cells[index] if index < len(cells) else ""
