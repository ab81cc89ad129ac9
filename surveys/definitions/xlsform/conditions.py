"""Expressions of a form as our conditions, so that both are true for the same answers."""

import math
from dataclasses import dataclass, field
from functools import partial

from surveys.definitions.xlsform import comparisons
from surveys.definitions.xlsform.comparisons import ALWAYS, MIRRORED, NEVER, Constant, Pair
from surveys.definitions.xlsform.expressions import (
    Call,
    Expression,
    ExpressionError,
    Literal,
    Name,
    Path,
    Reference,
)
from surveys.definitions.xlsform.scope import Known, Scope
from surveys.definitions.xlsform.truth import Condition, all_of, any_of

SIGNS = ("=", "!=", "<", "<=", ">", ">=")
TRUTHS = ("and", "or", "not", "true", "false", "boolean", "selected", *SIGNS)
# Functions that change nothing that we could tell.
PLAIN = ("string", "number", "int", "date", "decimal-date-time", "decimal-time", "normalize-space")
ARITHMETIC = ("+", "-", "*", "div", "mod")
# Calculations are put in where they are used, which can make much of little.
MOST_STEPS = 4_000


@dataclass(frozen=True)
class Count:
    """How many choices of a question were selected, or how long its answer is."""

    known: Known
    of: str


@dataclass(frozen=True)
class Today:
    """The day on which the form is filled in."""


_all = partial(all_of, weighed=True)
_any = partial(any_of, weighed=True)
Leaf = Literal | Known | Count | Today


