"""import_dispositions SURVEY FILE.csv"""

import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandParser

from measures.figures.dispositions import parse_dispositions, store_dispositions
from measures.figures.parsed import Unreadable
from surveys.models.versions import Survey


class Command(BaseCommand):
    help = (
        "Takes in how the cases of a survey's sample ended: a CSV file with the columns quarter, "
        "mode (phone, web, paper or person), code (a final disposition of the AAPOR standard, "
        "such as 1.1 or 2.11) and n. It replaces what was stored of the same quarters and modes."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survey", help="its slug, such as domestic-abuse")
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, survey: str, file: Path, **options: object) -> None:
        try:
            rows = parse_dispositions(_content(file), file.name)
            stored = store_dispositions(_survey(survey), rows, actor="import_dispositions")
        except Unreadable as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        sets = ", ".join(" ".join(one) for one in stored.sets)
        replaced = f"; {stored.replaced} rows replaced" if stored.replaced else ""
        self.stdout.write(f"{survey}: {stored.cases:,} cases of {sets}{replaced}")


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise Unreadable([f"{file}: can't be read ({error.strerror})"]) from error


def _survey(slug: str) -> Survey:
    found = Survey.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Survey.objects.values_list("slug", flat=True)) or "none is loaded yet"
        raise Unreadable([f"{slug}: there is no such survey: expected {known}"])
    return found
