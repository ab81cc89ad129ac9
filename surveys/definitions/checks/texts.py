"""Every text of a definition, where it stands."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import UnionType
from typing import Any, Union, get_args, get_origin

from surveys.definitions.places import Path
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import questions_with_paths
from surveys.questions.base import Frozen, Translated
from surveys.questions.fixed import FixedOptionsQuestion


@dataclass(frozen=True)
class Text:
    """Words by language; `path` leads to them in the data of the definition."""

    path: Path
    words: Mapping[str, str]

    @property
    def key(self) -> str:
        """What the text is: `ask`, `label`, `title`."""
        return "label" if len(self.path) > 1 and self.path[-2] == "labels" else str(self.path[-1])


def texts_of(definition: Definition) -> Iterator[Text]:
    """The texts that somebody wrote, then the labels of options that a kind brings along."""
    yield from _in_data(definition.model_dump(), ())
    for path, question in questions_with_paths(definition):
        if isinstance(question, FixedOptionsQuestion):
            for option in question.options:
                if option.code is not None:
                    yield Text((*path, "labels", option.code), option.label)


def _in_data(data: Any, path: Path) -> Iterator[Text]:
    if isinstance(data, dict):
        for key, value in data.items():
            if key in _text_keys() and isinstance(value, dict):
                yield Text((*path, key), value)
            elif key not in ("labels", "show_if", "when", "valid_if", "continuity"):
                yield from _in_data(value, (*path, key))
    elif isinstance(data, (list, tuple)):
        for i, value in enumerate(data):
            yield from _in_data(value, (*path, i))


@cache
def _text_keys() -> frozenset[str]:
    """The keys, of any part of a definition, that hold a text in several languages."""
    return frozenset(
        info.alias or name
        for part in _parts(Frozen)
        for name, info in part.model_fields.items()
        if is_text(info.annotation)
    )


def _parts(base: type[Frozen]) -> Iterator[type[Frozen]]:
    for part in base.__subclasses__():
        yield part
        yield from _parts(part)


def is_text(annotation: Any) -> bool:
    """Whether a field of the schema is a text in several languages, or none."""
    shape = get_args(Translated)[0]
    either = get_args(annotation) if get_origin(annotation) in (Union, UnionType) else ()
    return annotation == shape or any(get_args(one)[:1] == (shape,) for one in either)
