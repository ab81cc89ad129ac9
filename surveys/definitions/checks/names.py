"""Names and codes: each stands once, and names something that is there."""

from collections import Counter
from collections.abc import Iterator

from surveys.definitions.conditions import COMBINERS
from surveys.definitions.places import Found, Path
from surveys.definitions.schema import Definition
from surveys.definitions.ways.rules import questions_with_paths
from surveys.questions.base import Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.computed import ComputedQuestion

# What the pages of a survey send beside answers.
RESERVED = ("csrfmiddlewaretoken", "nonce")


def names_and_codes(definition: Definition) -> Iterator[Found]:
    """Names and codes that stand twice, and reasons for fields that are not asked."""
    yield from _names(definition)
    yield from _list_codes(definition)
    for path, question in questions_with_paths(definition):
        yield from _codes(path, question)
    yield from _languages(definition)
    for name in definition.continuity:
        if name not in definition.by_name:
            yield Found(("continuity", name), f"no question is called {name!r}")


def _names(definition: Definition) -> Iterator[Found]:
    seen: dict[str, str] = {}
    for path, question in questions_with_paths(definition):
        at = (*path, "name")
        if "." in question.name:
            yield Found(at, f"{question.name!r} has a dot, which parts a question from its rows")
        if question.name in COMBINERS:
            yield Found(at, f"{question.name!r} is a word of conditions: no question can have it")
        if question.name.lower() in RESERVED:
            yield Found(at, f"{question.name!r} is a field of our own: no question can have it")
        before = seen.setdefault(question.name.lower(), question.name)
        if before != question.name:
            message = f"{question.name} and {before} differ in capitals only: many tools mix them"
            yield Found(at, f"{message} up", "advice")
    for name, paths in _by_name(definition).items():
        for path in paths[1:]:
            yield Found((*path, "name"), f"a question is called {name!r} already")


def _by_name(definition: Definition) -> dict[str, list[Path]]:
    found: dict[str, list[Path]] = {}
    for path, question in questions_with_paths(definition):
        found.setdefault(question.name, []).append(path)
    return found


def _list_codes(definition: Definition) -> Iterator[Found]:
    for name, options in definition.lists.items():
        for value in repeated([option.value for option in options]):
            yield Found(("lists", name), f"the code {value!r} stands twice in the list {name!r}")


def _codes(path: Path, question: Question) -> Iterator[Found]:
    if isinstance(question, ComputedQuestion):
        yield from _case_labels(path, question)
    elif isinstance(question, OptionsQuestion) and question.list is None:
        values = [option.value for option in question.options]
        # Ranking keeps the missing codes apart from what is ranked.
        apart = [one.value for one in getattr(question, "missing", ()) if one.value not in values]
        for value in repeated([*values, *apart]):
            yield Found(path, f"{question.name}: the code {value!r} stands twice")
    else:
        for value in repeated(list(question.missing_codes)):
            yield Found(path, f"{question.name}: the code {value!r} stands twice")


def _case_labels(path: Path, question: ComputedQuestion) -> Iterator[Found]:
    """Cases may share a code, which then has one label."""
    labels: dict[str, dict[str, str]] = {}
    for i, case in enumerate(question.cases):
        if labels.setdefault(case.code, case.label) != case.label:
            message = f"{question.name}: the code {case.code!r} has two labels"
            yield Found((*path, "cases", i, "label"), message)


def _languages(definition: Definition) -> Iterator[Found]:
    for tag in repeated([tag.lower() for tag in definition.languages]):
        yield Found(("languages",), f"the language {tag!r} stands twice")


def repeated(values: list[str]) -> list[str]:
    """The values that stand more than once."""
    return [value for value, n in Counter(values).items() if n > 1]
