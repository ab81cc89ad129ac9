"""export_survey SLUG --format F -o FILE: a version of a survey on another surface."""

import sys
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandParser

from surveys.versions.export import FORMATS, CannotExportError, export, version_to_export


class Command(BaseCommand):
    help = "Writes a survey as YAML, XLSForm, JSON Schema, codebook or a form on paper."

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        # Our --version stands in the place of Django's own, which tells Django's.
        kwargs["conflict_handler"] = "resolve"
        return super().create_parser(prog_name, subcommand, **kwargs)

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("slug")
        parser.add_argument("--version", type=int, dest="number", metavar="N")
        parser.add_argument("--format", choices=list(FORMATS), required=True, dest="form")
        parser.add_argument("--language", help="of paper and codebook; else the survey's first")
        parser.add_argument("--site", default=None, help="address of the pages, for the QR code")
        parser.add_argument("-o", "--output", type=Path, required=True, metavar="FILE")

    def handle(
        self,
        *,
        slug: str,
        number: int | None,
        form: str,
        language: str | None,
        site: str | None,
        output: Path,
        **options: Any,
    ) -> None:
        try:
            version = version_to_export(slug, number)
            content = export(
                version, form, language=language, site=own_address() if site is None else site
            )
            write_whole(output, content)
        except CannotExportError as error:
            self.stderr.write(str(error))
            sys.exit(2)
        except OSError as error:
            self.stderr.write(f"{output}: {error.strerror}")
            sys.exit(2)
        self.stdout.write(f"{version} as {form}: {output} ({len(content):,} bytes)")


def write_whole(file: Path, content: bytes) -> None:
    """Writes all of a file or nothing of it; raises OSError."""
    with tempfile.NamedTemporaryFile(dir=file.parent, delete=False) as part:
        written = Path(part.name)
        try:
            part.write(content)
            part.flush()
            # A temporary file is its owner's alone; this one is for others to read.
            written.chmod(0o644)
            written.replace(file)
        except BaseException:
            written.unlink(missing_ok=True)
            raise


def own_address() -> str:
    """Where the pages are served, as far as the settings tell; "" where they don't."""
    origins: list[str] = settings.CSRF_TRUSTED_ORIGINS
    if origins:
        return origins[0]
    hosts = [host for host in settings.ALLOWED_HOSTS if host[:1] not in ("*", ".", "[")]
    scheme = "https" if settings.SECURE_SSL_REDIRECT else "http"
    return f"{scheme}://{hosts[0]}" if hosts else ""
