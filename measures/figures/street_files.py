"""Street files of data.police.uk: checked, and their rows counted without being kept."""

import csv
import gzip
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

import polars as pl

from measures.figures.csv_rows import check_header, check_utf8
from measures.figures.gazetteer import Gazetteer
from measures.figures.parsed import Unreadable
from measures.stats.periods import parse_month

COLUMNS = (
    "Crime ID",
    "Month",
    "Reported by",
    "Falls within",
    "Longitude",
    "Latitude",
    "Location",
    "LSOA code",
    "LSOA name",
    "Crime type",
    "Last outcome category",
    "Context",
)
CRIME_TYPES = (
    "Anti-social behaviour",
    "Bicycle theft",
    "Burglary",
    "Criminal damage and arson",
    "Drugs",
    "Other crime",
    "Other theft",
    "Possession of weapons",
    "Public order",
    "Robbery",
    "Shoplifting",
    "Theft from the person",
    "Vehicle crime",
    "Violence and sexual offences",
)
# Of files before May 2013.
EARLIER_CRIME_TYPES = ("Public disorder and weapons", "Violent crime")
# A word that is not one of these means shifted or cut cells, which must not become a series.
_KNOWN_TYPES = frozenset(CRIME_TYPES + EARLIER_CRIME_TYPES)
_KEYS = ("Month", "Reported by", "Crime type")
_OF_LSOA = r"\s+\d{3}[A-Z]$"  # "Tonbridge and Malling 001A" lies in Tonbridge and Malling
_SHOWN = 20


def unpacked(content: bytes, file_name: str) -> bytes:
    """The text of a .csv or a .csv.gz file, which is UTF-8 or refused as Unreadable."""
    if content.startswith(b"\x1f\x8b"):
        try:
            content = gzip.decompress(content)
        except (EOFError, OSError, zlib.error) as error:
            raise Unreadable([f"{file_name}: a gzip file that is cut short or damaged"]) from error
    check_utf8(content, file_name)
    return content


def count_rows(content: bytes, file_name: str, *, places: Gazetteer) -> pl.DataFrame:
    """How many rows an unpacked file has by month, reporting force, crime type, force that it
    falls within, and district; the last two are null where the cell is empty.

    Raises Unreadable for another header and for rows without month, known force or known type.
    """
    _check_street_header(content, file_name)
    counts = _counted(content, file_name)
    return _with_known_keys(counts, content, file_name=file_name, places=places)


def _check_street_header(content: bytes, file_name: str) -> None:
    first = content[: content.find(b"\n") + 1 or None].decode("utf-8-sig", errors="replace")
    try:
        header = next(csv.reader([first.strip()]), [])
    except csv.Error as error:
        raise Unreadable([f"{file_name}: line 1: not CSV ({error})"]) from error
    if "Outcome type" in header:
        raise Unreadable(
            [f"{file_name}: line 1: an outcomes file: expected a street file, with Crime type"]
        )
    check_header(header, file_name, columns=COLUMNS)


def _counted(content: bytes, file_name: str) -> pl.DataFrame:
    keys = [*_KEYS, "Falls within", "LSOA name"]
    by_lsoa = pl.scan_csv(content, infer_schema=False).group_by(keys).len()
    district = pl.col("LSOA name").str.replace(_OF_LSOA, "").alias("district")
    counts = (
        by_lsoa.group_by(*_KEYS, "Falls within", district)
        .agg(pl.col("len").sum())
        .sort(*_KEYS, "district", nulls_last=True)
    )
    with _refused_as_unreadable(file_name):
        return counts.collect()


@contextmanager
def _refused_as_unreadable(file_name: str) -> Iterator[None]:
    try:
        yield
    except pl.exceptions.PolarsError as error:
        reason = str(error).splitlines()[0]
        raise Unreadable([f"{file_name}: not a CSV file that can be read: {reason}"]) from error


def _with_known_keys(
    counts: pl.DataFrame, content: bytes, *, file_name: str, places: Gazetteer
) -> pl.DataFrame:
    """The counts without those of empty lines.

    Raises Unreadable unless every other line has a month, a known force and a known crime type.
    """
    good = {
        "Month": [month for month in counts["Month"].unique() if _is_month(month)],
        "Reported by": [n for n in counts["Reported by"].unique() if n and places.force_called(n)],
        "Crime type": sorted(_KNOWN_TYPES),
    }
    is_bad = pl.any_horizontal(
        pl.col(name).is_null() | ~pl.col(name).is_in(values) for name, values in good.items()
    )
    if counts.filter(is_bad).height and (
        problems := _bad_lines(content, is_bad, file_name=file_name)
    ):
        raise Unreadable(problems)
    known = counts.filter(~is_bad)
    if not known.height:
        raise Unreadable([f"{file_name}: expected rows below the header, found none"])
    return known


def _bad_lines(content: bytes, is_bad: pl.Expr, *, file_name: str) -> list[str]:
    with _refused_as_unreadable(file_name):
        # A line with too many cells is among those to be named.
        frame = pl.read_csv(content, infer_schema=False, truncate_ragged_lines=True)
    is_empty = pl.all_horizontal(pl.col(frame.columns).is_null())
    bad = frame.with_row_index("line", offset=2).filter(is_bad & ~is_empty).select("line", *_KEYS)
    problems = [
        f"{file_name}: line {line}: Month {month or '(empty)'}, Reported by {force or '(empty)'}, "
        f"Crime type {kind or '(empty)'}: expected a month such as 2022-01, a force named in "
        "surveys/content/places.csv and a crime type of data.police.uk"
        for line, month, force, kind in bad.head(_SHOWN).iter_rows()
    ]
    if bad.height > _SHOWN:
        problems.append(f"{file_name}: and {bad.height - _SHOWN:,} more such lines")
    return problems


def _is_month(text: str | None) -> bool:
    try:
        parse_month(text or "")
    except ValueError:
        return False
    return True
