"""How one question changed between two versions."""

from collections.abc import Iterator
from typing import Any

from surveys.definitions.changes.change import (
    Change,
    Kind,
    canonical_condition,
    shown,
    text_changes,
    trades_places,
)
from surveys.definitions.changes.options import option_changes
from surveys.definitions.changes.pair import Pair
from surveys.questions.computed import ComputedQuestion
from surveys.questions.texts import said

TODAY = "9999"
# For each limit whether a larger value takes more answers.
LIMITS = {
    "min": False,
    "earliest": False,
    "max": True,
    "latest": True,
    "max_choices": True,
    "most": True,
    "places": True,
}
# What is another question with another value, in words.
FIXED = {"accepts": "how much of a date is asked for", "elsewhere": "the code for elsewhere"}


def question_changes(pair: Pair) -> list[Change]:
    """Everything that changed in a question but where it stands and who is asked."""
    if pair.before.kind != pair.after.kind:
        kinds = pair.before.kind, pair.after.kind
        return [Change("breaking", pair.name, "it is of another kind", *kinds)]
    return [
        *_texts(pair),
        *_rules(pair),
        *_limits(pair),
        *option_changes(pair),
        *_rows(pair),
        *_cases(pair),
    ]


def _texts(pair: Pair) -> Iterator[Change]:
    kinds: dict[str, Kind] = {"ask": "breaking", "unit": "breaking", "payer": "breaking"}
    kinds |= {"hint": "cosmetic", "valid_says": "cosmetic", "purpose": "cosmetic"}
    names = {"ask": "question", "payer": "whose cost it is", "valid_says": "what is said if wrong"}
    for key, kind in kinds.items():
        yield from text_changes(
            pair.name,
            names.get(key, key),
            (getattr(pair.before, key, None), getattr(pair.after, key, None)),
            language=pair.language,
            reworded=kind,
            continuity=pair.reason,
        )


def _rules(pair: Pair) -> Iterator[Change]:
    before, after = pair.before, pair.after
    if before.required != after.required:
        what = "it must be answered now" if after.required else "it may be skipped now"
        yield Change("breaking", pair.name, what)
    if canonical_condition(before.valid_if) != canonical_condition(after.valid_if):
        kind: Kind = "additive" if after.valid_if is None else "breaking"
        words = shown(before.valid_if), shown(after.valid_if)
        yield Change(kind, pair.name, "another rule decides which answers are taken", *words)
    for key, words_for in (("sensitive", "whether it is sensitive"), ("stage", "its stage")):
        yield from _plain_change(pair, key, words_for, "cosmetic")
    for key, words_for in FIXED.items():
        yield from _plain_change(pair, key, words_for, "breaking")
    yield from _plain_change(pair, "max_length", "how long an answer may be", "cosmetic")


def _plain_change(pair: Pair, key: str, words: str, kind: Kind) -> Iterator[Change]:
    was, now = getattr(pair.before, key, None), getattr(pair.after, key, None)
    if was != now:
        yield Change(kind, pair.name, f"{words} changed", _told(was), _told(now))


def _limits(pair: Pair) -> Iterator[Change]:
    for key, larger_is_wider in LIMITS.items():
        # What its author wrote: the places of a ranking also follow from its options.
        was, now = dict(pair.before).get(key), dict(pair.after).get(key)
        if was == now:
            continue
        is_wider = now is None or (
            was is not None and (_bound(now) > _bound(was)) == larger_is_wider
        )
        kind: Kind = "additive" if is_wider else "breaking"
        what = f"{key}: {'more' if is_wider else 'fewer'} answers are taken"
        yield Change(kind, pair.name, what, _told(was), _told(now))


def _bound(value: Any) -> Any:
    return TODAY if value == "today" else value


def _told(value: Any) -> str:
    return "" if value is None else str(value)


def _rows(pair: Pair) -> Iterator[Change]:
    was = {row.code: row for row in getattr(pair.before, "rows", ())}
    now = {row.code: row for row in getattr(pair.after, "rows", ())}
    labels = [{code: row.label for code, row in rows.items()} for rows in (was, now)]
    for code in was:
        name = f"{pair.name}.{code}"
        if code not in now:
            words = str(said(was[code].label, pair.language))
            yield Change("breaking", name, "it is no longer asked", words)
        else:
            reason = pair.continuity.get(name, pair.reason)
            yield from text_changes(
                name,
                "row",
                (was[code].label, now[code].label),
                language=pair.language,
                reworded="breaking",
                continuity="" if trades_places(code, *labels) else reason,
            )
    for code in [code for code in now if code not in was]:
        words = str(said(now[code].label, pair.language))
        yield Change("additive", f"{pair.name}.{code}", "it is asked for the first time", "", words)


def _cases(pair: Pair) -> Iterator[Change]:
    before, after = pair.before, pair.after
    if not isinstance(before, ComputedQuestion) or not isinstance(after, ComputedQuestion):
        return
    questions = before, after
    rules = [[(case.code, canonical_condition(case.when)) for case in q.cases] for q in questions]
    if rules[0] != rules[1]:
        words = ["; ".join(f"{c.code}: {shown(c.when)}" for c in q.cases) for q in questions]
        yield Change("breaking", pair.name, "it is worked out in another way", *words)
    labels = {case.code: case.label for case in before.cases}
    labels_now = {case.code: case.label for case in after.cases}
    for case in after.cases:
        if case.code in labels:
            yield from text_changes(
                pair.name,
                f"case {case.code!r}",
                (labels[case.code], case.label),
                language=pair.language,
                reworded="breaking",
                continuity="" if trades_places(case.code, labels, labels_now) else pair.reason,
            )
