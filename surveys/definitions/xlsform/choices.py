"""The choices of a form: lists by name, each choice as an option of ours."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions.naming import Names
from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.overlay import Overlay
from surveys.definitions.xlsform.own_columns import flag, missing_code
from surveys.definitions.xlsform.sheets import FILES, Cell, Row, Table, plain
from surveys.definitions.xlsform.wording import (
    NO_ANSWER,
    REFERENCE,
    Tongues,
    plain_text,
    with_pipes,
)

# Columns of our own that say yes of a choice.
FLAGS = ("exclusive", "write_in", "last")


@dataclass(frozen=True)
class Choice:
    """A choice: its code in the form and here, its option, and its cells for a filter."""

    row: Row
    original: str
    code: str
    option: dict[str, Any]
    columns: dict[str, str]


@dataclass
class Choices:
    """All lists; `used` holds what each question made of its list."""

    lists: dict[str, list[Choice]] = field(default_factory=dict)
    external: dict[str, list[Choice]] = field(default_factory=dict)

    def of(self, name: str, *, external: bool) -> list[Choice]:
        return (self.external if external else self.lists).get(name, [])


def read_choices(
    tables: Iterable[Table], wanted: Collection[str] | None, tongues: Tongues, *, overlay: Overlay
) -> dict[str, list[Choice]]:
    """The lists of the sheets of choices; refuses choices without a code or a label.

    Of lists that no question wants, nothing is told but that.
    """
    notes = overlay.notes
    lists: dict[str, list[Choice]] = {}
    for table in tables:
        if table.rows and not table.has("list_name"):
            notes.refuse(Spot(table.sheet, table.header_row), "has no column `list_name`")
            continue
        found: dict[str, list[Row]] = {}
        for row in table.rows:
            name = row.text("list_name")
            if name:
                found.setdefault(name, []).append(row)
            elif row.text("name") or row.said("label"):
                notes.remark(row.spot, "belongs to no list and was not read")
        for name, rows in found.items():
            # An older sheet beside the newer one adds only lists that this does not have.
            if wanted is not None and name not in wanted:
                notes.remark(rows[0].cell("list_name").spot, f"no question uses the list {name!r}")
            elif name not in lists:
                lists[name] = _choices(rows, tongues, overlay)
    return lists


def _choices(rows: list[Row], tongues: Tongues, overlay: Overlay) -> list[Choice]:
    """The choices of one list. The same code again is the same choice, or one of another filter."""
    notes = overlay.notes
    names = Names()
    given: dict[tuple[str, str], str] = {}
    found: list[Choice] = []
    for row in rows:
        original = row.text("name")
        if not original:
            notes.refuse(row.cell("name").spot, "is empty: a choice needs a code")
            continue
        option = _option(row, original, tongues, notes)
        # What is said of a choice tells it from others with its code.
        key = (original, repr(sorted(option["label"].items())))
        if key not in given:
            given[key] = names.take_code(original)
            if given[key] != original and not missing_code(row, notes):
                notes.remark(row.cell("name").spot, f"{original!r} becomes the code {given[key]!r}")
        missing = missing_code(row, notes)
        code = missing or given[key]
        option = overlay.over(row, {("missing" if missing else "code"): code, **option})
        found.append(Choice(row, original, code, option, _columns(row)))
    return found


def _option(row: Row, original: str, tongues: Tongues, notes: Notes) -> dict[str, Any]:
    cells = tongues.said(row, "label")
    label = {tag: _label(cell, tongues, notes) for tag, cell in cells.items()}
    label = {tag: words for tag, words in label.items() if words}
    for column in FILES:
        for cell in row.said(column).values():
            notes.refuse(cell.spot, f"{cell.text!r} is a file, and Heard shows none with a choice")
    if not label:
        notes.refuse(
            Spot(row.sheet, row.number, "label"),
            f"the choice {original!r} has no label: its code stands in its place",
        )
        label = {tongues.first: original}
    option: dict[str, Any] = {"label": label}
    for key in FLAGS:
        if flag(row, key):
            option[key] = True
    return option


def _label(cell: Cell, tongues: Tongues, notes: Notes) -> str:
    """The words in a cell; an answer that would be put into them is refused."""
    if found := REFERENCE.search(cell.text):
        notes.refuse(cell.spot, f"puts {found[0]} into a choice, whose label can have no answer")
    words = cell.text if tongues.verbatim else plain_text(cell.text)
    return with_pipes(words, lambda _: NO_ANSWER)


def _columns(row: Row) -> dict[str, str]:
    """What a filter can look at; a column that is an alias elsewhere keeps its own name, too."""
    cells = [(name, cell) for (name, language), cell in row.cells.items() if not language]
    own = {plain(cell.spot.column): cell.text for _, cell in cells}
    return own | {name: cell.text for name, cell in cells}


def codes_of(choices: Iterable[Choice]) -> dict[str, tuple[str, ...]]:
    """For each code of the form those of ours that stand for it."""
    found: dict[str, dict[str, None]] = {}
    for choice in choices:
        found.setdefault(choice.original, {})[choice.code] = None
    return {original: tuple(codes) for original, codes in found.items()}
