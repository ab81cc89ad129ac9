"""A definition as the YAML that people write, which loads to the same definition again.

What fits on a line stands in braces; a text of several lines keeps them; a long one is folded.
"""

import re
import textwrap
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.definitions.schema import Definition

WIDTH = 100
STEP = 2
# These stand one beneath the other, however short.
ALWAYS_BLOCK = frozenset(
    (
        *("pages", "questions", "options", "rows", "cases", "end_if", "lists", "nets"),
        *("interruption", "start", "done", "safeguarding", "words", "calls"),
    )
)
QUESTION_KEYS = (
    "name kind list order points accepts earliest latest min max places unit max_length "
    "max_choices most elsewhere for required sensitive stage ask hint purpose labels rows options "
    "missing cases show_if valid_if valid_says"
)
# Without quotes: words that begin like words, with nothing in them that YAML reads otherwise.
PLAIN = re.compile(r"[^\W_](?:[\w .;/()'’“”‘–—…!?&%+*=£€-]*[\w.;/)'’”‘–—…!?%+*=£€-])?")
PLAIN_KEY = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]*")
NUMBER_LIKE = re.compile(r"[0-9.eExXoO_+-]+")
# What YAML 1.1 or 1.2 reads as something else than a text.
WORDS = frozenset(["true", "false", "null", "yes", "no", "on", "off", "y", "n"])


def write_yaml(definition: Definition) -> str:
    """The text of the file, in the order in which surveys are written."""
    data = definition.model_dump(mode="json", exclude_defaults=True)
    return "\n".join(_mapping(_in_order(data), 0)) + "\n"


def _in_order(data: dict[str, Any]) -> dict[str, Any]:
    rank = {key: i for i, key in enumerate(QUESTION_KEYS.split())}
    pages = [
        {
            **page,
            "questions": [
                dict(sorted(question.items(), key=lambda item: rank.get(item[0], len(rank))))
                for question in page["questions"]
            ],
        }
        for page in data["pages"]
    ]
    ordered: dict[str, Any] = _codes_as_numbers({**data, "pages": pages})
    return ordered


def _codes_as_numbers(value: Any, key: str = "") -> Any:
    """Codes are written as the numbers that they look like; loading makes them texts again."""
    if isinstance(value, dict):
        # A condition may mean a text or a number, and keeps what it has.
        is_kept = key in ("show_if", "valid_if", "when")
        return value if is_kept else {k: _codes_as_numbers(v, k) for k, v in value.items()}
    if isinstance(value, list):
        return [_codes_as_numbers(item, key) for item in value]
    is_code = key in ("code", "codes", "elsewhere") and isinstance(value, str)
    return int(value) if is_code and re.fullmatch("0|[1-9][0-9]{0,9}", value) else value


def _mapping(data: Mapping[str, Any], indent: int) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{_key(key)}:", key, value, indent)


def _entry(start: str, key: str, value: Any, indent: int) -> Iterator[str]:
    """A key or a dash with what follows it."""
    margin = " " * indent
    flow = None if key in ALWAYS_BLOCK and value else _flow(value)
    if flow is not None and len(f"{margin}{start} {flow}") <= WIDTH:
        yield f"{margin}{start} {flow}"
    elif isinstance(value, dict):
        yield f"{margin}{start}"
        yield from _mapping(value, indent + STEP)
    elif isinstance(value, list):
        yield f"{margin}{start}"
        for item in value:
            yield from _item(item, key, indent + STEP)
    else:
        yield from _text(f"{margin}{start}", str(value), indent + STEP)


def _item(item: Any, key: str, indent: int) -> Iterator[str]:
    margin = " " * indent
    flow = None if key in ("pages", "questions") else _flow(item)
    if flow is not None and len(f"{margin}- {flow}") <= WIDTH:
        yield f"{margin}- {flow}"
    elif isinstance(item, dict):
        first, *rest = _mapping(item, indent + STEP)
        yield f"{margin}- {first.lstrip()}"
        yield from rest
    else:
        yield from _entry("-", "", item, indent)


def _flow(value: Any) -> str | None:
    """A value on one line, None where that would be no pleasure to read."""
    if isinstance(value, dict):
        parts = [(_key(key), _flow(one)) for key, one in value.items()]
        told = None if any(one is None for _, one in parts) else [f"{k}: {one}" for k, one in parts]
        return None if told is None else f"{{{', '.join(told)}}}"
    if isinstance(value, list):
        items = [_flow(one) for one in value]
        return None if None in items else f"[{', '.join(map(str, items))}]"
    if isinstance(value, str):
        return None if _is_block(value) else _scalar(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def _text(start: str, text: str, indent: int) -> Iterator[str]:
    """A text that does not fit: line by line, folded, or in quotes."""
    margin = " " * indent
    if _is_block(text):
        yield f"{start} {'|' if text.endswith(chr(10)) else '|-'}"
        yield from (f"{margin}{line}".rstrip() for line in text.removesuffix("\n").split("\n"))
    elif _folds(text):
        yield f"{start} >-"
        yield from textwrap.wrap(
            text,
            WIDTH,
            initial_indent=margin,
            subsequent_indent=margin,
            break_long_words=False,
            break_on_hyphens=False,
        )
    else:
        yield f"{start} {_scalar(text)}"


def _is_block(text: str) -> bool:
    """Whether a text of several lines can stand as it is."""
    lines = text.removesuffix("\n").split("\n")
    is_clean = all(line.isprintable() and line == line.rstrip() for line in lines)
    return "\n" in text and is_clean and bool(lines[0]) and lines[0][0] != " " and bool(lines[-1])


def _folds(text: str) -> bool:
    """Whether its lines can be broken at any space: nothing but words with one space between."""
    return text.isprintable() and text == " ".join(re.findall(r"[^ ]+", text))


def _key(key: str) -> str:
    return key if PLAIN_KEY.fullmatch(key) else _quoted(key)


def _scalar(text: str) -> str:
    is_plain = PLAIN.fullmatch(text) and not NUMBER_LIKE.fullmatch(text)
    return text if is_plain and text.lower() not in WORDS else _quoted(text)


def _quoted(text: str) -> str:
    """In double quotes, with what can't be seen told by its number."""
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(char: str) -> str:
    if char in '"\\':
        return f"\\{char}"
    if char == "\n":
        return "\\n"
    if char.isprintable():
        return char
    point = ord(char)
    return (
        f"\\x{point:02x}"
        if point < 0x100
        else f"\\u{point:04x}"
        if point < 0x10000
        else f"\\U{point:08x}"
    )
