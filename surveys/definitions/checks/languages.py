"""Texts in every language that the survey is offered in."""

from collections.abc import Iterator

from surveys.definitions.checks.texts import Text, texts_of
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.questions.texts import ancestry, said_in


def translations(definition: Definition) -> Iterator[Found]:
    """Texts that a language lacks; a variant such as Easy Read may borrow from its language."""
    texts = list(texts_of(definition))
    for text in texts:
        for language in definition.languages:
            if not any(tag in text.words for tag in ancestry(language)):
                where = ".".join(map(str, text.path))
                yield Found(text.path, f"{where}: no text in {language!r}", "publication")
    for i, language in enumerate(definition.languages):
        if "-" in language:
            yield from _variant(texts, language, i)


def _variant(texts: list[Text], language: str, position: int) -> Iterator[Found]:
    borrowed = [text for text in texts if language not in text.words]
    if borrowed:
        source = said_in(dict(borrowed[0].words), language)
        message = (
            f"{len(borrowed)} of {len(texts)} texts have no words in {language!r} and are shown "
            f"in {source!r}"
        )
        yield Found(("languages", position), message, "advice")
