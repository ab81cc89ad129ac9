"""From a YAML text to a definition, with every problem by file and line."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from pydantic import ValidationError

from surveys.definitions.checks import problems_in, problems_of_parts
from surveys.definitions.places import DefinitionError, Found, Marked, Problem, read_marked
from surveys.definitions.schema import Definition
from surveys.definitions.shape import misshapen
from surveys.definitions.shape_words import did_you_mean


@dataclass(frozen=True)
class Loaded:
    """A definition, and what stands between it and publication; advice stands in nobody's way."""

    definition: Definition
    problems: tuple[Problem, ...]


def load_definition(text: str, *, survey: str | None = None, draft: bool = False) -> Definition:
    """The definition that a YAML text spells, under another name where one is given.

    Raises DefinitionError with all that is wrong. A draft may still have what publication forbids.
    """
    marked = read_marked(text)
    if survey is not None:
        marked.data["survey"] = survey
    loaded = build_definition(marked)
    forbidden = [problem for problem in loaded.problems if problem.level == "publication"]
    if forbidden and not draft:
        raise DefinitionError(forbidden)
    return loaded.definition


def build_definition(marked: Marked, *, helplines: Collection[str] | None = None) -> Loaded:
    """The definition of plain data; raises DefinitionError for what can't be stored at all.

    With `helplines`, the keys of those that there are, it says which of them are named in vain.
    """
    try:
        definition = Definition.model_validate(marked.data)
    except ValidationError:
        raise DefinitionError(_placed(marked, _misshapen(marked, helplines))) from None
    found = [*problems_in(definition), *_helplines(definition, helplines)]
    problems = _placed(marked, found)
    if any(problem.level == "error" for problem in problems):
        # With the errors, all that would be told next: every problem at once.
        raise DefinitionError([problem for problem in problems if problem.level != "advice"])
    return Loaded(definition, tuple(problems))


def _misshapen(marked: Marked, helplines: Collection[str] | None) -> list[Found]:
    """What is wrong with the shape, and what else is wrong with the rest."""
    shape = misshapen(marked.data)
    if shape.definition is None:
        return shape.found
    whole = [*problems_of_parts(shape.definition), *_helplines(shape.definition, helplines)]
    told = [found for found in whole if found.level != "advice" and shape.is_told_by(found)]
    return [*shape.found, *told]


def _placed(marked: Marked, all_found: list[Found]) -> list[Problem]:
    return sorted(
        Problem(marked.line_of(found.path), found.message, found.path, found.level)
        for found in all_found
    )


def _helplines(definition: Definition, known: Collection[str] | None) -> Iterator[Found]:
    for i, key in enumerate(definition.helplines):
        if known is not None and key not in known:
            message = f"no helpline is called {key!r}{did_you_mean(key, known)}"
            yield Found(("helplines", i), message, "publication")
