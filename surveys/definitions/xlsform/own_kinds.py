"""Kinds that XLSForm does not have, from the choices that stand for them there: `heard_kind`."""

import re
from typing import Any

from surveys.questions.consent import ConsentQuestion
from surveys.questions.fixed import FixedOptionsQuestion
from surveys.questions.registry import KINDS
from surveys.questions.statements import StatementsQuestion
from surveys.questions.yes_no import YesNoQuestion

FIXED: dict[str, type[FixedOptionsQuestion]] = {
    "yes-no": YesNoQuestion,
    "consent": ConsentQuestion,
    "statements": StatementsQuestion,
}
# A scale of which only the ends have words.
POINTS = "points"


def is_known(kind: str) -> bool:
    return kind in KINDS or kind == POINTS


def as_kind(question: dict[str, Any], kind: str) -> dict[str, Any]:
    """The question as one of another kind, as far as that has other keys."""
    found = {**question, "kind": kind}
    if kind in FIXED:
        options = found.pop("options", [])
        found.pop("from list", None)
        return found | _labels(options, FIXED[kind])
    if kind == POINTS:
        options = found.pop("options", [])
        found.pop("from list", None)
        return found | {"kind": "scale", **_points(options)}
    if kind == "priorities" and "max_choices" in found:
        found["most"] = found.pop("max_choices")
    if kind in ("email", "phone"):
        found.pop("max_length", None)
    return found


def _labels(options: list[dict[str, Any]], fixed: type[FixedOptionsQuestion]) -> dict[str, Any]:
    """The labels, unless they are those that the kind has, and the missing codes beside them."""
    said = {option["code"]: option["label"] for option in options if "code" in option}
    is_built_in = all(
        fixed.BUILT_IN.get(code, {}).get(tag) == text
        for code, label in said.items()
        for tag, text in label.items()
    )
    labels = {} if is_built_in else said
    missing = [option for option in options if "missing" in option]
    return ({"labels": labels} if labels else {}) | ({"missing": missing} if missing else {})


def _points(options: list[dict[str, Any]]) -> dict[str, Any]:
    """The ends of a scale of numbers from its first and last option."""
    numbers = [o for o in options if re.fullmatch(r"\d{1,3}", o.get("code", ""))]
    missing = [option for option in options if "missing" in option]
    if len(numbers) < 2:
        return {"options": options}
    first, last = numbers[0], numbers[-1]
    points = {
        "from": int(first["code"]),
        "to": int(last["code"]),
        "low": {tag: _words(text) for tag, text in first["label"].items()},
        "high": {tag: _words(text) for tag, text in last["label"].items()},
    }
    return {"points": points, **({"missing": missing} if missing else {})}


def _words(text: str) -> str:
    return re.sub(r"^\d+ – ", "", text) or text
