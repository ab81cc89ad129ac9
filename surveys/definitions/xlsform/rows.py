"""Rows of an XLSForm as they are written, cell by cell."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from surveys.definitions.piping import PIPE
from surveys.definitions.xlsform.languages import name_of
from surveys.definitions.xlsform.workbook import RawSheet

# What no workbook can hold.
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
# Excel takes 32,767 characters in a cell.
LONGEST = 30_000
# Where a text is nothing that a cell could hold.
NOTHING = "-"

Texts = dict[str, str]


@dataclass
class Sheet:
    """Rows by column; columns stand in the order in which they were first used."""

    name: str
    columns: list[str] = field(default_factory=list)
    rows: list[dict[str, str]] = field(default_factory=list)

    def add(self, row: dict[str, str]) -> int:
        """Adds a row; gives its number in the workbook, whose first row has the headers."""
        self.rows.append({column: text for column, text in row.items() if text})
        self.columns += [column for column in self.rows[-1] if column not in self.columns]
        return len(self.rows) + 1

    def more(self, number: int, cells: dict[str, str]) -> None:
        """Puts cells into a row that was added."""
        self.rows[number - 2] |= cells
        self.columns += [column for column in cells if column not in self.columns]

    def group_languages(self, tags: list[str]) -> None:
        """Puts the languages of each text beside each other, in this order."""
        order = {f"::{name_of(tag)}": place for place, tag in enumerate(tags)}
        first: dict[str, int] = {}
        for index, column in enumerate(self.columns):
            first.setdefault(column.partition("::")[0], index)

        def place(column: str) -> tuple[int, int]:
            name, mark, language = column.partition("::")
            return first[name], order.get(mark + language, len(order))

        self.columns.sort(key=place)

    def raw(self) -> RawSheet:
        """The sheet as it is read again."""
        rows = [tuple(row.get(column, "") for column in self.columns) for row in self.rows]
        return RawSheet(self.name, (tuple(self.columns), *rows))


def said(column: str, texts: Texts | None) -> dict[str, str]:
    """The cells of a text in each language."""
    return {f"{column}::{name_of(tag)}": shown(text) for tag, text in (texts or {}).items()}


def shown(text: str) -> str:
    """A text as a cell holds it, our pipes as references."""
    # What looks like a reference and is none would be an error to other tools.
    plain = text.replace("${", "$ {").replace("\r\n", "\n").replace("\r", "\n")
    piped = PIPE.sub(lambda match: f"${{{match['field']}}}", plain)
    return CONTROLS.sub("", piped)[:LONGEST].strip() or NOTHING


def options_of(list_name: str, options: Iterable[dict[str, object]]) -> list[dict[str, str]]:
    """A row a choice, with our columns for what only we know of it."""
    rows: list[dict[str, str]] = []
    for option in options:
        missing = str(option.get("missing", ""))
        label = option["label"]
        row = {
            "list_name": list_name,
            "name": str(option.get("code", missing)),
            **said("label", label if isinstance(label, dict) else {}),
            "heard_missing": missing,
        }
        for key in ("exclusive", "write_in", "last"):
            row[f"heard_{key}"] = "yes" if option.get(key) else ""
        rows.append(row)
    return rows
