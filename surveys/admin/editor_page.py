"""The form of a part as its template draws it: boxes side by side for each language."""

from collections.abc import Mapping
from typing import Any

from surveys.admin.editor_form import (
    MISSING_CODES,
    PartForm,
    Row,
    field_name,
    first_words,
    text_keys,
)
from surveys.definitions.editable_texts import Items, Text
from surveys.questions.texts import ancestry, direction
from surveys.respond.language import own_name

MISSING_SAID = {
    "prefer-not-to-say": "Prefer not to say",
    "dont-know": "Don’t know",
    "does-not-apply": "Does not apply",
}


def shown(form: PartForm) -> dict[str, Any]:
    """The form as its template draws it."""
    named = {field_name("text", form.part, text.path): text for text in form.part.texts}
    blocks = {field_name("items", form.part, block.path): block for block in form.part.items}
    return {
        "texts": [
            _text_shown(name, named[name], values, form.languages)
            for name, values in form.texts.items()
        ],
        "blocks": [
            _block_shown(name, blocks[name], rows, form.languages)
            for name, rows in form.blocks.items()
            if not form.is_too_long
        ],
    }


def _text_shown(
    name: str, text: Text, values: Mapping[str, str], languages: tuple[str, ...]
) -> dict[str, Any]:
    return {
        "label": text.label,
        "is_long": text.is_long,
        "tongues": [
            _tongue(
                name,
                tag,
                values,
                built_in=text.built_in,
                least=2,
                is_needed=text.is_needed,
            )
            for tag in languages
        ],
    }


def _block_shown(
    name: str, block: Items, rows: list[Row], languages: tuple[str, ...]
) -> dict[str, Any]:
    takes_codes = str(block.path[-1]) != "missing"
    return {
        "name": name,
        "label": block.label,
        "can_grow": block.can_grow,
        "takes_codes": takes_codes,
        "missing_codes": [(code, MISSING_SAID[code]) for code in MISSING_CODES],
        "languages": [own_name(tag) for tag in languages],
        "rows": [
            {
                "row": row,
                "name": f"{name}:{i}",
                "at": i,
                "is_first": i == 0,
                "is_last": i == len(rows) - 1,
                "label": first_words(row, languages) or row.value or f"{i + 1}",
                "texts": [
                    [_tongue(f"{name}:{i}:{key}", tag, row.texts.get(key, {})) for tag in languages]
                    for key in text_keys(rows)
                ],
            }
            for i, row in enumerate(rows)
        ],
    }


def _tongue(
    name: str,
    tag: str,
    values: Mapping[str, str],
    *,
    built_in: Mapping[str, str] | None = None,
    least: int = 1,
    is_needed: bool = False,
) -> dict[str, Any]:
    """One box: the words of a text in one language, or what stands in for them."""
    words = values.get(tag, "")
    there = {other: said for other, said in {**(built_in or {}), **values}.items() if said.strip()}
    lent_by = next((other for other in ancestry(tag) if other in there), "")
    return {
        "name": f"{name}:{tag}",
        "tag": tag,
        "language": own_name(tag),
        "direction": direction(tag),
        "words": words,
        "instead": (built_in or {}).get(tag, ""),
        "is_missing": (is_needed or bool(there)) and not lent_by,
        "lent_by": own_name(lent_by) if lent_by and lent_by != tag else "",
        "rows": min(24, max(least, words.count("\n") + len(words) // 55 + 1)),
    }
