"""Definitions to be checked, and what is told of them."""

from typing import Any

from surveys.definitions.checks import problems_in
from surveys.definitions.schema import Definition
from tests.factories.small_routes import WORDS, definition_of

Data = dict[str, Any]
WITHHELD = {"missing": "prefer-not-to-say", "label": WORDS}
SOMETIMES = {"show_if": {"before": {"is": "a"}}}


def options(*codes: str, **more: Any) -> list[Data]:
    return [{"code": code, "label": {"en": f"Words of {code}"}, **more} for code in codes]


def ask(name: str, kind: str = "choice", **more: Any) -> Data:
    own: Data = {"options": options("a", "b")} if kind in ("choice", "choices") else {}
    own |= {"max": 9} if kind == "whole-number" else {}
    own |= {"purpose": WORDS} if kind in ("email", "phone") else {}
    return {"name": name, "kind": kind, "ask": WORDS, **own, **more}


def page(*questions: Data, **more: Any) -> Data:
    return {"questions": list(questions), **more}


def told(definition: Definition) -> list[str]:
    """Each problem as `level at path: message`."""
    return [
        f"{found.level} at {'.'.join(map(str, found.path))}: {found.message}"
        for found in problems_in(definition)
    ]


def after(*pages: Data, **more: Any) -> Definition:
    """A definition that asks one of each kind first, and then these pages."""
    first = page(
        ask("how", options=[*options("phone", "online"), WITHHELD]),
        ask("why", "choices", options=options("fear", "harm", "loss")),
        ask("calls", "whole-number"),
        ask("when", "date", accepts="month"),
        ask("at", "time"),
        ask("words", "short-text"),
        ask("read", "information"),
        ask("grid", "matrix", rows=[{"code": "police", "label": WORDS}], options=options("1", "2")),
        ask("write", "email"),
    )
    return definition_of([first, *pages], **more)
