"""The rows in which LimeSurvey kept conditions before it had expressions (up to version 1.91).

Within a scenario the conditions on one question are alternatives, and those on several questions
must all hold; scenarios are alternatives (manual of LimeSurvey, "Setting conditions").
"""

from collections.abc import Iterable

from surveys.definitions.limesurvey.expressions import (
    Call,
    Compare,
    ExpressionError,
    Join,
    Literal,
    Node,
    Variable,
)
from surveys.definitions.limesurvey.survey import LimeQuestion
from surveys.definitions.limesurvey.tables import Row

METHODS = {"==": "==", "": "==", "!=": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}


def from_rows(rows: Iterable[Row], questions: dict[str, LimeQuestion]) -> Node:
    """The expression that the rows of one question amount to; `questions` is by their number."""
    scenarios: dict[str, dict[str, list[Node]]] = {}
    for row in rows:
        by_question = scenarios.setdefault(row["scenario"], {})
        by_question.setdefault(row["cqid"], []).append(_condition(row, questions))
    each = [
        _join([_join(nodes, is_all=False) for nodes in by_question.values()], is_all=True)
        for by_question in scenarios.values()
    ]
    return _join(each, is_all=False)


def _join(nodes: list[Node], *, is_all: bool) -> Node:
    return nodes[0] if len(nodes) == 1 else Join(is_all, tuple(nodes))


def _condition(row: Row, questions: dict[str, LimeQuestion]) -> Node:
    field, value = row["cfieldname"].strip(), row["value"].strip()
    method = METHODS.get(row["method"].strip())
    if field.startswith("{"):
        raise ExpressionError(f"{field} is known to LimeSurvey alone, not an answer")
    if method is None:
        raise ExpressionError(f"the method {row['method']!r} can't be carried")
    if value.startswith(("@", "{")):
        raise ExpressionError("it compares two things that are both worked out from answers")
    asked = questions.get(row["cqid"])
    if asked is not None and asked.is_of_boxes and not field.startswith("+"):
        # The box is in the value: 12X3X4 == SQ001 says that SQ001 is ticked.
        field, value = f"{field}{value}", "Y"
    variable = Variable(field.removeprefix("+"), "NAOK")
    if value == "" and method in ("==", "!="):
        empty = Call("is_empty", (variable,))
        return empty if method == "==" else Compare("!=", variable, Literal(""))
    return Compare(method, variable, Literal(value))
