"""The codebook as a page: every variable with its question, its codes and who was asked."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from itertools import groupby

from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.piping import say
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.codebook import Variable, codebook
from surveys.questions.texts import Borrowed, direction
from surveys.questions.words import Phrase, phrase, phrases, spoken

TITLE = phrase("Codebook: {title}")
VERSION = phrase("version {n}")
VARIABLES = phrases("{n} variable", "{n} variables", by="n")
CONTENTS = phrase("All variables")
PAGE = phrase("Page {n}")
PAGE_TITLED = phrase("Page {n}: {title}")
CODES = phrase("Codes of {name}")
# What is told of a variable, in this order, where there is something to tell.
FACTS: dict[str, Phrase] = {
    "number": phrase("Question"),
    "part_of": phrase("Part of"),
    "hint": phrase("Hint"),
    "universe": phrase("Who was asked"),
    "type": phrase("Type"),
    "least": phrase("Least"),
    "most": phrase("Most"),
    "places": phrase("Decimal places, at most"),
    "unit": phrase("Unit"),
    "forms": phrase("Written as"),
    "longest": phrase("Characters, at most"),
    "at_most": phrase("Codes in an answer, at most"),
    "rule": phrase("Valid"),
    "derivation": phrase("Worked out"),
    "nets": phrase("Reported together"),
}
TYPES: dict[str, Phrase] = {
    "code": phrase("one code"),
    "codes": phrase("several codes"),
    "ranked codes": phrase("several codes, the first place first"),
    "whole number": phrase("whole number"),
    "decimal number": phrase("decimal number"),
    "date": phrase("date"),
    "time": phrase("time of day"),
    "text": phrase("text"),
}
FLAGS: dict[str, Phrase] = {
    "is_required": phrase("must be answered"),
    "is_sensitive": phrase("sensitive"),
    "is_own_words": phrase("own words: sealed, and kept apart from the coded answers"),
    "is_contact": phrase("a way to reach the person: never kept with the answers"),
    "is_computed": phrase("worked out from other answers, never asked"),
}
HEADS = (phrase("Code"), phrase("Label"), phrase("Stored as"), phrase("Counts"))
IN_BASE = phrase("in the base")
OUT_OF_BASE = phrase("missing: outside the base")
ALONE = phrase("chosen alone")
TODAY = phrase("the day of the answer")

# For a file that is opened from a disk, where no stylesheet of ours is at hand.
STYLE = """
body { color: #16262e; font: 1.0625rem/1.5 "Atkinson Hyperlegible Next", Arial, sans-serif;
  margin: 2rem auto; max-width: 60rem; padding: 0 1rem }
