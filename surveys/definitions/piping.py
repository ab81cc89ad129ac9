"""Putting the label of an earlier answer into a later text: `{{reported-by|the way you chose}}`.

Only labels of options can come in, never what somebody typed, so a text can't be made to say
anything that its author did not write.
"""

import re
from collections.abc import Callable, Iterator, Mapping

from surveys.definitions.schema import Definition
from surveys.questions.base import Answer, Translated, said
from surveys.questions.choosing import OneOptionQuestion
from surveys.questions.texts import Borrowed, said_in

PIPE = re.compile(r"\{\{\s*(?P<field>[A-Za-z0-9_.-]+)\s*(\|(?P<otherwise>[^{}]*))?\}\}")


def pipes_in(text: str) -> Iterator[tuple[str, str | None]]:
    """The fields that a text names, each with the words for when there is no answer, if any."""
    for match in PIPE.finditer(text):
        yield match["field"], match["otherwise"]


def piped(
    text: str,
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    language: str,
    escape: Callable[[str], str] = str,
) -> str:
    """`text` with labels of answers put in; `escape` is for texts that are Markdown."""
    if "{{" not in text:
        return text
    return PIPE.sub(lambda m: _words(m, definition, answers, language, escape), text)


def _words(
    match: re.Match[str],
    definition: Definition,
    answers: Mapping[str, Answer],
    language: str,
    escape: Callable[[str], str],
) -> str:
    otherwise = match["otherwise"] or ""
    field = definition.by_name.get(match["field"])
    answer = answers.get(match["field"])
    if not isinstance(field, OneOptionQuestion) or not isinstance(answer, str):
        return otherwise
    label = next((said(o.label, language) for o in field.options if o.code == answer), otherwise)
    # No label has a piece of its own: it is put in as it stands.
    return escape(label)


def say(
    text: Translated,
    definition: Definition,
    answers: Mapping[str, Answer],
    *,
    language: str,
    escape: Callable[[str], str] = str,
) -> str:
    """A text of the definition as one person reads it."""
    words = said(text, language)
    found = piped(words, definition, answers, language=language, escape=escape)
    return Borrowed.where_it_differs(found, said_in(text, language), wanted=language)


def as_markdown(text: str) -> str:
    """`text` so that Markdown shows it as it stands."""
    return re.sub(r"([\\`*_{}\[\]()#+.!<>|~-])", r"\\\1", text)
