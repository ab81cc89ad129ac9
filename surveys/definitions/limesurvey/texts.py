"""HTML as LimeSurvey keeps it, made into plain words or Markdown; nothing of it is ever obeyed."""

import re
from dataclasses import dataclass, field
from html import unescape

from surveys.definitions.markup import TAG, link_in
from surveys.questions.texts import CONTROL

# Texts beyond this are no questions, and reading broken HTML takes time.
LONGEST = 60_000

BLOCKS = {
    "address", "article", "blockquote", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
    "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "legend", "main", "nav",
    "ol", "p", "pre", "section", "table", "tbody", "tfoot", "thead", "tr", "ul",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4", "h5", "h6"}
STRESS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
# What shows or does something that words can't.
NOT_WORDS = {
    "img": "a picture", "svg": "a picture", "picture": "a picture", "map": "a picture",
    "video": "a film", "audio": "a sound", "iframe": "another site's page", "embed": "a plug-in",
    "object": "a plug-in", "script": "a script", "input": "a form field", "select": "a form field",
    "textarea": "a form field", "button": "a button", "canvas": "a drawing",
}  # fmt: skip
# Their content is no text that anybody reads.
SILENT = {"script", "style", "iframe", "object", "svg", "select", "video", "audio", "canvas"}
# Stress and links inside each other, at most.
DEEPEST = 12
MARKDOWN = re.compile(r"([\\`*_\[\]<>])")
LINE_MARKS = re.compile(r"^([#+\-=~])")
NUMBERED = re.compile(r"^(\d+)([.)])")
# Begins an item of a list, until the whole is put together.
ITEM = "\x00"
UNFIT_FOR_LINK = re.compile(r"[<>\s]")


@dataclass
class Words:
    """A text without its HTML, one paragraph or list item a block."""

    plain: list[str]
    markdown: list[str]
    # What could not be put in words, such as "a picture".
    left_out: tuple[str, ...] = ()

    @property
    def line(self) -> str:
        """All of it as one line."""
        return " ".join(self.plain)

    @property
    def prose(self) -> str:
        """All of it as Markdown: items of a list on lines that follow each other."""
        text = ""
        for block, last in zip(self.markdown, ["", *self.markdown], strict=False):
            follows = block.startswith(ITEM) and last.startswith(ITEM)
            text += ("\n" if follows else "\n\n") + block
        return text.replace(ITEM, "- ").strip()


def words_of(html: str) -> Words:
    """The words of an HTML text."""
    reader = _Reader()
    reader.read(CONTROL.sub("", html[:LONGEST].replace("\r", "\n")))
    cut = ("what comes after 60,000 characters",) if len(html) > LONGEST else ()
    return Words(reader.plain, reader.markdown, (*dict.fromkeys(reader.left_out), *cut))


@dataclass
class _Span:
    """A stretch of text inside <strong>, <em> or <a>."""

    tag: str
    href: str = ""
    parts: list[str] = field(default_factory=list)


class _Reader:
    """Gathers blocks of words from tag to tag."""

    def __init__(self) -> None:
        self.plain: list[str] = []
        self.markdown: list[str] = []
        self.left_out: list[str] = []
        self._words: list[str] = []
        self._spans = [_Span("")]
        self._silent = ""
        self._bullet = False
        self._heading = ""

    def read(self, html: str) -> None:
        at = 0
        for tag in TAG.finditer(html):
            if tag.start() < at:
                continue
            self._data(html[at : tag.start()])
            at = tag.end()
            if tag[0] == "<!--":
                # What is never closed hides the rest, as in a browser.
                end = html.find("-->", at)
                at = end + 3 if end >= 0 else len(html)
            elif tag["name"]:
                self._tag(tag["name"].lower(), tag["rest"], is_end=bool(tag["end"]))
        self._data(html[at:])
        self.end_block()

    def _tag(self, tag: str, rest: str, *, is_end: bool) -> None:
        if is_end:
            self._end(tag)
        else:
            self._start(tag, rest)
            if rest.rstrip().endswith("/") and self._silent == tag:
                self._silent = ""

    def _start(self, tag: str, rest: str) -> None:
        if self._silent:
            return
        if tag in NOT_WORDS:
            self.left_out.append(NOT_WORDS[tag])
        if tag in SILENT:
            self._silent = tag
        elif tag in BLOCKS or tag == "li":
            self.end_block()
            self._bullet = tag == "li"
            self._heading = tag if tag in HEADINGS else ""
        elif tag == "br":
            self.end_block()
        elif tag in ("td", "th"):
            self._put(" ", " ")
        elif tag in (*STRESS, "a") and len(self._spans) < DEEPEST:
            self._spans.append(_Span(tag, link_in(rest) if tag == "a" else ""))

    def _end(self, tag: str) -> None:
        if self._silent:
            self._silent = "" if tag == self._silent else self._silent
        elif tag in BLOCKS or tag == "li":
            self.end_block()
            self._bullet = False
            self._heading = ""
        elif tag in (*STRESS, "a"):
            self._close(tag)

    def _data(self, data: str) -> None:
        if data and not self._silent:
            text = CONTROL.sub("", unescape(data))
            self._put(text, MARKDOWN.sub(r"\\\1", text))

    def end_block(self) -> None:
        """Ends the paragraph that is being read."""
        while len(self._spans) > 1:
            self._close(self._spans[-1].tag)
        plain = " ".join("".join(self._words).split())
        marked = " ".join("".join(self._spans[0].parts).split())
        self._words, self._spans = [], [_Span("")]
        if not plain:
            return
        # "1." or "-" at the start would make a list, "#" a heading.
        marked = NUMBERED.sub(r"\1\\\2", LINE_MARKS.sub(r"\\\1", marked))
        if self._heading:
            marked = f"# {marked}"
        self.plain.append(plain)
        self.markdown.append(f"{ITEM}{marked}" if self._bullet else marked)
        self._bullet = False

    def _put(self, plain: str, marked: str) -> None:
        self._words.append(plain)
        self._spans[-1].parts.append(marked)

    def _close(self, tag: str) -> None:
        """Ends the innermost stretch; a tag that was never begun is passed over."""
        if len(self._spans) == 1 or self._spans[-1].tag != tag:
            return
        span = self._spans.pop()
        text = "".join(span.parts)
        inner = text.strip()
        if inner and span.tag in STRESS:
            mark = STRESS[span.tag]
            # Stress that begins or ends with a space is none in Markdown.
            inner = f"{mark}{inner}{mark}" if "*" not in inner else inner
        elif inner and span.href:
            inner = f"[{inner}](<{UNFIT_FOR_LINK.sub('', span.href)}>)"
        before = text[: len(text) - len(text.lstrip())]
        after = text[len(text.rstrip()) :] if inner else ""
        self._spans[-1].parts.append(f"{before}{inner}{after}")
