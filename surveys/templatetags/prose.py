"""Markdown written by the office, as HTML that holds nothing but text and harmless links."""

import re
from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

register = template.Library()

LINK_SCHEMES = ("https://", "http://", "mailto:", "tel:", "/", "#")
CLASSES = {
    "paragraph_open": "govuk-body",
    "bullet_list_open": "govuk-list govuk-list--bullet",
    "ordered_list_open": "govuk-list govuk-list--number",
    "blockquote_open": "govuk-inset-text",
    "hr": "govuk-section-break govuk-section-break--m govuk-section-break--visible",
    "link_open": "govuk-link",
}
# A page has one h1 of its own, so the text's headings begin a level below it.
HEADINGS = {"h1": ("h2", "govuk-heading-m"), "h2": ("h3", "govuk-heading-s")}
DEEPEST_HEADING = ("h4", "govuk-heading-s")
# Of a phone: in a text from the right its groups would change places.
NUMBER = re.compile(r"(\+?[0-9]+(?: [0-9]+)+)")


class _Prose(MarkdownIt):
    def validateLink(self, url: str) -> bool:  # noqa: N802  # the library's name for it
        # `//host` would be another site's page under the scheme of ours.
        return url.lower().startswith(LINK_SCHEMES) and not url.startswith("//")


# Pictures would be fetched from wherever the text says, and tell that host who reads the page.
_markdown = _Prose("commonmark", {"html": False}).disable("image")


@register.filter
def prose(text: str | None) -> SafeString:
    """HTML of a Markdown text in GOV.UK's classes; raw HTML in it is shown, never obeyed."""
    tokens = _markdown.parse(text or "")
    _dress(tokens)
    html: str = _markdown.renderer.render(tokens, _markdown.options, {})
    return mark_safe(html)  # noqa: S308  # the parser escapes all HTML of the text


def _dress(tokens: Sequence[Token]) -> None:
    for token in tokens:
        if token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
        if token.type in ("heading_open", "heading_close"):
            _lower(token)
        if token.type == "link_open":
            token.attrSet("rel", "noreferrer nofollow")
        if token.children:
            _dress(token.children)
            token.children = [part for child in token.children for part in _isolated(child)]


def _isolated(token: Token) -> list[Token]:
    """A text with each number in groups set apart in an order of its own."""
    if token.type != "text" or not NUMBER.search(token.content):
        return [token]
    parts = []
    for i, part in enumerate(NUMBER.split(token.content)):
        text = Token("text", "", 0, content=part)
        is_number = i % 2 == 1
        parts += [Token("bdi_open", "bdi", 1, attrs={"dir": "ltr"}), text] if is_number else [text]
        parts += [Token("bdi_close", "bdi", -1)] if is_number else []
    return parts


def _lower(heading: Token) -> None:
    heading.tag, css_class = HEADINGS.get(heading.tag, DEEPEST_HEADING)
    if heading.nesting == 1:
        heading.attrSet("class", css_class)
