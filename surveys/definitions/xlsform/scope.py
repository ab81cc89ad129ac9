"""What `${name}` may stand for, seen from one row of a form."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as made
from functools import cached_property
from typing import Literal

from surveys.definitions.xlsform.expressions import Expression, ExpressionError
from surveys.definitions.xlsform.sheets import plain

Type = Literal[
    "one",  # one code is chosen
    "many",  # any number of codes
    "rank",  # codes in an order
    "whole",
    "decimal",
    "date",
    "time",
    "words",  # what somebody types; never tested but for being there
    "calculated",
    "nothing",  # a note: it never has an answer
    "today",
    "device",  # what a telephone knows of itself or its user, which we do not collect
    "left-out",  # asked in the form and not carried
    "group",
]


@dataclass(frozen=True)
class Known:
    """One name of the form: what became of it here.

    `codes` has for each code of the form those of ours that stand for it: several where the form
    tells choices of one code apart by a filter.
    """

    name: str
    type: Type
    order: int
    field: str = ""
    codes: Mapping[str, tuple[str, ...]] = made(default_factory=dict)
    # Those of ours that say why there is no answer.
    missing: frozenset[str] = frozenset()
    # Of what is calculated: from what, and where at all.
    expression: Expression | None = None
    only_if: Expression | None = None

    @cached_property
    def all_codes(self) -> list[str]:
        return list(dict.fromkeys(code for codes in self.codes.values() for code in codes))


@dataclass(frozen=True)
class Scope:
    """What a row can look back to: `order` is its own place, `own` its own name."""

    names: Mapping[str, Known]
    order: int
    own: str = ""
    # In a choice filter: the cells of the choice, by column.
    columns: Mapping[str, str] | None = None

    def known(self, name: str) -> Known:
        """What a reference stands for; raises ExpressionError where it is nothing to look at."""
        found = self.names.get(name or self.own)
        if not name and not self.own:
            raise ExpressionError("has a dot, which stands for the answer in a constraint only")
        if found is None:
            raise ExpressionError(f"looks at ${{{name}}}, which the form does not have")
        if found.type == "device":
            raise ExpressionError(f"looks at ${{{name}}}, which is not collected")
        if found.type == "left-out":
            raise ExpressionError(f"looks at ${{{name}}}, which can't be carried itself")
        if found.type == "group":
            raise ExpressionError(f"looks at ${{{name}}}, which is a group of questions")
        if found.type == "calculated":
            return found
        if found.order > self.order:
            raise ExpressionError(f"looks at ${{{name}}}, which is asked later")
        if name and name != self.own and found.order == self.order:
            raise ExpressionError(f"looks at ${{{name}}}, the question itself")
        return found

    def column(self, name: str) -> str:
        """The cell that a bare word of a choice filter stands for."""
        if self.columns is None:
            raise ExpressionError(f"has the bare word {name!r}: a text needs quotation marks")
        found = self.columns.get(plain(name))
        if found is None:
            raise ExpressionError(
                f"looks at {name!r}, which is no column of the choices: a text needs quotation"
                " marks"
            )
        return found
