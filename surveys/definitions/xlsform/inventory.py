"""Every name of a form and what it stands for here, before any row is carried."""

from surveys.definitions.naming import CODE, as_code
from surveys.definitions.xlsform.choices import codes_of
from surveys.definitions.xlsform.form import Form
from surveys.definitions.xlsform.own_columns import KIND
from surveys.definitions.xlsform.plans import Grid, Plans
from surveys.definitions.xlsform.ranges import as_scale
from surveys.definitions.xlsform.scope import Known, Type
from surveys.definitions.xlsform.tree import Item

TYPES: dict[str, Type] = {
    "select_one": "one",
    "select_multiple": "many",
    "rank": "rank",
    "text": "words",
    "integer": "whole",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "datetime": "left-out",
    "note": "nothing",
    "acknowledge": "one",
    "calculate": "calculated",
    "hidden": "device",
    "today": "today",
    "device": "device",
    "refused": "left-out",
}
ACKNOWLEDGED = "OK"
OTHER = "other"
OWN_TYPES: dict[str, Type] = {"email": "left-out", "phone": "left-out"}


def take_inventory(form: Form, plans: Plans) -> None:
    """Gives every row its name here, and fills `form.known`."""
    for group in form.groups:
        if group.name:
            form.known.setdefault(group.name, Known(group.name, "group", group.order))
    for item in form.items:
        # A plain question's name is the first to be kept as it is.
        if item.order in plans.parts and item.order not in plans.grids:
            continue
        if item.order in plans.grids:
            _add_grid(form, plans.grids[item.order])
        elif item.order not in plans.write_ins and item.row.text(KIND) != "write-in":
            _add(form, item, _known(form, item, plans))
    # Once all questions have their names, so that the choice that it stands beside is known.
    for item in form.items:
        if item.order in plans.write_ins:
            _add_write_in(form, item, *plans.write_ins[item.order])
    for item in form.items:
        if item.row.text(KIND) == "write-in":
            _add(form, item, Known(item.name, "words", item.order, item.name))


def _add(form: Form, item: Item, known: Known) -> None:
    form.at[item.order] = known
    if not item.name:
        return
    before = form.known.get(item.name)
    if before is None or before.type == "group":
        form.known[item.name] = known


def _known(form: Form, item: Item, plans: Plans) -> Known:
    base = item.type.base
    if item.order in plans.headings or (base == "text" and is_shown_only(item)):
        return Known(item.name, "nothing", item.order, _name(form, item))
    if base in ("hidden", "today", "device", "refused"):
        return Known(item.name, TYPES[base], item.order)
    if base == "calculate":
        return _calculated(form, item)
    field = _name(form, item)
    type_, codes = _asked(form, item)
    if item.row.text(KIND) in OWN_TYPES:
        type_ = OWN_TYPES[item.row.text(KIND)]
    listed = form.choices.of(item.type.list_name, external=item.type.is_external)
    missing = frozenset(choice.code for choice in listed if "missing" in choice.option)
    if item.type.has_other and item.name:
        codes.setdefault(OTHER, (OTHER,))
        written = Known(f"{item.name}_{OTHER}", "words", item.order, f"{field}.{OTHER}")
        form.known.setdefault(written.name, written)
    return Known(item.name, type_, item.order, field, codes, missing)


def _asked(form: Form, item: Item) -> tuple[Type, dict[str, tuple[str, ...]]]:
    base = item.type.base
    if base == "acknowledge":
        return "one", {ACKNOWLEDGED: (ACKNOWLEDGED,)}
    if base == "range":
        return as_scale(item)
    if base in ("select_one", "select_multiple", "rank"):
        listed = form.choices.of(item.type.list_name, external=item.type.is_external)
        return TYPES[base], codes_of(listed)
    return TYPES.get(base, "left-out"), {}


def is_shown_only(item: Item) -> bool:
    """Whether nobody can type into a text."""
    return item.row.says_yes("readonly")


def _calculated(form: Form, item: Item) -> Known:
    only_if = form.parsed(item.row.cell("relevant"))
    expression = form.parsed(item.row.cell("calculation"))
    type_: Type = "left-out" if expression is None else "calculated"
    return Known(item.name, type_, item.order, field="", expression=expression, only_if=only_if)


def _name(form: Form, item: Item) -> str:
    """The item's name here; a question without one is refused and called after its row."""
    cell = item.row.cell("name")
    if not cell.text and item.type.base != "note":
        form.notes.refuse(cell.spot, "is empty: a question needs a name")
    wanted = cell.text or f"{item.type.base}-{item.row.number}"
    found = form.names.take(wanted)
    if cell.text and found != wanted:
        form.notes.remark(cell.spot, f"{wanted!r} becomes {found!r}")
    return found


def _add_grid(form: Form, grid: Grid) -> None:
    name = form.names.take(grid.header.text("name") or grid.place.name)
    form.grid_names[grid.place.order] = name
    for row in grid.rows:
        code = row_code(row, name)
        codes = codes_of(form.choices.of(row.type.list_name, external=False))
        listed = form.choices.of(row.type.list_name, external=False)
        missing = frozenset(choice.code for choice in listed if "missing" in choice.option)
        known = Known(row.name, "one", row.order, f"{name}.{code}", codes, missing)
        _add(form, row, known)
        if not form.is_own:
            form.notes.remark(row.row.cell("name").spot, f"becomes {known.field}, a row of a grid")


def row_code(row: Item, grid_name: str) -> str:
    """The code of a grid's row: its name, without that of the grid before a dot."""
    bare = row.name.removeprefix(f"{grid_name}.")
    return bare if CODE.fullmatch(bare) else as_code(bare)


def _add_write_in(form: Form, item: Item, asked: Item, code: str) -> None:
    known = form.at[asked.order]
    ours = known.codes[code][0]
    form.beside.setdefault(asked.name, []).append((ours, item))
    field = f"{known.field}.{ours}"
    _add(form, item, Known(item.name, "words", item.order, field))
    form.notes.remark(
        item.row.cell("name").spot, f"becomes {field}: own words beside the choice {code!r}"
    )
