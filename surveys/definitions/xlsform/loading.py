"""A workbook in XLSForm as data of a definition that can be stored."""

from typing import Any

from pydantic import ValidationError

from surveys.definitions.checks.names import names_and_codes
from surveys.definitions.checks.piped import pipes
from surveys.definitions.checks.soundness import as_found, wrong_conditions
from surveys.definitions.checks.tables import tables
from surveys.definitions.importing import Imported, Trouble
from surveys.definitions.loader import build_definition
from surveys.definitions.places import DefinitionError, Marked, Path
from surveys.definitions.schema import Definition
from surveys.definitions.whereabouts import in_words
from surveys.definitions.xlsform.notes import Spot, XlsformError
from surveys.definitions.xlsform.reading import Read, read_sheets
from surveys.definitions.xlsform.workbook import RawSheet, read_workbook


def read_xlsform(
    data: bytes, *, file_name: str, survey: str | None = None, lenient: bool = False
) -> Imported:
    """The data of a definition that a workbook spells, under another name where one is given.

    Raises XlsformError with everything that can't be carried, by sheet, row and column; with
    `lenient` that is left out and listed instead. What comes back can always be stored as a draft.
    """
    return import_sheets(
        read_workbook(data, file_name), file_name=file_name, survey=survey, lenient=lenient
    )


def import_sheets(
    sheets: list[RawSheet], *, file_name: str, survey: str | None = None, lenient: bool = False
) -> Imported:
    """As `read_xlsform`, from sheets that were read before."""
    read = read_sheets(sheets, file_name, survey=survey)
    if not read.data["pages"]:
        raise XlsformError(read.notes.troubles)
    unfit = _unfit(read)
    if unfit or (read.notes.troubles and not lenient):
        raise XlsformError((*read.notes.troubles, *unfit))
    return Imported(read.data, read.notes.troubles, remarks=read.notes.remarks, is_ours=read.is_own)


def _unfit(read: Read) -> tuple[Trouble, ...]:
    """Why the definition can't be stored, by the row where each thing stands."""
    try:
        definition = Definition.model_validate(read.data)
    except ValidationError:
        return tuple(Trouble(_place(read, path), message) for path, message in _misshapen(read))
    # The rules of publication, which take longer, are for whoever stores the draft.
    found = [
        *names_and_codes(definition),
        *as_found(definition, wrong_conditions(definition)),
        *tables(definition),
        *pipes(definition),
    ]
    wrong = [one for one in dict.fromkeys(found) if one.level == "error"]
    return tuple(Trouble(_place(read, one.path), one.message) for one in wrong)


def _misshapen(read: Read) -> list[tuple[Path, str]]:
    try:
        build_definition(Marked(read.data))
    except DefinitionError as error:
        return [(problem.path, problem.message) for problem in error.problems]
    return []


def _place(read: Read, path: Path) -> str:
    """The row from which a part of the definition came."""
    spot = _spot(read, path)
    where = in_words(read.data, path)
    told = (spot or Spot()).told(read.notes.file_name)
    return f"{told} ({where})"


def _spot(read: Read, path: Path) -> Spot | None:
    steps: list[Any] = list(path)
    if steps and steps[0] == "lists":
        return Spot("choices")
    if steps and steps[0] != "pages":
        return Spot("heard" if read.is_own else "settings")
    if len(steps) < 2 or steps[0] != "pages" or not isinstance(steps[1], int):
        return None
    rows = read.rows[steps[1]] if steps[1] < len(read.rows) else []
    if len(steps) > 3 and isinstance(steps[3], int) and steps[3] < len(rows):
        rows = [rows[steps[3]]]
    return rows[0].spot if rows else None
