"""Conditions as data, put together so that what is always or never true falls away."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from surveys.definitions.xlsform.expressions import ExpressionError

# Of one condition, some four hundred tests; calculations put into each other make it explode.
LONGEST = 20_000
# What all conditions of a form may cost to put together: some seconds.
MOST_WORK = 60_000_000
_work: ContextVar[int | None] = ContextVar("work", default=None)

# True and False are conditions that do not depend on any answer.
Condition = dict[str, Any] | bool


def all_of(parts: Iterable[Condition], *, weighed: bool = False) -> Condition:
    """True where every part is; raises ExpressionError where it is weighed and too heavy."""
    return _joined("all", parts, decides=False, weighed=weighed)


def any_of(parts: Iterable[Condition], *, weighed: bool = False) -> Condition:
    """True where at least one part is; codes of one question are put together."""
    return _joined("any", parts, decides=True, weighed=weighed)


def test(field: str, operator: str, operand: Any) -> Condition:
    return {field: {operator: operand}}


def answered(field: str, whether: bool = True) -> Condition:
    return test(field, "answered", whether)


def chosen(field: str, codes: list[str]) -> Condition:
    """The one answer is among the codes; never true for none of them."""
    return {field: {"in": list(codes)}} if codes else False


def opposite(condition: Condition) -> Condition:
    """False where the condition is true; unknown stays unknown, so it says `answered` beside."""
    return (not condition) if isinstance(condition, bool) else {"not": condition}


def tidied(condition: Condition) -> Condition:
    """The same condition as an author writes it: `is a` in place of `in [a]`."""
    if isinstance(condition, bool):
        return condition
    ((key, value),) = condition.items()
    if key in ("all", "any"):
        return {key: [tidied(part) for part in value]}
    if key == "not":
        return {"not": tidied(value)}
    codes = value.get("in")
    return test(key, "is", codes[0]) if codes and len(codes) == 1 else condition


def fields_in(condition: Condition | None) -> set[str]:
    """The fields that a condition tests."""
    if condition is None or isinstance(condition, bool):
        return set()
    found: set[str] = set()
    for key, value in condition.items():
        if key in ("all", "any"):
            found |= {name for part in value for name in fields_in(part)}
        elif key == "not":
            found |= fields_in(value)
        else:
            found.add(key)
    return found


def _joined(joint: str, parts: Iterable[Condition], *, decides: bool, weighed: bool) -> Condition:
    kept: dict[str, dict[str, Any]] = {}
    for part in _flat(joint, parts):
        if isinstance(part, bool):
            if part is decides:
                return decides
            continue
        kept.setdefault(repr(part), part)
    if weighed:
        _spend(sum(map(len, kept)))
    found = list(kept.values())
    if joint == "any":
        found = _merged(found)
    if not found:
        return not decides
    return found[0] if len(found) == 1 else {joint: found}


@contextmanager
def limited_work() -> Iterator[None]:
    """Within it, conditions cost no more than those of the largest forms."""
    token = _work.set(0)
    try:
        yield
    finally:
        _work.reset(token)


def _spend(length: int) -> None:
    done = _work.get()
    if done is not None:
        done += length + 100
        _work.set(done)
    if length > LONGEST or (done or 0) > MOST_WORK:
        raise ExpressionError("is too long once the calculations that it uses are put in")


def _flat(joint: str, parts: Iterable[Condition]) -> Iterable[Condition]:
    for part in parts:
        if isinstance(part, dict) and joint in part:
            yield from part[joint]
        else:
            yield part


def _merged(parts: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """`q in [a]` or `q in [b]` as `q in [a, b]`, at the place of the first; so with `any_of`.

    `in` is used here of one answer only: of several it would mean another thing.
    """
    codes: dict[tuple[str, str], list[str]] = {}
    merged: list[dict[str, Any]] = []
    for part in parts:
        ((field, body),) = part.items()
        operator = next(iter(body)) if isinstance(body, dict) else ""
        if operator not in ("in", "any_of"):
            merged.append(part)
            continue
        key = (field, operator)
        if key not in codes:
            codes[key] = []
            merged.append({field: {operator: codes[key]}})
        codes[key] += [code for code in body[operator] if code not in codes[key]]
    return merged
