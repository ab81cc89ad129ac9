"""What stands around a survey: its first and last page, and titles that give nothing away."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path as File

from surveys.definitions.places import Found, Path
from surveys.definitions.schema import Definition
from surveys.questions.texts import Translated

WORDS = File(__file__).resolve().parents[2] / "content" / "words.txt"


def public_words(definition: Definition) -> Iterator[Found]:
    """Pages that are missing, and titles of a discreet survey that tell what it is about."""
    for key in ("start", "done"):
        if getattr(definition, key) is None:
            yield Found((key,), f"{key}: is missing", "publication")
    if definition.discreet:
        yield from _titles(definition)
        if definition.listed:
            message = "a discreet survey that is listed can be found by whoever looks at the site"
            yield Found(("listed",), message, "advice")


def _titles(definition: Definition) -> Iterator[Found]:
    titles: list[tuple[Path, Translated]] = [(("title",), definition.title)]
    for p, page in enumerate(definition.pages):
        if page.title is not None:
            titles.append((("pages", p, "title"), page.title))
    for path, title in titles:
        for language, words in title.items():
            for word in telling_words(words):
                message = (
                    f"{word!r} in the title ({language}) tells what a discreet survey is about: "
                    "it stands in the browser's tab"
                )
                yield Found((*path, language), message, "publication")


def telling_words(text: str) -> list[str]:
    """The words of a text that surveys/content/words.txt lists, in its order."""
    said = _parted(text)
    return [word for word in _listed() if f" {_parted(word)} " in f" {said} "]


def _parted(text: str) -> str:
    """Letters with single spaces between: hyphens, dots and slashes part words too."""
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))


@cache
def _listed() -> tuple[str, ...]:
    lines = [line.strip().lower() for line in WORDS.read_text(encoding="utf-8").splitlines()]
    return tuple(line for line in lines if line and not line.startswith("#"))
