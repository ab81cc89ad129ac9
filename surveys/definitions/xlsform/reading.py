"""From the sheets of a form to the data of a definition."""

from dataclasses import dataclass, replace
from typing import Any

from surveys.definitions.xlsform.calculations import calculation_of
from surveys.definitions.xlsform.choices import Choices, read_choices
from surveys.definitions.xlsform.columns import remark_on_columns
from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.grids import grid_of
from surveys.definitions.xlsform.header import (
    header,
    settings_row,
    unread_sheets,
    with_own_sheet,
)
from surveys.definitions.xlsform.inventory import take_inventory
from surveys.definitions.xlsform.layout import NEVER, Layout, Placed
from surveys.definitions.xlsform.lists import share_lists
from surveys.definitions.xlsform.notes import Notes, Spot, refused
from surveys.definitions.xlsform.overlay import Overlay
from surveys.definitions.xlsform.own_columns import KIND, MISSING
from surveys.definitions.xlsform.own_kinds import as_kind, is_known
from surveys.definitions.xlsform.plans import Plans, plan
from surveys.definitions.xlsform.questions import question_of
from surveys.definitions.xlsform.sheets import Row, Table, plain, read_table
from surveys.definitions.xlsform.tree import Item, read_tree
from surveys.definitions.xlsform.truth import limited_work
from surveys.definitions.xlsform.types import RowType
from surveys.definitions.xlsform.wording import Tongues, tongues_of
from surveys.definitions.xlsform.workbook import RawSheet

CHOICES = ("choices", "choice", "columns", "choices_and_columns", "choices_columns")
EXTERNAL = ("external_choices",)
NOT_COLLECTED = "is not collected: Heard keeps no data of devices or of when people answered"
EDGES = ("start", "done")
UNASKED = ("device", "today", "hidden", "calculate")


@dataclass
class Read:
    """What was made of a form: data of a definition, rows of its pages, and what was noted."""

    data: dict[str, Any]
    rows: list[list[Row]]
    notes: Notes
    overlay: Overlay
    is_own: bool
    # Rows that ask or tell something, and how many of them were carried.
    asked: int
    carried: int


def read_sheets(raw: list[RawSheet], file_name: str, *, survey: str | None = None) -> Read:
    """The definition that a form spells, as far as it can be carried; all else is in the notes.

    Raises XlsformError where there is nothing to read at all.
    """
    notes = Notes(file_name)
    tables = _tables(raw, notes)
    if "survey" not in tables:
        names = ", ".join(sheet.name for sheet in raw) or "none"
        raise refused(file_name, f"has no sheet called survey: it has {names}")
    table = tables["survey"]
    if not table.has("type"):
        found = ", ".join(column.header for column in table.columns[:12]) or "none"
        spot = Spot(table.sheet, table.header_row)
        raise refused(file_name, f"has no column called type: it has {found}", spot)
    form, overlay = _form(tables, notes)
    plans = plan(form.items, form.groups, form.choices)
    take_inventory(form, plans)
    layout = Layout(form, overlay, _taken(plans))
    with limited_work():
        edges = _place_all(form, plans, layout)
    data = _definition(form, layout, edges, tables=tables, survey=survey)
    asked = {item.order for item in form.items if item.type.base not in UNASKED}
    carried = len(asked - form.left)
    return Read(data, layout.rows, notes, overlay, form.is_own, len(asked), carried)


def _tables(raw: list[RawSheet], notes: Notes) -> dict[str, Table]:
    """The sheets that belong to a form, by the name they should have."""
    found: dict[str, Table] = {}
    others: list[str] = []
    for sheet in raw:
        name = plain(sheet.name)
        if name in ("survey", "settings", "heard", *CHOICES, *EXTERNAL) and name not in found:
            found[name] = read_table(sheet, notes)
        elif sheet.rows:
            others.append(sheet.name)
    unread_sheets(others, notes)
    return found


def _form(tables: dict[str, Table], notes: Notes) -> tuple[Form, Overlay]:
    overlay = Overlay(notes)
    own = tables.get("heard")
    settings = settings_row(tables.get("settings"))
    spoken = [table for name, table in tables.items() if name not in ("settings", "heard")]
    tongues = replace(
        tongues_of(spoken, settings.cell("default_language"), notes), verbatim=own is not None
    )
    items, groups = read_tree(tables["survey"], notes)
    choices = _choices(tables, items, tongues, overlay=overlay)
    items = [_with_choices(item, choices) for item in items]
    remark_on_columns(tables["survey"], notes)
    for group in groups:
        if group.is_repeat:
            spot = group.row.cell("type").spot
            notes.refuse(spot, f"repeats {group.name!r}: Heard asks each question once")
    return Form(notes, tongues, choices, items, groups, is_own=own is not None), overlay


