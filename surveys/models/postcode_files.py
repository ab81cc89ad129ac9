"""Bringing the table of postcodes up to date from the files of those who publish them.

Two layouts are read. Code-Point Open of Ordnance Survey has ten columns and mostly no header. The
ONS Postcode Directory, and files like it, have a header, whose names change with the year.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, NamedTuple

from django.db import connection, transaction

from surveys.models.audit import record
from surveys.models.places import written_together

# Code-Point Open user guide, 2013 and later: the postcode, and the district and ward codes.
CODE_POINT_COLUMNS = 10
CODE_POINT = (0, 8, 9)
# Names of the three columns, by the publishers and years that use them.
NAMES = {
    "postcode": r"pcds|pcd|pcd7|pcd8|pc|postcode",
    "district": r"oslaua|laua|lad[0-9]{2}cd|dc|admin_district_code",
    "ward": r"osward|ward|wd[0-9]{2}cd|wc|admin_ward_code",
}
# The directory keeps old ones too, such as NPT 0AA and GIR 0AA.
FORM = re.compile(r"[A-Z]{1,3}[A-Z0-9]{0,2}[0-9][A-Z]{2}", re.ASCII)
AREA = re.compile(r"[A-Z][0-9]{8}", re.ASCII)
MOST_TOLD = 20
MOST_NAMED = 12


class UnreadablePostcodesError(ValueError):
    """Files that can't be taken; carries a line for each problem."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class Layout(NamedTuple):
    """Where the three columns stand, how many a line has, and whether the first names them."""

    postcode: int
    district: int
    ward: int
    width: int
    has_header: bool


@dataclass(frozen=True)
class Imported:
    """How many postcodes were new or moved, were as known already, and lie in no district."""

    changed: int
    unchanged: int
    nowhere: int


@dataclass
class _Reading:
    """What was found on the way: lines without a district, and what is wrong."""

    nowhere: int = 0
    problems: list[str] = field(default_factory=list)
    untold: int = 0

    def wrong(self, problem: str) -> None:
        # A directory has millions of lines, and may be wrong in each of them.
        if len(self.problems) < MOST_TOLD:
            self.problems.append(problem)
        else:
            self.untold += 1

    def check(self) -> None:
        if self.untold:
            self.problems.append(f"and {self.untold:,} more problems")
        if self.problems:
            raise UnreadablePostcodesError(self.problems)


@transaction.atomic
def import_postcodes(files: Sequence[Path], *, actor: str) -> Imported:
    """Takes all postcodes of the files, or none: raises UnreadablePostcodesError.

    Where two lines have the same postcode the later one counts. Postcodes that are in no file
    stay, and taking the same files again changes nothing.
    """
    reading = _Reading()
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE taken_postcode (n bigserial, code text, ward text, "
            "district text) ON COMMIT DROP"
        )
        with cursor.copy("COPY taken_postcode (code, ward, district) FROM STDIN") as copy:
            for file in files:
                for row in _rows(file, reading):
                    copy.write_row(row)
        reading.check()
        changed, total = _merge(cursor)
        cursor.execute("DROP TABLE taken_postcode")
    done = Imported(changed=changed, unchanged=total - changed, nowhere=reading.nowhere)
    if done.changed:
        names = ", ".join(file.name for file in files)
        record(actor, "import postcodes", subject=names, **asdict(done))
    return done


def _merge(cursor: Any) -> tuple[int, int]:
    """How many rows were written, and how many different postcodes the files have."""
    cursor.execute("SELECT count(DISTINCT code) FROM taken_postcode")
    total = int(cursor.fetchone()[0])
    cursor.execute(
        "INSERT INTO surveys_postcode AS known (code, ward, district) "
        "SELECT DISTINCT ON (code) code, ward, district FROM taken_postcode ORDER BY code, n DESC "
        "ON CONFLICT (code) DO UPDATE SET ward = EXCLUDED.ward, district = EXCLUDED.district "
        "WHERE (known.ward, known.district) <> (EXCLUDED.ward, EXCLUDED.district)"
    )
    return int(cursor.rowcount), total


def _rows(file: Path, reading: _Reading) -> Iterator[tuple[str, str, str]]:
    """Postcode, ward and district of each line that has a district; notes what is wrong."""
    line = 1
    try:
        with _opened(file) as stream:
            reader = csv.reader(stream, strict=True)
            layout: Layout | None = None
            for cells in reader:
                line = reader.line_num
                if layout is None:
                    layout = _layout(cells)
                    if layout is None:
                        reading.wrong(f"{file}: line {line}: {_expected(cells)}")
                        return
                    if layout.has_header:
                        continue
                if cells:
                    yield from _read(cells, layout, f"{file}: line {line}", reading)
            if layout is None:
                reading.wrong(f"{file}: is empty: expected postcodes")
    except (OSError, EOFError, UnicodeDecodeError, zlib.error, csv.Error) as error:
        reading.wrong(f"{file}: after line {line}: can't be read: {error}")


def _opened(file: Path) -> IO[str]:
    if file.suffix == ".gz":
        return io.TextIOWrapper(gzip.open(file), encoding="utf-8-sig", newline="")
    return file.open(encoding="utf-8-sig", newline="")


def _layout(first: list[str]) -> Layout | None:
    """Where the columns are, by the header or by the form of a first line without one."""
    names = [cell.strip().lower().replace(" ", "_") for cell in first]
    at = {
        column: next((i for i, name in enumerate(names) if re.fullmatch(pattern, name)), None)
        for column, pattern in NAMES.items()
    }
    postcode, district, ward = at["postcode"], at["district"], at["ward"]
    if postcode is not None and district is not None and ward is not None:
        return Layout(postcode, district, ward, len(first), has_header=True)
    if len(first) == CODE_POINT_COLUMNS and FORM.fullmatch(written_together(first[0])):
        return Layout(*CODE_POINT, CODE_POINT_COLUMNS, has_header=False)
    return None


def _expected(cells: list[str]) -> str:
    named = ", ".join(cells[:MOST_NAMED]) + (" …" if len(cells) > MOST_NAMED else "")
    return (
        f"expected the {CODE_POINT_COLUMNS} columns of Code-Point Open, or a header with pcds, "
        f"oslaua and osward; found {named}"
    )


def _read(
    cells: list[str], layout: Layout, where: str, reading: _Reading
) -> Iterator[tuple[str, str, str]]:
    if len(cells) != layout.width:
        reading.wrong(f"{where}: expected {layout.width} cells, found {len(cells)}")
        return
    code = written_together(cells[layout.postcode])
    district, ward = cells[layout.district].strip(), cells[layout.ward].strip()
    if not FORM.fullmatch(code):
        reading.wrong(f"{where}: expected a postcode, found {cells[layout.postcode]!r}")
    elif wrong := next((a for a in (district, ward) if a and not AREA.fullmatch(a)), None):
        reading.wrong(f"{where}: expected an area code such as E07000106, found {wrong!r}")
    elif not district:
        # Postcodes without a grid reference, mostly of organisations that moved.
        reading.nowhere += 1
    else:
        yield code, ward, district
