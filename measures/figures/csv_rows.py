"""The lines of a CSV file with their numbers, or every reason why it can't be read."""

import codecs
import csv
import io
from dataclasses import dataclass

from measures.figures.parsed import Unreadable

_CHUNK = 1 << 24


@dataclass(frozen=True)
class Line:
    """One record by column name; `number` is the line of the file that it ends on."""

    number: int
    cells: dict[str, str]


def read_lines(content: bytes, file_name: str, *, columns: tuple[str, ...]) -> list[Line]:
    """All records of a CSV file with exactly these columns, in any order; empty lines left out.

    Raises Unreadable for another encoding than UTF-8 (a byte order mark is fine), another header,
    and lines with more or fewer cells than the header.
    """
    check_utf8(content, file_name)
    reader = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""), strict=True)
    lines: list[Line] = []
    problems: list[str] = []
    try:
        header = [cell.strip() for cell in next(reader, [])]
        check_header(header, file_name, columns=columns)
        for cells in reader:
            if len(cells) == len(header):
                stripped = (cell.strip() for cell in cells)
                lines.append(Line(reader.line_num, dict(zip(header, stripped, strict=True))))
            elif cells:
                problems.append(
                    f"{file_name}: line {reader.line_num}: expected {len(header)} cells, "
                    f"found {len(cells)}"
                )
    except csv.Error as error:
        problems.append(f"{file_name}: line {reader.line_num}: not CSV ({error})")
    if not lines and not problems:
        problems.append(f"{file_name}: expected figures below the header, found none")
    if problems:
        raise Unreadable(problems)
    return lines


# A header of another file can have hundreds of columns, and its first tell what it is.
MOST_NAMED = 12


def check_header(header: list[str], file_name: str, *, columns: tuple[str, ...]) -> None:
    """Raises Unreadable that names the columns which are missing, unexpected or repeated."""
    missing = [name for name in columns if name not in header]
    unexpected = [name or "(no name)" for name in header if name not in columns]
    repeated = sorted({name for name in header if name in columns and header.count(name) > 1})
    problems = [
        f"{what} {', '.join(names[:MOST_NAMED])}"
        + (f" and {len(names) - MOST_NAMED:,} more" if len(names) > MOST_NAMED else "")
        for what, names in (
            ("missing columns", missing),
            ("unexpected columns", unexpected),
            ("columns given twice", repeated),
        )
        if names
    ]
    if problems:
        raise Unreadable(
            [f"{file_name}: line 1: {'; '.join(problems)}: expected {', '.join(columns)}"]
        )


def check_utf8(content: bytes, file_name: str) -> None:
    """Raises Unreadable for UTF-16 and for any byte that UTF-8 can't have."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in content:
        raise Unreadable([f"{file_name}: expected text in UTF-8, found UTF-16 or a binary file"])
    if content.isascii():
        return  # ten times faster than decoding, and most street files are
    decoder = codecs.getincrementaldecoder("utf-8")()
    for start in range(0, len(content), _CHUNK):
        try:
            decoder.decode(content[start : start + _CHUNK], start + _CHUNK >= len(content))
        except UnicodeDecodeError as error:
            line = content.count(b"\n", 0, start + error.start) + 1
            raise Unreadable(
                [f"{file_name}: line {line}: expected text in UTF-8, found another encoding"]
            ) from error
