"""erase CODE|CASE: erases a respondent and prints a certificate."""

import sys
from typing import Any, NoReturn

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from surveys.management.who import user
from surveys.models.codes import typed_code
from surveys.respond.erasing import Certificate, erase_by_number


class Command(BaseCommand):
    help = "Deletes all that a person's number leads to, and prints a certificate."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "number", nargs="+", help="the 16 digits that the person was given, or a case number"
        )

    def handle(self, *, number: list[str], **options: Any) -> None:
        # Never repeated in what is printed: who reads over a shoulder or in a log could use it.
        code = typed_code(" ".join(number))
        if code is None:
            self._refuse(
                "no case has this number, since no cases are kept here; "
                "expected one, or the 16 digits that the person was given: nothing was erased"
            )
        certificate = erase_by_number(code, by=f"{user()}, manage.py erase")
        if certificate is None:
            self._refuse("nothing is kept under this number: nothing was erased")
        for line in _lines(certificate):
            self.stdout.write(line)

    def _refuse(self, problem: str) -> NoReturn:
        self.stderr.write(problem)
        sys.exit(2)


def _lines(certificate: Certificate) -> list[str]:
    deleted = [f"{kind} {n}" for kind, n in certificate.counts.items() if n]
    published = (
        "totals that were published hold these answers, and stay as they were"
        if certificate.was_published
        else "no totals that were published hold these answers"
    )
    return [
        "Certificate of erasure",
        f"when       {timezone.localtime(certificate.at).isoformat(timespec='seconds')}",
        f"by         {certificate.by}",
        f"survey     {certificate.survey or 'not known: the answers were sealed'}",
        f"deleted    {', '.join(deleted)}",
        f"published  {published}",
        "not found  what the person left to be contacted by: no number leads there",
        f"audit      {certificate.digest}",
    ]
