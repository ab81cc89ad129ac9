"""Calls for help: answers, or words that somebody writes, after which help is shown at once.

Words are found whole, whatever their case, accents, apostrophes, punctuation and line breaks. That
finds too much rather than too little ("he never said he would kill me"): the page of help harms
nobody, and no message goes anywhere by itself.
"""

import unicodedata
from collections.abc import Iterator
from functools import cache

from surveys.definitions.conditions import Answers, evaluate, tests_in
from surveys.definitions.schema import Definition

# People leave them out, and devices write them in many ways.
APOSTROPHES = dict.fromkeys(map(ord, "'`\u2018\u2019\u201b\u02b9\u02bc\u00b4\u2032\uff07"))
# Accents of Latin, Greek and Cyrillic letters; vowel signs of Arabic, and its stretching stroke.
ACCENTS = (*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640)
# Written without spaces between words, so that a phrase may begin and end anywhere.
SPACELESS = frozenset(["CJK", "HIRAGANA", "KATAKANA", "THAI", "LAO", "KHMER", "MYANMAR"])


def calls_for_help(definition: Definition, before: Answers, after: Answers) -> list[int]:
    """The positions, from 0, of the calls for help that answers make and the ones before did not.

    Answers are those on the path, with what was computed.
    """
    guard = definition.safeguarding
    return [
        call
        for call in range(len(guard.calls) if guard else 0)
        if is_made(definition, call, after) and not is_made(definition, call, before)
    ]


def is_made(definition: Definition, call: int, answers: Answers) -> bool:
    """Whether answers make the call for help at this position."""
    condition = definition.call_conditions[call]
    if condition is not None:
        return evaluate(condition, answers) is True
    return any(_written(definition, call, answers))


def caused_by(definition: Definition, call: int, answers: Answers) -> str | None:
    """The field that makes a call for help, the last of several; None where it is not made."""
    if not is_made(definition, call, answers):
        return None
    condition = definition.call_conditions[call]
    if condition is None:
        return list(_written(definition, call, answers))[-1]
    tested = {test.question for test in tests_in(condition)}
    answered = [field.name for field in definition.fields if field.name in tested & set(answers)]
    return answered[-1] if answered else None


def fields_of(definition: Definition, call: int) -> frozenset[str]:
    """The fields that a call for help looks at."""
    condition = definition.call_conditions[call]
    if condition is not None:
        return frozenset(test.question for test in tests_in(condition))
    return frozenset(
        definition.safeguarding.calls[call].words_in if definition.safeguarding else ()
    )


def holds(text: str, words: tuple[str, ...]) -> bool:
    """Whether a text has one of these words or phrases in it, as whole words.

    >>> holds("He said he’ll KILL\\nme!", ("kill me",)), holds("skill mentoring", ("kill me",))
    (True, False)
    """
    said = spelled_plainly(text)
    return any(_is_in(phrase, said) for phrase in _sought(words))


def spelled_plainly(text: str) -> str:
    """Small letters, marks and digits with one space between words; no accents or apostrophes."""
    folded = unicodedata.normalize("NFKD", text.translate(APOSTROPHES)).casefold()
    return " ".join("".join(map(_sign, folded)).split())


def _written(definition: Definition, call: int, answers: Answers) -> Iterator[str]:
    """The fields in which somebody wrote one of the words."""
    guard = definition.safeguarding
    if guard is None:
        return
    words = tuple(word for listed in guard.words.values() for word in listed)
    for name in guard.calls[call].words_in:
        answer = answers.get(name)
        if isinstance(answer, str) and holds(answer, words):
            yield name


@cache
def _sought(words: tuple[str, ...]) -> frozenset[str]:
    return frozenset(map(spelled_plainly, words)) - {""}


def _is_in(phrase: str, said: str) -> bool:
    if any(unicodedata.name(char, "").partition(" ")[0] in SPACELESS for char in phrase):
        return phrase.replace(" ", "") in said.replace(" ", "")
    return f" {phrase} " in f" {said} "


@cache
def _sign(char: str) -> str:
    """A letter, mark or digit as it is; nothing for what is not seen; a space for all else."""
    category = unicodedata.category(char)
    if ord(char) in ACCENTS or category == "Cf":
        return ""
    return char if category[0] in "LMN" else " "
