"""What changed within a text, word by word."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher


@dataclass(frozen=True)
class Piece:
    """A stretch of words that stayed, or that is on one side only."""

    words: str
    is_changed: bool


def marked(before: str, after: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces, with what only one of them has marked."""
    old, new = re.findall(r"\s+|\S+", before), re.findall(r"\s+|\S+", after)
    was: list[Piece] = []
    now: list[Piece] = []
    for act, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        is_changed = act != "equal"
        was += [Piece("".join(old[i:j]), is_changed)] if j > i else []
        now += [Piece("".join(new[k:m]), is_changed)] if m > k else []
    return was, now
