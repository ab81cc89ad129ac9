"""Street-level crime files of data.police.uk, counted by force, district, month and crime type."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import polars as pl

from measures.figures.gazetteer import Gazetteer, plain_name
from measures.figures.parsed import OPEN_GOVERNMENT_LICENCE, Parsed, Remark, Row
from measures.figures.street_files import CRIME_TYPES, count_rows, unpacked
from measures.stats.periods import Period, month_of, parse_month

PUBLISHER = "data.police.uk"
NO_ROWS = "The file has no row of this type in this district."


@dataclass
class _ForceMonth:
    """The rows that one force reported for one month."""

    name: str
    month: str
    total: Counter[str] = field(default_factory=Counter)
    by_district: defaultdict[str, Counter[str]] = field(
        default_factory=lambda: defaultdict(Counter)
    )
    without_lsoa: int = 0
    falls_elsewhere: int = 0

    @property
    def label(self) -> str:
        return f"{self.name} {self.month}"


def parse(content: bytes, file_name: str, *, places: Gazetteer) -> Parsed:
    """Counts of a street file (.csv, or .csv.gz): one for each force, month and crime type, and
    one for each of the force's known districts.

    A row counts for the force that "Reported by" names, wherever it lies, as the publisher's own
    totals do; for a district where its LSOA name says so and the district is one of that force.
    Rows elsewhere or without LSOA stay in the force's count and are told as warnings. Every row
    is an incident of its own: identical rows are counted each, since anti-social behaviour has
    no Crime ID and is snapped to shared map points.

    A district without a row of a type that its force reported that month has a count of 0; for
    the force itself an absent type is no figure, since some forces never give some types.

    Raises Unreadable for other files, outcome files among them.
    """
    content = unpacked(content, file_name)
    months = _force_months(count_rows(content, file_name, places=places))
    rows = [row for month in months for row in _rows(month, places)]
    warnings = [warning for month in months for warning in _warnings(month, places)]
    if not content.endswith(b"\n"):
        warnings.append(Remark("last line", "has no line end: the file may be cut short"))
    return Parsed(
        publisher=PUBLISHER,
        title=_title(months),
        licence=OPEN_GOVERNMENT_LICENCE,
        released_at=None,
        rows=tuple(rows),
        warnings=tuple(warnings),
    )


def _force_months(counts: pl.DataFrame) -> list[_ForceMonth]:
    months: dict[tuple[str, str], _ForceMonth] = {}
    for month, name, kind, within, district, n in counts.iter_rows():
        of = months.setdefault((name, month), _ForceMonth(name, month))
        of.total[kind] += n
        if district:
            of.by_district[district][kind] += n
        else:
            of.without_lsoa += n
        if within != name:
            of.falls_elsewhere += n
    return [months[key] for key in sorted(months)]


def _rows(month: _ForceMonth, places: Gazetteer) -> Iterator[Row]:
    force = places.force_called(month.name) or ""
    names = places.districts_of(force)
    in_districts = {code: Counter[str]() for code in names.values()}
    for name, counts in month.by_district.items():
        if code := names.get(plain_name(name)):
            in_districts[code].update(counts)
    days = month_of(parse_month(month.month))
    for kind, n in sorted(month.total.items()):
        yield _row(force, kind, days, value=n)
        for code, counts in sorted(in_districts.items()):
            yield _row(code, kind, days, value=counts[kind])


def _row(area: str, kind: str, days: Period, *, value: int) -> Row:
    note = "" if value else NO_ROWS
    return Row(area, kind, days.starts, days.ends, value=value, label=kind, note=note)


def _warnings(month: _ForceMonth, places: Gazetteer) -> Iterator[Remark]:
    known = places.districts_of(places.force_called(month.name) or "")
    outside = {
        name: counts.total()
        for name, counts in month.by_district.items()
        if plain_name(name) not in known
    }
    if month.without_lsoa:
        yield Remark(
            month.label,
            f"rows without LSOA: {month.without_lsoa:,} of {month.total.total():,}, "
            "counted for the force, in no district",
        )
    if not known:
        yield Remark(month.label, "none of its districts is known: counted for the force only")
    elif outside:
        most_first = sorted(outside.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{name} {n:,}" for name, n in most_first)
        yield Remark(
            month.label,
            f"rows outside its districts: {sum(outside.values()):,} ({listed}), "
            "counted for the force, in no district",
        )
    if month.falls_elsewhere:
        yield Remark(
            month.label,
            f"rows that fall within another force, as the file says: {month.falls_elsewhere:,}, "
            "counted for the force that reported them",
        )
    if absent := sorted(set(CRIME_TYPES) - set(month.total)):
        yield Remark(month.label, f"no rows of {', '.join(absent)}: no figure, which is not 0")


def _title(months: list[_ForceMonth]) -> str:
    names = sorted({month.name for month in months})
    days = sorted({month.month for month in months})
    who = ", ".join(names) if len(names) <= 3 else f"{len(names)} forces"
    when = days[0] if len(days) == 1 else f"{days[0]} to {days[-1]}"
    return f"Street-level crime, {who}, {when}"
