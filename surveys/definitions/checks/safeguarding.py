"""Calls for help that could be missed, or that lead to nobody."""

from collections.abc import Iterator

from surveys.definitions.checks.names import repeated
from surveys.definitions.places import Found
from surveys.definitions.safeguarding import spelled_plainly
from surveys.definitions.schema import Definition, Safeguarding
from surveys.definitions.shape_words import did_you_mean
from surveys.questions.texts import ancestry


def safeguarding(definition: Definition) -> Iterator[Found]:
    """Calls for help without helplines, words sought nowhere, and places with no words in them."""
    guard = definition.safeguarding
    if guard is None:
        return
    if not definition.helplines:
        message = "the page that answers a call for help has nobody to name: add `helplines`"
        yield Found(("safeguarding",), message, "publication")
    yield from _searched(definition, guard)
    if any(call.words_in for call in guard.calls):
        yield from _words(definition, guard)
    elif guard.words:
        message = "these words are looked for nowhere: add a call with `words_in`"
        yield Found(("safeguarding", "words"), message, "publication")


def _searched(definition: Definition, guard: Safeguarding) -> Iterator[Found]:
    """Fields to be searched that nobody can write in, and those that nobody searches."""
    for c, call in enumerate(guard.calls):
        for i, name in enumerate(call.words_in):
            path = ("safeguarding", "calls", c, "words_in", i)
            field = definition.by_name.get(name)
            if field is None:
                close = did_you_mean(name, definition.by_name)
                yield Found(path, f"no question is called {name!r}{close}")
            elif not field.is_own_words:
                yield Found(path, f"{name} is {field.kind}: nobody writes words of their own there")
        for name in repeated(list(call.words_in)):
            yield Found(("safeguarding", "calls", c, "words_in"), f"{name!r} stands twice")
    sought = {name for call in guard.calls for name in call.words_in}
    for field in definition.fields:
        if sought and field.is_own_words and field.name not in sought:
            message = f"{field.name}: what is written there is not searched for calls for help"
            yield Found(("safeguarding", "calls"), message, "advice")


def _words(definition: Definition, guard: Safeguarding) -> Iterator[Found]:
    """Languages without words, and words that can't be found or stand twice."""
    for language in definition.languages:
        if not any(guard.words.get(tag) for tag in ancestry(language)):
            message = f"no words that call for help in {language!r}"
            yield Found(("safeguarding", "words"), message, "publication")
    for language, listed in guard.words.items():
        plain = [spelled_plainly(word) for word in listed]
        for i, word in enumerate(plain):
            if not word:
                message = f"{listed[i]!r} has no letters, so it can never be found"
                yield Found(("safeguarding", "words", language, i), message)
        for word in repeated([word for word in plain if word]):
            message = f"{word!r} stands twice, but for case, accents and apostrophes"
            yield Found(("safeguarding", "words", language), message, "advice")
