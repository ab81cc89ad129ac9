"""A file of responses as rows: what stands in each cell, and everything that is wrong with it.

A row is a response and a column a question, by its name; `;` parts several codes. A missing code
stands where an answer would. Files of records that were written here can be read.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from surveys.definitions.schema import Definition
from surveys.questions.base import Question
from surveys.questions.ranking import RankingQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.responses.records import RUN, about_columns

# Beyond these nobody reads on: the first ones say what the others come from.
MOST_TOLD = 100


class CannotImportError(ValueError):
    """Nothing was imported; `problems` say why, a line each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass
class Problems:
    """What is wrong so far, with the line and the column that it stands in."""

    file: Path
    told: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: int, column: str, message: str) -> None:
        self.count += 1
        where = f"line {line}" + (f", column {column}" if column else "")
        if self.count <= MOST_TOLD:
            self.told.append(f"{self.file}: {where}: {message}")

    def check(self) -> None:
        """Raises CannotImportError where there are any."""
        more = self.count - len(self.told)
        if self.count:
            rest = [f"{self.file}: and {more:,} more"] if more else []
            raise CannotImportError([*self.told, *rest])


@dataclass(frozen=True)
class Row:
    """One response of the file: `about` as in records, `answers` by field, not cleaned yet."""

    line: int
    about: Mapping[str, str]
    answers: Mapping[str, object]


def read_rows(file: Path, definition: Definition, problems: Problems) -> Iterator[Row]:
    """The rows in order; a row with too many or too few cells becomes a problem instead.

    Raises CannotImportError where the file or its header can't be read at all.
    """
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            reader = csv.reader(opened, strict=True)
            names = [name.strip() for name in next(reader, [])]
            _check_header(names, definition, problems)
            yield from _rows(reader, names, definition, problems)
    except UnicodeDecodeError:
        raise CannotImportError([f"{file}: expected UTF-8; save it as “CSV UTF-8”"]) from None
    except csv.Error as error:
        raise CannotImportError([f"{file}: line {reader.line_num}: {error}"]) from None
    except OSError as error:
        raise CannotImportError([f"{file}: {error.strerror}"]) from None


def _rows(
    reader: Any, names: list[str], definition: Definition, problems: Problems
) -> Iterator[Row]:
    asked = {
        name: definition.by_name[name]
        for name in names
        if name in definition.by_name and not definition.by_name[name].is_computed
    }
    about, before = about_columns(definition), reader.line_num
    for cells in reader:
        line, before = before + 1, reader.line_num
        if not any(cells):
            continue
        if len(cells) != len(names):
            message = f"expected {len(names)} cells as in the first line, found {len(cells)}"
            problems.add(line, "", message)
            continue
        named = dict(zip(names, cells, strict=True))
        yield Row(
            line,
            about={what: named.get(name, "").strip() for what, name in about.items()},
            answers={name: raw_answer(one, named[name]) for name, one in asked.items()},
        )


def raw_answer(field: Question, cell: str) -> object:
    """What a cell says, in the shape that cleaning takes; None for an empty one."""
    text = cell.strip()
    if not text:
        return None
    if field.is_own_words:
        written = text[1:] if text[0] == "'" and text[1:2] in RUN else text
        return {"missing": written} if written in field.missing_codes else written
    if text in field.missing_codes and text not in field.codes:
        return {"missing": text}
    if isinstance(field, SeveralOptionsQuestion | RankingQuestion):
        return [part for code in text.split(";") if (part := code.strip())]
    return text


def _check_header(names: list[str], definition: Definition, problems: Problems) -> None:
    if not any(names):
        problems.add(1, "", "expected the names of the columns")
    known = about_columns(definition).values()
    for name in sorted({name for name in names if names.count(name) > 1}):
        problems.add(1, name, "stands there more than once")
    for name in dict.fromkeys(names):
        field = definition.by_name.get(name)
        if field is None and name not in known:
            problems.add(1, name, f"no question has this name: {_known(definition)}")
        elif field is not None and field.is_contact:
            problems.add(1, name, "ways to reach a person are never kept with the answers")
    problems.check()


def _known(definition: Definition) -> str:
    names = [one.name for one in definition.fields if not (one.is_contact or one.is_computed)]
    return f"expected {', '.join(names)}; or {', '.join(about_columns(definition).values())}"
