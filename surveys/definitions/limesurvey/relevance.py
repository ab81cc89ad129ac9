"""From a LimeSurvey expression to a condition of ours that holds in the same cases.

LimeSurvey knows only true and false, and an unanswered question is an empty text to it; here what
rests on a missing answer is unknown, and unknown hides. So negations are carried down to the
single comparisons, and each of those says what it means for no answer.
"""

from collections.abc import Callable

from surveys.definitions.limesurvey.expressions import (
    Call,
    Compare,
    ExpressionError,
    Join,
    Literal,
    Node,
    Not,
    Sum,
    Variable,
)
from surveys.definitions.limesurvey.logic import Rule, all_of, any_of, size
from surveys.definitions.limesurvey.meanings import (
    HOLDS,
    OPPOSITE,
    Coded,
    Meaning,
    Number,
    Ticked,
    as_text,
    counted,
    present,
)

# A condition beyond this is read by nobody, and written by machines only.
MOST_TESTS = 400
MIRRORED = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "==", "!=": "!="}
# What may stand after the dot of a name in a condition.
SUFFIXES = ("", "naok", "code", "value", "valuenaok")


class Reader:
    """Reads the expressions of one place; remembers which questions they rest on."""

    def __init__(self, meaning_of: Callable[[str], Meaning]) -> None:
        self._meaning_of = meaning_of
        self.questions: set[str] = set()
        # Those that must be asked for the expression to be true at all.
        self.asked: list[Meaning] = []

    def condition(self, node: Node) -> Rule:
        """When the expression is true; raises ExpressionError where that can't be said."""
        return _bounded(present(self.asked, self.rule(node)))

    def rule(self, node: Node, *, is_true: bool = True) -> Rule:
        """When the expression is true, or when it is false, its questions being asked."""
        match node:
            case Not(part):
                return self.rule(part, is_true=not is_true)
            case Join(is_all, parts):
                join = all_of if is_all is is_true else any_of
                return join([self.rule(part, is_true=is_true) for part in parts])
            case Literal(value):
                return bool(value) is is_true if value != "0" else not is_true
            case Compare():
                return self._comparison(node, is_true)
            case Variable():
                return self._truth(self.meaning(node), is_true)
            case Call(name, arguments):
                return self._called(name, arguments, is_true)
            case Sum(operator):
                raise ExpressionError(f"it calculates (`{operator}`)")

    def meaning(self, variable: Variable) -> Meaning:
        """What a name means; the reader remembers that it was used."""
        found = self._meaning_of(variable.name)
        if variable.suffix.lower() not in SUFFIXES:
            raise ExpressionError(f"`.{variable.suffix}` of {variable.name} can't be tested")
        self.questions.add(found.question)
        if not variable.suffix.lower().endswith("naok"):
            self.asked.append(found)
        return found

    def _truth(self, meaning: Meaning, is_true: bool) -> Rule:
        """A bare name: true where it is neither empty nor 0."""
        if isinstance(meaning, Number):
            zero = meaning.compared("==", 0)
            return {"not": zero} if is_true else any_of([meaning.empty(), zero])
        if isinstance(meaning, Coded) and "0" in meaning.codes:
            zero = meaning.compared("==", "0")
            if is_true:
                return all_of([meaning.given(), {"not": zero}])
            return any_of([meaning.empty(), zero])
        return meaning.given() if is_true else meaning.empty()

    def _called(self, name: str, arguments: tuple[Node, ...], is_true: bool) -> Rule:
        match name, arguments:
            case ("is_empty", (Variable() as variable,)):
                meaning = self.meaning(variable)
                return meaning.empty() if is_true else meaning.given()
            case ("is_numeric", (Variable() as variable,)):
                meaning = self.meaning(variable)
                if isinstance(meaning, Number):
                    return meaning.given() if is_true else meaning.empty()
            case ("strlen" | "count", _):
                return self._comparison(Compare(">", Call(name, arguments), Literal(0.0)), is_true)
        raise ExpressionError(f"the function `{name}` can't be carried")

    def _comparison(self, node: Compare, is_true: bool) -> Rule:
        left, operator, right = node.left, node.operator, node.right
        if isinstance(left, Literal) and not isinstance(right, Literal):
            left, operator, right = right, MIRRORED[operator], left
        if not isinstance(right, Literal):
            raise ExpressionError("it compares two things that are both worked out from answers")
        match left:
            case Literal(value):
                return _constant(value, operator, right.value) is is_true
            case Variable():
                meaning = self.meaning(left)
                if right.value == "":
                    return _emptiness(meaning, operator, is_true)
                test = meaning.compared if is_true else meaning.failed
                return test(operator, right.value)
            case Call(name, arguments):
                return self._size(
                    name, arguments, operator if is_true else OPPOSITE[operator], right
                )
            case Sum(sign):
                raise ExpressionError(f"it calculates (`{sign}`)")
        raise ExpressionError("it compares whether something is true: write that by itself")

    def _size(self, name: str, arguments: tuple[Node, ...], operator: str, right: Literal) -> Rule:
        """`count(…)` and `strlen(…)` compared with a number."""
        number = right.value if isinstance(right.value, float) else float("nan")
        if name == "strlen" and len(arguments) == 1 and isinstance(arguments[0], Variable):
            meaning = self.meaning(arguments[0])
            if (operator, number) in ((">", 0), (">=", 1), ("!=", 0)):
                return meaning.given()
            if (operator, number) in (("==", 0), ("<", 1), ("<=", 0)):
                return meaning.empty()
        elif name == "count" and all(isinstance(a, Variable) for a in arguments):
            boxes = [self.meaning(a) for a in arguments if isinstance(a, Variable)]
            ticked = [box for box in boxes if isinstance(box, Ticked)]
            if ticked and len(ticked) == len(boxes) and number == number:
                return counted(ticked, operator, number)
        raise ExpressionError(f"the function `{name}` can't be carried in this way")


def _emptiness(meaning: Meaning, operator: str, is_true: bool) -> Rule:
    if operator not in ("==", "!="):
        raise ExpressionError(f'it puts an empty text in order (`{operator} ""`)')
    return meaning.empty() if (operator == "==") is is_true else meaning.given()


def _constant(left: str | float, operator: str, right: str | float) -> bool:
    if isinstance(left, str) != isinstance(right, str):
        left, right = as_text(left), as_text(right)
    return bool(HOLDS[operator](left, right))


def _bounded(rule: Rule) -> Rule:
    if size(rule) > MOST_TESTS:
        raise ExpressionError(f"it comes to more than {MOST_TESTS} tests, with those it rests on")
    return rule
