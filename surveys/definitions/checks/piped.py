"""Labels of earlier answers in later texts: `{{reported-by|the way you chose}}`."""

from collections.abc import Iterator, Mapping

from surveys.definitions.checks.texts import Text, texts_of
from surveys.definitions.piping import PIPE, pipes_in
from surveys.definitions.places import Found
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import Rules
from surveys.questions.base import Question
from surveys.questions.choosing import OneOptionQuestion

# The texts in which a piece may stand; elsewhere it would be shown as it is written.
FILLED_IN = ("ask", "hint", "label", "title")


def pipes(definition: Definition) -> Iterator[Found]:
    """Pieces that name nothing, look ahead, or have no words for when there is no answer."""
    asked_at = Rules(definition).asked_at
    for text in texts_of(definition):
        for language, words in text.words.items():
            if "{{" in words:
                for found in _in_text(definition, text, words, asked_at):
                    yield found._replace(message=f"{found.message} ({language})")


def _in_text(
    definition: Definition, text: Text, words: str, asked_at: Mapping[str, tuple[int, Question]]
) -> Iterator[Found]:
    if refused := _no_place(text):
        yield Found(text.path, refused)
        return
    before = _may_look_before(definition, text)
    if before is None:
        yield Found(text.path, "no answer can be put into this text", "publication")
        return
    if "{{" in PIPE.sub("", words):
        yield Found(text.path, "{{ without an end: expected {{question|words}}", "publication")
    if definition.discreet and text.key == "title":
        message = "the title stands in the browser's tab: no answer may be put into it"
        yield Found(text.path, message, "publication")
    for name, otherwise in pipes_in(words):
        field = definition.by_name.get(name)
        if field is None:
            yield Found(text.path, f"{{{{{name}}}}}: no question is called {name!r}")
        elif not isinstance(field, OneOptionQuestion):
            told = f"{{{{{name}}}}}: {name} is {field.kind}: expected one of which one option"
            yield Found(text.path, f"{told} is chosen")
        elif asked_at[name][0] >= before:
            yield Found(text.path, f"{{{{{name}}}}}: {name!r} is not on an earlier page")
        elif not (otherwise or "").strip():
            told = f"{{{{{name}}}}}: expected words for when there is no answer: {{{{{name}|…}}}}"
            yield Found(text.path, told, "publication")


def _no_place(text: Text) -> str | None:
    """Why a text can't even be stored with a piece in it, if it can't."""
    if text.key == "say" and text.path[0] == "safeguarding":
        return "no answer can be put into what is said to somebody who may be in danger"
    if text.key == "say":
        return "no answer can be put into what is said at an ending: answers are gone by then"
    in_question = text.path[0] == "lists" or "questions" in text.path
    if text.key == "label" and in_question and "rows" not in text.path:
        return (
            "no answer can be put into the label of an option: it is shown where no other answer is"
        )
    return None


def _may_look_before(definition: Definition, text: Text) -> int | None:
    """The page, from 0, before which a piece in this text may look; None for nowhere."""
    if text.key not in FILLED_IN:
        return None
    if text.path[0] == "pages" and len(text.path) > 2:
        return int(text.path[1])
    if text.path[0] == "lists":
        return _first_use(definition, str(text.path[1]))
    return None


def _first_use(definition: Definition, name: str) -> int:
    return next(
        (
            p
            for p, page in enumerate(definition.pages)
            if any(getattr(question, "list", None) == name for question in page.questions)
        ),
        len(definition.pages),
    )
