"""Labels that can't be told apart, and those that a kind brings along and that may not fit."""

from collections.abc import Iterator, Sequence

from surveys.definitions.places import Found, Path
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import questions_with_paths
from surveys.questions.base import Option, Question
from surveys.questions.place import PlaceQuestion
from surveys.questions.yes_no import YesNoQuestion

LANGUAGES = {"en": "English", "cy": "Welsh", "en-simple": "Easy Read"}


def labels(definition: Definition) -> Iterator[Found]:
    """Options of one label in one question or list, and the yes and no of Welsh."""
    for name, options in definition.lists.items():
        yield from _alike(("lists", name), f"the list {name!r}", options)
    for path, question in questions_with_paths(definition):
        # Areas are typed, which has a rule of its own.
        if getattr(question, "list", None) is None and not isinstance(question, PlaceQuestion):
            yield from _alike(path, question.name, _options(question))
        if isinstance(question, YesNoQuestion) and "cy" in definition.languages:
            yield from _welsh(path, question)


def _options(question: Question) -> list[Option]:
    """What can be chosen; cases of a computed question may share a code, and are not."""
    if question.is_computed:
        return []
    options = [*getattr(question, "options", ()), *getattr(question, "missing", ())]
    return list({option.value: option for option in options}.values())


def _alike(path: Path, name: str, options: Sequence[Option]) -> Iterator[Found]:
    seen: dict[tuple[str, str], Option] = {}
    for option in options:
        for tag, words in option.label.items():
            first = seen.setdefault((tag, " ".join(words.split()).casefold()), option)
            # Two that are offered under conditions may never stand together.
            if first.value != option.value and not (first.show_if and option.show_if):
                both = f"option {first.value} and option {option.value} of {name}"
                tongue = LANGUAGES.get(tag, tag)
                yield Found(path, f"{both} are both labelled “{words}” in {tongue}", "publication")


def _welsh(path: Path, question: YesNoQuestion) -> Iterator[Found]:
    if any("cy" not in question.labels.get(code, {}) for code in question.BUILT_IN):
        words = " and ".join(f"“{texts['cy']}”" for texts in question.BUILT_IN.values())
        message = (
            f"{question.name}: in Welsh its answers are {words}, which fit few questions: "
            "give `labels` that repeat the verb of this one"
        )
        yield Found(path, message, "advice")
