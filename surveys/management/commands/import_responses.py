"""import_responses SLUG FILE.csv: responses that were given elsewhere, all of a file or none."""

import sys
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser

from surveys.management.who import user
from surveys.responses.import_file import CannotImportError
from surveys.responses.import_records import import_responses
from surveys.tally.bar import bar
from surveys.tally.release import is_released
from surveys.versions.export import CannotExportError, version_to_export


class Command(BaseCommand):
    help = (
        "Stores responses of a CSV file: one row a response, a column a question, `;` between "
        "several codes. Columns response_id (makes it safe to repeat), month (2022-11), language "
        "and wave may stand beside."
    )

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Our --version stands in the place of Django's own, which tells Django's.
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("file", type=Path)
        parser.add_argument("--version", type=int, dest="number", metavar="N")

    def handle(
        self, *, slug: str, file: Path, number: int | None, verbosity: int, **options: Any
    ) -> None:
        try:
            version = version_to_export(slug, number)
            done = import_responses(
                version,
                file,
                actor=f"{user()}, manage.py import_responses",
                tell=bar(sys.stderr),
            )
        except CannotExportError as error:
            self._refuse([str(error)])
        except CannotImportError as error:
            self._refuse(error.problems)
        if verbosity:
            self.stdout.write(
                f"{version}: {done.stored:,} responses imported, {done.known:,} known already, "
                f"{done.dropped:,} answers dropped that were off the path"
            )
            survey = version.survey_id
            late = sum(n for month, n in done.months.items() if is_released(survey, month))
            if late:
                self.stdout.write(
                    f"{late:,} of them are of months whose results were published: "
                    "what was published stays as it is"
                )

    def _refuse(self, problems: list[str]) -> NoReturn:
        for problem in problems:
            self.stderr.write(problem)
        sys.exit(2)
