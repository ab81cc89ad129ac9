"""load_survey FILE [--publish] [--slug S] [--lenient]: a file becomes a version of a survey."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.versions.numbers import numbered
from surveys.versions.publish import CannotPublishError, publish_version, store_version
from surveys.versions.upload import Upload, is_of_ours, read_upload

ACTOR = "manage.py load_survey"


class Command(BaseCommand):
    help = "Loads a definition, an XLSForm or a LimeSurvey file; prints slug, version and hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help=".yaml, .xlsx, .xls or .lss")
        parser.add_argument("--publish", action="store_true", help="seal it: it takes answers")
        parser.add_argument("--slug", help="load it under this name instead of its own")
        parser.add_argument(
            "--lenient", action="store_true", help="drop what can't be carried, and list it"
        )

    def handle(
        self, *, file: Path, publish: bool, slug: str | None, lenient: bool, **options: Any
    ) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            self._refuse(f"{file}: {error.strerror}")
        upload = read_upload(data, file.name, survey=slug, lenient=lenient, rename=True)
        self._tell_problems(file, upload, publish=publish)
        if upload.definition is None:
            sys.exit(2)
        try:
            version = _load(upload.definition, is_ours=is_of_ours(file.name), publish=publish)
        except CannotPublishError as error:
            self._refuse(f"{file}: {error}")
        self.stdout.write(
            f"{version.survey.slug} version {version.number} {version.state} {version.sha256}"
        )
        for trouble in upload.dropped:
            self.stdout.write(f"dropped: {trouble}")
        for trouble in upload.remarks:
            self.stdout.write(f"note: {trouble}")
        for problem in upload.problems:
            if problem.level == "advice":
                self.stdout.write(f"advice: {problem.place}: {problem.message}")

    def _tell_problems(self, file: Path, upload: Upload, *, publish: bool) -> None:
        """Ends with 2 where something forbids to store or to publish what was asked for.

        A file of ours must be fit for publication at once; a form of another tool, which could not
        know our rules, may become a draft, and what is to be done before publication is listed.
        """
        may_wait = not publish and not is_of_ours(file.name)
        for problem in upload.problems:
            if problem.level != "advice":
                waits = "before publication: " if may_wait and problem.level != "error" else ""
                self.stderr.write(f"{file}: {problem.place}: {waits}{problem.message}")
        if upload.count("error") or (upload.count("publication") and not may_wait):
            sys.exit(2)

    def _refuse(self, message: str) -> None:
        self.stderr.write(message)
        sys.exit(2)


@transaction.atomic
def _load(definition: Definition, *, is_ours: bool, publish: bool) -> Version:
    """Stores the definition, and seals it if asked to."""
    definition = definition if is_ours else numbered(definition)
    version = store_version(definition, actor=ACTOR)
    return publish_version(version, definition, actor=ACTOR) if publish else version