def _choices(
    tables: dict[str, Table], items: list[Item], tongues: Tongues, *, overlay: Overlay
) -> Choices:
    """The lists that questions name, of a form of ours all."""
    own = "heard" in tables
    near = {item.type.list_name for item in items if not item.type.is_external}
    near |= {item.row.text(MISSING) for item in items}
    far = {item.type.list_name for item in items if item.type.is_external}
    listed = [tables[name] for name in CHOICES if name in tables]
    external = [tables[name] for name in EXTERNAL if name in tables]
    return Choices(
        read_choices(listed, None if own else near, tongues, overlay=overlay),
        read_choices(external, None if own else far, tongues, overlay=overlay),
    )


def _with_choices(item: Item, choices: Choices) -> Item:
    """The item; one that offers nothing to choose can't be carried."""
    kind = item.type
    if kind.base not in ("select_one", "select_multiple", "rank"):
        return item
    if choices.of(kind.list_name, external=kind.is_external):
        return item
    sheet = "external_choices" if kind.is_external else "choices"
    why = f"chosen from the list {kind.list_name!r}, of which the sheet {sheet} has no choices"
    return replace(item, type=RowType("refused", why=why if kind.list_name else "of no list"))


def _taken(plans: Plans) -> set[int]:
    return {grid.group.order for grid in plans.grids.values() if grid.group is not None}


def _place_all(form: Form, plans: Plans, layout: Layout) -> dict[str, Any]:
    """Puts every question where it belongs; gives the words before the first and after the last."""
    edges: dict[str, Any] = {}
    for item in form.items:
        if item.row.text(KIND) in EDGES:
            edges[item.row.text(KIND)] = form.words(item.row, "label", order=item.order)
        elif item.order in plans.grids:
            grid = plans.grids[item.order]
            question = grid_of(form, grid)
            members = tuple(row.row for row in grid.rows)
            layout.add(Placed(grid.header, question, item.groups, True, members))
        elif item.order not in plans.parts:
            _place(form, plans, layout, item)
    layout.finish()
    return edges


def _place(form: Form, plans: Plans, layout: Layout, item: Item) -> None:
    row, base = item.row, item.type.base
    if item.order in plans.write_ins or row.text(KIND) == "write-in":
        return
    if base in ("device", "today", "hidden"):
        form.notes.remark(row.cell("type").spot, NOT_COLLECTED)
        return
    if base == "refused":
        form.left.add(item.order)
        if item.type.why:
            form.notes.refuse(row.cell("type").spot, f"is {item.type.why}")
        return
    question = _question(form, plans, item)
    if question is None:
        return
    # Of what is calculated, the condition is a part.
    where = True if base == "calculate" else form.condition(row.cell("relevant"), item.order)
    if where is False:
        form.notes.refuse(row.cell("relevant").spot, NEVER)
        form.left.add(item.order)
        layout.left_out(row)
        return
    layout.add(Placed(row, question, item.groups, where))


def _question(form: Form, plans: Plans, item: Item) -> dict[str, Any] | None:
    row = item.row
    cell = row.cell(KIND)
    if item.type.base == "calculate":
        found = calculation_of(form, item)
        if found is None and cell.text == "computed":
            ask = form.words(row, "label", order=item.order)
            return {"name": form.names.take(item.name), "kind": "computed", "ask": ask, "cases": []}
        return found
    if item.order in plans.headings:
        item = replace(item, type=replace(item.type, base="note"))
    question = question_of(form, item)
    if cell.text and cell.text != question["kind"]:
        if not is_known(cell.text):
            form.notes.refuse(cell.spot, f"{cell.text!r} is no kind of question")
            return question
        return as_kind(question, cell.text)
    return question


def _definition(
    form: Form,
    layout: Layout,
    edges: dict[str, Any],
    *,
    tables: dict[str, Table],
    survey: str | None,
) -> dict[str, Any]:
    pages = layout.pages
    if not pages:
        spot = Spot(tables["survey"].sheet)
        form.notes.refuse(spot, "has no question that can be carried")
    lists = share_lists(form, pages)
    settings = settings_row(tables.get("settings"))
    data = header(settings, form.tongues, form.notes, survey=survey, pages=pages)
    data = {**data, **{edge: words for edge, words in edges.items() if words}}
    data = with_own_sheet(data, tables.get("heard"), form.notes, survey=survey)
    return {**data, "lists": lists, "pages": pages}
