"""The rows of the sheet `survey` with the groups that each stands in."""

from dataclasses import dataclass

from surveys.definitions.xlsform.notes import Notes
from surveys.definitions.xlsform.own_columns import KIND
from surveys.definitions.xlsform.sheets import Row, Table
from surveys.definitions.xlsform.types import RowType, row_type

# Appearances of a group whose questions are on the screen together.
TOGETHER = ("field-list", "table-list")


@dataclass(frozen=True)
class Group:
    """A group or a repeat, by the row that begins it."""

    row: Row
    order: int
    is_repeat: bool = False

    @property
    def name(self) -> str:
        return self.row.text("name")

    @property
    def appearances(self) -> list[str]:
        return self.row.text("appearance").lower().split()

    @property
    def is_page(self) -> bool:
        return self.row.text(KIND) == "page" or any(a in TOGETHER for a in self.appearances)

    @property
    def is_table(self) -> bool:
        return "table-list" in self.appearances


@dataclass(frozen=True)
class Item:
    """A row that is no mark of a group: its type, and its groups from the outermost."""

    row: Row
    type: RowType
    order: int
    groups: tuple[Group, ...] = ()

    @property
    def name(self) -> str:
        return self.row.text("name")

    @property
    def appearances(self) -> list[str]:
        return self.row.text("appearance").lower().split()


def read_tree(table: Table, notes: Notes) -> tuple[list[Item], list[Group]]:
    """The rows in order, and all groups; refuses groups that do not end and ends of none."""
    items: list[Item] = []
    groups: list[Group] = []
    within: list[Group] = []
    for order, row in enumerate(table.rows, start=1):
        if row.says_yes("disabled"):
            notes.remark(row.spot, "is disabled and was not read")
            continue
        cell = row.cell("type")
        kind = row_type(cell.text)
        match kind.base:
            case "begin_group" | "begin_repeat":
                group = Group(row, order, kind.base == "begin_repeat")
                groups.append(group)
                within.append(group)
            case "end_group" | "end_repeat":
                _end(row, within, kind, notes)
            case _ if not cell.text:
                _no_type(row, notes)
            case "unknown":
                notes.refuse(cell.spot, f"{cell.text!r} is no type that Heard knows")
                items.append(Item(row, RowType("refused"), order, tuple(within)))
            case _:
                items.append(Item(row, kind, order, tuple(within)))
    for group in within:
        word = "repeat" if group.is_repeat else "group"
        notes.refuse(group.row.cell("type").spot, f"the {word} {group.name!r} does not end")
    return items, groups


def _end(row: Row, within: list[Group], kind: RowType, notes: Notes) -> None:
    spot = row.cell("type").spot
    if not within:
        notes.refuse(spot, "ends a group, and none has begun")
        return
    group = within.pop()
    if group.is_repeat != (kind.base == "end_repeat"):
        began = "repeat" if group.is_repeat else "group"
        notes.refuse(
            spot,
            f"ends the {began} {group.name!r}, which began in row {group.row.number}"
            " as something else",
        )


def _no_type(row: Row, notes: Notes) -> None:
    """A row without a type is a comment, unless it names or says something."""
    if row.text("name") or row.said("label"):
        notes.refuse(row.cell("type").spot, "is empty: what is this row?")
