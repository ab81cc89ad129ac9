"""What stands before the questions: the survey's name, title, languages, and careful defaults."""

import json
from collections.abc import Iterable
from pathlib import PurePath
from typing import Any

from surveys.definitions.naming import as_slug
from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.own_columns import joined, overlaid
from surveys.definitions.xlsform.sheets import Row, Table
from surveys.definitions.xlsform.wording import Tongues, plain_text

# XLSForm does not say what may be claimed or published, so the least is taken.
CAREFUL: dict[str, Any] = {"policy": "sensitive", "design": "self-selected", "discreet": True}
# Closed questions that people answer in a minute.
QUESTIONS_A_MINUTE = 4
MOST_MINUTES = 120
# A number of a version; longer ones are dates and times of an edit.
LARGEST_VERSION = 9_999

# Settings that say how a form is sent and shown, which Heard decides itself.
SILENT_SETTINGS = (
    "form_title",
    "form_id",
    "version",
    "default_language",
    "style",
    "allow_choice_duplicates",
    "name",
    "clean_text_values",
    "omit_instanceid",
)


def settings_row(table: Table | None) -> Row:
    """The settings of a form, all on one row."""
    if table is None or not table.rows:
        return Row("settings", 2)
    return table.rows[0]


def header(
    settings: Row, tongues: Tongues, notes: Notes, *, survey: str | None, pages: list[Any]
) -> dict[str, Any]:
    """All keys of a definition but its lists and pages."""
    title = settings.text("form_title")
    stem = PurePath(notes.file_name).stem
    shown = title if tongues.verbatim else plain_text(title)
    _remark_on_settings(settings, notes)
    return {
        "survey": survey or as_slug(settings.text("form_id") or title or stem),
        "version": _version(settings),
        "title": {tongues.languages[0]: shown or stem or "Survey"},
        **CAREFUL,
        "minutes": _minutes(pages),
        "languages": list(tongues.languages),
    }


def with_own_sheet(
    data: dict[str, Any], table: Table | None, notes: Notes, *, survey: str | None
) -> dict[str, Any]:
    """The header with what a sheet of our own says: rows of key, value in JSON, and `was`."""
    if table is None:
        return data
    more: dict[str, Any] = {}
    was: dict[str, str] = {}
    for row in table.rows:
        cell = row.cell("key")
        if cell.text in ("pages", "lists", ""):
            notes.refuse(cell.spot, "expected a key of a survey, other than its pages and lists")
            continue
        try:
            more[cell.text] = json.loads(joined(row, "content"))
        except (ValueError, RecursionError):
            notes.refuse(row.cell("content").spot, f"is no JSON: what is the survey's {cell.text}?")
            continue
        if row.text("was"):
            was[cell.text] = row.text("was")
    found, _ = overlaid(data, more, was)
    return found | ({"survey": survey} if survey else {})


def _version(settings: Row) -> int:
    text = settings.text("version")
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else 0
    return number if 1 <= number <= LARGEST_VERSION else 1


def _minutes(pages: list[Any]) -> int:
    asked = sum(
        len(question.get("rows", "1"))
        for page in pages
        for question in page["questions"]
        if question["kind"] not in ("information", "computed")
    )
    return max(1, min(MOST_MINUTES, -(-asked // QUESTIONS_A_MINUTE)))


def _remark_on_settings(settings: Row, notes: Notes) -> None:
    for (name, _), cell in settings.cells.items():
        if name not in SILENT_SETTINGS and name != "":
            notes.remark(
                cell.spot, "has no counterpart: Heard stores and sends answers its own way"
            )


def unread_sheets(names: Iterable[str], notes: Notes) -> None:
    """Remarks on sheets that are no part of a form."""
    for name in names:
        notes.remark(Spot(name), "the sheet was not read")
