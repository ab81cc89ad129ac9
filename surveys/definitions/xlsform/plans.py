"""Rows that become parts of one question: grids, and words written beside a choice."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from surveys.definitions.xlsform.choices import Choice, Choices
from surveys.definitions.xlsform.expressions import (
    Call,
    ExpressionError,
    Literal,
    Reference,
    parse,
)
from surveys.definitions.xlsform.own_columns import KIND
from surveys.definitions.xlsform.sheets import FILES, NO, Row
from surveys.definitions.xlsform.tree import Group, Item

# Columns that a row of a grid can't keep, since only the whole grid has them.
OF_A_QUESTION = (
    "relevant",
    "constraint",
    "choice_filter",
    "default",
    "calculation",
    "readonly",
    "parameters",
    "trigger",
)
WORDS_OF_A_QUESTION = ("hint", "guidance_hint", *FILES)
# "Other" in the languages of the forms that were seen and those spoken most in Kent.
OTHER = re.compile(
    r"(others?|oth|autres?|otr[oa]s?|sonstiges?|sonstige[rn]?|andere[rs]?|anders|outr[oa]s?|altr[oi]"
    r"|inn[ey]|alt(ul|ele)|arall|eraill|nyingine|mwingine|lainnya|diğer|khác|iba|другое|інше|أخرى"
    r"|دیگر|其他|其它|अन्य|ሌላ)(?!\w)",
    re.I,
)
GRIDS = ("matrix", "statements")


@dataclass(frozen=True)
class Grid:
    """Choices from one list that become the rows of one question; `header` says its text."""

    header: Row
    header_order: int
    rows: tuple[Item, ...]
    kind: str = "matrix"
    # The group whose label it is, if that is what the header says.
    group: Group | None = None

    @property
    def place(self) -> Item:
        return self.rows[0]


@dataclass
class Plans:
    """By order of a row: the grid that begins there, rows that are parts, words beside choices."""

    grids: dict[int, Grid] = field(default_factory=dict)
    parts: set[int] = field(default_factory=set)
    # The row's order to the choice's question and code in the form.
    write_ins: dict[int, tuple[Item, str]] = field(default_factory=dict)
    # Headings of a grid that does not become one.
    headings: set[int] = field(default_factory=set)


def plan(items: list[Item], groups: list[Group], choices: Choices) -> Plans:
    """What of a form's rows belongs together."""
    plans = Plans()
    for grid in [*_own_grids(items, groups), *_grids(items), *_tables(items, groups)]:
        orders = {item.order for item in grid.rows} | {grid.header_order}
        if orders & plans.parts:
            continue
        plans.grids[grid.place.order] = grid
        plans.parts |= orders
    for item in items:
        if is_heading(item) and item.order not in plans.parts:
            plans.headings.add(item.order)
    _plan_write_ins(items, choices, plans)
    return plans


def is_heading(item: Item) -> bool:
    """Whether a choice only shows the labels of the grid beneath it."""
    return item.type.base in ("select_one", "select_multiple") and "label" in item.appearances


def _own_grids(items: list[Item], groups: list[Group]) -> Iterator[Grid]:
    for group in groups:
        kind = group.row.text(KIND)
        if kind not in GRIDS:
            continue
        rows = tuple(item for item in items if item.groups and item.groups[-1] is group)
        if rows:
            yield Grid(group.row, group.order, rows, kind, group)


def _grids(items: list[Item]) -> Iterator[Grid]:
    """A choice with the appearance `label`, and those with `list-nolabel` beneath it."""
    for i, header in enumerate(items):
        if not is_heading(header) or not _is_plain(header, header=True):
            continue
        rows = list(_run(items[i + 1 :], header, "list-nolabel"))
        if rows:
            yield Grid(header.row, header.order, tuple(rows))


def _tables(items: list[Item], groups: list[Group]) -> Iterator[Grid]:
    """All of a group with the appearance `table-list`."""
    for group in groups:
        if not group.is_table or not group.row.said("label"):
            continue
        inside = [item for item in items if group in item.groups]
        rows = list(_run(inside, inside[0], "")) if inside else []
        if rows and len(rows) == len(inside):
            yield Grid(group.row, group.order, tuple(rows), group=group)


def _run(items: list[Item], first: Item, appearance: str) -> Iterator[Item]:
    """The items from the first on that are one grid with it."""
    for item in items:
        same = (
            item.groups == first.groups
            and item.type == first.type
            and item.row.text("required") == items[0].row.text("required")
            and (not appearance or appearance in item.appearances)
        )
        if not same or not _is_plain(item):
            return
        yield item


def _is_plain(item: Item, *, header: bool = False) -> bool:
    kept = ("hint",) if header else ()
    return (
        item.type.base == "select_one"
        and not item.type.has_other
        and not item.type.is_external
        and bool(item.name)
        and not item.row.text(KIND)
        and not any(item.row.text(column) for column in OF_A_QUESTION)
        and not any(item.row.said(c) for c in WORDS_OF_A_QUESTION if c not in kept)
    )


def _plan_write_ins(items: list[Item], choices: Choices, plans: Plans) -> None:
    """Texts asked only of those who chose one choice: words beside that choice."""
    selects = {
        item.name: item
        for item in items
        if item.type.base in ("select_one", "select_multiple")
        and item.order not in plans.parts
        and item.order not in plans.headings
        and not item.row.text(KIND)
    }
    taken: set[tuple[str, str]] = set()
    for item in items:
        if item.type.base != "text" or not _is_bare_text(item):
            continue
        found = _one_choice(item.row.text("relevant"))
        if found is None or found in taken or found[0] not in selects:
            continue
        asked = selects[found[0]]
        listed = choices.of(asked.type.list_name, external=asked.type.is_external)
        is_other = any(c.original == found[1] and says_other(c) for c in listed)
        if is_other and asked.order < item.order and asked.groups == item.groups:
            taken.add(found)
            plans.write_ins[item.order] = (asked, found[1])


def says_other(choice: Choice) -> bool:
    """Whether a choice is the one for all that the list has not, by its code or its label."""
    texts = [choice.original, *choice.option["label"].values()]
    return "code" in choice.option and any(OTHER.match(text.strip()) for text in texts)


def _is_bare_text(item: Item) -> bool:
    """Whether a text asks nothing that words beside a choice could not keep."""
    columns = [c for c in OF_A_QUESTION if c != "relevant"] + ["required", "rows"]
    return (
        "multiline" not in item.appearances
        and bool(item.name)
        and not item.row.text(KIND)
        and all(item.row.text(column).lower() in NO for column in columns)
        and not any(item.row.said(column) for column in WORDS_OF_A_QUESTION)
    )


def _one_choice(text: str) -> tuple[str, str] | None:
    """The question and code, where an expression is nothing but that this was chosen."""
    try:
        expression = parse(text) if text else None
    except ExpressionError:
        return None
    if not isinstance(expression, Call) or expression.name not in ("=", "selected"):
        return None
    if len(expression.parts) != 2:
        return None
    asked, code = expression.parts
    if isinstance(asked, Reference) and isinstance(code, Literal) and isinstance(code.value, str):
        return asked.name, code.value
    return None
