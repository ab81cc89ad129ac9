"""manage.py estimate FILE.csv --mean COL …: the statistics engine on a file of records"""

import json
import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from measures.stats.asked import Question, Statistic, answers
from measures.stats.records import Records, UnreadableError, read_margin, read_records
from measures.stats.survey_file import Design, sample_of

STATISTICS: dict[Statistic, str] = {
    "mean": "COL",
    "total": "COL",
    "share": "COL=VALUE",
    "ratio": "A/B",
}


class Command(BaseCommand):
    help = (
        "Estimates with errors that know how the records were drawn and weighted, so that anyone "
        "can check the engine against another package: one JSON object a line."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, metavar="FILE.csv", help="or .csv.gz")
        asked = parser.add_mutually_exclusive_group(required=True)
        for statistic, metavar in STATISTICS.items():
            asked.add_argument(f"--{statistic}", metavar=metavar)
        parser.add_argument(
            "--by", action="append", default=[], metavar="COL", help="an estimate for each group"
        )
        for option, told in (
            ("--weights", "how many people a record stands for"),
            ("--strata", "what was drawn from separately"),
            ("--psu", "the cluster, counted within its stratum"),
            ("--fpc", "units in the stratum, or the part that was drawn"),
        ):
            parser.add_argument(option, metavar="COL", help=told)
        parser.add_argument("--poststratify", metavar="COL=MARGINS.csv")
        parser.add_argument("--rake", action="append", default=[], metavar="COL=MARGINS.csv")
        parser.add_argument(
            "--interval",
            choices=["wilson", "logit", "normal"],
            default="normal",
            help="normal: Student's t on the design's degrees of freedom",
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        statistic = next(name for name in STATISTICS if options[name] is not None)
        try:
            records = read_records(file)
            question = Question(
                statistic,
                options[statistic],
                by=tuple(column for given in options["by"] for column in _columns(records, given)),
                interval=options["interval"],
            )
            lines = list(answers(records, sample_of(records, _design(records, options)), question))
        except UnreadableError as error:
            for problem in error.problems:
                self.stderr.write(problem)
            sys.exit(2)
        for line in lines:
            self.stdout.write(json.dumps(line.as_json(), ensure_ascii=False))


def _columns(records: Records, given: str) -> list[str]:
    """A+B as two columns, unless one is called so."""
    return [given] if records.has(given) else given.split("+")


def _design(records: Records, options: dict[str, Any]) -> Design:
    named = {name: options[name] for name in ("weights", "strata", "psu", "fpc")}
    problems = [
        records.lacks(column) for column in named.values() if column and not records.has(column)
    ]
    if problems:
        raise UnreadableError(*problems)
    poststratify = options["poststratify"]
    return Design(
        **named,
        poststratify=_margin(records, poststratify) if poststratify else None,
        rake=[_margin(records, given) for given in options["rake"]],
    )


def _margin(records: Records, given: str) -> tuple[str, dict[str, float]]:
    column, path = records.split(given, "=")
    return column, read_margin(Path(path))
