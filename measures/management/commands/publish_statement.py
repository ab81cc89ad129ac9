"""publish_statement PERIOD --approved-by USER: the draft, signed by another person."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.urls import reverse

from measures.publications.sign_off import NotAllowedError, publish_statement
from measures.stats.periods import parse_month


class Command(BaseCommand):
    help = "Publishes and freezes the draft of a period."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("period", help="the last month, such as 2022-11")
        parser.add_argument("--approved-by", required=True, help="the user name of who signs it")

    def handle(self, *, period: str, approved_by: str, **options: Any) -> None:
        try:
            statement = publish_statement(parse_month(period), approved_by=approved_by)
        except (ValueError, NotAllowedError) as error:
            self.stderr.write(str(error))
            sys.exit(2)
        self.stdout.write(f"{statement}, published, {statement.sha256}")
        self.stdout.write(reverse("statement", args=[statement.period]))
