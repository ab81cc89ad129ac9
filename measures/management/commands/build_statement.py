"""build_statement --period 2022-11: computes the measures and drafts the statement."""

import sys
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from measures.compute.moments import parse_as_of
from measures.publications.bundle import UnknownAreaError
from measures.publications.read import bundle_of
from measures.publications.sign_off import build_statement
from measures.stats.periods import parse_month


class Command(BaseCommand):
    help = "Computes every measure for the year that ends with a month, and drafts the statement."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--period", required=True, help="the last month, such as 2022-11")
        parser.add_argument("--as-of", help="figures as known at the end of this day")

    def handle(self, *, period: str, as_of: str | None, **options: Any) -> None:
        try:
            month = parse_month(period)
            moment: datetime | None = parse_as_of(as_of) if as_of else None
            statement = build_statement(month, as_of=moment, actor="manage.py build_statement")
        except (ValueError, UnknownAreaError) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        for measure in bundle_of(statement)["measures"]:
            self.stdout.write(f"- {measure['sentence']}")
        self.stdout.write(f"{statement}, draft, {statement.sha256}")
        self.stdout.write(reverse("statement", args=[statement.period]))
