"""Compact tables of published figures, each beside its source, licence, release and checksum."""

import csv
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from measures.figures.csv_rows import Line, read_lines
from measures.figures.gazetteer import Gazetteer
from measures.figures.parsed import Document, Parsed, Row, Unreadable
from measures.figures.periods import day_of

COLUMNS = (
    "source",
    "area",
    "category",
    "category_code",
    "starts",
    "ends",
    "value",
    "label",
    "where",
    "note",
    "publisher",
    "title",
    "licence",
    "released",
    "release_date_from",
    "file_name",
    "sha256",
    "same_counts_in",
)
# What a release date rests on: the file's own words, or the person who made the table.
FROM_THE_FILE, STATED = "the file", "stated"

_OF_THE_FILE = ("source", "sha256", "file_name", "publisher", "title", "licence", "released")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Fact:
    """A document's rows for a compact table.

    `same_counts_in` names later copies of the file that say the same and are left out.
    """

    document: Document
    release_date_from: str
    same_counts_in: str = ""


def parse(
    content: bytes, file_name: str, *, places: Gazetteer, sources: Iterable[str]
) -> list[Document]:
    """The original files that a compact table stands for, each with its rows.

    Loading them makes the same releases, series and figures as the files themselves. Raises
    Unreadable with every line that is wrong, lines that disagree about their file among them.
    """
    lines = read_lines(content, file_name, columns=COLUMNS)
    allowed = set(sources)
    problems: list[str] = []
    files: dict[tuple[str, str], list[Line]] = {}
    for line in lines:
        of_file = files.setdefault((line.cells["source"], line.cells["sha256"]), [])
        found = _problems(line, places, sources=allowed)
        if of_file:
            found += _disagreements(line, of_file[0])
        problems += [f"{file_name}: line {line.number}: {problem}" for problem in found]
        of_file.append(line)
    if problems:
        raise Unreadable(problems)
    return [_document(of_file) for of_file in files.values()]


def write(facts: Iterable[Fact]) -> str:
    """A compact table as CSV, in the order given; `parse` reads it back."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for fact in facts:
        document, parsed = fact.document, fact.document.parsed
        if parsed.released_at is None:
            raise ValueError(f"{document.file_name} has no release date")
        of_file = [parsed.publisher, parsed.title, parsed.licence, parsed.released_at]
        of_file += [fact.release_date_from, document.file_name, document.sha256]
        for r in parsed.rows:
            # An empty label is the category's own spelling.
            label = "" if r.label == r.category else r.label
            of_row = [r.area, r.category, r.category_code, r.starts, r.ends, r.value, label]
            of_row += [r.where, r.note]
            writer.writerow([document.source, *of_row, *of_file, fact.same_counts_in])
    return out.getvalue()


def _problems(line: Line, places: Gazetteer, *, sources: set[str]) -> list[str]:
    cells = line.cells
    problems = []
    if cells["source"] not in sources:
        problems.append(f"source {cells['source']!r}: expected {', '.join(sorted(sources))}")
    if cells["area"] not in places:
        problems.append(f"area {cells['area']!r} is not known: expected a code such as E23000032")
    if not re.fullmatch(r"-?\d{1,12}", cells["value"]):
        problems.append(f"value {cells['value']!r}: expected a whole number")
    if not _SHA256.fullmatch(cells["sha256"]):
        problems.append("sha256: expected the 64 hexadecimal digits of the original file")
    for name in ("category", "publisher", "title", "file_name"):
        if not cells[name]:
            problems.append(f"{name} is empty")
    days = {name: day_of(cells[name]) for name in ("starts", "ends", "released")}
    problems += [
        f"{name} {cells[name]!r}: expected a day such as 2022-11-30"
        for name, day in days.items()
        if day is None
    ]
    if days["starts"] and days["ends"] and days["starts"] > days["ends"]:
        problems.append(f"ends {days['ends']} is before starts {days['starts']}")
    return problems


def _disagreements(line: Line, first: Line) -> list[str]:
    return [
        f"{name} differs from line {first.number}, which has the same source and sha256"
        for name in _OF_THE_FILE
        if line.cells[name] != first.cells[name]
    ]


def _document(lines: list[Line]) -> Document:
    first = lines[0].cells
    parsed = Parsed(
        publisher=first["publisher"],
        title=first["title"],
        licence=first["licence"],
        released_at=day_of(first["released"]),
        rows=tuple(_row(line.cells) for line in lines),
    )
    return Document(first["source"], first["file_name"], first["sha256"], parsed)


def _row(cells: dict[str, str]) -> Row:
    return Row(
        area=cells["area"],
        category=cells["category"],
        category_code=cells["category_code"],
        starts=date.fromisoformat(cells["starts"]),
        ends=date.fromisoformat(cells["ends"]),
        value=int(cells["value"]),
        label=cells["label"] or cells["category"],
        where=cells["where"],
        note=cells["note"],
    )
