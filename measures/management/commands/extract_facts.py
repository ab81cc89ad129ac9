"""manage.py extract_facts FOLDER[@DATE] … --source S --area CODE -o FILE"""

import argparse
import sys
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from measures.figures.facts import extract_facts
from measures.figures.parsed import Unreadable
from measures.figures.periods import day_of
from measures.figures.published_facts import write
from measures.figures.sources import PARSERS


class Command(BaseCommand):
    help = (
        "Makes a compact table of what files say of an area and its districts, to be imported "
        "with --source published-facts."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "paths",
            nargs="+",
            type=_dated,
            metavar="FOLDER[@DATE]",
            help="files or folders; the date is when they came out, where they don't say",
        )
        parser.add_argument("--source", required=True, choices=sorted(PARSERS))
        parser.add_argument("--area", required=True, help="a code, such as E23000032")
        parser.add_argument("-o", "--output", required=True, type=Path, metavar="FILE")

    def handle(
        self,
        *,
        paths: list[tuple[Path, date | None]],
        source: str,
        area: str,
        output: Path,
        **options: object,
    ) -> None:
        try:
            facts = extract_facts(paths, source=source, area=area)
            output.write_text(write(facts), encoding="utf-8")
        except Unreadable as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        except OSError as error:
            self.stderr.write(f"{output}: can't be written ({error.strerror})")
            sys.exit(2)
        rows = sum(len(fact.document.parsed.rows) for fact in facts)
        self.stdout.write(f"{output}: {rows:,} figures of {len(facts):,} files")


def _dated(text: str) -> tuple[Path, date | None]:
    path, at, day = text.rpartition("@")
    if not at:
        return Path(text), None
    released = day_of(day)
    if released is None:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a day such as 2022-07-10 after @")
    return Path(path), released
