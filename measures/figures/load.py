"""Stores what a parser read: one release, in one transaction, nothing overwritten."""

from collections.abc import Sequence
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone

from measures.figures.clocks import set_clocks
from measures.figures.parsed import Parsed, Remark, Row, Unreadable
from measures.models.figures import Figure, Release, Series
from measures.stats.periods import in_words
from surveys.models.audit import record
from surveys.models.places import Place

# Any constant does: imports wait for each other, so that two can't judge the same days at once.
IMPORT_LOCK = 7_205_764

# Columns of the table, in the order of the rows copied.
_COPIED = ("series_id", "release_id", "starts", "ends", "value", "label", "where", "note", "known")
_MOST_DIGITS = 12
# The texts of a file and of its rows, and the room that the models have for each.
_OF_A_FILE = ("publisher", "title", "licence")
_OF_A_ROW = ("category", "category_code", "label", "where", "note")
_ROOM = {
    field.name: field.max_length or 0
    for model in (Release, Series, Figure)
    for field in model._meta.fields
    if field.name in _OF_A_FILE + _OF_A_ROW
}


@transaction.atomic
def load_release(
    parsed: Parsed,
    *,
    source: str,
    file_name: str,
    sha256: str,
    released_at: datetime,
    actor: str,
) -> Release:
    """The release with all its figures stored and the clocks of everything it speaks of set.

    Of a file that is known already (same source and SHA-256) only figures that are not stored
    yet are added, and its release date stays: the same bytes again change nothing. That happens
    after a compact table, which holds a part of a file, or when more places became known.

    `replaced` of the release counts figures of earlier releases that stood until this one, as at
    the import. Raises Unreadable for rows that contradict each other or what is stored of the
    same file, for unknown areas and for texts and counts that are too long.
    """
    _lock_imports()
    _check(parsed, file_name)
    release, is_new = Release.objects.get_or_create(
        source=source,
        sha256=sha256,
        defaults={
            "file_name": file_name,
            "publisher": parsed.publisher,
            "title": parsed.title,
            "licence": parsed.licence,
            "released_at": released_at,
            "imported_by": actor,
            "taken": 0,
            "replaced": 0,
        },
    )
    rows = parsed.rows if is_new else _rows_to_add(release, parsed.rows, file_name)
    if rows or is_new:
        _add(release, rows, parsed=parsed, actor=actor)
    return release


def _add(release: Release, rows: Sequence[Row], *, parsed: Parsed, actor: str) -> None:
    _copy_figures(release, rows)
    release.taken += len(rows)
    release.replaced = set_clocks(release)
    release.set_aside = as_json(parsed.set_aside)
    release.warnings = as_json(parsed.warnings)
    release.save(update_fields=["taken", "replaced", "set_aside", "warnings"])
    record(
        actor,
        "import figures",
        subject=f"{release.source}: {release.file_name}",
        sha256=release.sha256,
        released_at=release.released_at.isoformat(),
        added=len(rows),
        replaced=release.replaced,
    )


def as_json(remarks: Sequence[Remark]) -> list[dict[str, str]]:
    """Remarks as a release stores them."""
    return [{"where": remark.where, "why": remark.why} for remark in remarks]


def _lock_imports() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [IMPORT_LOCK])


def _check(parsed: Parsed, file_name: str) -> None:
    problems = [f"{file_name}: {problem}" for problem in _too_long(parsed, _OF_A_FILE)]
    known = set(Place.objects.values_list("code", flat=True))
    seen: dict[tuple[object, ...], Row] = {}
    for row in parsed.rows:
        place = f"{file_name}: {_place_of(row)}"
        if row.area not in known:
            problems.append(f"{place}: area {row.area} is not known: expected a code of a place")
        if row.starts > row.ends:
            problems.append(f"{place}: the period ends before it starts")
        if seen.setdefault(row.key, row) is not row:
            problems.append(f"{place}: a second figure for the same category, area and period")
        if abs(row.value) >= 10**_MOST_DIGITS:
            problems.append(f"{place}: {row.value}: expected at most {_MOST_DIGITS} digits")
        problems += [f"{place}: {problem}" for problem in _too_long(row, _OF_A_ROW)]
    if problems:
        raise Unreadable(problems)


def _place_of(row: Row) -> str:
    """Where a row stands in its file; of one that a parser counted up, what it is about."""
    return row.where or f"{row.category} in {row.area}, {row.starts} to {row.ends}"


def _too_long(given: Parsed | Row, names: Sequence[str]) -> list[str]:
    return [
        f"{name}: expected at most {_ROOM[name]} characters"
        for name in names
        if len(getattr(given, name)) > _ROOM[name]
    ]


def _rows_to_add(release: Release, rows: Sequence[Row], file_name: str) -> list[Row]:
    """The rows of a known file that are not stored; raises Unreadable where one differs."""
    stored = {
        key: value
        for *key_parts, value in release.figures.values_list(
            "series__area_id", "series__category", "starts", "ends", "value"
        )
        for key in [tuple(key_parts)]
    }
    day = in_words(timezone.localdate(release.imported_at))
    problems = [
        f"{file_name}: {_place_of(row)}: {row.value}, but the same file gave "
        f"{stored[row.key]} when it was imported on {day}"
        for row in rows
        if stored.get(row.key, row.value) != row.value
    ]
    if problems:
        raise Unreadable(problems)
    return [row for row in rows if row.key not in stored]


def _copy_figures(release: Release, rows: Sequence[Row]) -> None:
    series = _series_of(release.source, rows)
    quote = connection.ops.quote_name
    columns = ", ".join(map(quote, _COPIED))
    statement = f"COPY {quote(Figure._meta.db_table)} ({columns}) FROM STDIN"
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for r in rows:
            at = (series[r.area, r.category], release.pk, r.starts, r.ends)
            # Empty until set_clocks: no moment may have two truths, not even in between.
            copy.write_row((*at, r.value, r.label, r.where, r.note, "empty"))
    _renew_statistics(len(rows))


def _renew_statistics(added: int) -> None:
    """Tells the planner of the rows that this transaction adds, where they change the picture.

    Autovacuum sees them only after the commit. Until then a table that was empty is planned for
    as empty, and set_clocks would read all of it once for each figure: minutes, not milliseconds.
    """
    with connection.cursor() as cursor:
        table = Figure._meta.db_table
        cursor.execute("SELECT reltuples FROM pg_class WHERE oid = %s::regclass", [table])
        (rows,) = cursor.fetchone()
        if added > rows / 10:
            cursor.execute(f"ANALYZE {table}, {Series._meta.db_table}")


def _series_of(source: str, rows: Sequence[Row]) -> dict[tuple[str, str], int]:
    """The id of the series of each area and category; those that are missing are made."""
    wanted = {
        (row.area, row.category): Series(
            source=source,
            area_id=row.area,
            category=row.category,
            category_code=row.category_code,
        )
        for row in rows
    }
    Series.objects.bulk_create(wanted.values(), ignore_conflicts=True)
    found = Series.objects.filter(source=source, area_id__in={area for area, _ in wanted})
    return {
        (area, category): pk
        for pk, area, category in found.values_list("id", "area_id", "category")
    }
