"""definition_schema [-o FILE]: the language of definitions as a JSON Schema, for editors."""

import sys
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from surveys.definitions.language_schema import as_text, definition_schema

FILE = Path(__file__).resolve().parents[2] / "content" / "schema.json"


class Command(BaseCommand):
    help = "Writes the JSON Schema by which editors check surveys/content/*/*.yaml."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("-o", "--output", type=Path, default=FILE, metavar="FILE")

    def handle(self, *, output: Path, **options: Any) -> None:
        try:
            output.write_text(as_text(definition_schema()), encoding="utf-8")
        except OSError as error:
            self.stderr.write(f"{output}: {error.strerror}")
            sys.exit(2)
        self.stdout.write(f"JSON Schema of definitions: {output}")
