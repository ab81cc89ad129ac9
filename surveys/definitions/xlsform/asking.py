"""A question of ours as rows of the sheet `survey`."""

from collections.abc import Iterator
from typing import Any

from surveys.definitions.schema import Definition
from surveys.definitions.xlsform.own_columns import KIND, MISSING, SENSITIVE, STAGE
from surveys.definitions.xlsform.own_kinds import POINTS
from surveys.definitions.xlsform.rows import said
from surveys.definitions.xlsform.spelling import spelled
from surveys.questions.base import Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.fixed import FixedOptionsQuestion

Data = dict[str, Any]
Cells = dict[str, str]

TYPES = {
    "information": "note",
    "choice": "select_one",
    "scale": "select_one",
    "yes-no": "select_one",
    "consent": "select_one",
    "money-option": "select_one",
    "place": "select_one",
    "matrix": "select_one",
    "statements": "select_one",
    "choices": "select_multiple",
    "priorities": "select_multiple",
    "ranking": "rank",
    "whole-number": "integer",
    "decimal": "decimal",
    "date": "date",
    "time": "time",
    "short-text": "text",
    "long-text": "text",
    "email": "text",
    "phone": "text",
    "computed": "calculate",
}
APPEARANCES = {"scale": "likert", "long-text": "multiline"}
DATES = {"month": "month-year", "year": "year"}


def list_of(question: Question) -> str:
    """The list that a question chooses from; one of its own has a dot in its name."""
    name = getattr(question, "list", None)
    return str(name) if name else f"{question.name}.options"


def rows_of(question: Question, data: Data, definition: Definition) -> Iterator[Cells]:
    """The rows that ask a question, the first of which is its own."""
    if "rows" in data:
        yield from _grid(question, data, definition)
        return
    yield {
        "type": _type(question),
        "name": question.name,
        **said("label", data["ask"]),
        **said("hint", data.get("hint")),
        "required": "yes" if question.required else "",
        "relevant": spelled(data.get("show_if"), definition),
        "constraint": _constraint(question, data, definition),
        **said("constraint_message", data.get("valid_says")),
        "appearance": _appearance(question, data),
        "parameters": "randomize=true" if data.get("order") == "random" else "",
        "calculation": _calculation(data, definition),
        KIND: POINTS if "points" in data else question.kind,
        **_own(question),
        MISSING: f"{question.name}.missing" if missing_beside(question, data) else "",
    }
    for field in question.fields[1:]:
        code = field.name.rpartition(".")[2]
        yield {
            "type": "text",
            "name": field.name,
            **said("label", dict(field.ask)),
            "relevant": f"selected(${{{question.name}}}, '{code}')",
            KIND: "write-in",
        }


def missing_beside(question: Question, data: Data) -> list[Data]:
    """The missing codes that stand apart from what a question offers, or from what is typed."""
    found: list[Data] = data.get("missing", [])
    is_listed = isinstance(question, FixedOptionsQuestion) or "points" in data
    return [] if is_listed else found


def _grid(question: Question, data: Data, definition: Definition) -> Iterator[Cells]:
    yield {
        "type": "begin_group",
        "name": question.name,
        **said("label", data["ask"]),
        **said("hint", data.get("hint")),
        "relevant": spelled(data.get("show_if"), definition),
        "appearance": "table-list",
        KIND: question.kind,
        **_own(question),
    }
    for row in data["rows"]:
        yield {
            "type": _type(question),
            "name": f"{question.name}.{row['code']}",
            **said("label", row["label"]),
            "required": "yes" if question.required else "",
        }
    yield {"type": "end_group"}


def _own(question: Question) -> Cells:
    return {SENSITIVE: "yes" if question.sensitive else "", STAGE: question.stage or ""}


def _type(question: Question) -> str:
    base = TYPES[question.kind]
    chooses = isinstance(question, OptionsQuestion) and not question.is_computed
    return f"{base} {list_of(question)}" if chooses else base


def _appearance(question: Question, data: Data) -> str:
    if question.kind == "date":
        return DATES.get(data.get("accepts", ""), "")
    return APPEARANCES.get(question.kind, "")


def _constraint(question: Question, data: Data, definition: Definition) -> str:
    parts = [*_bounds(question, data), *_limits(question, data)]
    if data.get("valid_if"):
        parts.append(spelled(data["valid_if"], definition, own=question.name))
    return " and ".join(parts)


def _bounds(question: Question, data: Data) -> Iterator[str]:
    if question.kind in ("whole-number", "decimal"):
        low, high = getattr(question, "min", 0), getattr(question, "max", 0)
        yield f". >= {low:g}" if isinstance(low, float) else f". >= {low}"
        yield f". <= {high:g}" if isinstance(high, float) else f". <= {high}"
    for key, sign in (("earliest", ">="), ("latest", "<=")):
        bound = data.get(key)
        if bound == "today":
            yield f". {sign} today()"
        elif bound and question.kind == "time":
            yield f"decimal-time(.) {sign} decimal-time('{bound}')"
        elif bound:
            yield f". {sign} date('{(bound + '-01-01')[:10]}')"


def _limits(question: Question, data: Data) -> Iterator[str]:
    most = getattr(question, "limit", None)
    if most is not None:
        yield f"count-selected(.) <= {most}"
    if question.kind in ("short-text", "long-text"):
        yield f"string-length(.) <= {getattr(question, 'max_length', 0)}"
    if TYPES[question.kind] == "select_multiple" and isinstance(question, OptionsQuestion):
        for option in question.options:
            if option.exclusive or option.missing:
                yield f"not(selected(., '{option.value}') and count-selected(.) > 1)"


def _calculation(data: Data, definition: Definition) -> str:
    """The cases of a computed value, the first true one deciding."""
    found = "''"
    for case in reversed(data.get("cases", [])):
        found = f"if({spelled(case['when'], definition)}, '{case['code']}', {found})"
    return found if "cases" in data else ""
