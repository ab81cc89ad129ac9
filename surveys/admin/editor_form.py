"""The form in which one part of a definition is edited: what it shows, and what was sent.

Moving, adding and removing options are buttons of the same form: each brings it back with all that
was typed, and only saving stores anything.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import get_args

from django.http import QueryDict

from surveys.definitions.editable_parts import Part
from surveys.definitions.editable_texts import Item, Items
from surveys.definitions.editing import Changes
from surveys.definitions.places import Path
from surveys.questions.base import MissingCode

MISSING_CODES: tuple[str, ...] = get_args(MissingCode)
# Django refuses a form of more than a thousand fields, and nobody looks one through.
MOST_FIELDS = 900


@dataclass(frozen=True)
class Row:
    """An option or a row as it stands in the form."""

    value: str
    is_missing: bool
    is_new: bool
    texts: Mapping[str, Mapping[str, str]]


@dataclass
class PartForm:
    """What stands in the form: words by name and language, rows by block, and the reason."""

    part: Part
    languages: tuple[str, ...]
    texts: dict[str, dict[str, str]]
    blocks: dict[str, list[Row]]
    begun: str
    # None where it was not asked for.
    reason: str | None = None
    all_languages: str = ""
    problems: list[str] = field(default_factory=list)

    @property
    def is_too_long(self) -> bool:
        """Whether there are more boxes than one form can hold."""
        n = len(self.languages)
        # Beside its words a row has its code, and whether it is a missing code.
        rows = sum(len(rows) * (2 + n * len(text_keys(rows))) for rows in self.blocks.values())
        return rows + len(self.texts) * n > MOST_FIELDS

    @property
    def wordless(self) -> list[str]:
        """Options and rows that have no words in any language, as problems: each once."""
        nouns = {"options": "option", "rows": "row", "missing": "box to tick"}
        return [
            f"{nouns.get(name.rpartition(':')[2].rpartition('.')[2], 'option')} {i} has no words"
            for name, rows in self.blocks.items()
            for i, row in enumerate(rows, 1)
            if "label" in row.texts and not first_words(row, self.languages)
        ]

    def changes(self, part: Part, old_reason: str) -> Changes:
        """What the form asks for of the part as it is now, in the terms of the definition."""
        paths = _paths(part)
        texts = {paths[name]: values for name, values in self.texts.items()}
        items = {paths[name]: _items(rows, self.languages) for name, rows in self.blocks.items()}
        reasons: dict[str, str] = {}
        if self.reason is not None and self.reason.strip() != old_reason.strip():
            reasons = dict.fromkeys(part.fields, self.reason)
        tags = (
            tuple(re.split(r"[\s,]+", self.all_languages.strip())) if self.all_languages else None
        )
        return Changes(texts, items, reasons, tags)

    def move(self, doing: str) -> None:
        """Does what a button among the options says: `up|items:options|2`."""
        act, _, rest = doing.partition("|")
        name, _, at = rest.partition("|")
        rows = self.blocks.get(name)
        if rows is None:
            return
        i = int(at) if at.isdecimal() else len(rows)
        if act == "add":
            rows.append(Row("", is_missing=False, is_new=True, texts={"label": {}}))
        elif i >= len(rows):
            return
        elif act == "remove":
            del rows[i]
        elif act in ("up", "down"):
            to = i - 1 if act == "up" else i + 1
            if 0 <= to < len(rows):
                rows[i], rows[to] = rows[to], rows[i]


def form_of(part: Part, languages: tuple[str, ...], *, reason: str, all_languages: str) -> PartForm:
    """The form as it is opened."""
    return PartForm(
        part,
        languages,
        {field_name("text", part, text.path): dict(text.values) for text in part.texts},
        {field_name("items", part, block.path): _rows(block) for block in part.items},
        begun=part.mark,
        reason=reason,
        all_languages=all_languages,
    )


def form_sent(part: Part, languages: tuple[str, ...], sent: QueryDict) -> PartForm:
    """The form as it was sent; what it says of texts that the part does not have is dropped."""
    texts = {
        name: {tag: sent.get(f"{name}:{tag}", "") for tag in languages}
        for name in (field_name("text", part, text.path) for text in part.texts)
        if any(f"{name}:{tag}" in sent for tag in languages)
    }
    blocks = {
        name: _rows_sent(name, languages, sent)
        for name in (field_name("items", part, block.path) for block in part.items)
        if f"{name}:count" in sent
    }
    return PartForm(
        part,
        languages,
        texts,
        blocks,
        begun=sent.get("begun", ""),
        reason=sent.get("reason"),
        all_languages=sent.get("languages", ""),
    )


def _rows(block: Items) -> list[Row]:
    return [Row(item.value, item.is_missing, False, item.texts) for item in block.items]


def _rows_sent(name: str, languages: tuple[str, ...], sent: QueryDict) -> list[Row]:
    count = sent.get(f"{name}:count", "0")
    return [
        _row_sent(f"{name}:{i}", languages, sent)
        for i in range(min(int(count) if count.isdecimal() else 0, MOST_FIELDS))
        if f"{name}:{i}:value" in sent or f"{name}:{i}:label:{languages[0]}" in sent
    ]


def _row_sent(name: str, languages: tuple[str, ...], sent: QueryDict) -> Row:
    texts = {
        key: {tag: sent.get(f"{name}:{key}:{tag}", "") for tag in languages}
        for key in ("label", "hint")
        if any(f"{name}:{key}:{tag}" in sent for tag in languages)
    }
    value, kind = sent.get(f"{name}:value", "").strip(), sent.get(f"{name}:kind", "")
    if kind in MISSING_CODES:
        return Row(kind, is_missing=True, is_new=True, texts=texts)
    is_missing = f"{name}:missing" in sent
    return Row(value, is_missing, f"{name}:new" in sent, texts)


def _items(rows: list[Row], languages: tuple[str, ...]) -> list[Item]:
    """The options asked for; a new one without a code gets one from its first words."""
    taken = {row.value for row in rows}
    items = []
    for row in rows:
        value = row.value or _code(first_words(row, languages), taken)
        taken.add(value)
        items.append(Item(value, row.is_missing, row.texts))
    return items


def _code(words: str, taken: set[str]) -> str:
    base = re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:50].strip("-") or "option"
    return next(
        code for n in range(1, 1000) if (code := f"{base}-{n}" if n > 1 else base) not in taken
    )


def first_words(row: Row, languages: tuple[str, ...]) -> str:
    """The words of an option in the first language that has any."""
    label = row.texts.get("label", {})
    return next((words for tag in languages if (words := label.get(tag, "").strip())), "")


def text_keys(rows: list[Row]) -> tuple[str, ...]:
    """The texts for which each row of a block has boxes: hints where any of them has one."""
    return ("label", "hint") if any("hint" in row.texts for row in rows) else ("label",)


def field_name(kind: str, part: Part, path: Path) -> str:
    """The name of a text or block in the form: `text:ask`, `items:options`."""
    return f"{kind}:{'.'.join(map(str, path[len(part.path) :]))}"


def _paths(part: Part) -> dict[str, Path]:
    """The path of each text and block by its name in the form."""
    found = {field_name("text", part, text.path): text.path for text in part.texts}
    return found | {field_name("items", part, block.path): block.path for block in part.items}
