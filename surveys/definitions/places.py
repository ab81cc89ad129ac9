"""Where in a YAML file something stands."""

import re
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, SequenceNode

Path = tuple[str | int, ...]

# A definition of 500 questions has some 30,000 nodes; aliases could make a file of a kilobyte
# unfold into millions.
MOST_NODES = 200_000
# Conditions nest, but nobody reads forty levels; an alias of itself has no end.
MOST_LEVELS = 40


# An error can't be stored; a draft may have what `publication` forbids; advice forbids nothing.
Level = Literal["error", "publication", "advice"]


class Found(NamedTuple):
    """One thing that is wrong in a definition, and the path that leads to it."""

    path: Path
    message: str
    level: Level = "error"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing that is wrong, and where: `path` leads to it, `line` counts from 1."""

    line: int
    message: str
    path: Path = ()
    level: Level = "error"

    def told(self, file_name: str) -> str:
        return f"{file_name}: line {self.line}: {self.message}"


class DefinitionError(ValueError):
    """A definition that can't be used; carries every problem at once."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__("\n".join(f"line {p.line}: {p.message}" for p in problems))
        self.problems = problems


@dataclass
class Marked:
    """Plain data from YAML, with the line of every key and item."""

    data: Any
    lines: dict[Path, int] = field(default_factory=dict)

    def line_of(self, path: Path) -> int:
        """The line of the nearest thing to `path` that the file holds."""
        nearest = (path[:n] for n in range(len(path), -1, -1))
        return next((self.lines[place] for place in nearest if place in self.lines), 1)


def at(data: Any, path: Path) -> Any:
    """What stands there; None where nothing does."""
    for step in path:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def read_marked(text: str) -> Marked:
    """The data of a YAML text; raises DefinitionError for what is not plain data.

    Only `true` and `false` are booleans, so that the codes yes and no stay words, and dates stay
    text. A key that stands twice is a problem: one of the two would be lost in silence.
    """
    try:
        # YAML 1.2, in which a question mark may end a text in braces.
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise DefinitionError([Problem(line, f"not YAML: {error.problem}")]) from None
    except RecursionError:
        raise DefinitionError([Problem(1, f"more than {MOST_LEVELS} levels deep")]) from None
    except YAMLError as error:
        raise DefinitionError([Problem(1, f"not YAML: {error}")]) from None
    reader = _Reader()
    marked = Marked(None if node is None else reader.value(node, ()), reader.lines)
    if reader.problems:
        raise DefinitionError(reader.problems)
    if not isinstance(marked.data, dict):
        raise DefinitionError([Problem(1, "expected a mapping that begins with `survey:`")])
    return marked


class _Reader:
    def __init__(self) -> None:
        self.lines: dict[Path, int] = {}
        self.problems: list[Problem] = []

    def value(self, node: Node, path: Path) -> Any:
        self.lines.setdefault(path, node.start_mark.line + 1)
        if len(self.lines) > MOST_NODES:
            raise DefinitionError([Problem(1, f"more than {MOST_NODES:,} values: too large")])
        if len(path) > MOST_LEVELS:
            line = node.start_mark.line + 1
            raise DefinitionError([Problem(line, f"more than {MOST_LEVELS} levels deep")])
        if isinstance(node, MappingNode):
            return self._mapping(node, path)
        if isinstance(node, SequenceNode):
            return [self.value(item, (*path, i)) for i, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: MappingNode, path: Path) -> dict[Any, Any]:
        found: dict[Any, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            if key in found:
                self.problems.append(Problem(line, f"`{key}` stands twice", (*path, key)))
            self.lines[(*path, key)] = line
            found[key] = self.value(value_node, (*path, key))
        return found


def _scalar(node: Node) -> Any:
    text = str(node.value)
    if getattr(node, "style", None) is not None:
        return text
    if text in ("", "~", "null"):
        return None
    if text in ("true", "false"):
        return text == "true"
    if re.fullmatch(r"-?(0|[1-9][0-9]{0,17})", text):
        return int(text)
    return float(text) if re.fullmatch(r"-?(0|[1-9][0-9]{0,11})\.[0-9]{1,6}", text) else text