@dataclass
class Translation:
    """Reads expressions within one scope; `unknown_codes` gathers codes that nothing offers."""

    scope: Scope
    unknown_codes: list[tuple[str, str]] = field(default_factory=list)
    _steps: int = 0
    _inside: tuple[str, ...] = ()

    def true(self, expression: Expression) -> Condition:
        """True exactly where the expression is."""
        return self.pair(expression).true

    def pair(self, expression: Expression) -> Pair:
        """Where the expression is true, and where it is false."""
        self._step()
        if not (isinstance(expression, Call) and expression.name in TRUTHS):
            return self._truth_of_leaves(expression)
        name, parts = expression.name, expression.parts
        if name in SIGNS:
            return self._compared(name, *_two(name, parts))
        if name in ("and", "or"):
            return self._joined(name, [self.pair(part) for part in parts])
        if name in ("true", "false"):
            return ALWAYS if name == "true" else NEVER
        if name == "selected":
            return self._selected(*_two(name, parts))
        if len(parts) != 1:
            raise ExpressionError(f"gives {name}() {len(parts)} things, not one")
        found = self.pair(parts[0])
        return found.swapped if name == "not" else found

    def leaves(self, expression: Expression) -> list[tuple[Condition, Leaf]]:
        """What a value can be, each with the condition under which it is that."""
        self._step()
        if isinstance(expression, Literal):
            return [(True, expression)]
        if isinstance(expression, Name):
            return [(True, Literal(self.scope.column(expression.name)))]
        if isinstance(expression, Path):
            raise ExpressionError(f"goes through the form by the path {expression.text}")
        if isinstance(expression, Reference):
            return self._referred(expression)
        if expression.name in TRUTHS:
            found = self.pair(expression)
            return _possible([(found.true, Literal(True)), (found.false, Literal(False))])
        return self._of_function(expression)

    def _step(self) -> None:
        self._steps += 1
        if self._steps > MOST_STEPS:
            raise ExpressionError("is too long once the calculations that it uses are put in")

    def _joined(self, name: str, pairs: list[Pair]) -> Pair:
        true, false = [pair.true for pair in pairs], [pair.false for pair in pairs]
        if name == "and":
            return Pair(_all(true), _any(false))
        return Pair(_any(true), _all(false))

    def _truth_of_leaves(self, expression: Expression) -> Pair:
        pairs = [(guard, self._truth(leaf)) for guard, leaf in self.leaves(expression)]
        return _chosen_among(pairs)

    def _truth(self, leaf: Leaf) -> Pair:
        if isinstance(leaf, Literal):
            return ALWAYS if comparisons.truth(leaf.value) else NEVER
        if isinstance(leaf, Count):
            return self._compare(">", leaf, Literal(0.0))
        if isinstance(leaf, Today):
            return ALWAYS
        if leaf.type in ("whole", "decimal"):
            nought, nothing = (comparisons.compare(leaf, "=", value) for value in (0.0, ""))
            return Pair(_all([nought.false, nothing.false]), _any([nought.true, nothing.true]))
        return comparisons.compare(leaf, "=", "").swapped

    def _compared(self, sign: str, left: Expression, right: Expression) -> Pair:
        pairs = [
            (_all([first, second]), self._compare(sign, one, other))
            for first, one in self.leaves(left)
            for second, other in self.leaves(right)
        ]
        return _chosen_among(pairs)

    def _compare(self, sign: str, left: Leaf, right: Leaf) -> Pair:
        self._step()
        if isinstance(left, Literal) and isinstance(right, Literal):
            holds = comparisons.compare_constants(sign, left.value, right.value)
            return ALWAYS if holds else NEVER
        if isinstance(left, Literal):
            return self._compare(MIRRORED[sign], right, left)
        if isinstance(left, Today) or isinstance(right, Today):
            raise ExpressionError("compares with today, which only the bounds of a date can")
        if not isinstance(right, Literal):
            raise ExpressionError("compares two answers with each other")
        if isinstance(left, Count):
            limit = comparisons.number(right.value)
            if math.isnan(limit):
                return NEVER
            counted = comparisons.count if left.of == "count" else comparisons.length
            return counted(left.known, sign, limit)
        self._notice(left, right.value, sign)
        return comparisons.compare(left, sign, right.value)

    def _selected(self, chosen: Expression, code: Expression) -> Pair:
        pairs: list[tuple[Condition, Pair]] = []
        for first, one in self.leaves(chosen):
            for second, other in self.leaves(code):
                guard = _all([first, second])
                pairs.append((guard, self._is_selected(one, other)))
        return _chosen_among(pairs)

    def _is_selected(self, chosen: Leaf, code: Leaf) -> Pair:
        self._step()
        if not isinstance(code, Literal):
            raise ExpressionError("looks whether the answer to one question is chosen in another")
        text = as_text(code.value)
        if isinstance(chosen, Literal):
            return ALWAYS if text in as_text(chosen.value).split() else NEVER
        if not isinstance(chosen, Known):
            raise ExpressionError("looks for a choice in what is no answer")
        self._notice(chosen, text, "=")
        return comparisons.selected(chosen, text)

    def _notice(self, known: Known, constant: Constant, sign: str) -> None:
        """Keeps in mind a code that the question does not offer: a slip of its author."""
        if known.type not in ("one", "many", "rank") or sign not in ("=", "!=") or constant == "":
            return
        if not comparisons.offers(known, constant):
            self.unknown_codes.append((known.name, as_text(constant)))

    def _referred(self, reference: Reference) -> list[tuple[Condition, Leaf]]:
        known = self.scope.known(reference.name)
        if known.type == "today":
            return [(True, Today())]
        if known.type == "nothing":
            return [(True, Literal(""))]
        if known.type != "calculated":
            return [(True, known)]
        return self.calculated(known)

    def calculated(self, known: Known) -> list[tuple[Condition, Leaf]]:
        """What a calculation can give, and under which conditions."""
        if known.name in self._inside or known.expression is None:
            raise ExpressionError(f"looks at ${{{known.name}}}, which is calculated from itself")
        before, self._inside = self._inside, (*self._inside, known.name)
        try:
            found = self.leaves(known.expression)
            if known.only_if is None:
                return found
            where = self.pair(known.only_if)
        finally:
            self._inside = before
        there = [(_all([where.true, guard]), leaf) for guard, leaf in found]
        return _possible([*there, (where.false, Literal(""))])

    def _of_function(self, call: Call) -> list[tuple[Condition, Leaf]]:
        name, parts = call.name, call.parts
        if name == "if" and len(parts) == 3:
            return self._either(self.pair(parts[0]), parts[1], parts[2])
        if name == "coalesce" and len(parts) == 2:
            return self._either(self._compared("!=", parts[0], Literal("")), *parts)
        if name in ("today", "now") and not parts:
            return [(True, Today())]
        if name in ("count-selected", "string-length") and len(parts) == 1:
            return [(guard, _counted(name, leaf)) for guard, leaf in self.leaves(parts[0])]
        if name in PLAIN and len(parts) == 1:
            return [(guard, _plain(name, leaf)) for guard, leaf in self.leaves(parts[0])]
        if name in ARITHMETIC or name == "concat":
            return self._worked_out(name, parts)
        if name == "jr:choice-name":
            raise ExpressionError("tests the label of a choice: labels are words, codes are tested")
        raise ExpressionError(f"uses {name}(), which has no counterpart")

    def _either(
        self, where: Pair, then: Expression, otherwise: Expression
    ) -> list[tuple[Condition, Leaf]]:
        found: list[tuple[Condition, Leaf]] = []
        for guard, part in ((where.true, then), (where.false, otherwise)):
            # A branch that is never taken need not be understood.
            if guard is not False:
                found += [(_all([guard, inner]), leaf) for inner, leaf in self.leaves(part)]
        return _possible(found)

    def _worked_out(self, name: str, parts: tuple[Expression, ...]) -> list[tuple[Condition, Leaf]]:
        """Arithmetic and texts put together, of constants only."""
        found: list[tuple[Condition, tuple[Constant, ...]]] = [(True, ())]
        for part in parts:
            values = self.leaves(part)
            if any(isinstance(leaf, Today) for _, leaf in values):
                raise ExpressionError("calculates with the day of the answer")
            if any(not isinstance(leaf, Literal) for _, leaf in values):
                doing = "puts texts together" if name == "concat" else "calculates"
                raise ExpressionError(f"{doing} with answers")
            found = [
                (_all([guard, inner]), (*before, leaf.value))
                for guard, before in found
                for inner, leaf in values
                if isinstance(leaf, Literal)
            ]
        return _possible([(guard, Literal(_result(name, values))) for guard, values in found])


