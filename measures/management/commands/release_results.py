"""release_results SURVEY --period 2022-Q4: freezes the survey's tables for a quarter."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from measures.publications.results import CannotReleaseError, release_results


class Command(BaseCommand):
    help = "Freezes a survey's tables for a quarter, after an attack on them and all before."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survey", help="its slug, such as domestic-abuse")
        parser.add_argument("--period", required=True, help="the quarter, such as 2022-Q4")

    def handle(self, *, survey: str, period: str, **options: Any) -> None:
        try:
            release = release_results(survey, period, by="manage.py release_results")
        except CannotReleaseError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        for one in release.left_out:
            what = " by ".join(filter(None, (one["question"] or "all questions", one["by"])))
            self.stdout.write(f"- left out: {what} in {one['period']}: {one['why']}")
        self.stdout.write(f"{release}: {release.tables.count()} tables, {release.sha256}")
