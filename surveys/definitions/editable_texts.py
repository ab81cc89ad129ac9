"""What of a definition can be changed without the file: its texts, its options and rows."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import BaseModel

from surveys.definitions.checks.texts import is_text
from surveys.definitions.places import Path
from surveys.definitions.schema import Definition, Page
from surveys.questions.base import Question
from surveys.questions.fixed import FixedOptionsQuestion

LABELS = {
    "interruption": "Before anything says what it is about",
    "start": "Before the first question",
    "done": "After sending",
    "ask": "Question",
    "hint": "Help beneath it",
    "say": "Said where the survey ends here",
    "valid_says": "Said where an answer is refused",
    "purpose": "What it is asked for",
    "for": "Whose cost it is",
    "low": "Word at the low end",
    "high": "Word at the high end",
}
ITEMS = {
    "rows": "Rows",
    "missing": "Boxes to tick instead of answering",
}
# Not needed for a draft, and for publication.
NEEDED: tuple[Path, ...] = (("start",), ("done",))
MARKDOWN = ("interruption", "start", "done", "say")


@dataclass(frozen=True)
class Text:
    """One text in all languages that have it; `path` leads to it in the definition's data.

    `built_in` is what stands in its place in languages that the survey says nothing in; one that is
    needed is missing where no language has it.
    """

    path: Path
    label: str
    values: Mapping[str, str]
    is_long: bool = False
    built_in: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_needed(self) -> bool:
        """Whether nothing may be published without it."""
        return self.path in NEEDED


@dataclass(frozen=True)
class Item:
    """An option or a row: its code or missing code, and its texts by key (`label`, `hint`)."""

    value: str
    is_missing: bool
    texts: Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Items:
    """Options or rows in their order; what has more than a code and words can't be added here."""

    path: Path
    label: str
    items: tuple[Item, ...]
    can_grow: bool


def texts_of(definition: Definition) -> tuple[Text, ...]:
    """Every text that can be changed, in the order of the definition."""
    return tuple(_texts(definition, data_of(definition), ()))


def items_of(definition: Definition) -> tuple[Items, ...]:
    """Every list of options or rows whose order can be changed, in the order of the definition."""
    return tuple(_items(definition, data_of(definition), ()))


def data_of(definition: Definition) -> dict[str, Any]:
    """The definition as plain data, as its canonical text has it."""
    return definition.model_dump(mode="json", exclude_defaults=True)


def _texts(model: BaseModel, data: Mapping[str, Any], path: Path) -> Iterator[Text]:
    for name, info in type(model).model_fields.items():
        key, value = info.alias or name, getattr(model, name)
        here = (*path, key)
        if is_text(info.annotation):
            if value is not None if key in data else _is_offered(model, name):
                yield Text(here, _label(here), dict(value or {}), key in MARKDOWN)
        elif key == "labels" and isinstance(model, FixedOptionsQuestion):
            for code, words in model.BUILT_IN.items():
                own = dict(model.labels.get(code, {}))
                yield Text((*here, code), f"Label of {code}", own, built_in=words)
        elif key in data:
            yield from _texts_in(value, data[key], here)


def _texts_in(value: Any, data: Any, path: Path) -> Iterator[Text]:
    for step, part in _parts(value):
        if isinstance(part, BaseModel) and _has(data, step):
            yield from _texts(part, data[step], (*path, step))
        elif isinstance(part, tuple) and _has(data, step):
            yield from _texts_in(part, data[step], (*path, step))
    if isinstance(value, BaseModel):
        yield from _texts(value, data, path)


def _items(model: BaseModel, data: Mapping[str, Any], path: Path) -> Iterator[Items]:
    for name, info in type(model).model_fields.items():
        key, value = info.alias or name, getattr(model, name)
        if key in data:
            yield from _items_in(value, data[key], (*path, key))
        elif key == "missing" and isinstance(model, Question):
            # A question may always get its "prefer not to say".
            yield Items((*path, key), ITEMS[key], (), can_grow=True)


def _items_in(value: Any, data: Any, path: Path) -> Iterator[Items]:
    if isinstance(value, BaseModel):
        yield from _items(value, data, path)
    elif isinstance(value, tuple) and value and all(map(_is_item, value)):
        yield Items(
            path,
            ITEMS.get(str(path[-1]), "Options"),
            tuple(_as_item(entry) for entry in data),
            can_grow=not _needs_more(value[0]),
        )
    else:
        for step, part in _parts(value):
            if _has(data, step):
                yield from _items_in(part, data[step], (*path, step))


def _parts(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)


def _has(data: Any, step: str | int) -> bool:
    return step in data if isinstance(data, dict) else isinstance(data, list)


def _is_item(part: Any) -> bool:
    """Whether it is an option or a row: a code with a label, and no condition that gives it."""
    fields = type(part).model_fields if isinstance(part, BaseModel) else {}
    return {"code", "label"} <= set(fields) and "when" not in fields


def _needs_more(item: BaseModel) -> bool:
    """Whether such an item must have more than a code and a label: a price, for one."""
    fields = type(item).model_fields
    return any(info.is_required() for name, info in fields.items() if name not in ("code", "label"))


def _as_item(entry: Mapping[str, Any]) -> Item:
    texts = {key: dict(entry[key]) for key in entry if isinstance(entry[key], dict)}
    texts.pop("show_if", None)
    return Item(value_of(entry), "missing" in entry, texts)


def _is_offered(model: BaseModel, name: str) -> bool:
    """Whether a text that is not there may be added."""
    match model:
        case Definition():
            return name in ("interruption", "start", "done")
        case Page():
            return name == "title" and len(model.questions) > 1
        case Question():
            return name == "hint" or (name == "valid_says" and model.valid_if is not None)
        case _:
            return False


def _label(path: Path) -> str:
    key = str(path[-1])
    if path[0] == "safeguarding":
        return f"Said where somebody calls for help, {int(path[2]) + 1}"
    # Those of nets stand together on one page.
    of = f" of {path[1]}" if path[0] == "nets" else ""
    return LABELS.get(key, key.replace("_", " ").capitalize()) + of


def value_of(item: Mapping[str, Any]) -> str:
    """What an option or row is known by."""
    return str(item.get("code") or item.get("missing"))
