"""A definition of the wrong shape: all that is wrong with it, and as much as can be read.

What is wrong is told, then mended or left out in a copy, until what remains can be checked as a
whole. So the rules of the whole are told together with the errors of shape; what would be said only
because something was left out is not.
"""

import re
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from surveys.definitions.places import Found, Path, at
from surveys.definitions.schema import LONGEST_TAG, TAG, Definition
from surveys.definitions.shape_words import TEXTS, did_you_mean, nearest, words_of
from surveys.questions.base import NAME, Question
from surveys.questions.choosing import OptionsQuestion
from surveys.questions.fixed import FixedOptionsQuestion, as_list
from surveys.questions.registry import KINDS

# Each round brings what the errors before it hid; a definition needs two or three.
MOST_ROUNDS = 12
WORDS = "…"
# Under these stand names, which may be called like a key.
NAMING = (("lists",), ("nets",), ("continuity",))
INSTEAD: dict[str, Any] = {
    "survey": "unnamed",
    "version": 1,
    "policy": "open",
    "design": "census",
    "discreet": False,
    "minutes": 1,
}


@dataclass
class Shape:
    """What is wrong with the shape of `data`, which is mended on the way, and what was touched."""

    data: dict[str, Any]
    definition: Definition | None = None
    found: list[Found] = field(default_factory=list)
    # At these places stands something else now, and under these names.
    touched: set[Path] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    # A question without a name may be one that a condition speaks of.
    is_nameless: bool = False

    def is_told_by(self, found: Found) -> bool:
        """Whether something is wrong by itself, not because of what was mended."""
        if any(found.path[: len(path)] == path for path in self.touched):
            return False
        if "no text in" in found.message and ("languages",) in self.touched:
            return False
        if "no question is called" in found.message and self.is_nameless:
            return False
        if "no list is called" in found.message and ("lists",) in self.touched:
            return False
        return not any(_speaks_of(name, found.message) for name in self.names)


def misshapen(data: dict[str, Any]) -> Shape:
    """All that is wrong with the shape, and the definition without it if there is one."""
    shape = Shape(deepcopy(data))
    for path in _questions(shape.data):
        _mend_options(shape, path)
    for _ in range(MOST_ROUNDS):
        try:
            shape.definition = Definition.model_validate(shape.data)
            break
        except ValidationError as error:
            _round(shape, error.errors())
    shape.found = list(dict.fromkeys(shape.found))
    return shape


def _speaks_of(name: str, message: str) -> bool:
    return bool(re.search(rf"(^|['\"`“{{]){re.escape(name)}(['\"`”}}.|:]| )", message))


def _questions(data: dict[str, Any]) -> list[Path]:
    """Where questions stand that are mappings."""
    return [
        ("pages", p, "questions", q)
        for p, page in enumerate(as_list(data.get("pages")))
        if isinstance(page, dict)
        for q, question in enumerate(as_list(page.get("questions")))
        if isinstance(question, dict)
    ]


def _mend_options(shape: Shape, path: Path) -> None:
    """A list that is not there, or one beside options, would hide all else of its question."""
    question = at(shape.data, path)
    kind = question.get("kind")
    model = KINDS.get(kind) if isinstance(kind, str) else None
    if isinstance(kind, str) and model is None:
        model = _mend_kind(shape, path, kind)
    if model is None or not issubclass(model, OptionsQuestion):
        return
    if issubclass(model, FixedOptionsQuestion):
        return
    lists, name = shape.data.get("lists", {}), question.get("list")
    if not isinstance(name, str):
        return
    if "options" in question:
        told = f"{question.get('name')}: expected `list` or `options`, not both"
        shape.found.append(Found((*path, "options"), told))
        del question["options"]
    if not isinstance(lists, dict) or name not in lists:
        if isinstance(lists, dict):
            told = f"no list is called {name!r}{did_you_mean(name, map(str, lists))}"
            shape.found.append(Found((*path, "list"), f"{_dotted((*path, 'list'))}: {told}"))
        del question["list"]
        question["options"] = [_option(shape)]
        shape.touched |= {(*path, "list"), (*path, "options")}
        _name(shape, question)


