"""import_margins SURVEY FIELD FILE.csv [FIELD FILE.csv …] --source … --from 2022-01 [--frame]"""

import sys
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from measures.figures.margins import Added, add_population, read_margins
from measures.figures.parsed import Unreadable
from measures.stats.periods import parse_month
from surveys.models.versions import Survey


class Command(BaseCommand):
    help = (
        "Takes in the population that a survey's answers are weighted to: for each field a CSV "
        "file with the columns value and total. All files or, where one is wrong, none."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("survey", help="its slug, such as community-voice")
        parser.add_argument(
            "files",
            nargs="+",
            metavar="FIELD FILE.csv",
            help="one of the survey's strata and the file with its totals; several pairs at once",
        )
        parser.add_argument(
            "--source", required=True, help="who counted them: publisher, title and date"
        )
        parser.add_argument(
            "--from",
            required=True,
            dest="month",
            metavar="MONTH",
            help="the month from which they hold, such as 2022-01, until a later population",
        )
        parser.add_argument(
            "--frame",
            action="store_true",
            help="the sample was drawn from exactly these people, and their number is known",
        )

    def handle(
        self, *, survey: str, files: list[str], source: str, month: str, **options: Any
    ) -> None:
        try:
            found = _survey(survey)
            margins = read_margins(found, _pairs(files))
            added = add_population(
                found,
                margins,
                source=source,
                holds_from=_month(month),
                is_frame=options["frame"],
                actor="import_margins",
            )
        except Unreadable as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        for line in _told(added):
            self.stdout.write(line)


def _survey(slug: str) -> Survey:
    found = Survey.objects.filter(slug=slug).first()
    if found is None:
        known = ", ".join(Survey.objects.values_list("slug", flat=True)) or "none is loaded yet"
        raise Unreadable([f"{slug}: there is no such survey: expected {known}"])
    return found


def _pairs(files: list[str]) -> dict[str, Path]:
    if len(files) % 2:
        raise Unreadable([f"{files[-1]}: expected pairs of a field and the file of its totals"])
    fields, paths = files[::2], files[1::2]
    twice = sorted({field for field in fields if fields.count(field) > 1})
    if twice:
        raise Unreadable([f"{field}: given more than once" for field in twice])
    return {field: Path(path) for field, path in zip(fields, paths, strict=True)}


def _month(text: str) -> date:
    try:
        return parse_month(text)
    except ValueError as error:
        raise Unreadable([f"--from {text}: expected a month such as 2022-01"]) from error


def _told(added: Added) -> list[str]:
    population = added.population
    known = "" if added.is_new else ": already known, nothing changed"
    lines = [f"{population}{known}"]
    for field, margin in added.margins.items():
        codes = f"{len(margin)} code{'' if len(margin) == 1 else 's'}"
        lines.append(f"  {field}: {sum(margin.values()):,.0f} people by {codes}")
    for field, left_out in added.left_out.items():
        who = ", ".join(left_out)
        lines.append(f"  {field}: no line for {who}: who answers so is outside this population")
    return lines
