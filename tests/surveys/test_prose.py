"""What the office writes in Markdown never becomes more than text and links."""

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString

from surveys.templatetags.prose import prose


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Plain words.", '<p class="govuk-body">Plain words.</p>\n'),
        ("Some **bold** words.", '<p class="govuk-body">Some <strong>bold</strong> words.</p>\n'),
        (
            "- one\n- two",
            '<ul class="govuk-list govuk-list--bullet">\n<li>one</li>\n<li>two</li>\n</ul>\n',
        ),
        ("1. one", '<ol class="govuk-list govuk-list--number">\n<li>one</li>\n</ol>\n'),
        ("> said", '<blockquote class="govuk-inset-text">\n<p class="govuk-body">said</p>\n'),
        ("# Title", '<h2 class="govuk-heading-m">Title</h2>\n'),
        ("## Part", '<h3 class="govuk-heading-s">Part</h3>\n'),
        ("##### Deep", '<h4 class="govuk-heading-s">Deep</h4>\n'),
        ("", ""),
        (None, ""),
    ],
)
def test_prose_wears_the_classes_of_the_page(text: str | None, expected: str) -> None:
    assert prose(text).startswith(expected)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/a", "http://example.org", "/help/", "#main", "tel:08082000247",
     "mailto:office@example.org"],
)  # fmt: skip
def test_prose_links_tell_nobody_where_they_were_followed_from(address: str) -> None:
    assert prose(f"[words]({address})") == (
        f'<p class="govuk-body"><a href="{address}" class="govuk-link" '
        'rel="noreferrer nofollow">words</a></p>\n'
    )


def test_prose_keeps_the_manner_of_a_link_inside_other_words() -> None:
    html = prose("- **[a *very* good](https://example.org)**")

    assert 'class="govuk-link" rel="noreferrer nofollow"' in html


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "words <script src=https://example.org/x.js></script>",
        "<img src=x onerror=alert(1)>",
        "<style>body{display:none}</style>",
        "<!-- <script> -->",
        "> <iframe src=//example.org></iframe>",
    ],
)
def test_prose_shows_raw_html_as_text(text: str) -> None:
    html = prose(text)

    assert "&lt;" in html
    for tag in ("<script", "<img", "<style", "<iframe", "<!--"):
        assert tag not in html


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "&#106;avascript:alert(1)",
        "java&#x0A;script:alert(1)",
        "\x01javascript:alert(1)",
        "vbscript:msgbox(1)",
        "data:text/html,x",
        "data:image/png;base64,x",
        "file:///etc/passwd",
        "//example.org/elsewhere",
        "ftp://example.org",
    ],
)
@pytest.mark.parametrize("form", ["[words]({})", "[words][1]\n\n[1]: {}", "<{}>"])
def test_prose_refuses_addresses_that_do_more_than_open_a_page(form: str, address: str) -> None:
    assert "<a " not in prose(form.format(address))


@pytest.mark.parametrize("form", ["![words]({})", "![words][1]\n\n[1]: {}"])
def test_prose_fetches_no_picture(form: str) -> None:
    assert "<img" not in prose(form.format("https://example.org/seen.png"))


def test_prose_escapes_what_would_leave_an_attribute() -> None:
    html = prose('[words](/a"onmouseover="alert(1) "title\\" onclick=\\"x")')

    assert 'href="/a%22onmouseover=%22alert(1)"' in html
    assert 'title="title&quot; onclick=&quot;x"' in html


def test_prose_is_safe_in_a_template_and_its_input_is_not() -> None:
    page = Template("{% load prose %}{{ text|prose }}").render(Context({"text": "5 < 6 & *so*"}))

    assert page == '<p class="govuk-body">5 &lt; 6 &amp; <em>so</em></p>\n'
    assert isinstance(prose("words"), SafeString)