def _mend_kind(shape: Shape, path: Path, kind: str) -> type[Question] | None:
    close = nearest(kind, KINDS)
    if close is None:
        return None
    expected = ", ".join(map(repr, KINDS))
    told = f"unknown kind {kind!r}{did_you_mean(kind, KINDS)} Expected {expected}"
    shape.found.append(Found((*path, "kind"), f"{_dotted((*path, 'kind'))}: {told}"))
    question = at(shape.data, path)
    question["kind"] = close
    # Whether it is that kind is a guess: nothing is said that would hang on it.
    _name(shape, question)
    return KINDS[close]


def _round(shape: Shape, details: list[ErrorDetails]) -> None:
    placed = [(in_file(detail["loc"]), detail) for detail in details]
    told = [
        (path, detail)
        for path, detail in placed
        if not _is_consequence(shape, path, detail, placed)
    ]
    for path, detail in told or placed[:1]:
        # Of a question that was mended, its parts may no longer fit together.
        if not (len(path) == 4 and any(one[:4] == path for one in shape.touched)):
            words = words_of(detail, path, shape.data)
            where = _dotted(path)
            shape.found.append(Found(path, f"{where}: {words}" if where else words))
    for path, detail in told or placed[:1]:
        _mend(shape, path, detail["type"])


def in_file(loc: Path) -> Path:
    """The path without the kind of a question, a step that the file does not have."""
    return (
        (*loc[:4], *loc[5:])
        if len(loc) > 4 and loc[0] == "pages" and loc[2] == "questions"
        else loc
    )


def _is_consequence(
    shape: Shape, path: Path, detail: ErrorDetails, placed: list[tuple[Path, ErrorDetails]]
) -> bool:
    if detail["type"] == "too_short":
        # A list of which each item is wrong counts as empty.
        return any(len(other) > len(path) and other[: len(path)] == path for other, _ in placed)
    if _is_of_question(path) and path[4:5] == ("options",):
        question = at(shape.data, path[:4])
        name = question.get("list") if isinstance(question, dict) else None
        # A named list is told of where it stands, not at each question that uses it.
        return name is not None and any(
            other == ("lists", name, *path[5:]) and one["type"] == detail["type"]
            for other, one in placed
        )
    return False


def _is_of_question(path: Path) -> bool:
    return len(path) >= 4 and path[0] == "pages" and path[2] == "questions"


def _mend(shape: Shape, path: Path, error: str) -> None:
    data = shape.data
    if error == "extra_forbidden":
        _drop(data, path)
    elif (text := _text_in(path)) is not None:
        _put(data, text, _words(shape))
        shape.touched.add(text)
    elif _is_of_question(path):
        _mend_question(shape, path, error)
    elif path[:1] == ("pages",):
        _mend_page(shape, path)
    elif path[:1] == ("lists",) and len(path) > 1:
        _mend_list(shape, str(path[1]))
    elif path[:1] in (("nets",), ("continuity",)) and len(path) > 1:
        _drop(data, path[:2])
        shape.names.add(str(path[1]))
    elif path[:1] == ("languages",):
        tags = [tag for tag in as_list(data.get("languages")) if _is_tag(tag)]
        data["languages"] = tags or ["en"]
        shape.touched |= set() if tags else {("languages",)}
    elif path:
        _mend_top(shape, str(path[0]))


def _mend_top(shape: Shape, key: str) -> None:
    shape.data.pop(key, None)
    if key in INSTEAD:
        shape.data[key] = INSTEAD[key]
    shape.touched.add((key,))
    if key == "lists":
        for path in _questions(shape.data):
            question = at(shape.data, path)
            if "list" in question:
                _stub(shape, path)


