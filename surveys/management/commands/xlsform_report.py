"""xlsform_report FOLDER: which of its forms load, as the table of docs/xlsform.md."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.definitions.xlsform.report import as_table, try_folder


class Command(BaseCommand):
    help = "Tries all .xls and .xlsx forms of a folder; prints what became of each in Markdown."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        tried = try_folder(folder) if folder.is_dir() else []
        if not tried:
            self.stderr.write(f"{folder}: expected a folder with .xls and .xlsx files")
            sys.exit(2)
        self.stdout.write(as_table(tried), ending="")
