"""Columns that are not read: told once each, by the first row that has something in them."""

from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.sheets import TRANSLATED, Table

READ = frozenset(
    {
        "type",
        "name",
        "appearance",
        "relevant",
        "constraint",
        "calculation",
        "required",
        "readonly",
        "choice_filter",
        "parameters",
        "rows",
        "default",
        "trigger",
        "repeat_count",
        "disabled",
        "list_name",
        *TRANSLATED,
    }
)
OURS = "heard_"


def remark_on_columns(table: Table, notes: Notes) -> None:
    """Remarks on columns of the sheet `survey` that nothing was made of."""
    for column in table.columns:
        if column.name in READ or column.name.startswith(OURS):
            continue
        if any((column.name, column.language) in row.cells for row in table.rows):
            spot = Spot(table.sheet, table.header_row, column.header)
            notes.remark(spot, "is no column that Heard knows: it was not read")
