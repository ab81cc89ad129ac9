"""Files of records in the forms that analysts ask for; each form has a module of its own.

`CSV` holds codes, several of them parted by `;`, and a missing code where there is no answer.
`XLSX` holds the same with the codebook on a second sheet. `SAV` holds numbers with labels, and
missing codes as missing values of the user's. `Parquet` holds typed columns.
"""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from surveys.models.beside import Progress
from surveys.responses.records import LINE_END, Records, header, read_lines
from surveys.responses.records_parquet import write_parquet
from surveys.responses.records_sav import write_sav
from surveys.responses.records_xlsx import MOST_ROWS, write_xlsx


class Sink(Protocol):
    """Where a file is written to."""

    def write(self, data: bytes, /) -> int: ...


class CannotWriteError(ValueError):
    """The records don't fit in a file of this form; the text says what would."""


@dataclass(frozen=True)
class Form:
    """A form of file; without `make` the lines are the file."""

    name: str
    content_type: str
    make: Callable[[Records, Sequence[Path], Path], None] | None = None
    most: int | None = None


FORMS = {
    "csv": Form("CSV", "text/csv; charset=utf-8"),
    "xlsx": Form(
        "Excel workbook",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        write_xlsx,
        MOST_ROWS,
    ),
    "sav": Form("SPSS", "application/x-spss-sav", write_sav),
    "parquet": Form("Parquet", "application/vnd.apache.parquet", write_parquet),
}
COPIED = 1024 * 1024


class _Pieces:
    """The lines in files of some thousand each, all with the header.

    Of one large file polars would hold all in memory at once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.header = b""
        self.files: list[Path] = []

    def write(self, data: bytes) -> int:
        """Takes the header first and then whole lines; the first lines join the header's file."""
        is_first = len(self.files) == 1 and self.files[0].stat().st_size == len(self.header)
        file = self.files[0] if is_first else self.folder / f"{len(self.files):06}.csv"
        file.write_bytes(self.header + data)
        self.files += [] if is_first else [file]
        self.header = self.header or data
        return len(data)


def check_fits(form: str, n: int) -> None:
    """Raises CannotWriteError where a form can't hold that many records."""
    most = FORMS[form].most
    if most is not None and n > most:
        raise CannotWriteError(
            f"a sheet holds {most:,} records and there are {n:,}: ask for CSV, SPSS or Parquet"
        )


def write_records(
    records: Records, form: str, out: Sink, *, scratch: Path | None = None, tell: Progress
) -> int:
    """Writes the file in the caller's transaction; returns how many records it holds.

    Only CSV is written at once: another form is made in a folder under `scratch` that is gone
    afterwards. Raises CannotWriteError.
    """
    total = records.count()
    check_fits(form, total)
    make = FORMS[form].make
    if make is None:
        return _write_lines(records, out, neutral=True, total=total, tell=tell)
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        pieces = _Pieces(Path(folder))
        n = _write_lines(records, pieces, neutral=False, total=total, tell=tell)
        made = Path(folder, f"records.{form}")
        make(records, pieces.files, made)
        with made.open("rb") as file:
            while piece := file.read(COPIED):
                out.write(piece)
    return n


def _write_lines(records: Records, out: Sink, *, neutral: bool, total: int, tell: Progress) -> int:
    out.write(f"{header(records)}{LINE_END}".encode())
    n = 0
    # Closed before the transaction is, whatever happens in between.
    with closing(read_lines(records, neutral=neutral)) as blocks:
        for lines in blocks:
            out.write(f"{LINE_END.join(lines)}{LINE_END}".encode())
            n += len(lines)
            tell(n, max(n, total))
    return n
