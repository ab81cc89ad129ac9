"""Building conditions of our language, as plain and as flat as they can be written.

A rule is such a condition, or True or False where it rests on no answer at all.
"""

from collections.abc import Iterable
from typing import Any

Rule = dict[str, Any] | bool


def all_of(parts: Iterable[Rule]) -> Rule:
    """That each of the parts holds."""
    return _joined(parts, "all", empty=True)


def any_of(parts: Iterable[Rule]) -> Rule:
    """That at least one of the parts holds; tests of one field become one test."""
    joined = _joined(parts, "any", empty=False)
    if isinstance(joined, bool) or "any" not in joined:
        return joined
    merged = _merged(joined["any"])
    return merged[0] if len(merged) == 1 else {"any": merged}


def _joined(parts: Iterable[Rule], key: str, *, empty: bool) -> Rule:
    flat: list[dict[str, Any]] = []
    for part in parts:
        if isinstance(part, bool):
            if part is not empty:
                return part
            continue
        for piece in part.get(key, [part]):
            if piece not in flat:
                flat.append(piece)
    if not flat:
        return empty
    return flat[0] if len(flat) == 1 else {key: flat}


def _merged(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`is` and `in` of one field as one `in`; `any_of` of one field as one `any_of`."""
    found: dict[tuple[str, str], list[Any]] = {}
    merged: list[dict[str, Any]] = []
    for part in parts:
        field, test = next(iter(part.items()))
        operator, operand = next(iter(test.items())) if isinstance(test, dict) else ("", None)
        kind = {"is": "in", "in": "in", "any_of": "any_of"}.get(operator)
        if field in ("all", "any", "not") or kind is None:
            merged.append(part)
            continue
        codes = operand if isinstance(operand, list) else [operand]
        if (field, kind) in found:
            known = found[field, kind]
            known.extend(code for code in codes if code not in known)
        else:
            found[field, kind] = list(codes)
            merged.append({field: {kind: found[field, kind]}})
    return [_plainer(part) for part in merged]


def _plainer(part: dict[str, Any]) -> dict[str, Any]:
    """`is` in place of an `in` of one code."""
    field, test = next(iter(part.items()))
    codes = test.get("in") if isinstance(test, dict) else None
    return {field: {"is": codes[0]}} if codes and len(codes) == 1 else part


def size(rule: Rule) -> int:
    """How many tests a rule has."""
    if isinstance(rule, bool):
        return 0
    key, value = next(iter(rule.items()))
    if key in ("all", "any"):
        return sum(size(part) for part in value)
    return size(value) if key == "not" else 1


def answered_in(rule: Rule) -> frozenset[str]:
    """The fields that must have an answer for the rule to hold."""
    if isinstance(rule, bool):
        return frozenset()
    key, value = next(iter(rule.items()))
    if key == "all":
        return frozenset().union(*(answered_in(part) for part in value))
    if key == "any":
        return frozenset.intersection(*(answered_in(part) for part in value))
    if key == "not":
        # What is not true of an answer needs one, or it would be unknown.
        return answered_in(value)
    return frozenset() if value == {"answered": False} else frozenset([key])
