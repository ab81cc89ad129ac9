"""From a YAML text to a definition, with every problem by file and line."""

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from surveys.definitions.checks import problems_in
from surveys.definitions.places import DefinitionError, Marked, Path, Problem, read_marked
from surveys.definitions.schema import Definition


def load_definition(text: str, *, survey: str | None = None) -> Definition:
    """The definition that a YAML text spells, under another name where one is given.

    Raises DefinitionError with all that is wrong: first the shape, and once that is right the
    rules that only the whole can break.
    """
    marked = read_marked(text)
    if survey is not None:
        marked.data["survey"] = survey
    try:
        definition = Definition.model_validate(marked.data)
    except ValidationError as error:
        raise DefinitionError(
            sorted(_problem(detail, marked) for detail in error.errors())
        ) from None
    found = [
        Problem(marked.line_of(path), message, path) for path, message in problems_in(definition)
    ]
    if found:
        raise DefinitionError(sorted(found))
    return definition


def _problem(detail: ErrorDetails, marked: Marked) -> Problem:
    path: Path = detail["loc"]
    line = marked.line_of(path)
    where = ".".join(str(part) for part in path)
    return Problem(line, f"{where}: {_words(detail)}" if where else _words(detail), path)


def _words(detail: ErrorDetails) -> str:
    found = detail["input"]
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "unknown key"
        case "union_tag_invalid":
            return f"unknown kind {found.get('kind')!r}: expected {detail['ctx']['expected_tags']}"
        case "union_tag_not_found":
            return "a question needs `kind:`"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            shown = repr(found)
            return f"{detail['msg']}, found {shown if len(shown) < 60 else shown[:57] + '…'}"
