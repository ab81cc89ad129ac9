"""limesurvey_report FOLDER: the table of docs/limesurvey.md for the files of a folder."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.definitions.limesurvey.report import outcomes, table


class Command(BaseCommand):
    help = "Says how much of each LimeSurvey file in a folder can be carried over."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *, folder: Path, **options: Any) -> None:
        found = list(outcomes(folder)) if folder.is_dir() else []
        if not found:
            self.stderr.write(f"{folder}: expected a folder with .lss or .lss.gz files")
            sys.exit(2)
        self.stdout.write(table(found))
