"""A version of a survey on another surface: the bytes of a file."""

import json
from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.answer_schema import answer_schema
from surveys.definitions.surfaces.codebook import codebook
from surveys.definitions.surfaces.codebook_csv import codebook_csv
from surveys.definitions.surfaces.codebook_html import codebook_page
from surveys.definitions.surfaces.ddi import ddi_codebook
from surveys.definitions.surfaces.paper import PaperError, paper_form
from surveys.definitions.surfaces.paper_sheet import Help
from surveys.definitions.write_yaml import write_yaml
from surveys.definitions.xlsform import write_xlsform
from surveys.models.versions import Survey, Version
from surveys.versions.helplines import helplines_for
from surveys.versions.read import current_version, definition_of

# The typeface in the form that the printer takes, put there with the static files.
FONTS = settings.BASE_DIR / "var" / "build" / "fonts" / "paper"


class CannotExportError(ValueError):
    """There is nothing of that name, or it can't be made; the text says why."""


@dataclass(frozen=True)
class Wanted:
    """A definition, the language for what has one, and where it is answered, if anywhere."""

    definition: Definition
    language: str
    url: str | None


def version_to_export(slug: str, number: int | None = None) -> Version:
    """The version of this number, else the current one, else the newest draft.

    Raises CannotExportError where there is none.
    """
    survey = Survey.objects.filter(slug=slug).first()
    if survey is None:
        known = ", ".join(Survey.objects.values_list("slug", flat=True)) or "none is loaded"
        raise CannotExportError(f"no survey is called {slug!r}: {known}")
    version = (
        current_version(survey) or survey.versions.order_by("-number").first()
        if number is None
        else survey.versions.filter(number=number).first()
    )
    if version is None:
        numbers = survey.versions.order_by("number").values_list("number", flat=True)
        has = ", ".join(map(str, numbers)) or "none"
        raise CannotExportError(f"{slug} has no version {number or 1}: it has {has}")
    return version


def export(version: Version, form: str, *, language: str | None = None, site: str = "") -> bytes:
    """The version in one of FORMATS; `site` is the address of the pages, for the code on paper.

    Raises CannotExportError for a language that the survey has not, and where it can't be made.
    """
    definition = definition_of(version)
    if language is not None and language not in definition.languages:
        known = ", ".join(definition.languages)
        raise CannotExportError(f"{version.survey.slug} has no language {language!r}: {known}")
    url = f"{site.rstrip('/')}/s/{version.survey.code}/" if site else None
    wanted = Wanted(definition, language or definition.languages[0], url)
    try:
        return FORMATS[form](wanted)
    except PaperError as error:
        raise CannotExportError(str(error)) from error


def _yaml(wanted: Wanted) -> bytes:
    return write_yaml(wanted.definition).encode()


def _xlsform(wanted: Wanted) -> bytes:
    return write_xlsform(wanted.definition)


def _answers_schema(wanted: Wanted) -> bytes:
    schema = answer_schema(wanted.definition, today=timezone.localdate())
    return (json.dumps(schema, ensure_ascii=False, indent=1) + "\n").encode()


def _paper(wanted: Wanted) -> bytes:
    services = helplines_for(wanted.definition.helplines, wanted.language)
    told = [Help(one.name, one.number, f"{one.hours}. {one.note}") for one in services]
    return paper_form(
        wanted.definition, wanted.language, url=wanted.url, fonts=FONTS, helplines=told
    )


def _codebook_page(wanted: Wanted) -> bytes:
    return codebook_page(wanted.definition, wanted.language).encode()


def _codebook_table(wanted: Wanted) -> bytes:
    # Spreadsheets take a file for another alphabet without the mark at its beginning.
    return codebook_csv(codebook(wanted.definition, wanted.language)).encode("utf-8-sig")


def _ddi(wanted: Wanted) -> bytes:
    return ddi_codebook(wanted.definition)


FORMATS: dict[str, Callable[[Wanted], bytes]] = {
    "yaml": _yaml,
    "xlsform": _xlsform,
    "jsonschema": _answers_schema,
    "pdf": _paper,
    "codebook-html": _codebook_page,
    "codebook-csv": _codebook_table,
    "ddi": _ddi,
}
