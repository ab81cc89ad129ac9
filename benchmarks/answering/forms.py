"""What a page asks and how it wants to be sent, read from its HTML and from nothing else."""

import html
import random
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import quote_plus

HIDDEN = re.compile(rb'<input type="hidden"[^>]*>')
NAME = re.compile(rb'\bname="([^"]*)"')
VALUE = re.compile(rb'\bvalue="([^"]*)"')
ACTION = re.compile(rb'\baction="([^"]*)"')
# What people write in their own words: nothing, a few words, a sentence or two.
WRITTEN = (
    "",
    "Nothing more, thank you.",
    "The officer who came was kind & rang me back, but it took three weeks until I heard anything.",
    "I would have liked to know what happens next. Nobody told me, and the letter came to my old "
    "address although I had given the new one at the first visit.",
)


@dataclass
class Asked:
    """The questions of a form: by the name of a field what may be sent, ready for the body."""

    one_of: dict[str, list[bytes]] = field(default_factory=dict)
    some_of: dict[str, list[bytes]] = field(default_factory=dict)
    written: list[list[bytes]] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.one_of) + len(self.some_of) + len(self.written)

    def answered(self, chance: random.Random) -> list[bytes]:
        """The answers of one person, who answers everything."""
        parts = [chance.choice(values) for values in self.one_of.values()]
        for values in self.some_of.values():
            parts += chance.sample(values, min(2, len(values)))
        return parts + [chance.choice(texts) for texts in self.written]


class Reader(HTMLParser):
    """Collects the fields that a person sees; what no Tab key reaches is not for people."""

    def __init__(self) -> None:
        super().__init__()
        self.asked = Asked()
        self.menu = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        name, value = given.get("name", ""), given.get("value", "")
        if given.get("tabindex") == "-1":
            return
        if tag == "select":
            self.menu = name
        elif tag == "option" and value:
            self.asked.one_of.setdefault(self.menu, []).append(_pair(self.menu, value))
        elif tag == "textarea":
            self.asked.written.append([_pair(name, text) for text in WRITTEN])
        elif tag == "input" and given.get("type") == "radio":
            self.asked.one_of.setdefault(name, []).append(_pair(name, value))
        elif tag == "input" and given.get("type") == "checkbox":
            self.asked.some_of.setdefault(name, []).append(_pair(name, value))


class Pages:
    """Remembers what each address asks: that is the same for all; hidden fields never are."""

    def __init__(self) -> None:
        self.known: dict[bytes, tuple[int, Asked]] = {}

    def filled(self, path: bytes, page: bytes, chance: random.Random) -> tuple[bytes, bytes] | None:
        """Where this page's form goes and one person's body for it, or None where it has no form.

        Of several forms it is the one that asks the most, or the first of those that ask nothing.
        """
        forms = _posted(page)
        if not forms:
            return None
        if path not in self.known:
            read = [_read(inside) for _, inside in forms]
            at = max(range(len(read)), key=lambda i: read[i].count)
            self.known[path] = at, read[at]
        at, asked = self.known[path]
        tag, inside = forms[min(at, len(forms) - 1)]
        action = ACTION.search(tag)
        to = html.unescape(action.group(1).decode()).encode() if action else b""
        body = b"&".join(_hidden(inside) + asked.answered(chance))
        return to or path, body


def _posted(page: bytes) -> list[tuple[bytes, bytes]]:
    """The opening tag and the inside of each form that is sent by POST."""
    found, at = [], page.find(b"<form")
    while at >= 0:
        opened = page.index(b">", at)
        closed = page.index(b"</form>", opened)
        tag = page[at:opened]
        if b'method="post"' in tag.lower():
            found.append((tag, page[opened + 1 : closed]))
        at = page.find(b"<form", closed)
    return found


def _hidden(inside: bytes) -> list[bytes]:
    parts = []
    for tag in HIDDEN.findall(inside):
        name, value = NAME.search(tag), VALUE.search(tag)
        if name:
            given = html.unescape(value.group(1).decode()) if value else ""
            parts.append(_pair(name.group(1).decode(), given))
    return parts


def _read(inside: bytes) -> Asked:
    reader = Reader()
    reader.feed(inside.decode())
    return reader.asked


def _pair(name: str, value: str) -> bytes:
    return f"{quote_plus(name)}={quote_plus(value)}".encode()
