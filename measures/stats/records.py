"""A file of records, one a line, as columns of numbers and of codes."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import polars as pl

from measures.stats.groups import Flags, Floats, Whole

# As R writes what is missing; an empty cell is missing too.
MISSING = ("", "NA", "NaN")
HEADER_LINE = 1


class UnreadableError(ValueError):
    """A file or a request that can't be followed; a line of `problems` for each reason."""

    def __init__(self, *problems: str) -> None:
        self.problems = problems
        super().__init__("; ".join(problems))


@dataclass(frozen=True)
class Codes:
    """A column of codes: `of` numbers each record's level, -1 where it is missing."""

    of: Whole
    levels: tuple[str, ...]

    def find(self, value: str) -> int | None:
        """The number of a level; "2.0" and "02" find 2 where no level is written so."""
        if value in self.levels:
            return self.levels.index(value)
        wanted = number(value)
        numbers = [number(level) for level in self.levels]
        return numbers.index(wanted) if wanted is not None and wanted in numbers else None


@dataclass(frozen=True, eq=False)
class Records:
    """The cells of a file as text, by column; `name` is the file's, for messages."""

    name: str
    table: pl.DataFrame

    def __len__(self) -> int:
        return self.table.height

    def has(self, column: str) -> bool:
        return column in self.table.columns

    def split(self, text: str, mark: str) -> tuple[str, str]:
        """ "sch.wide=Yes" as a column and the rest; the column's name may hold the mark itself."""
        at = text.find(mark)
        while at >= 0:
            if self.has(text[:at]):
                return text[:at], text[at + len(mark) :]
            at = text.find(mark, at + 1)
        column, found, _ = text.partition(mark)
        if not found:
            raise UnreadableError(f"{text!r}: expected COLUMN{mark}…")
        raise UnreadableError(self.lacks(column))

    def lacks(self, column: str) -> str:
        """That there is no such column, in words."""
        there = ", ".join(self.table.columns)
        return f"{self.name}: there is no column {column!r}; it has {there}"

    def is_text(self, column: str) -> bool:
        """Whether it holds something that is no number."""
        cells = self._cells(column)
        return bool((cells.is_not_null() & _numbers(cells).is_null()).any())

    def numbers(self, column: str, *, expected: str = "a number") -> Floats:
        """Its numbers, nan where missing; raises UnreadableError at the first cell that is none."""
        cells = self._cells(column)
        numbers = _numbers(cells)
        is_none = cells.is_not_null() & (numbers.is_null() | numbers.is_infinite())
        self._refuse(column, is_none.fill_null(False), expected=expected)
        return numbers.fill_null(np.nan).to_numpy().astype(np.float64)

    def codes(self, column: str) -> Codes:
        """Its codes, in the order of their numbers or, if one is none, of their letters.

        In a column of numbers 1.0 is told as 1.
        """
        cells = self._cells(column)
        is_number = not self.is_text(column)
        if is_number:
            # Programs that know only numbers write 1 as 1.0: it is the same code.
            cells = cells.str.replace(r"^(-?\d+)\.0+$", "$1")
        levels = cells.drop_nulls().unique().to_list()
        levels.sort(key=lambda level: (float(level) if is_number else 0.0, level))
        of = cells.cast(pl.Enum(levels)).to_physical().cast(pl.Int64).fill_null(-1)
        return Codes(of.to_numpy(), tuple(levels))

    def complete_numbers(self, column: str) -> Floats:
        """Its numbers, none of which may be missing or endless."""
        expected = "a number in every record"
        found = self.numbers(column, expected=expected)
        self._refuse(column, pl.Series(np.isnan(found)), expected=expected)
        return found

    def complete_codes(self, column: str) -> Codes:
        """Its codes, none of which may be missing."""
        found = self.codes(column)
        self._refuse(column, pl.Series(found.of < 0), expected="a value in every record")
        return found

    def refuse(self, column: str, *, rows: Flags, expected: str) -> None:
        """Raises UnreadableError for the first of `rows`."""
        self._refuse(column, pl.Series(rows), expected=expected)

    def _refuse(self, column: str, rows: pl.Series, *, expected: str) -> None:
        at = rows.arg_max() if rows.any() else None
        if at is None:
            return
        cell = self.table[column][at]
        found = "nothing" if cell is None or cell in MISSING else repr(cell)
        raise UnreadableError(
            f"{self.name}, line {at + 1 + HEADER_LINE}: {column} is {found}, expected {expected}"
        )

    def _cells(self, column: str) -> pl.Series:
        if not self.has(column):
            raise UnreadableError(self.lacks(column))
        cells = self.table[column].str.strip_chars()
        return cells.set(cells.is_in(MISSING), None)


def read_records(path: Path) -> Records:
    """The records of a CSV file (also .csv.gz): a header, then a record a line, in UTF-8.

    Raises UnreadableError where it is no such file.
    """
    name = path.name
    try:
        table = pl.read_csv(path, infer_schema=False)
    except FileNotFoundError as error:
        raise UnreadableError(f"{path}: there is no such file") from error
    except (pl.exceptions.PolarsError, OSError) as error:
        first = str(error).strip().splitlines()[0]
        raise UnreadableError(
            f"{name}: expected a CSV file in UTF-8 with a header: {first}"
        ) from error
    twice = [c for c in table.columns if "_duplicated_" in c]
    if twice:
        column = twice[0].rpartition("_duplicated_")[0]
        raise UnreadableError(f"{name}, line 1: there are two columns {column!r}")
    if not table.height:
        raise UnreadableError(f"{name}: there is no record below the header")
    return Records(name, table)


def read_margin(path: Path) -> dict[str, float]:
    """The totals of a margins file by value: a CSV file with the columns value,total.

    Raises UnreadableError with a line for each problem.
    """
    file = read_records(path)
    missing = [column for column in ("value", "total") if not file.has(column)]
    if missing:
        raise UnreadableError(*(file.lacks(column) for column in missing))
    totals: dict[str, float] = {}
    problems = []
    values = file.complete_codes("value")
    for at, total in enumerate(file.complete_numbers("total")):
        value = values.levels[values.of[at]]
        where = f"{file.name}, line {at + 1 + HEADER_LINE}"
        if value in totals:
            problems.append(f"{where}: {value!r} has a total already")
        if total <= 0:
            problems.append(f"{where}: total is {total:g}, expected a number above 0")
        totals[value] = float(total)
    if problems:
        raise UnreadableError(*problems)
    return totals


def number(text: str) -> float | None:
    """The number that a text is, None if it is none."""
    try:
        return float(text)
    except ValueError:
        return None


def _numbers(cells: pl.Series) -> pl.Series:
    return cells.cast(pl.Float64, strict=False)
