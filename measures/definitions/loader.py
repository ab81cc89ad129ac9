"""All definitions, read once, with every problem told at once by file and line."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from measures.definitions.reading import DefinitionsError, Page, Problem, read_page
from measures.definitions.schema import Measure, Priorities, Priority, Source, Sources

HERE = Path(__file__).resolve().parent
SHARED_FILES = ("priorities.yaml", "sources.yaml")

Model = TypeVar("Model", bound=BaseModel)


@dataclass(frozen=True)
class Definitions:
    """The priorities in their official order, the measures in the order of a statement."""

    duty: str
    priorities: tuple[Priority, ...]
    measures: tuple[Measure, ...]
    sources: dict[str, Source]

    def measure(self, slug: str) -> Measure | None:
        return next((one for one in self.measures if one.slug == slug), None)


@lru_cache(maxsize=1)
def definitions() -> Definitions:
    """The product's own definitions; they change with the code, so they are read once."""
    return read_definitions(HERE)


def read_definitions(folder: Path) -> Definitions:
    """Every definition of a folder; raises DefinitionsError with all that is wrong in any file."""
    problems: list[Problem] = []
    pages = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            pages.append(read_page(path))
        except DefinitionsError as error:
            problems += error.problems
    by_name = {page.file: page for page in pages}
    priorities = _read_one(by_name, SHARED_FILES[0], model=Priorities, problems=problems)
    sources = _read_one(by_name, SHARED_FILES[1], model=Sources, problems=problems)
    measures = {
        page.file: found
        for page in pages
        if page.file not in SHARED_FILES
        and (found := _parse(page, model=Measure, problems=problems)) is not None
    }
    if priorities is None or sources is None or problems:
        raise DefinitionsError(problems)
    problems = _misfits(by_name, priorities, measures=measures, sources=sources)
    if problems:
        raise DefinitionsError(problems)
    return Definitions(
        duty=str(priorities.duty),
        priorities=priorities.priorities,
        measures=tuple(
            measures[f"{slug}.yaml"] for one in priorities.priorities for slug in one.measures
        ),
        sources=dict(sources.sources.items()),
    )


def _read_one(
    pages: dict[str, Page], file: str, *, model: type[Model], problems: list[Problem]
) -> Model | None:
    if file not in pages:
        if not any(problem.file == file for problem in problems):
            problems.append(Problem(file, 1, "the file is missing"))
        return None
    return _parse(pages[file], model=model, problems=problems)


def _parse(page: Page, *, model: type[Model], problems: list[Problem]) -> Model | None:
    try:
        return model.model_validate(page.data)
    except ValidationError as error:
        problems += [page.problem(detail["loc"], _words(detail)) for detail in error.errors()]
        return None


def _words(detail: ErrorDetails) -> str:
    match detail["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "unknown key"
        case "value_error":
            return str(detail["ctx"]["error"])
        case _:
            return f"{detail['msg']}, found {str(detail['input'])[:60]!r}"


def _misfits(
    pages: dict[str, Page],
    priorities: Priorities,
    *,
    measures: dict[str, Measure],
    sources: Sources,
) -> list[Problem]:
    """What is wrong between files that are right by themselves."""
    problems = []
    listed: dict[str, str] = {}
    page = pages[SHARED_FILES[0]]
    for index, priority in enumerate(priorities.priorities):
        for position, slug in enumerate(priority.measures):
            place = ("priorities", index, "measures", position)
            if f"{slug}.yaml" not in measures:
                problems.append(page.problem(place, f"no measure {slug!r}: expected {slug}.yaml"))
            elif slug in listed:
                problems.append(page.problem(place, f"{slug!r} is listed twice"))
            listed[slug] = priority.key
    for file, measure in measures.items():
        page = pages[file]
        if f"{measure.slug}.yaml" != file:
            problems.append(page.problem(("measure",), f"expected {file[:-5]!r}, as its file"))
        elif listed.get(measure.slug) != measure.priority:
            expected = f"priorities.yaml does not list it under {measure.priority!r}"
            problems.append(page.problem(("priority",), expected))
        problems += [
            page.problem(("count", index), f"sources.yaml does not describe {one.source!r}")
            for index, one in enumerate(measure.count)
            if one.source not in sources.sources
        ]
    return problems
