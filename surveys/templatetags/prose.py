"""Markdown written by the office, as HTML that holds nothing but text and harmless links."""

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
        _dress(token.children or ())


def _lower(heading: Token) -> None:
    heading.tag, css_class = HEADINGS.get(heading.tag, DEEPEST_HEADING)
    if heading.nesting == 1:
        heading.attrSet("class", css_class)
