"""export_responses SLUG --format F -o FILE: the records of a version, for who runs commands."""

import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from surveys.management.who import user
from surveys.models.audit import record
from surveys.models.encryption import CannotOpenError
from surveys.models.versions import Version
from surveys.responses.record_files import FORMS, CannotWriteError, write_records
from surveys.responses.records import records_of
from surveys.tally.bar import bar
from surveys.versions.export import CannotExportError, version_to_export


class Command(BaseCommand):
    help = "Writes the records of a survey as CSV, Excel, SPSS or Parquet; goes on record."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Our --version stands in the place of Django's own, which tells Django's.
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--version", type=int, dest="number", metavar="N")
        parser.add_argument("--format", choices=list(FORMS), required=True, dest="form")
        parser.add_argument(
            "--own-words", action="store_true", help="with what people wrote, in the last columns"
        )
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(
        self,
        *,
        slug: str,
        number: int | None,
        form: str,
        own_words: bool,
        output: Path,
        **options: Any,
    ) -> None:
        try:
            version = version_to_export(slug, number)
            n = self._write(version, form, output, with_words=own_words)
        except (CannotExportError, CannotWriteError, CannotOpenError) as error:
            self._refuse(str(error))
        except OSError as error:
            self._refuse(f"{output}: {error.strerror}")
        self.stdout.write(f"{n:,} records of {version} as {FORMS[form].name}: {output}")
        self.stdout.write(
            f"what the columns hold: export_survey {slug} --version {version.number} "
            "--format codebook-html -o FILE"
        )

    @transaction.atomic
    def _write(self, version: Version, form: str, output: Path, *, with_words: bool) -> int:
        """All of the file or nothing of it, and that it was written on record."""
        records = records_of(version, with_words=with_words)
        with tempfile.NamedTemporaryFile(dir=output.parent, delete=False) as part:
            written = Path(part.name)
            try:
                n = write_records(records, form, part, scratch=None, tell=bar(sys.stderr))
                part.flush()
                record(
                    f"{user()}, manage.py export_responses",
                    "export records",
                    subject=str(version),
                    format=form,
                    records=n,
                    **{"own words": bool(records.words)},
                )
                # It stays readable for its owner alone, as a temporary file is.
                written.replace(output)
            except BaseException:
                written.unlink(missing_ok=True)
                raise
        return n

    def _refuse(self, problem: str) -> NoReturn:
        self.stderr.write(problem)
        sys.exit(2)
