"""A page as somebody reads it: each piece of text with the language and direction it stands in."""

from html.parser import HTMLParser
from typing import NamedTuple

SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt", "data-left", "data-over")
# They have no end tag, so nothing is inside them.
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


class Piece(NamedTuple):
    text: str
    language: str
    direction: str


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[tuple[str, str, str]] = [("", "", "")]
        self.pieces: list[Piece] = []

    def handle_starttag(self, tag, attributes):
        own = dict(attributes)
        _, language, direction = self.open[-1]
        here = (tag, own.get("lang") or language, own.get("dir") or direction)
        for name in SPOKEN_ATTRIBUTES:
            self._add(own.get(name) or "", here)
        if tag not in VOID:
            self.open.append(here)

    def handle_endtag(self, tag):
        assert self.open[-1][0] == tag, f"</{tag}> closes <{self.open[-1][0]}>"
        self.open.pop()

    def handle_data(self, data):
        if self.open[-1][0] not in ("script", "style"):
            self._add(data, self.open[-1])

    def _add(self, text, here):
        if text.strip():
            self.pieces.append(Piece(" ".join(text.split()), here[1], here[2]))


def pieces(html: str) -> list[Piece]:
    """All text of a page, attributes that are read aloud included, in order."""
    reader = _Reader()
    reader.feed(html)
    return reader.pieces
