"""check_disclosure: attacks everything released, and fails where it tells too much."""

import sys
from typing import Any

from django.core.management.base import BaseCommand

from measures.publications.disclosure_check import check_everything
from measures.stats.disclosure.gate import Verdict
from surveys.tally.bar import bar


class Command(BaseCommand):
    help = (
        "Attacks everything released of the surveys, as somebody who subtracts tables would. Exits "
        "1 where a withheld number is bounded to fewer than 5 people, and prints which."
    )

    def handle(self, **options: Any) -> None:
        verdict = check_everything(progress=bar(sys.stderr))
        for finding in verdict.findings:
            self.stdout.write(f"{finding.kind}: {finding}")
        for line in _summary(verdict):
            self.stdout.write(line)
        if not verdict.is_green:
            sys.exit(1)


def _summary(verdict: Verdict) -> list[str]:
    if not verdict.tables:
        return ["Nothing has been released."]
    lines = [
        f"{verdict.tables:,} tables released; {verdict.attacked:,} withheld or small counts tried."
    ]
    for survey, guessed in verdict.guesses.items():
        lines.append(
            f"{survey}: of {guessed.counts:,} counts below 10, {guessed.after:,} are guessed "
            f"exactly with the tables and {guessed.before:,} without."
        )
    found = len(verdict.findings)
    lines.append(f"{found} findings: red." if found else "No number tells too much: green.")
    return lines
