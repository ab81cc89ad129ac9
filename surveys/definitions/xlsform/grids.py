"""A grid of the form as one question with rows."""

from typing import Any

from surveys.definitions.xlsform.appearances import check_appearances
from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.options import options_for
from surveys.definitions.xlsform.own_kinds import as_kind
from surveys.definitions.xlsform.plans import Grid
from surveys.definitions.xlsform.questions import ask_of, is_required, own_keys, refuse_files


def grid_of(form: Form, grid: Grid) -> dict[str, Any]:
    """The matrix or the statements that a grid asks."""
    name = form.grid_names[grid.place.order]
    rows = []
    for item in grid.rows:
        code = form.at[item.order].field.removeprefix(f"{name}.")
        rows.append({"code": code, "label": ask_of(form, item.row, order=item.order)})
        check_appearances(form, item)
    question: dict[str, Any] = {
        "name": name,
        "kind": "matrix",
        "ask": ask_of(form, grid.header, order=grid.header_order),
        "rows": rows,
        **options_for(form, grid.place),
        "from list": grid.place.type.list_name,
    }
    refuse_files(form, grid.header)
    if hint := form.words(grid.header, "hint", order=grid.header_order):
        question["hint"] = hint
    if is_required(form, grid.place.row):
        question["required"] = True
    question |= own_keys(form, grid.header)
    return question if grid.kind == "matrix" else as_kind(question, grid.kind)
