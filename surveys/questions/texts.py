"""Texts in several languages."""

import re
from collections.abc import Iterator
from html import escape
from typing import Annotated

from pydantic import AfterValidator, Field

# Line breaks and tabs are none that matter; others are slips of the keyboard or of a file.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def _without_controls(text: str) -> str:
    if found := CONTROL.search(text):
        raise ValueError(
            f"the control character U+{ord(found[0]):04X} can't be shown: expected words, line "
            "breaks and tabs only"
        )
    return text


Words = Annotated[str, Field(min_length=1), AfterValidator(_without_controls)]
Translated = Annotated[dict[str, Words], Field(min_length=1)]

# Languages, and scripts for those that are written in several.
RIGHT_TO_LEFT = {"ar", "ckb", "dv", "fa", "he", "ks", "ps", "sd", "syr", "ug", "ur", "yi"}
RIGHT_TO_LEFT_SCRIPTS = {"arab", "hebr", "nkoo", "syrc", "thaa"}


class Borrowed(str):
    """A text in another language than its reader asked for.

    Put on a page it says so itself, in an element of its own, so that it is read aloud and laid out
    as what it is. Anywhere else it is a text like any other.
    """

    __slots__ = ("language",)
    language: str

    @classmethod
    def where_it_differs(cls, text: str, language: str, *, wanted: str) -> str:
        """The text, borrowed unless it is in the wanted language or a variant of the same."""
        if _tongue(language) == _tongue(wanted):
            return text
        borrowed = cls(text)
        borrowed.language = language
        return borrowed

    def __html__(self) -> str:
        """How templates print it."""
        return (
            f'<span lang="{escape(self.language)}" dir="{direction(self.language)}">'
            f"{escape(str(self))}</span>"
        )


def said(text: Translated, language: str) -> str:
    """`text` in a language, else in the one it is a variant of, else in the first it has."""
    found = said_in(text, language)
    return Borrowed.where_it_differs(text[found], found, wanted=language)


def said_in(text: Translated, language: str) -> str:
    """The language in which `said` gives the text: `en` for `en-simple` without one of its own."""
    return next((tag for tag in ancestry(language) if tag in text), next(iter(text)))


def ancestry(language: str) -> Iterator[str]:
    """The language, then what it is a variant of: `zh-Hant-HK`, `zh-Hant`, `zh`."""
    while language:
        yield language
        language = language.rpartition("-")[0]


def direction(language: str) -> str:
    """Whether a language is written from the left or from the right: `ltr` or `rtl`."""
    tongue, *others = language.lower().split("-")
    if "latn" in others:
        return "ltr"
    return "rtl" if tongue in RIGHT_TO_LEFT or RIGHT_TO_LEFT_SCRIPTS & set(others) else "ltr"


def _tongue(language: str) -> str:
    return language.partition("-")[0].lower()
