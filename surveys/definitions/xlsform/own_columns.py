"""Columns of our own for what XLSForm has no place for: `heard_kind`, `heard_missing` and so on.

In `heard_more` stands JSON, parted over `heard_more_2` and on where a cell is too small for it. In
`heard_was` stands, for keys that other columns say as well, a short hash of what those said when
the form was written: where they say something else now, somebody has edited them, and they win.
"""

import hashlib
import json
from typing import Any, get_args

from surveys.definitions.xlsform.notes import Notes
from surveys.definitions.xlsform.sheets import Row
from surveys.questions.base import MissingCode

KIND = "heard_kind"
MISSING = "heard_missing"
STAGE = "heard_stage"
SENSITIVE = "heard_sensitive"
MORE = "heard_more"
WAS = "heard_was"
# Among the marks: what is noted of the row, as long as nobody has edited it.
NOTED = ""
# Below the 32,767 characters that a cell of Excel holds.
LONGEST_CELL = 30_000
MOST_PARTS = 100
MISSING_CODES: tuple[str, ...] = get_args(MissingCode)


def flag(row: Row, key: str) -> bool:
    """Whether a column of ours says yes."""
    column = f"heard_{key}"
    return row.says_yes(column) or row.text(column).lower() == "x"


def missing_code(row: Row, notes: Notes) -> str | None:
    """The missing code that a choice stands for, if its author says so."""
    cell = row.cell(MISSING)
    if cell.text and cell.text not in MISSING_CODES:
        known = ", ".join(MISSING_CODES)
        notes.refuse(cell.spot, f"{cell.text!r} is no missing code: expected one of {known}")
        return None
    return cell.text or None


def json_cell(row: Row, notes: Notes, *, column: str = MORE) -> dict[str, Any]:
    """What the cells of a column of ours spell together; nothing where they spell no JSON."""
    text = joined(row, column)
    if not text:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        notes.refuse(row.cell(column).spot, "is no JSON object, as Heard writes one here")
        return {}
    return found


def joined(row: Row, column: str) -> str:
    """The text that was parted over several cells."""
    parts = [row.text(column)]
    for number in range(2, MOST_PARTS):
        if not (part := row.text(f"{column}_{number}")):
            break
        parts.append(part)
    return "".join(parts)


def parted(column: str, text: str) -> dict[str, str]:
    """A JSON text over as many cells as it needs, by column."""
    if len(text) > LONGEST_CELL:
        # A space at the edge of a cell would be trimmed away.
        text = text.replace(" ", "\\u0020")
    pieces = [text[i : i + LONGEST_CELL] for i in range(0, len(text), LONGEST_CELL)]
    return {
        column if number == 1 else f"{column}_{number}": piece
        for number, piece in enumerate(pieces, start=1)
    }


def spelled(value: object) -> str:
    """JSON that every spreadsheet keeps, with nothing that other tools take for a reference."""
    text = json.dumps(value, ensure_ascii=True, sort_keys=True, separators=(",", ":"))
    return text.replace("${", "\\u0024{")


def mark_of(value: object) -> str:
    """A short hash by which a value is known again."""
    return hashlib.sha256(spelled(value).encode()).hexdigest()[:10]


def overlaid(
    plain: dict[str, Any], more: dict[str, Any], was: dict[str, Any]
) -> tuple[dict[str, Any], bool]:
    """What the cells say with what `more` adds, and whether all of it could be added.

    Where the cells of a key were edited since, they win.
    """
    found = dict(plain)
    is_whole = True
    for key, value in more.items():
        if key in was and was[key] != mark_of(plain.get(key)):
            is_whole = False
            continue
        found[key] = value
        if value is None:
            found.pop(key)
    return found, is_whole


def differing(
    plain: dict[str, Any], wanted: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, str]]:
    """What `overlaid` needs to make `wanted` of `plain`: `more` and `was`."""
    keys = [key for key in {**plain, **wanted} if plain.get(key) != wanted.get(key)]
    more = {key: wanted.get(key) for key in keys}
    return more, {key: mark_of(plain[key]) for key in keys if key in plain}
