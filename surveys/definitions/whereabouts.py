"""Where in a definition something stands, in words: for who has no file with lines before them."""

import re
from collections.abc import Mapping
from typing import Any

from babel import Locale, UnknownLocaleError

from surveys.definitions.places import Path

# What one thing of a list is called.
ONE_OF = {
    "pages": "page",
    "questions": "question",
    "options": "option",
    "missing": "box",
    "rows": "row",
    "cases": "case",
    "end_if": "ending",
    "breakdowns": "breakdown",
    "strata": "stratum",
    "languages": "language",
    "helplines": "helpline",
    "calls": "call for help",
}
# What one thing of these is called goes before its name.
NAMED = {"lists": "list", "nets": "net", "continuity": "continuity of"}
KEYS = {
    "ask": "wording",
    "hint": "help",
    "show_if": "condition",
    "when": "condition",
    "words_in": "where words are looked for",
    "valid_if": "what an answer must be",
    "valid_says": "what is said of an answer refused",
    "interruption": "before anything says what it is about",
    "start": "before the first question",
    "done": "after sending",
}


def in_words(data: Mapping[str, Any], path: Path) -> str:
    """ "question overall, option 3, label" for the path to it in the data of a definition."""
    found: list[str] = []
    here: Any = data
    noun = ""
    for step in path:
        if isinstance(step, int):
            if not isinstance(here, (list, tuple)) or step >= len(here):
                break
            here = here[step]
            found.append(f"{noun} {_name(here) or step + 1}".strip())
        elif noun in NAMED.values() and isinstance(here, Mapping):
            here = here.get(step)
            found.append(f"{noun} {step}")
            noun = "option" if noun == "list" else ""
        elif isinstance(here, Mapping) and (step in here or step == path[-1]):
            here = here.get(step)
            noun = NAMED.get(step) or ONE_OF.get(step, "")
            if not noun or not here:
                found.append(noun or KEYS.get(step, step.replace("_", " ")))
    return ", ".join(_from_question_on(found)) or "the survey as a whole"


def without_place(message: str, path: Path) -> str:
    """A message without the path that it begins with, for where the place stands beside it."""
    return message.removeprefix(f"{'.'.join(map(str, path))}: ")


def message_in_words(message: str, path: Path) -> str:
    """A message for who has no file before them: no path, and languages by their names."""
    told = without_place(message, path)
    told = re.sub(r"\bno text in '([^']+)'", lambda m: f"no {in_english(m[1])} text", told)
    told = re.sub(r"\bno words in '([^']+)'", lambda m: f"no {in_english(m[1])} words", told)
    return re.sub(r"\bshown in '([^']+)'", lambda m: f"shown in {in_english(m[1])}", told)


def in_english(tag: str) -> str:
    """What a language is called in English: `Welsh`; `Easy Read` for English in easy words."""
    base = tag.removesuffix("-simple")
    if base != tag:
        return "Easy Read" if base == "en" else f"{in_english(base)} Easy Read"
    try:
        return Locale.parse(tag, sep="-").get_display_name("en") or tag
    except (ValueError, UnknownLocaleError):
        return tag


def _name(thing: Any) -> str:
    return str(thing.get("name") or "") if isinstance(thing, Mapping) else ""


def _from_question_on(found: list[str]) -> list[str]:
    """A question's name says enough: on which page it stands goes without saying."""
    at = next((i for i, step in enumerate(found) if step.startswith("question ")), 0)
    return found[at:]
