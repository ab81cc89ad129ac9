"""How the options of a question changed between two versions."""

from collections.abc import Iterator

from surveys.definitions.changes.change import (
    Change,
    Kind,
    canonical_condition,
    shown,
    text_changes,
    trades_places,
)
from surveys.definitions.changes.pair import Pair
from surveys.questions.base import Option, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.computed import ComputedQuestion
from surveys.questions.several import SeveralOptionsQuestion
from surveys.questions.texts import said


def option_changes(pair: Pair) -> Iterator[Change]:
    """Options and missing codes that are gone, new, reworded, moved or offered to others."""
    before, after = pair.before, pair.after
    if not isinstance(before, OptionsQuestion) or not isinstance(after, OptionsQuestion):
        yield from _missing_beside(pair)
        return
    if isinstance(after, ComputedQuestion):
        return
    was, now = _by_value(before), _by_value(after)
    yield from _gone_and_new(pair, was, now)
    for value in was:
        if value in now:
            yield from _option(pair, was[value], now[value], reason=_reason(pair, value, was, now))
    yield from _order(pair, list(was), list(now))


def _by_value(question: Question) -> dict[str, Option]:
    given = (*getattr(question, "options", ()), *getattr(question, "missing", ()))
    return {option.value: option for option in given}


def _gone_and_new(pair: Pair, was: dict[str, Option], now: dict[str, Option]) -> Iterator[Change]:
    for value in [value for value in was if value not in now]:
        what = f"the option {value!r} is no longer offered"
        if was[value].missing:
            what = f"the missing code {value!r} is no longer offered: more people are in the base"
        yield Change("breaking", pair.name, what, _label(pair, was[value]))
    for value in [value for value in now if value not in was]:
        kind: Kind = "breaking" if pair.after.kind in ("scale", "matrix") else "additive"
        what = f"the option {value!r} is new"
        if now[value].missing:
            kind = "breaking"
            what = f"the missing code {value!r} is new: who chooses it leaves the base"
        yield Change(kind, pair.name, what, "", _label(pair, now[value]))


def _missing_beside(pair: Pair) -> Iterator[Change]:
    """The missing codes of a kind without options."""
    was, now = _by_value(pair.before), _by_value(pair.after)
    yield from _gone_and_new(pair, was, now)
    for value in was:
        if value in now:
            yield from _option(pair, was[value], now[value], reason=_reason(pair, value, was, now))


def _reason(pair: Pair, value: str, was: dict[str, Option], now: dict[str, Option]) -> str:
    """Why another label means the same; no reason does for one that belongs to another code."""
    labels = [{one.value: one.label for one in options.values()} for options in (was, now)]
    return "" if trades_places(value, *labels) else pair.reason


def _option(pair: Pair, was: Option, now: Option, *, reason: str) -> Iterator[Change]:
    name, value = pair.name, now.value
    yield from text_changes(
        name,
        f"option {value!r}",
        (was.label, now.label),
        language=pair.language,
        reworded="breaking",
        continuity=reason,
    )
    yield from text_changes(
        name,
        f"hint of the option {value!r}",
        (was.hint, now.hint),
        language=pair.language,
        reworded="cosmetic",
    )
    if canonical_condition(was.show_if) != canonical_condition(now.show_if):
        words = shown(was.show_if), shown(now.show_if)
        yield Change("breaking", name, f"the option {value!r} is offered to others", *words)
    if was.exclusive != now.exclusive and isinstance(pair.after, SeveralOptionsQuestion):
        what = f"the option {value!r} {'stands alone' if now.exclusive else 'goes with others'} now"
        yield Change("breaking", name, what)
    prices = getattr(was, "pence", None), getattr(now, "pence", None)
    if prices[0] != prices[1]:
        what = f"the option {value!r} has another price"
        yield Change("breaking", name, what, *(str(pence) for pence in prices))


def _order(pair: Pair, was: list[str], now: list[str]) -> Iterator[Change]:
    orders = getattr(pair.before, "order", "given"), getattr(pair.after, "order", "given")
    if orders[0] != orders[1]:
        what = "options are shuffled now" if orders[1] == "random" else "options stand still now"
        yield Change("breaking", pair.name, what, *orders)
    elif orders[1] == "given":
        kept = [value for value in was if value in now], [value for value in now if value in was]
        if kept[0] != kept[1]:
            words = ", ".join(kept[0]), ", ".join(kept[1])
            yield Change("breaking", pair.name, "the options stand in another order", *words)


def _label(pair: Pair, option: Option) -> str:
    return str(said(option.label, pair.language))
