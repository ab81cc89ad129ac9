"""Rows that calculate: codes worked out from choices, copies, constants."""

from typing import Any

from surveys.definitions.naming import Names
from surveys.definitions.xlsform.conditions import Leaf, Translation, as_text
from surveys.definitions.xlsform.expressions import (
    Call,
    Expression,
    ExpressionError,
    Literal,
    Reference,
)
from surveys.definitions.xlsform.form import Form, pipe_to
from surveys.definitions.xlsform.notes import Spot
from surveys.definitions.xlsform.scope import Known
from surveys.definitions.xlsform.tree import Item
from surveys.definitions.xlsform.truth import Condition, all_of, chosen, tidied

MOST_CASES = 300


def calculation_of(form: Form, item: Item) -> dict[str, Any] | None:
    """A computed question; None for what is a copy, a constant, or can't be carried."""
    known = form.at[item.order]
    cell = item.row.cell("calculation")
    spot = cell.spot
    if known.expression is None:
        if not cell.text:
            form.notes.refuse(spot, "is empty: there is nothing to calculate")
        return None
    if labelled := _label_of(form, known.expression):
        form.pipes[item.name] = pipe_to(labelled.field)
        form.notes.remark(spot, f"is the label of {labelled.name}: not stored twice")
        return None
    translation = Translation(form.scope(item.order))
    try:
        found = _carried(form, item, translation.calculated(known))
    except ExpressionError as error:
        form.notes.refuse(spot, str(error))
    except RecursionError:
        form.notes.refuse(spot, "is too deeply nested")
    else:
        form.remark_on_codes(translation, spot)
        return found
    return None


def _carried(form: Form, item: Item, leaves: list[tuple[Condition, Leaf]]) -> dict[str, Any] | None:
    spot = item.row.cell("calculation").spot
    if len(leaves) == 1 and leaves[0][0] is True:
        leaf = leaves[0][1]
        if isinstance(leaf, Literal):
            form.pipes[item.name] = as_text(leaf.value)
            form.notes.remark(spot, "is the same for everybody: it is not stored with each answer")
            return None
        if isinstance(leaf, Known):
            if leaf.type == "one":
                form.pipes[item.name] = pipe_to(leaf.field)
            form.notes.remark(spot, f"is a copy of {leaf.name}: not stored twice")
            return None
        form.notes.remark(spot, "is the day of the answer, of which Heard keeps the month")
        return None
    cases = _cases(form, leaves, spot)
    if not cases:
        form.notes.refuse(spot, "never has a value")
        return None
    name = form.names.take(item.name)
    form.pipes[item.name] = pipe_to(name)
    ask = form.words(item.row, "label", order=item.order)
    return {
        "name": name,
        "kind": "computed",
        "ask": ask or dict.fromkeys(form.tongues.languages, item.name),
        "cases": cases,
    }


def _label_of(form: Form, expression: Expression) -> Known | None:
    """The question of which jr:choice-name() gives the label."""
    if not isinstance(expression, Call) or expression.name != "jr:choice-name":
        return None
    first = expression.parts[0] if expression.parts else None
    known = form.known.get(first.name) if isinstance(first, Reference) else None
    return known if known is not None and known.type == "one" else None


def _cases(form: Form, leaves: list[tuple[Condition, Leaf]], spot: Spot) -> list[dict[str, Any]]:
    """A case for each value it can have; without a value there is none."""
    codes = Names()
    given: dict[str, str] = {}
    cases: list[dict[str, Any]] = []
    for guard, leaf in leaves:
        for text, label, when in _values(form, leaf):
            if text == "":
                continue
            code = given.get(text) or given.setdefault(text, codes.take_code(text))
            condition = all_of([guard, when])
            if condition is False:
                continue
            # What is the same for all who have any value hangs on no answer.
            if condition is True:
                raise ExpressionError("has one value for everybody and another for some")
            cases.append({"code": code, "label": label, "when": tidied(condition)})
    if len(cases) > MOST_CASES:
        raise ExpressionError(f"can be more than {MOST_CASES} things")
    for text, code in given.items():
        if text != code:
            form.notes.remark(spot, f"{text!r} becomes the code {code!r}")
    return cases


def _values(form: Form, leaf: Leaf) -> list[tuple[str, dict[str, str], Condition]]:
    """What a leaf can be: the text, its label and where it is that."""
    if isinstance(leaf, Literal):
        text = as_text(leaf.value)
        return [(text, dict.fromkeys(form.tongues.languages, text), True)]
    if not isinstance(leaf, Known) or leaf.type != "one":
        raise ExpressionError("takes over an answer that is no choice: only codes can be computed")
    labels = _labels(form, leaf)
    return [
        (
            code,
            labels.get(code, dict.fromkeys(form.tongues.languages, code)),
            chosen(leaf.field, [code]),
        )
        for code in leaf.all_codes
        if code not in leaf.missing
    ]


def _labels(form: Form, known: Known) -> dict[str, dict[str, str]]:
    item = form.by_order[known.order]
    listed = form.choices.of(item.type.list_name, external=item.type.is_external)
    return {choice.code: choice.option["label"] for choice in listed}
