"""manage.py import_figures FILE … --source ons-pfa|police-uk|force-return|published-facts"""

import sys
from datetime import datetime
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from measures.figures.importing import Holdings, Imported, holdings, import_files, start_of
from measures.figures.parsed import Unreadable
from measures.figures.periods import day_of
from measures.figures.sources import SOURCES

SHOWN = 20


class Command(BaseCommand):
    help = (
        "Imports crime figures: all files or, where one is wrong, none. A folder stands for the "
        "source's files in it."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--source", required=True, choices=SOURCES)
        parser.add_argument(
            "--released",
            metavar="DATE",
            help="when the figures came out, for files that don't say; else the moment of import",
        )

    def handle(
        self,
        *,
        files: list[Path],
        source: str,
        released: str | None,
        verbosity: int,
        **options: object,
    ) -> None:
        try:
            day = _day(released) if released else None
            outcome = import_files(files, source=source, released=day, actor="import_figures")
        except Unreadable as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        if not verbosity:
            return
        for imported in outcome.imported:
            self.stdout.write("\n".join(_told(imported)))
        for remark in outcome.elsewhere:
            self.stdout.write(f"An earlier month: {remark}")
        for name in sorted({imported.release.source for imported in outcome.imported}):
            self.stdout.write(_held(holdings(name)))


def _day(text: str) -> datetime:
    day = day_of(text)
    if day is None:
        raise Unreadable([f"--released {text}: expected a day such as 2022-07-10"])
    return start_of(day)


def _told(imported: Imported) -> list[str]:
    release = imported.release
    name = release.file_name
    if imported.file.name != name:
        name = f"{name} (from {imported.file.name})"
    if imported.was_known and not imported.added:
        return [f"{name}: already known, {imported.dated_by}; nothing changed"]
    day = timezone.localtime(release.released_at).date()
    known = f"; {release.taken - imported.added:,} were known" if imported.was_known else ""
    lines = [
        f"{name}: {imported.added:,} figures taken{known}, {imported.replaced:,} replaced, "
        f"{len(release.set_aside):,} set aside; released {day} ({imported.dated_by})"
    ]
    for what, remarks in (("set aside", release.set_aside), ("warning", release.warnings)):
        lines += [f"  {what}: {remark['where']}: {remark['why']}" for remark in remarks[:SHOWN]]
        if len(remarks) > SHOWN:
            lines.append(f"  {what}: and {len(remarks) - SHOWN:,} more")
    return lines


def _held(held: Holdings) -> str:
    return (
        f"The store holds of {held.source}: {held.figures:,} figures, {held.standing:,} of them "
        f"standing; series: {held.series:,}; periods: {held.periods:,}, from {held.first} "
        f"to {held.last}"
    )
