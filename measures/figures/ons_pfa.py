"""ONS police force area tables: Table P1, the numbers of offences by force and region."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from measures.figures.gazetteer import Gazetteer
from measures.figures.ons_labels import category_of, without_notes
from measures.figures.ons_notes import numbered_notes, period_in_contents, released_on
from measures.figures.parsed import OPEN_GOVERNMENT_LICENCE, Parsed, Remark, Row, Unreadable
from measures.figures.periods import year_ending
from measures.figures.workbooks import Cell, Sheet, as_text, read_workbook, whole_number
from measures.stats.periods import Period

PUBLISHER = "Office for National Statistics"
TABLE = "Table P1"
NOTE_LENGTH = 500

_AREA_CODE = re.compile(r"(?:police force )?area codes?", re.IGNORECASE)
_AREA_NAME = re.compile(r"(?:police force )?area names?", re.IGNORECASE)
_CODE = re.compile(r"[A-Z]\d{8}")


@dataclass(frozen=True)
class _Column:
    index: int
    category: str
    label: str
    notes: tuple[int, ...]


@dataclass(frozen=True)
class _Area:
    row: int
    code: str
    notes: tuple[int, ...]


class _Reading:
    """One reading of a workbook's Table P1; collects problems so that all are told at once."""

    def __init__(self, content: bytes, file_name: str, places: Gazetteer) -> None:
        self.file_name = file_name
        self.places = places
        self.problems: list[str] = []
        self.set_aside: list[Remark] = []
        self.warnings: list[Remark] = []
        self.sheets = read_workbook(content, file_name)
        self.sheet = self._table()
        self.header, self.code_column, self.name_column = self._header()
        self.title, self.period = self._title()

    def fail(self, problem: str) -> Unreadable:
        return Unreadable([f"{self.file_name}: {problem}"])

    def _table(self) -> Sheet:
        for sheet in self.sheets:
            if re.sub(r"[\s_]+", " ", sheet.name).casefold() == TABLE.casefold():
                return sheet
        names = ", ".join(sheet.name for sheet in self.sheets)
        raise self.fail(f"no sheet {TABLE}: expected it among the sheets ({names})")

    def _header(self) -> tuple[int, int, int]:
        """The line with "Area Code" and "Area Name", wherever it stands, and their columns."""
        for number, row in enumerate(self.sheet.rows):
            texts = [without_notes(as_text(cell))[0] for cell in row]
            codes = [i for i, text in enumerate(texts) if _AREA_CODE.fullmatch(text)]
            names = [i for i, text in enumerate(texts) if _AREA_NAME.fullmatch(text)]
            if codes and names:
                return number, codes[0], names[0]
        raise self.fail(f"{self.sheet.name}: expected a header line with Area Code and Area Name")

    def _title(self) -> tuple[str, Period]:
        above = [as_text(cell) for row in self.sheet.rows[: self.header] for cell in row]
        for text in filter(None, above):
            if period := year_ending(text):
                break
        else:
            raise self.fail(
                f'{self.sheet.name}: expected a title that ends like "year ending June 2019"'
            )
        if re.search(r"\b(?:rates? of|percentage change)\b", text, re.IGNORECASE):
            raise self.fail(f"{self.sheet.name}: expected numbers of offences, found: {text}")
        self._compare_with_contents(period)
        title = re.sub(rf"^{TABLE}\s*[:.]?\s*", "", text, flags=re.IGNORECASE)
        # The title's own year ends in footnotes: say it as the contents would.
        title = re.sub(r"year ending.*", period.label, title)
        return title, period

    def _compare_with_contents(self, period: Period) -> None:
        listed = period_in_contents(TABLE, self.sheets)
        if listed and listed != period:
            self.warnings.append(
                Remark(
                    self.sheet.name,
                    f"its title says {period.label}, "
                    f"the contents say {listed.ends:%B %Y}; taken as the title says",
                )
            )

    def columns(self) -> list[_Column]:
        """The categories; a heading may stand in the line above, and spacers have none."""
        found: dict[str, _Column] = {}
        width = max(len(row) for row in self.sheet.rows)
        for index in range(width):
            if index in (self.code_column, self.name_column):
                continue
            label, notes = without_notes(self._heading(index))
            figures = [row for row in self._below() if _is_number(self.sheet, row, index)]
            if not figures and not self.sheet.text(self.header, index):
                continue  # a spacer, though a merged banner may begin above it
            column = _Column(index, category_of(label), label, notes)
            if not label:
                self._complain(figures[0], index, "a figure in a column without a heading")
            elif column.category in found:
                self._complain(
                    self.header,
                    index,
                    f"expected one column for {column.category}, this is the second",
                )
            found[column.category] = column
        return list(found.values())

    def _heading(self, index: int) -> str:
        lines = range(self.header, max(self.header - 3, -1), -1)
        return next((text for line in lines if (text := self.sheet.text(line, index))), "")

    def _below(self) -> range:
        return range(self.header + 1, len(self.sheet.rows))

    def _complain(self, row: int, column: int, problem: str) -> None:
        self.problems.append(f"{self.file_name}: {self.sheet.address(row, column)}: {problem}")

    def areas(self, columns: list[_Column]) -> Iterator[_Area]:
        """The lines that are about an area; notes and sources under the table are not."""
        seen: dict[str, int] = {}
        for row in self._below():
            code = self.sheet.text(row, self.code_column)
            name, notes = without_notes(self.sheet.text(row, self.name_column))
            has_figures = any(_is_number(self.sheet, row, c.index) for c in columns)
            if not has_figures and not _CODE.fullmatch(code) and not self._by_name(code, name):
                continue
            where = f"{self.sheet.name} row {row + 1}"
            if re.search(r"\bexclud", name, re.IGNORECASE):
                # A total that leaves a force out, under the code of the whole.
                self.set_aside.append(Remark(where, f"{name}: not the whole of the area"))
            elif area := self._code_of(code, name, where):
                if area in seen:
                    self.problems.append(
                        f"{self.file_name}: {where}: {name} again, "
                        f"expected one line for it (row {seen[area] + 1})"
                    )
                seen[area] = row
                yield _Area(row, area, notes)

    def _by_name(self, code: str, name: str) -> str | None:
        """British Transport Police has no code: it is known by name."""
        return None if _CODE.fullmatch(code) or not name else self.places.force_called(name)

    def _code_of(self, code: str, name: str, where: str) -> str | None:
        area = code if code in self.places else self._by_name(code, name)
        if not area:
            self.problems.append(
                f"{self.file_name}: {where}: area {name or '(no name)'} with the code "
                f"{code or '(none)'} is not known: expected a code of surveys/content/places.csv"
            )
        elif not self.places.called(name, area):
            self.warnings.append(
                Remark(where, f"{code} is called {name}, known as {self.places.name_of(area)}")
            )
        return area

    def row(self, area: _Area, column: _Column, notes: dict[int, str]) -> Row | None:
        """The figure where a line and a column meet, or None and a remark where none stands."""
        where = self.sheet.address(area.row, column.index)
        line = self.sheet.rows[area.row]
        cell: Cell = line[column.index] if column.index < len(line) else ""
        value, marker = whole_number(cell)
        if value is None:
            shown = f"holds “{as_text(cell)}”" if as_text(cell) else "is empty"
            self.set_aside.append(
                Remark(where, f"{self.places.name_of(area.code)}, {column.category}: {shown}")
            )
            return None
        told = [f"Marked {marker} by the publisher."] if marker else []
        told += [notes[n] for n in (*area.notes, *column.notes) if n in notes]
        note = " ".join(told)
        return Row(
            area=area.code,
            category=column.category,
            starts=self.period.starts,
            ends=self.period.ends,
            value=value,
            label=column.label,
            where=where,
            note=note if len(note) <= NOTE_LENGTH else f"{note[: NOTE_LENGTH - 1]}…",
        )


def parse(content: bytes, file_name: str, *, places: Gazetteer) -> Parsed:
    """Every figure of Table P1, for the twelve months that its title names.

    Cells that hold no whole number ("..", "-", ":", "*", empty) are set aside with their address
    and never become 0. Raises Unreadable for a file without Table P1, and for a line whose area
    is not known.
    """
    reading = _Reading(content, file_name, places)
    columns = reading.columns()
    areas = list(reading.areas(columns))
    notes = numbered_notes(reading.sheet, reading.sheets)
    rows = [row for area in areas for c in columns if (row := reading.row(area, c, notes))]
    if not rows and not reading.problems:
        raise reading.fail(f"{reading.sheet.name}: expected figures, found none")
    if reading.problems:
        raise Unreadable(reading.problems)
    return Parsed(
        publisher=PUBLISHER,
        title=reading.title,
        licence=OPEN_GOVERNMENT_LICENCE,
        released_at=released_on(reading.sheets),
        rows=tuple(rows),
        set_aside=tuple(reading.set_aside),
        warnings=tuple(reading.warnings),
    )


def _is_number(sheet: Sheet, row: int, column: int) -> bool:
    line = sheet.rows[row]
    return column < len(line) and whole_number(line[column])[0] is not None