def _mend_question(shape: Shape, path: Path, error: str) -> None:
    """Leaves out what is wrong where the question can do without it, else what it asks for."""
    home = path[:4]
    question = at(shape.data, home)
    model = KINDS.get(str(question.get("kind"))) if isinstance(question, dict) else None
    key = str(path[4]) if len(path) > 4 else ""
    known = model.model_fields.get(key) if model is not None else None
    is_spare = known is not None and not known.is_required() and error != "missing"
    if is_spare and key in question:
        question.pop(key)
        shape.touched.add((*home, key))
        _name(shape, question)
    else:
        _stub(shape, home)


def _stub(shape: Shape, home: Path) -> None:
    """Something to read in the place of a question, with its name, its words and its condition."""
    question = at(shape.data, home)
    given = question if isinstance(question, dict) else {}
    _name(shape, given)
    stub: dict[str, Any] = {"name": f"unread-{home[1]}-{home[3]}", "kind": "information"}
    if isinstance(given.get("name"), str) and re.fullmatch(NAME, given["name"]):
        stub["name"] = given["name"]
    else:
        shape.is_nameless = shape.is_nameless or not isinstance(given.get("name"), str)
    stub["ask"] = given["ask"] if _is_text(given.get("ask")) else _words(shape)
    if isinstance(given.get("show_if"), dict):
        stub["show_if"] = given["show_if"]
    _put(shape.data, home, stub)


def _mend_page(shape: Shape, path: Path) -> None:
    pages = shape.data.get("pages")
    if len(path) < 2 or not isinstance(pages, list):
        shape.data["pages"] = [_page(shape, 0)]
        shape.is_nameless = True
    elif len(path) > 2 and path[2] in ("title", "show_if", "end_if"):
        _drop(shape.data, path[:3])
        shape.touched.add(path[:3])
    else:
        pages[int(path[1])] = _page(shape, int(path[1]))
        shape.is_nameless = True


def _page(shape: Shape, p: int) -> dict[str, Any]:
    question = {"name": f"unread-{p}", "kind": "information", "ask": _words(shape)}
    return {"questions": [question]}


def _mend_list(shape: Shape, name: str) -> None:
    shape.data["lists"].pop(name, None)
    good = re.fullmatch(NAME, name)
    if good:
        shape.data["lists"][name] = [_option(shape)]
    shape.names.add(name)
    shape.touched.add(("lists", name))
    for path in _questions(shape.data):
        question = at(shape.data, path)
        if question.get("list") == name:
            _name(shape, question)
            if not good:
                _stub(shape, path)


def _name(shape: Shape, question: dict[str, Any]) -> None:
    if isinstance(question.get("name"), str):
        shape.names.add(question["name"])


def _text_in(path: Path) -> Path | None:
    """The path to the text that something is wrong in, if it is one."""
    for n, step in enumerate(path):
        if step in TEXTS and path[n - 1 : n] not in NAMING:
            return path[: n + 1]
    return None


def _words(shape: Shape) -> dict[str, str]:
    tags = [tag for tag in as_list(shape.data.get("languages")) if _is_tag(tag)]
    return dict.fromkeys(tags or ["en"], WORDS)


def _is_tag(tag: Any) -> bool:
    return isinstance(tag, str) and len(tag) <= LONGEST_TAG and bool(re.fullmatch(TAG, tag))


def _is_text(text: Any) -> bool:
    return (
        isinstance(text, dict)
        and bool(text)
        and all(isinstance(t, str) and t for t in text.values())
    )


def _option(shape: Shape) -> dict[str, Any]:
    return {"code": "unread", "label": _words(shape)}


def _dotted(path: Path) -> str:
    return ".".join(map(str, path))


def _put(data: Any, path: Path, value: Any) -> None:
    holder = at(data, path[:-1])
    if isinstance(holder, (dict, list)):
        holder[path[-1]] = value  # type: ignore[index]  # a number in a list only


def _drop(data: Any, path: Path) -> None:
    holder = at(data, path[:-1])
    if isinstance(holder, dict):
        holder.pop(path[-1], None)
