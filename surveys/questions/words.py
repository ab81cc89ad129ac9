"""The product's own words in the reader's language, for the packages that know no framework.

They stand in the catalogues that the templates use, locale/<language>/LC_MESSAGES/django.po, so
one file holds all that has to be translated. English is the language of the code and has none.
"""

import gettext
from functools import cache
from pathlib import Path
from typing import NamedTuple

from surveys.questions.texts import Borrowed, ancestry

DOMAIN = "django"
SOURCE = "en"
# Where catalogues are; the first that has a language speaks it.
PLACES = [Path(__file__).resolve().parent.parent.parent / "locale"]


class Counted(NamedTuple):
    """A text that depends on a number: its two forms in English, and the value that counts."""

    one: str
    many: str
    by: str


Phrase = str | Counted


def phrase(text: str) -> str:
    """Marks a text for translation where it is written; `spoken` gives it in a language."""
    return text


def phrases(one: str, many: str, *, by: str) -> Counted:
    """Marks a text that depends on the number `by`."""
    return Counted(one, many, by)


def spoken_in(language: str) -> str:
    """The language in which a reader of `language` gets the product's words.

    That of the nearest catalogue, `cy` for `cy-GB`; English where there is none.
    """
    return next((tag for tag in ancestry(language) if tag == SOURCE or _catalogue(tag)), SOURCE)


def spoken(text: Phrase, language: str, /, **values: object) -> str:
    """The text in a language, its `{name}`s replaced by values.

    A value that is a function of the language is a text itself, such as the name of a month.
    """
    tongue = spoken_in(language)
    found = _form(text, tongue, values)
    told = found.format(**{name: _told(value, language) for name, value in values.items()})
    return Borrowed.where_it_differs(told, tongue, wanted=language)


def forget_catalogues() -> None:
    """Reads the catalogues anew when they are next asked: for tests that add one."""
    _catalogue.cache_clear()


def _form(text: Phrase, tongue: str, values: dict[str, object]) -> str:
    catalogue = _catalogue(tongue) or gettext.NullTranslations()
    if isinstance(text, Counted):
        return catalogue.ngettext(text.one, text.many, int(str(values[text.by])))
    return catalogue.gettext(text)


def _told(value: object, language: str) -> object:
    return value(language) if callable(value) else value


@cache
def _catalogue(tag: str) -> gettext.NullTranslations | None:
    for place in PLACES:
        file = place / tag.replace("-", "_") / "LC_MESSAGES" / f"{DOMAIN}.mo"
        if file.exists():
            with file.open("rb") as stream:
                return gettext.GNUTranslations(stream)
    return None
