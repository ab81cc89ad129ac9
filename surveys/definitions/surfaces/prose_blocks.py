"""Markdown of the office as plain data: headings, paragraphs and lists of runs of text.

For surfaces that know no HTML. Raw HTML in a text stays text, and a link is its words with the
address after them.
"""

from collections.abc import Iterable, Sequence
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.token import Token

Run = dict[str, Any]
Block = dict[str, Any]

LISTS = {"bullet_list_open": "bullets", "ordered_list_open": "numbers"}

# Pictures would have to be fetched, and code is nothing that a form says.
_markdown = MarkdownIt("commonmark", {"html": False}).disable(["image", "code", "fence"])


def blocks_of(text: str) -> list[Block]:
    """`{kind: heading, level, runs}`, `{kind: paragraph, runs}`, `{kind: bullets, items}` …"""
    return _blocks(iter(_markdown.parse(text)))


def plain(text: str) -> str:
    """The words of a Markdown text in one line."""
    return " ".join(_words(block) for block in blocks_of(text))


def _blocks(tokens: Iterable[Token], until: str | None = None) -> list[Block]:
    found: list[Block] = []
    tokens = iter(tokens)
    for token in tokens:
        if token.type == until:
            break
        if token.type == "heading_open":
            level = min(int(token.tag[1:]), 2)
            found.append({"kind": "heading", "level": level, "runs": _runs(next(tokens))})
        elif token.type == "paragraph_open":
            found.append({"kind": "paragraph", "runs": _runs(next(tokens))})
        elif token.type in LISTS:
            end = token.type.replace("_open", "_close")
            found.append({"kind": LISTS[token.type], "items": _items(tokens, end)})
        elif token.type == "blockquote_open":
            found.append({"kind": "quote", "blocks": _blocks(tokens, "blockquote_close")})
    return found


def _items(tokens: Iterable[Token], end: str) -> list[list[Block]]:
    found = []
    for token in tokens:
        if token.type == end:
            break
        if token.type == "list_item_open":
            found.append(_blocks(tokens, "list_item_close"))
    return found


def _runs(inline: Token) -> list[Run]:
    found: list[Run] = []
    style = {"strong": False, "emph": False}
    address = ""
    for token in inline.children or ():
        match token.type:
            case "strong_open" | "strong_close":
                style["strong"] = token.nesting == 1
            case "em_open" | "em_close":
                style["emph"] = token.nesting == 1
            case "softbreak":
                found.append({"t": " ", **style})
            case "hardbreak":
                found.append({"t": "\n", **style})
            case "link_open":
                address = str(token.attrs.get("href", ""))
            case "link_close":
                shown = address.removeprefix("mailto:").removeprefix("tel:")
                if shown and shown not in _text(found):
                    found.append({"t": f" ({shown})", **style})
            case _:
                found.append({"t": token.content, **style})
    return found


def _text(runs: Sequence[Run]) -> str:
    return "".join(run["t"] for run in runs)


def _words(block: Block) -> str:
    if "runs" in block:
        return _text(block["runs"])
    inner = block.get("blocks") or [b for item in block.get("items", ()) for b in item]
    return " ".join(_words(b) for b in inner)