h1, h2 { color: #084c49 } a { color: #0b5394 } dt { color: #4a5b63 } dd { margin: 0 0 .5rem }
table { border-collapse: collapse; width: 100% } caption { font-weight: bold; text-align: start }
th, td { border-bottom: 1px solid #c9d3d1; padding: .4rem .6rem .4rem 0; text-align: start;
  vertical-align: top } article { border-top: 1px solid #c9d3d1; margin-top: 2rem }
code { overflow-wrap: anywhere }
"""


def codebook_page(definition: Definition, language: str, *, stylesheet: str | None = None) -> str:
    """A whole page; with the address of a stylesheet, or with a little style of its own."""
    title = _title(definition, language)
    style = f'<link rel="stylesheet" href="{escape(stylesheet)}">' if stylesheet else ""
    style = style or f"<style>{STYLE}</style>"
    return (
        f'<!doctype html>\n<html lang="{escape(language)}" dir="{direction(language)}">\n'
        f'<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title>{style}</head>\n"
        f'<body class="govuk-template__body"><div class="govuk-width-container">'
        f'<main class="govuk-main-wrapper">\n'
        f"{codebook_body(definition, language)}\n</main></div></body></html>\n"
    )


def codebook_body(definition: Definition, language: str) -> str:
    """The content of the page, for a place that has a frame of its own."""
    return "\n".join(_Body(definition, language).parts())


class _Body:
    def __init__(self, definition: Definition, language: str) -> None:
        self.definition = definition
        self.language = language
        self.variables = codebook(definition, language)

    def parts(self) -> Iterator[str]:
        title = _title(self.definition, self.language)
        mark = fingerprint(canonical(self.definition))
        count = self._word(VARIABLES, n=len(self.variables))
        yield f'<h1 class="govuk-heading-l">{escape(title)}</h1>'
        yield (
            f'<p class="govuk-body">{escape(self.definition.survey)} · '
            f"{self._word(VERSION, n=self.definition.version)} · {count}<br>"
            f'<code class="checksum">{mark}</code></p>'
        )
        yield self._contents()
        for number, group in groupby(self.variables, key=lambda variable: variable.page):
            yield self._page(number, list(group))

    def _contents(self) -> str:
        items = "".join(
            f'<li><a class="govuk-link" href="#{escape(v.name)}"><code>{escape(v.name)}</code></a> '
            f"{_html(v.question)}</li>"
            for v in self.variables
        )
        heading = self._word(CONTENTS)
        return (
            f'<nav aria-labelledby="contents">'
            f'<h2 class="govuk-heading-m" id="contents">{heading}</h2>'
            f'<ul class="govuk-list">{items}</ul></nav>'
        )

    def _page(self, number: int, variables: Sequence[Variable]) -> str:
        title = self.definition.pages[number - 1].title
        told = (
            self._word(PAGE, n=number)
            if title is None
            else self._word(
                PAGE_TITLED, n=number, title=say(title, self.definition, {}, language=self.language)
            )
        )
        inner = "\n".join(map(self._variable, variables))
        return f'<section><h2 class="govuk-heading-m">{told}</h2>\n{inner}</section>'

    def _variable(self, variable: Variable) -> str:
        name = escape(variable.name)
        facts = "".join(
            f'<div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{key}</dt>'
            f'<dd class="govuk-summary-list__value">{value}</dd></div>'
            for key, value in self._facts(variable)
        )
        return (
            f'<article id="{name}" aria-labelledby="{name}-name">'
            f'<h3 class="govuk-heading-s" id="{name}-name"><code>{name}</code></h3>'
            f'<p class="govuk-body">{_html(variable.question)}</p>'
            f'<dl class="govuk-summary-list">{facts}</dl>{self._codes(variable)}</article>'
        )

    def _facts(self, variable: Variable) -> Iterator[tuple[str, str]]:
        for key, heading in FACTS.items():
            value = getattr(variable, key)
            if value not in ("", None, ()):
                yield self._word(heading), self._fact(key, value)
        flags = [self._word(text) for name, text in FLAGS.items() if getattr(variable, name)]
        if flags:
            yield self._word(phrase("Note")), "; ".join(flags)

    def _fact(self, key: str, value: object) -> str:
        if key == "type":
            return self._word(TYPES[str(value)])
        if value == "today":
            return self._word(TODAY)
        return "<br>".join(map(_html, value)) if isinstance(value, tuple) else _html(value)

    def _codes(self, variable: Variable) -> str:
        if not variable.codes:
            return ""
        heads = "".join(f'<th scope="col">{self._word(head)}</th>' for head in HEADS)
        caption = self._word(CODES, name=variable.name)
        label = f"{escape(variable.name)}-codes"
        return (
            f'<div class="table-frame" role="region" aria-labelledby="{label}" tabindex="0">'
            f'<table class="data-table"><caption class="data-table__caption" id="{label}">'
            f"{caption}</caption><thead><tr>{heads}</tr></thead>"
            f"<tbody>{''.join(self._code_rows(variable))}</tbody></table></div>"
        )

    def _code_rows(self, variable: Variable) -> Iterable[str]:
        for code in variable.codes:
            notes = [self._word(OUT_OF_BASE if code.is_missing else IN_BASE)]
            notes += [self._word(ALONE)] if code.is_exclusive else []
            notes += [_html(code.offered)] if code.offered else []
            cells = [_html(code.label), f"<code>{escape(code.stored)}</code>", "; ".join(notes)]
            rest = "".join(f"<td>{cell}</td>" for cell in cells)
            yield f'<tr><th scope="row"><code>{escape(code.code)}</code></th>{rest}</tr>'

    def _word(self, text: Phrase, **values: object) -> str:
        return _html(spoken(text, self.language, **values))


def _title(definition: Definition, language: str) -> str:
    title = say(definition.title, definition, {}, language=language)
    return spoken(TITLE, language, title=title)


def _html(text: object) -> str:
    """A text as HTML; one in another language than the page says so itself."""
    return text.__html__() if isinstance(text, Borrowed) else escape(str(text))
