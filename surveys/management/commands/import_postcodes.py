"""import_postcodes FILE …: in which ward and district each postcode lies."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.models.postcode_files import UnreadablePostcodesError, import_postcodes


class Command(BaseCommand):
    help = (
        "Takes postcodes from Code-Point Open or the ONS Postcode Directory (CSV, also gzipped): "
        "all files or, where one is wrong, none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def handle(self, *, files: list[Path], verbosity: int, **options: Any) -> None:
        try:
            done = import_postcodes(files, actor="manage.py import_postcodes")
        except UnreadablePostcodesError as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        if verbosity:
            self.stdout.write(
                f"{done.changed:,} postcodes new or moved, {done.unchanged:,} as known, "
                f"{done.nowhere:,} left out that lie in no district"
            )
