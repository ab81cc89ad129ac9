"""One change between two versions of a survey, and what it does to figures over time.

A change in what is measured makes a break in a series, which must be told from a change in the
world (OECD, Data and Metadata Reporting and Presentation Handbook, 2007, section 7.2). What counts
as one is decided here once:

- Other words are another question, unless its author says why they mean the same (`continuity`).
  No reason speaks for a label that is, or was, that of another code: the codes changed places.
- So is another order of the options that people see: British moved before English in the Census of
  2021, and the answers are not comparable with those of 2011, says the Office for National
  Statistics.
- So is another set of missing codes: they stand outside the base, and offering "don't know" moves
  people out of it (Pew Research Center, How adding a "don't know" response option can affect
  cross-national survey results, 2023; Elkjær and Wlezien, 2024).
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from surveys.questions.texts import Translated, said

# Cosmetic: figures before and after join. Additive: they join, and something begins here.
# Breaking: they don't join.
Kind = Literal["cosmetic", "additive", "breaking"]


@dataclass(frozen=True)
class Change:
    """What changed: of a question, of a part of one such as a row, or of the survey (`field` "").

    `before` and `after` are for reading; "" where there was or is nothing. `reason` is why other
    words mean the same, by their author.
    """

    kind: Kind
    field: str
    what: str
    before: str = ""
    after: str = ""
    reason: str = ""


def same_words(one: str, other: str) -> bool:
    """Whether two texts differ in capitals, spaces and punctuation at most."""
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """Letters, digits and signs such as £ and %, in small letters, single spaces between."""
    marks = "".join(" " if _is_mark(sign) else sign for sign in text.casefold())
    return re.sub(r"\s+", " ", marks).strip()


def _is_mark(sign: str) -> bool:
    return sign != "%" and unicodedata.category(sign)[0] in "PZC"


def text_changes(
    field: str,
    name: str,
    texts: tuple[Translated | None, Translated | None],
    *,
    language: str,
    reworded: Kind,
    continuity: str = "",
) -> Iterator[Change]:
    """How a text changed; `reworded` is what other words in the first language do.

    With a reason of `continuity` they do nothing, and the reason is told.
    """
    before, after = texts[0] or {}, texts[1] or {}
    if before == after:
        return
    was, now = _first(before, language), _first(after, language)
    if was == now:
        tongues = sorted(tag for tag in {*before, *after} if before.get(tag) != after.get(tag))
        shown = before.get(tongues[0], ""), after.get(tongues[0], "")
        what = f"{name}: the words changed in {', '.join(tongues)}"
        yield Change("cosmetic", field, what, *shown)
    elif same_words(was, now):
        yield Change("cosmetic", field, f"{name}: capitals or punctuation changed", was, now)
    elif continuity and reworded == "breaking":
        what = f"{name} reworded, and said to mean the same: {continuity}"
        yield Change("cosmetic", field, what, was, now, reason=continuity)
    elif not was or not now:
        what = f"{name} {'taken out' if was else 'put in'}"
        yield Change(reworded, field, what, was, now)
    else:
        yield Change(reworded, field, f"{name} reworded", was, now)


def trades_places(
    code: str, before: Mapping[str, Translated], after: Mapping[str, Translated]
) -> bool:
    """Whether a code's label is now one that another has or had, or its own went to another."""
    for tag in {*before[code], *after[code]}:
        was, now = before[code].get(tag, ""), after[code].get(tag, "")
        if same_words(was, now):
            continue
        others_before = [label.get(tag, "") for other, label in before.items() if other != code]
        others_after = [label.get(tag, "") for other, label in after.items() if other != code]
        taken = any(now and same_words(now, label) for label in (*others_before, *others_after))
        if taken or any(was and same_words(was, label) for label in others_after):
            return True
    return False


def _first(text: Translated, language: str) -> str:
    return str(said(text, language)) if text else ""


def canonical_condition(data: Mapping[str, Any] | None) -> str:
    """A condition as one text, the same for all ways of writing it that differ in order only."""
    return "" if data is None else json.dumps(_sorted(data), ensure_ascii=False, sort_keys=True)


def _sorted(data: Any) -> Any:
    if not isinstance(data, Mapping):
        return str(data) if isinstance(data, int) and not isinstance(data, bool) else data
    found: dict[str, Any] = {}
    for key, value in data.items():
        if key in ("all", "any") and isinstance(value, list):
            parts = {json.dumps(_sorted(part), sort_keys=True): _sorted(part) for part in value}
            if len(parts) == 1:
                # All or any of one condition is that condition.
                return next(iter(parts.values()))
            found[key] = [parts[text] for text in sorted(parts)]
        elif key in ("in", "any_of", "all_of") and isinstance(value, list):
            found[key] = sorted({str(code) for code in value})
        else:
            found[key] = _sorted(value) if not isinstance(value, list) else list(value)
    return found


def shown(data: Mapping[str, Any] | None) -> str:
    """A condition as its author might write it: `{how: {is: phone}}`."""
    return "" if data is None else json.dumps(data, ensure_ascii=False).replace('"', "")
