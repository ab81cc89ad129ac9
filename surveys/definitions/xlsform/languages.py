"""Which language a column is in: `English (en)`, `Français` and `Kiswahili` to BCP 47."""

import re
from functools import cache

from babel import Locale, UnknownLocaleError
from babel.core import get_global

TAG = re.compile(r"^[a-z]{2,3}(-[A-Za-z]{2,8})*$")
IN_BRACKETS = re.compile(r"\(\s*([A-Za-z]{2,3}(?:[-_][A-Za-z]{2,8})*)\s*\)\s*$")

# Spellings and names that forms use and the Unicode language data does not list.
OTHER_NAMES = {
    "afaan oromo": "om",
    "oromiffa": "om",
    "oromifa": "om",
    "tigrigna": "ti",
    "tigirigna": "ti",
    "bangla": "bn",
    "bahasa indonesia": "id",
    "bahasa melayu": "ms",
    "castellano": "es",
    "chichewa": "ny",
    "dari": "fa-AF",
    "farsi": "fa",
    "filipino": "fil",
    "kiswahili": "sw",
    "kinyarwanda": "rw",
    "kurmanji": "ku",
    "luganda": "lg",
    "mandarin": "zh",
    "chinese simplified": "zh-Hans",
    "chinese traditional": "zh-Hant",
    "simplified chinese": "zh-Hans",
    "traditional chinese": "zh-Hant",
    "myanmar": "my",
    "panjabi": "pa",
    "pidgin": "pcm",
    "pushto": "ps",
    "sorani": "ckb",
    "tagalog": "fil",
    "valenciano": "ca",
    "easy read": "en-simple",
    "easy read english": "en-simple",
}


def tag_of(name: str) -> str | None:
    """The BCP 47 tag of a language as a form's author named it; None where that is not known."""
    bracketed = IN_BRACKETS.search(name)
    if bracketed:
        # As we write it ourselves, whatever the tag.
        if TAG.fullmatch(bracketed[1]) and name == name_of(bracketed[1]):
            return bracketed[1]
        return _tag(bracketed[1])
    plain = name.strip()
    for known in (plain, plain.partition("(")[0]):
        if found := _by_name().get(_folded(known)):
            return found
    # A bare code, such as `fr` or `EN`; longer words are names.
    return _tag(plain) if re.fullmatch(r"[A-Za-z]{2}([-_][A-Za-z]{2,8})*", plain) else None


def name_of(tag: str) -> str:
    """How a header names a language: `Welsh (cy)`."""
    try:
        shown = Locale.parse(tag, sep="-").get_display_name("en")
    except (UnknownLocaleError, ValueError):
        shown = None
    if tag == "en-simple":
        shown = "Easy Read English"
    # Brackets of the name itself would hide those of the tag.
    return f"{(shown or tag).partition(' (')[0]} ({tag})"


def _tag(text: str) -> str | None:
    first, *rest = text.replace("_", "-").split("-")
    # `swa` is an older way to say `sw`.
    shortest = get_global("language_aliases").get(first.lower(), first.lower())
    tag = "-".join([shortest, *rest])
    return tag if TAG.fullmatch(tag) else None


def _folded(name: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", name.casefold()).split())


@cache
def _by_name() -> dict[str, str]:
    """Names in English and in the language itself, with what authors write beside them."""
    found: dict[str, str] = {}
    english = Locale("en")
    tags = [tag for tag in map(str, english.languages) if re.fullmatch(r"[a-z]{2,3}", tag)]
    for tag in tags:
        found.setdefault(_folded(english.languages[tag]), tag)
    for tag in tags:
        try:
            own = Locale(tag).languages.get(tag)
        except UnknownLocaleError:
            continue
        if own:
            found.setdefault(_folded(own), tag)
    return {**found, **{_folded(name): tag for name, tag in OTHER_NAMES.items()}}
