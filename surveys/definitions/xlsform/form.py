"""A form while it is read: its parts, its names, and how its cells become texts and conditions."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial

from surveys.definitions.naming import Names
from surveys.definitions.xlsform.choices import Choices
from surveys.definitions.xlsform.conditions import Translation
from surveys.definitions.xlsform.expressions import Call, Expression, ExpressionError, parse
from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.scope import Known, Scope
from surveys.definitions.xlsform.sheets import Cell, Row
from surveys.definitions.xlsform.tree import Group, Item
from surveys.definitions.xlsform.truth import Condition, all_of
from surveys.definitions.xlsform.wording import (
    NO_ANSWER,
    Tongues,
    markdown,
    plain_text,
    with_pipes,
)


@dataclass
class Form:
    """What is known of a form; `pipes` says what a calculation puts into a text."""

    notes: Notes
    tongues: Tongues
    choices: Choices
    items: list[Item]
    groups: list[Group]
    known: dict[str, Known] = field(default_factory=dict)
    # The same by the order of the rows: two rows may bear one name.
    at: dict[int, Known] = field(default_factory=dict)
    # Names of grids, by the order of their first row.
    grid_names: dict[int, str] = field(default_factory=dict)
    names: Names = field(default_factory=Names)
    pipes: dict[str, str] = field(default_factory=dict)
    # For each question of choices the texts that are asked beside some of them, by their code.
    beside: dict[str, list[tuple[str, Item]]] = field(default_factory=dict)
    # Rows that ask something and were left out, by their order.
    left: set[int] = field(default_factory=set)
    # The form was written by Heard: its pages and kinds are those of a definition.
    is_own: bool = False

    @cached_property
    def by_order(self) -> dict[int, Item]:
        return {item.order: item for item in self.items}

    def scope(self, order: int, own: str = "", columns: Mapping[str, str] | None = None) -> Scope:
        return Scope(self.known, order, own, columns)

    def words(
        self, row: Row, column: str, *, order: int, as_markdown: bool = False
    ) -> dict[str, str]:
        """The texts of a column in each language; empty where it says nothing."""
        found: dict[str, str] = {}
        for tag, cell in self.tongues.said(row, column).items():
            text = cell.text
            if not self.tongues.verbatim:
                text = markdown(text) if as_markdown else plain_text(text)
                if not as_markdown and _letters(text) != _letters(cell.text):
                    message = "has marks that Heard does not print, such as bold: the words stay"
                    self.notes.remark(cell.spot, message)
            if text := with_pipes(text, partial(self._pipe, spot=cell.spot, order=order)):
                found[tag] = text
        return found

    def _pipe(self, name: str, *, spot: Spot, order: int) -> str:
        """What stands in a text for `${name}`."""
        known = self.known.get(name)
        if name in self.pipes:
            return self.pipes[name]
        if known is not None and known.type == "one" and known.order < order:
            return pipe_to(known.field)
        message = f"puts ${{{name}}} into a text: only the label of an earlier choice can be"
        self.notes.refuse(spot, message)
        return NO_ANSWER

    def parsed(self, cell: Cell) -> Expression | None:
        """The expression in a cell; None where it is empty or, which is refused, can't be read."""
        if not cell.text:
            return None
        try:
            return parse(cell.text)
        except ExpressionError as error:
            self.notes.refuse(cell.spot, str(error))
            return None

    def condition(self, cell: Cell, order: int) -> Condition:
        """Where the expression in a cell is true; always, where the cell is empty.

        Of parts joined by `and`, those that can't be carried are refused and left out.
        """
        expression = self.parsed(cell)
        if expression is None:
            return True
        return all_of(
            self.part(part, cell.spot, self.scope(order)) for part in conjuncts(expression)
        )

    def part(self, expression: Expression, spot: Spot, scope: Scope) -> Condition:
        """Where an expression is true; always, where it can't be carried, which is refused."""
        translation = Translation(scope)
        try:
            found = translation.true(expression)
        except ExpressionError as error:
            self.notes.refuse(spot, str(error))
            return True
        except RecursionError:
            self.notes.refuse(spot, "is too deeply nested")
            return True
        self.remark_on_codes(translation, spot)
        return found

    def remark_on_codes(self, translation: Translation, spot: Spot) -> None:
        """Tells of codes that an expression looks for and no question offers."""
        for name, code in translation.unknown_codes:
            self.notes.remark(spot, f"{name} has no choice {code!r}: that is never the case")


def pipe_to(field_name: str) -> str:
    """Our mark for the label of an earlier answer."""
    return f"{{{{{field_name}|{NO_ANSWER}}}}}"


def conjuncts(expression: Expression) -> list[Expression]:
    """The parts that `and` joins at the top of an expression."""
    if isinstance(expression, Call) and expression.name == "and":
        return [inner for part in expression.parts for inner in conjuncts(part)]
    return [expression]


def _letters(text: str) -> str:
    return "".join(text.split())
