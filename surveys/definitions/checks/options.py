"""Options that can't be meant as they stand: limits that never limit, orders that mislead."""

from collections.abc import Iterator

from surveys.definitions.places import Found, Level, Path
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import options_with_paths, questions_with_paths, written_at
from surveys.questions.choosing import OneOptionQuestion, OptionsQuestion
from surveys.questions.place import LONGEST, PlaceQuestion, plain_name
from surveys.questions.several import SeveralOptionsQuestion


def odd_options(definition: Definition) -> Iterator[Found]:
    """Scales that are shuffled, options that stand alone where one is chosen, empty limits."""
    for path, question in questions_with_paths(definition):
        if isinstance(question, SeveralOptionsQuestion):
            yield from _several(path, question)
        elif isinstance(question, OneOptionQuestion):
            yield from _one(definition, path, question)
        if isinstance(question, PlaceQuestion):
            yield from _areas(definition, path, question)
        if isinstance(question, OptionsQuestion) and not question.codes:
            message = f"{question.name} offers missing codes only: nothing could be counted"
            yield Found(path, message, "publication")


def _several(path: Path, question: SeveralOptionsQuestion) -> Iterator[Found]:
    together = [option for option in question.options if option.code and not option.exclusive]
    name, limit = question.name, question.limit
    told: tuple[str, Level] | None = None
    if question.codes and not together:
        told = f"{name}: every option stands alone: expected the kind choice", "publication"
    elif limit == 1 and question.kind == "choices":
        told = f"{name}: one can be chosen: the kind choice says so to everybody", "advice"
    elif limit is not None and limit >= len(together) and question.kind == "choices":
        told = f"{name}: {limit} of {len(together)} may be chosen, which limits nobody", "advice"
    if told is not None:
        yield Found(path, *told)


def _one(definition: Definition, path: Path, question: OneOptionQuestion) -> Iterator[Found]:
    if question.kind == "scale" and question.order == "random":
        message = f"{question.name}: a scale in random order can't be read as one"
        yield Found((*path, "order"), message, "publication")
    for option_path, option in options_with_paths(path, question):
        if option.exclusive and not question.is_computed:
            message = f"{question.name}: one is chosen, so `exclusive` says nothing"
            yield Found((*written_at(definition, option_path), "exclusive"), message, "advice")


def _areas(definition: Definition, path: Path, question: PlaceQuestion) -> Iterator[Found]:
    """Names that can't be typed: of two areas, or too long to be looked up."""
    named: dict[str, str | None] = {}
    for option_path, option in options_with_paths(path, question):
        at = (*written_at(definition, option_path), "label")
        for language, label in option.label.items() if option.code else ():
            other = named.setdefault(plain_name(label), option.code)
            if other != option.code:
                message = f"{question.name}: {other} has this name too: nobody could type it"
                yield Found(at, f"{message} ({language})", "publication")
            if len(label) > LONGEST:
                message = f"{question.name}: expected a name of {LONGEST} characters at most"
                yield Found(at, f"{message} ({language})", "publication")
