"""A YAML file as data, with the line on which each part of it stands."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

Place = tuple[str | int, ...]


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong in a definition, and where."""

    file: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}: line {self.line}: {self.message}"


class DefinitionsError(ValueError):
    """Definitions that can't be used; carries every problem of every file at once."""

    def __init__(self, problems: list[Problem]) -> None:
        self.problems = sorted(problems)
        super().__init__("\n".join(map(str, self.problems)))


@dataclass(frozen=True)
class Page:
    """What a file holds."""

    file: str
    data: Any
    lines: dict[Place, int]

    def problem(self, place: Place, message: str) -> Problem:
        """A problem at the nearest thing to `place` that the file holds."""
        near = place
        while near and near not in self.lines:
            near = near[:-1]
        where = ".".join(map(str, place))
        return Problem(
            self.file, self.lines.get(near, 1), f"{where}: {message}" if where else message
        )


def read_page(path: Path) -> Page:
    """The file at `path`. Raises DefinitionsError for what is not YAML, or names a key twice."""
    try:
        text = path.read_text(encoding="utf-8")
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        data = yaml.safe_load(text)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionsError([Problem(path.name, line, f"not YAML: {error.problem}")]) from None
    except (UnicodeDecodeError, yaml.YAMLError, ValueError) as error:
        raise DefinitionsError([Problem(path.name, 1, f"not YAML in UTF-8: {error}")]) from None
    lines: dict[Place, int] = {}
    twice: list[Problem] = []
    _mark(node, (), lines=lines, file=path.name, twice=twice)
    if twice:
        raise DefinitionsError(twice)
    return Page(path.name, data, lines)


def _mark(
    node: yaml.Node | None,
    place: Place,
    *,
    lines: dict[Place, int],
    file: str,
    twice: list[Problem],
) -> None:
    """Notes the line of every key and item under `node`."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            inner = (*place, key.value)
            line = key.start_mark.line + 1
            if inner in lines:
                twice.append(Problem(file, line, f"{key.value}: stands twice"))
            lines[inner] = line
            _mark(value, inner, lines=lines, file=file, twice=twice)
    elif isinstance(node, yaml.SequenceNode):
        for index, item in enumerate(node.value):
            lines[(*place, index)] = item.start_mark.line + 1
            _mark(item, (*place, index), lines=lines, file=file, twice=twice)
