"""load_survey FILE [--publish]: a YAML definition becomes a draft or a sealed version."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import transaction

from surveys.definitions.loader import load_definition
from surveys.definitions.places import DefinitionError
from surveys.models.versions import Version
from surveys.versions.publish import CannotPublishError, publish_version, store_version


class Command(BaseCommand):
    help = "Loads a survey definition; prints slug, version and hash."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--publish", action="store_true", help="seal it: it takes answers")
        parser.add_argument("--slug", help="load it under this name instead of its own")

    def handle(self, *, file: Path, publish: bool, slug: str | None, **options: Any) -> None:
        try:
            version = load(file, publish=publish, slug=slug, actor="manage.py load_survey")
        except DefinitionError as error:
            for problem in error.problems:
                self.stderr.write(problem.told(str(file)))
            sys.exit(2)
        except (OSError, UnicodeDecodeError, CannotPublishError) as error:
            self.stderr.write(f"{file}: {error}")
            sys.exit(2)
        state = "published" if version.published_at else "draft"
        self.stdout.write(
            f"{version.survey.slug} version {version.number} {state} {version.sha256}"
        )


@transaction.atomic
def load(file: Path, *, publish: bool, slug: str | None, actor: str) -> Version:
    """Stores the definition in `file`, and seals it if asked to."""
    definition = load_definition(file.read_text(encoding="utf-8"), survey=slug)
    version = store_version(definition, actor=actor)
    return publish_version(version, definition, actor=actor) if publish else version
