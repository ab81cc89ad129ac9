"""Random conditions and endings over fields that were asked before."""

from typing import Any

from hypothesis import strategies as st

from tests.factories.questions import Asked, Languages, text

Data = dict[str, Any]


@st.composite
def condition(draw: st.DrawFn, asked: list[Asked], *, depth: int = 2) -> Data:
    """A condition over these fields, at most so deep."""
    shape = draw(st.sampled_from(["test", "test", "test", "all", "any", "not"]))
    if depth == 0 or shape == "test":
        return draw(_test(draw(st.sampled_from(asked))))
    if shape == "not":
        return {"not": draw(condition(asked, depth=depth - 1))}
    parts = st.lists(condition(asked, depth=depth - 1), min_size=1, max_size=2)
    return {shape: draw(parts)}


@st.composite
def _test(draw: st.DrawFn, field: Asked) -> Data:
    if field.type == "answered" or draw(st.integers(0, 7)) == 0:
        return {field.name: {"answered": draw(st.booleans())}}
    if field.type == "number":
        return {field.name: draw(_compared())}
    some = st.lists(st.sampled_from(field.codes), unique=True, min_size=1, max_size=3)
    if field.type == "many" and draw(st.booleans()):
        return {field.name: draw(st.sampled_from([{"all_of": draw(some)}, {"any_of": draw(some)}]))}
    if draw(st.booleans()):
        return {field.name: {"is": draw(st.sampled_from(field.codes))}}
    return {field.name: {"in": draw(some)}}


@st.composite
def _compared(draw: st.DrawFn) -> Data:
    low = draw(st.integers(0, 20))
    if draw(st.booleans()):
        return {"between": [low, low + draw(st.integers(0, 9))]}
    return {draw(st.sampled_from(["lt", "le", "gt", "ge"])): low}


@st.composite
def ending(draw: st.DrawFn, asked: list[Asked], languages: Languages) -> Data:
    """An end-if over fields up to its own page."""
    outcome = draw(st.sampled_from(["screen-out", "safety-exit", "finish"]))
    found = {"when": draw(condition(asked)), "outcome": outcome}
    return found if outcome == "finish" else {**found, "say": draw(text(languages, lines=True))}