def as_text(constant: Constant) -> str:
    """A constant as XPath writes it: 1 and not 1.0."""
    if isinstance(constant, bool):
        return "true" if constant else "false"
    if isinstance(constant, float):
        return str(int(constant)) if constant.is_integer() else repr(constant)
    return constant


def _two(name: str, parts: tuple[Expression, ...]) -> tuple[Expression, Expression]:
    if len(parts) != 2:
        raise ExpressionError(f"gives {name}() {len(parts)} things, not two")
    return parts[0], parts[1]


def _possible(leaves: list[tuple[Condition, Leaf]]) -> list[tuple[Condition, Leaf]]:
    return [(guard, leaf) for guard, leaf in leaves if guard is not False]


def _chosen_among(pairs: list[tuple[Condition, Pair]]) -> Pair:
    """The truth of whichever value it is."""
    return Pair(
        _any(_all([guard, pair.true]) for guard, pair in pairs),
        _any(_all([guard, pair.false]) for guard, pair in pairs),
    )


def _counted(name: str, leaf: Leaf) -> Leaf:
    if isinstance(leaf, Literal):
        text = as_text(leaf.value)
        return Literal(float(len(text.split()) if name == "count-selected" else len(text)))
    if isinstance(leaf, Known):
        return Count(leaf, "count" if name == "count-selected" else "length")
    raise ExpressionError(f"uses {name}() of what is no answer")


def _plain(name: str, leaf: Leaf) -> Leaf:
    if not isinstance(leaf, Literal):
        return leaf
    if name == "number":
        return Literal(comparisons.number(leaf.value))
    if name == "int":
        value = comparisons.number(leaf.value)
        return Literal(float(math.trunc(value))) if math.isfinite(value) else Literal(math.nan)
    if name in ("string", "normalize-space"):
        return Literal(as_text(leaf.value))
    return leaf


def _result(name: str, values: tuple[Constant, ...]) -> Constant:
    if name == "concat":
        return "".join(map(as_text, values))
    left, right = (comparisons.number(value) for value in values)
    try:
        match name:
            case "+":
                return left + right
            case "-":
                return left - right
            case "*":
                return left * right
            case "div":
                return left / right
            case _:
                return math.fmod(left, right)
    except (ZeroDivisionError, ValueError, OverflowError):
        return math.nan
