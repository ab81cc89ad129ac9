"""Changing a definition without the file: every text in every language, options, rows, their order.

Conditions, kinds, names and codes stay as they are: they decide who is asked what and what is
counted, and belong in the file. Nothing changed gives the same definition, byte for byte.
"""

from collections.abc import Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from surveys.definitions.editable_texts import Item, value_of
from surveys.definitions.places import Path


@dataclass(frozen=True)
class Changes:
    """What somebody wants: texts by path and language, items whole and in order, reasons by field.

    A text that becomes empty is taken out. An item that the definition does not have yet is new.
    """

    texts: Mapping[Path, Mapping[str, str]] = field(default_factory=dict)
    items: Mapping[Path, Sequence[Item]] = field(default_factory=dict)
    continuity: Mapping[str, str] = field(default_factory=dict)
    languages: tuple[str, ...] | None = None


def apply(data: Mapping[str, Any], changes: Changes) -> dict[str, Any]:
    """New data with the changes in it; whether it is a sound definition is for others to say."""
    changed = deepcopy(dict(data))
    for path, values in changes.texts.items():
        if any(words.strip() for words in values.values()) or _at(changed, path):
            _put(_at(changed, path[:-1], make=True), str(path[-1]), values)
    for path, items in changes.items.items():
        holder, key = _at(changed, path[:-1]), path[-1]
        old = {value_of(item): item for item in holder.get(key, ())}
        if items or key in holder:
            holder[key] = [_item(old.get(item.value), item) for item in items]
    if changes.languages is not None:
        changed["languages"] = list(changes.languages)
    reasons = changed.pop("continuity", {}) | changes.continuity
    if kept := {name: reason.strip() for name, reason in reasons.items() if reason.strip()}:
        changed["continuity"] = kept
    return changed


def _at(data: Any, path: Path, *, make: bool = False) -> Any:
    """What stands at a path; what is not there is none, or made."""
    for step in path:
        if isinstance(data, dict) and step not in data:
            if not make:
                return None
            data[step] = {}
        data = data[step]
    return data


def _put(holder: dict[str, Any], key: str, values: Mapping[str, str]) -> None:
    """Puts the words of some languages into a text; nothing left takes the text out."""
    text = dict(holder.get(key, {}))
    for language, sent in values.items():
        words = sent.replace("\r\n", "\n").strip()
        if words != text.get(language, "").strip():
            text[language] = words
        if not words:
            text.pop(language, None)
    if text:
        holder[key] = text
    else:
        holder.pop(key, None)


def _item(old: Mapping[str, Any] | None, item: Item) -> dict[str, Any]:
    kept = deepcopy(dict(old or {"missing" if item.is_missing else "code": item.value}))
    for key, values in item.texts.items():
        _put(kept, key, values)
    return kept
