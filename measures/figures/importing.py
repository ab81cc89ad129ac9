"""Imports files of one source, all or none, and says what came of each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path

from django.db import transaction
from django.db.models import Count, Max, Min
from django.utils import timezone

from measures.figures.load import as_json, load_release
from measures.figures.neighbours import ShortMonth, short_months
from measures.figures.parsed import Document, Remark, Unreadable
from measures.figures.sources import files_in, known_places, read_file
from measures.models.figures import Figure, Release
from measures.stats.periods import in_words

_COUNTED_MONTHLY = "police-uk"


@dataclass(frozen=True)
class Imported:
    """One publisher's file: how many figures were added, and how many earlier ones it replaced.

    `was_known`: the same bytes were imported before, wholly or in part. `dated_by` says where the
    release date comes from.
    """

    file: Path
    release: Release
    added: int
    replaced: int
    was_known: bool
    dated_by: str


@dataclass(frozen=True)
class Outcome:
    """All files of an import, and remarks about stored months that none of them speaks of."""

    imported: list[Imported]
    elsewhere: list[Remark]


@dataclass(frozen=True)
class Holdings:
    """What the store holds of a source; `standing` figures are not replaced by later ones."""

    source: str
    figures: int
    standing: int
    series: int
    periods: int
    first: date | None
    last: date | None


@transaction.atomic
def import_files(
    paths: Sequence[Path], *, source: str, released: datetime | None, actor: str
) -> Outcome:
    """Imports files and the source's files in folders, in one transaction.

    A file's figures are known from the release date that it gives, else from `released`, else
    from the moment of import. Raises Unreadable with every problem of every file; then nothing
    is stored.
    """
    if released and released > timezone.now():
        raise Unreadable([f"--released {_day(released)}: expected a day that is not to come"])
    documents = _read_all(paths, source)
    _check_dates([document for _, document in documents], released)
    imported = [_import(file, document, released, actor=actor) for file, document in documents]
    elsewhere = _tell_short_months(imported)
    return Outcome(imported, elsewhere)


def _read_all(paths: Sequence[Path], source: str) -> list[tuple[Path, Document]]:
    places = known_places()
    problems: list[str] = []
    documents: list[tuple[Path, Document]] = []
    for path in paths:
        try:
            files = files_in(path, source)
        except Unreadable as error:
            problems += error.problems
            continue
        for file in files:
            try:
                documents += [(file, d) for d in read_file(file, source, places=places)]
            except Unreadable as error:
                problems += error.problems
    if problems:
        raise Unreadable(problems)
    return documents


def _import(file: Path, document: Document, released: datetime | None, *, actor: str) -> Imported:
    parsed = document.parsed
    before = Release.objects.filter(source=document.source, sha256=document.sha256).first()
    moment, dated_by = _moment(document, released)
    release = load_release(
        parsed,
        source=document.source,
        file_name=document.file_name,
        sha256=document.sha256,
        released_at=before.released_at if before else moment,
        actor=actor,
    )
    if before:
        dated_by = f"as imported on {_day(before.imported_at)}"
    return Imported(
        file=file,
        release=release,
        added=release.taken - (before.taken if before else 0),
        replaced=release.replaced - (before.replaced if before else 0),
        was_known=before is not None,
        dated_by=dated_by,
    )


def _check_dates(documents: Sequence[Document], released: datetime | None) -> None:
    """Raises Unreadable for figures known before their period was over, or in days to come."""
    problems = []
    today = timezone.localdate()
    for document in documents:
        moment, dated_by = _moment(document, released)
        ends = max(row.ends for row in document.parsed.rows)
        day = timezone.localdate(moment)
        told = f"{document.file_name}: released on {in_words(day)}, {dated_by}: expected a day"
        if day <= ends:
            problems.append(f"{told} after {in_words(ends)}, the last that its figures are about")
        elif day > today:
            problems.append(f"{told} that is not to come")
    if problems:
        raise Unreadable(problems)


def _moment(document: Document, released: datetime | None) -> tuple[datetime, str]:
    """From when a file's figures are known, and how that was found."""
    if said := document.parsed.released_at:
        other = released and timezone.localdate(released) != said
        return start_of(said), "as the file says, not as given" if other else "as the file says"
    if released:
        return released, "as given"
    return timezone.now(), "the moment of import, since the file gives no date"


def start_of(day: date) -> datetime:
    """The first moment of a day here: figures released on it stand in a question about it."""
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(moment: datetime) -> str:
    return in_words(timezone.localdate(moment))


def _tell_short_months(imported: Sequence[Imported]) -> list[Remark]:
    """Adds remarks to the releases that they are about; gives those about other releases."""
    new = [one.release for one in imported if one.added]
    monthly = [release for release in new if release.source == _COUNTED_MONTHLY]
    elsewhere = []
    for short in short_months(monthly):
        speaking = [release for release in monthly if _speaks_of(release, short)]
        for release in speaking:
            release.warnings = [*release.warnings, *as_json([short.remark])]
            release.save(update_fields=["warnings"])
        if not speaking:
            elsewhere.append(short.remark)
    return elsewhere


def _speaks_of(release: Release, short: ShortMonth) -> bool:
    return release.figures.filter(series__area_id=short.area, starts=short.month).exists()


def holdings(source: str) -> Holdings:
    """What the store holds of a source, counted now."""
    figures = Figure.objects.filter(series__source=source)
    counts = figures.aggregate(
        figures=Count("id"),
        series=Count("series", distinct=True),
        first=Min("starts"),
        last=Max("ends"),
    )
    return Holdings(
        source=source,
        standing=figures.filter(known__upper_inf=True).count(),
        periods=figures.values("starts", "ends").distinct().count(),
        **counts,
    )
