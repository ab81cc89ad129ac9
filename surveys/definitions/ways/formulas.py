"""Two-valued formulas over variables of a few values each: what conditions become for a search.

A condition is true, false or unknown. "It is true" is a plain yes or no, and so is "it is false":
each is an AND and OR of statements of the form "this variable has one of these values", with no
NOT left over. Values are numbered from 0, and a set of them is the bits of an integer.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, eq=False, slots=True)
class Formula:
    """One formula; each is built once, so the same one is the same object.

    `joint` is "and", "or", or "in" for a variable and a set of its values; `variables` has a bit
    for each that it depends on.
    """

    joint: str
    variables: int
    parts: tuple["Formula", ...] = ()
    variable: int = -1
    values: int = 0


TRUE = Formula("and", 0)
FALSE = Formula("or", 0)


class Formulas:
    """Builds formulas, in their simplest form, over variables with so many values each."""

    def __init__(self, sizes: Iterable[int]) -> None:
        self._whole = [(1 << size) - 1 for size in sizes]
        self._built: dict[object, Formula] = {}
        self._given: dict[tuple[Formula, int, int], Formula] = {}

    def has(self, variable: int, values: int) -> Formula:
        """Whether the variable has one of the values."""
        if values == 0:
            return FALSE
        if values == self._whole[variable]:
            return TRUE
        key = (variable, values)
        if key not in self._built:
            bit = 1 << variable
            self._built[key] = Formula("in", bit, variable=variable, values=values)
        return self._built[key]

    def both(self, parts: Iterable[Formula]) -> Formula:
        """All of the parts."""
        return self._joined("and", parts)

    def either(self, parts: Iterable[Formula]) -> Formula:
        """At least one of the parts."""
        return self._joined("or", parts)

    def opposite(self, formula: Formula) -> Formula:
        """True exactly where the formula is false."""
        if formula.joint == "in":
            whole = self._whole[formula.variable]
            return self.has(formula.variable, whole & ~formula.values)
        parts = [self.opposite(part) for part in formula.parts]
        return self._joined("or" if formula.joint == "and" else "and", parts)

    def given(self, formula: Formula, variable: int, value: int) -> Formula:
        """What is left of a formula once a variable has its value."""
        if not formula.variables >> variable & 1:
            return formula
        if formula.joint == "in":
            return TRUE if formula.values >> value & 1 else FALSE
        key = (formula, variable, value)
        if key not in self._given:
            left = [self.given(part, variable, value) for part in formula.parts]
            self._given[key] = self._joined(formula.joint, left)
        return self._given[key]

    def _joined(self, joint: str, parts: Iterable[Formula]) -> Formula:
        """The simplest AND or OR: flat, each variable once, nothing that decides nothing."""
        nothing, all_decided = (TRUE, FALSE) if joint == "and" else (FALSE, TRUE)
        sets: dict[int, int] = {}
        rest: dict[Formula, None] = {}
        for part in _flat(joint, parts):
            if part is all_decided:
                return all_decided
            if part.joint == "in":
                before = sets.get(part.variable)
                both = part.values if before is None else _merged(joint, before, part.values)
                sets[part.variable] = both
            elif part is not nothing:
                rest[part] = None
        found = [self.has(variable, sets[variable]) for variable in sorted(sets)]
        if all_decided in found:
            return all_decided
        kept = [*found, *sorted(rest, key=id)]
        return kept[0] if len(kept) == 1 else self._build(joint, tuple(kept))

    def _build(self, joint: str, parts: tuple[Formula, ...]) -> Formula:
        if not parts:
            return TRUE if joint == "and" else FALSE
        key = (joint, parts)
        if key not in self._built:
            variables = 0
            for part in parts:
                variables |= part.variables
            self._built[key] = Formula(joint, variables, parts)
        return self._built[key]


def _flat(joint: str, parts: Iterable[Formula]) -> Iterable[Formula]:
    for part in parts:
        if part.joint == joint and part.parts:
            yield from part.parts
        else:
            yield part


def _merged(joint: str, first: int, second: int) -> int:
    return first & second if joint == "and" else first | second
