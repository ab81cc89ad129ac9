"""tally [--recount] [--check] [SLUG]: count what is not counted, count again, or compare."""

import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.models.versions import Survey, Version
from surveys.tally.bar import bar
from surveys.tally.count import Progress, count_differences, count_new, recount


class Command(BaseCommand):
    help = "Adds responses to the tally; exits 1 if --check finds a difference."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug", nargs="?", help="only this survey")
        parser.add_argument("--recount", action="store_true", help="build the tally from nothing")
        parser.add_argument("--check", action="store_true", help="recount aside and compare")

    def handle(self, *, slug: str | None, recount: bool, check: bool, **options: Any) -> None:
        versions = self._versions(slug)
        if recount:
            self._recount(versions)
        elif not check:
            counted = sum(count_new(version, progress=self._bar()) for version in versions)
            self.stdout.write(f"tallied {counted:,} new responses")
        if check:
            self._check(versions)

    def _bar(self) -> Progress:
        # Beside what is told, which may go into a file.
        return bar(sys.stderr)

    def _versions(self, slug: str | None) -> list[Version]:
        if slug is not None and not Survey.objects.filter(slug=slug).exists():
            known = ", ".join(Survey.objects.values_list("slug", flat=True)) or "none yet"
            self.stderr.write(f"no survey is called {slug!r}: there is {known}")
            sys.exit(2)
        versions = Version.objects.filter(published_at__isnull=False).select_related("survey")
        return list(versions.filter(survey__slug=slug) if slug else versions)

    def _recount(self, versions: list[Version]) -> None:
        for version in versions:
            result = recount(version, progress=self._bar())
            self.stdout.write(
                f"{version}: {result.responses:,} responses recounted into {result.rows:,} rows"
            )

    def _check(self, versions: list[Version]) -> None:
        differences = 0
        for version in versions:
            found = count_differences(version, progress=self._bar())
            differences += found
            self.stdout.write(f"{version}: {f'{found:,} rows differ' if found else 'agrees'}")
        if differences:
            self.stderr.write(f"{differences:,} tally rows differ from a recount: run --recount")
            sys.exit(1)
