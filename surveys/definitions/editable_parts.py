"""The parts in which a definition is edited: what a person can look over and save at once.

A part is known by a key that keeps its meaning while others edit: `about`, `list-satisfaction`,
`page-3`, `question-overall`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from surveys.definitions.editable_texts import Items, Text, data_of, items_of, texts_of
from surveys.definitions.fingerprint import fingerprint
from surveys.definitions.places import Path
from surveys.definitions.schema import Definition
from surveys.questions.base import said
from surveys.questions.texts import ancestry

# What the part about the survey as a whole holds.
ABOUT = tuple(
    (key,)
    for key in ("title", "interruption", "start", "done", "languages", "nets", "safeguarding")
)


@dataclass(frozen=True)
class Part:
    """One part: its texts that stand alone, its options and rows, and the fields they belong to.

    `texts` leaves out the words of options and rows, which stand in `items`. `mark` changes when
    anything in the part does.
    """

    key: str
    heading: str
    kind: str
    path: Path
    texts: tuple[Text, ...]
    items: tuple[Items, ...]
    fields: tuple[str, ...]
    mark: str

    def missing(self, language: str) -> int:
        """How many of its texts have words in another language and none for this one.

        What is needed is missing where no language has it, too. A variant such as Easy Read may
        borrow from its language.
        """
        alone = [(text.is_needed, {**text.built_in, **text.values}) for text in self.texts]
        listed = [
            (False, words)
            for block in self.items
            for item in block.items
            for words in item.texts.values()
        ]
        serving = set(ancestry(language))
        return sum(
            (is_needed or bool(words)) and not serving & set(words)
            for is_needed, words in (*alone, *listed)
        )


@dataclass(frozen=True)
class _Place:
    key: str
    heading: str
    kind: str
    path: Path
    # What lies below these belongs to other parts.
    without: tuple[Path, ...] = ()
    fields: tuple[str, ...] = ()


def parts_of(definition: Definition) -> tuple[Part, ...]:
    """All parts, in the order in which a person meets them; shared lists stand last."""
    data, texts, items = data_of(definition), texts_of(definition), items_of(definition)
    return tuple(
        part
        for place in _places(definition)
        if (part := _part(place, data, texts, items)).texts or part.items
    )


def part_of(definition: Definition, key: str) -> Part | None:
    """The part with that key, or None where the definition has none."""
    return next((part for part in parts_of(definition) if part.key == key), None)


def part_at(parts: tuple[Part, ...], path: Path) -> Part | None:
    """The part in which what stands at a path is edited, or None where it is not to be."""
    if path[:1] in ABOUT:
        return next((part for part in parts if part.key == "about"), None)
    holding = [part for part in parts if part.path and _is_below(path, part.path)]
    return max(holding, key=lambda part: len(part.path), default=None)


def _places(definition: Definition) -> Iterator[_Place]:
    language = definition.languages[0]
    yield _Place("about", "The survey as a whole", "title, start and end", (), (("pages",),))
    for p, page in enumerate(definition.pages):
        here: Path = ("pages", p)
        yield _Place(
            f"page-{p + 1}", f"Page {p + 1}", "title and endings", here, ((*here, "questions"),)
        )
        for q, question in enumerate(page.questions):
            yield _Place(
                f"question-{question.name}",
                said(question.ask, language),
                question.kind.replace("-", " "),
                (*here, "questions", q),
                fields=tuple(field.name for field in question.fields),
            )
    for name in definition.lists:
        users = [q for q in definition.questions if getattr(q, "list", None) == name]
        fields = tuple(field.name for question in users for field in question.fields)
        yield _Place(
            f"list-{name}",
            f"Shared list: {name.replace('-', ' ')}",
            f"options of {len(users)} question{'' if len(users) == 1 else 's'}",
            ("lists", name),
            fields=fields,
        )


def _part(
    place: _Place, data: Mapping[str, Any], texts: tuple[Text, ...], items: tuple[Items, ...]
) -> Part:
    own = tuple(block for block in items if _is_in(block.path, place))
    alone = tuple(
        text
        for text in texts
        if _is_in(text.path, place) and not any(_is_below(text.path, block.path) for block in own)
    )
    return Part(
        place.key,
        place.heading,
        place.kind,
        place.path,
        alone,
        own,
        place.fields,
        mark=_mark(place, data),
    )


def _is_in(path: Path, place: _Place) -> bool:
    if place.key == "about" and path[0] == "lists":
        return False
    return _is_below(path, place.path) and not any(_is_below(path, out) for out in place.without)


def _is_below(path: Path, root: Path) -> bool:
    return path[: len(root)] == root


def _mark(place: _Place, data: Mapping[str, Any]) -> str:
    """What shows that a part changed since somebody opened it."""
    found: Any = data
    for step in place.path:
        found = found[step]
    if place.key == "about":
        found = {key: found[key] for key in found if key not in ("pages", "lists", "version")}
    elif place.key.startswith("page-"):
        found = {key: found[key] for key in found if key != "questions"}
    reasons = [data.get("continuity", {}).get(name) for name in place.fields]
    return fingerprint(json.dumps([found, reasons], sort_keys=True))
