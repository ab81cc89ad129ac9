"""Texts of a form in our languages, without the marks that we do not print, and with our pipes."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape

from surveys.definitions.markup import TAG, link_in
from surveys.definitions.xlsform.languages import tag_of
from surveys.definitions.xlsform.notes import Notes, Spot
from surveys.definitions.xlsform.sheets import Cell, Row, Table

REFERENCE = re.compile(r"\$\{\s*([^{}]*?)\s*\}")
# What stands for an answer that was not given.
NO_ANSWER = "…"
# What stands between two marks, at most: without an end each search would go through to the last.
MARKS = (
    (re.compile(r"!?\[([^\[\]\n]{0,500})\]\(([^)\s]{0,1000})\)"), r"\1 (\2)"),
    (re.compile(r"(?<![\w*])\*\*(?=[^\s*])(.{1,1000}?)(?<=[^\s*])\*\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])__(?=[^\s_])(.{1,1000}?)(?<=[^\s_])__(?![\w_])"), r"\1"),
    (re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]+)(?<=[^\s*])\*(?![\w*])"), r"\1"),
    (re.compile(r"(?<![\w_])_(?=[^\s_])([^_\n]+)(?<=[^\s_])_(?![\w_])"), r"\1"),
    (re.compile(r"^\s{0,3}#{1,6}\s+", re.M), ""),
)
COMMENT = re.compile(r"<!--[^<>]*-->")
ENTITY = re.compile(r"&[a-zA-Z]+;|&#\d+;")
BREAKS = ("br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4")
SIGNS = {"b": "**", "strong": "**", "i": "*", "em": "*"}


@dataclass
class Tongues:
    """The languages of a form: what each header means, in the order of the survey."""

    first: str
    by_name: Mapping[str, str | None]
    # A text of our own export is left as it stands.
    verbatim: bool = False
    languages: list[str] = field(default_factory=list)

    def said(self, row: Row, column: str) -> dict[str, Cell]:
        """The cells of a column of words by language; the first that speaks for one is taken."""
        found: dict[str, Cell] = {}
        cells = row.said(column)
        for name in sorted(cells, key=lambda name: name == ""):
            tag = self.first if name == "" else self.by_name.get(name)
            if tag is not None:
                found.setdefault(tag, cells[name])
        return {tag: found[tag] for tag in self.languages if tag in found}


def tongues_of(tables: Iterable[Table], default: Cell, notes: Notes) -> Tongues:
    """The languages that a form is in, its default first; refuses names that say no language."""
    named: dict[str, Spot] = {}
    plain_at: Spot | None = None
    for table in tables:
        for language, spot in table.languages():
            named.setdefault(language, spot)
        for row in table.rows:
            if plain_at is None and ("label", "") in row.cells:
                header = row.cells["label", ""].spot.column
                plain_at = Spot(table.sheet, table.header_row, header)
    by_name: dict[str, str | None] = {}
    for name, spot in named.items():
        by_name[name] = None if _is_default(name) else tag_of(name)
        if by_name[name] is None and not _is_default(name):
            message = f"{name!r} names no language that is known: write for example `Swahili (sw)`"
            notes.refuse(spot, message)
    known = list(dict.fromkeys(tag for tag in by_name.values() if tag))
    first = _first(default, known, plain_at, notes=notes)
    for name in by_name:
        if _is_default(name):
            by_name[name] = first
    used = [first] if plain_at or not known else []
    languages = sorted(dict.fromkeys([*used, *known]), key=lambda tag: tag != first)
    return Tongues(first, by_name, languages=languages)


def _is_default(name: str) -> bool:
    return name.strip().lower() in ("default", "")


def _first(default: Cell, known: list[str], plain_at: Spot | None, *, notes: Notes) -> str:
    if default.text and not _is_default(default.text):
        tag = tag_of(default.text)
        if tag is not None:
            return tag
        notes.remark(default.spot, f"{default.text!r} names no language that is known")
    if known and not (plain_at and "en" not in known):
        return "en" if "en" in known and plain_at else known[0]
    if plain_at:
        notes.remark(plain_at, "names no language: the texts are taken to be English")
    return "en"


def plain_text(text: str) -> str:
    """The words alone: no bold, no colours, addresses in brackets after their words."""
    found = _without_tags(text, markdown=False)
    for pattern, replacement in MARKS:
        found = pattern.sub(replacement, found)
    return found.strip()


def markdown(text: str) -> str:
    """The words with the marks that we do print; tags of HTML become marks or fall away."""
    return _without_tags(text, markdown=True).strip()


def _without_tags(text: str, *, markdown: bool) -> str:
    """The words between tags; `<b>` is `**` and `<a>` is a link where Markdown is wanted."""
    text = COMMENT.sub("", text)
    if not (TAG.search(text) or ENTITY.search(text)):
        return text
    links: list[str] = []

    def words(tag: re.Match[str]) -> str:
        name = (tag["name"] or "").lower()
        if name == "a" and not tag["end"]:
            links.append(link_in(tag["rest"]))
            return "[" if markdown and links[-1] else ""
        if name == "a":
            address = links.pop() if links else ""
            return (f"]({address})" if markdown else f" ({address})") if address else ""
        if name in BREAKS and not tag["end"]:
            return "\n"
        return SIGNS.get(name, "") if markdown else ""

    return re.sub(r"\n{3,}", "\n\n", unescape(TAG.sub(words, text)))


def with_pipes(text: str, pipe: Callable[[str], str]) -> str:
    """`text` with each `${name}` replaced by what `pipe` gives for it."""
    # Two braces mean a pipe in our texts, and nothing in those of a form.
    return REFERENCE.sub(lambda match: pipe(match[1]), text.replace("{{", "{ {"))
