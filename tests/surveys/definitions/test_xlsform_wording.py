"""Texts of a form: HTML and Markdown as words, however broken they are."""

import time

import pytest

from surveys.definitions.xlsform.wording import markdown, plain_text


@pytest.mark.parametrize(
    ("text", "plain", "marked"),
    [
        ("<b>A</b> &amp; b<br/>c", "A & b\nc", "**A** & b\nc"),
        ("a <!-- no --> b <i>c</i>", "a  b c", "a  b *c*"),
        ("x < y <em>z</em>", "x < y z", "x < y *z*"),
        ('<a href="https://a.example/?b&amp;c">d</a>', "d (https://a.example/?b&c)", None),
        ("<a href='javascript:x()'>d</a></a>", "d", "d"),
        ("&lt;b&gt;", "<b>", "<b>"),
        ("AT&T", "AT&T", "AT&T"),
    ],
)
def test_html_in_a_cell_becomes_words(text, plain, marked):
    assert plain_text(text) == plain
    assert markdown(text) == (marked or "[d](https://a.example/?b&c)")


# As long as a cell can be.
@pytest.mark.parametrize(
    "text",
    ["<b>x</b>" + "<a " * 10_000, "<b>x</b>" + "<!--" * 8_000, "[" * 32_000, "**a " * 8_000],
)
def test_a_broken_text_takes_no_time(text):
    began = time.process_time()

    assert plain_text(text)
    assert markdown(text)

    assert time.process_time() - began < 3
