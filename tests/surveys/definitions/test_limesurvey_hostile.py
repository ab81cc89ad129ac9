"""Whatever the bytes are, they are read or refused in words; nothing else ever comes of them."""

import gzip
import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.definitions.limesurvey import LimeSurveyError, read_limesurvey
from surveys.definitions.limesurvey.tables import MOST_BYTES
from surveys.definitions.limesurvey.texts import words_of
from surveys.definitions.loader import build_definition
from surveys.definitions.places import DefinitionError, Marked
from tests.surveys.definitions.lime_files import Group, Lime, lss, written

BOMB = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>
<document><LimeSurveyDocType>&b;</LimeSurveyDocType></document>"""
OUTSIDE = """<?xml version="1.0"?>
<!DOCTYPE document [<!ENTITY x SYSTEM "file:///etc/hostname">]>
<document><LimeSurveyDocType>&x;</LimeSurveyDocType></document>"""
DECLARES = "it declares a document type or entities, which LimeSurvey never writes"


def refusal(data: bytes) -> str:
    with pytest.raises(LimeSurveyError) as refused:
        read_limesurvey(data, file_name="f.lss", lenient=True)
    return str(refused.value)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "f.lss: it is empty"),
        (b"  \n", "f.lss: it is empty"),
        (b"survey: lights", "f.lss: line 1: it is not XML: syntax error"),
        (b"<document><a></document>", "f.lss: line 1: it is not XML: mismatched tag"),
        (b"\xff\xfe\x00", "it is not XML"),
        (b"PK\x03\x04rest", "it is a zip archive: export the survey structure (.lss) alone"),
        (b"\x1f\x8bnot packed", "its gzip packing is damaged"),
        (gzip.compress(b"<document/>", mtime=0)[:-9], "its gzip packing is damaged"),
        (b"<html></html>", "its XML begins with <html>, expected <document>"),
        (
            b"<document></document>",
            "expected an exported survey (LimeSurveyDocType Survey), found none",
        ),
        (
            b"<document><LimeSurveyDocType>Group</LimeSurveyDocType></document>",
            "expected an exported survey (LimeSurveyDocType Survey), found Group",
        ),
        (b"<document>" + b"<a>" * 90, "its XML is nested deeper than 40 levels"),
        (BOMB.encode(), DECLARES),
        (OUTSIDE.encode(), DECLARES),
        (b'<?xml version="1.0" encoding="utf-7"?><document/>', "it is not XML"),
        (b'<?xml version="1.0" encoding="nothing"?><document/>', "it is not XML"),
        (written({}), "it has no question that can be carried over"),
        (written({"questions": [{"qid": "1", "type": "S"}]}), "it has no question"),
    ],
)
def test_bytes_that_are_no_survey_are_refused_in_words(data, message):
    assert message in refusal(data)


def test_packed_file_beyond_all_measure_is_refused_without_being_unpacked():
    assert f"it is larger than {MOST_BYTES // 1_000_000} MB" in refusal(
        gzip.compress(b" " * (MOST_BYTES + 2), compresslevel=1)
    )


def test_more_rows_than_any_survey_has_are_refused(monkeypatch):
    monkeypatch.setattr("surveys.definitions.limesurvey.tables.MOST_ROWS", 10)
    assert "it has more than 10 rows" in refusal(written({"answers": [{"qid": 1}] * 11}))


A = {"A1": "One", "A2": "Two"}
WHOLE = lss(
    Group(
        [
            Lime("a", "L", "<b>How</b> is {x.shown}?", answers=A, other="Y"),
            Lime("b", "M", subs=A, attributes={"exclude_all_others": "A1", "max_answers": "1"}),
            Lime("c", "1", subs=A, answers=A, answers_2=A, relevance='a == "A1" or b_A2 == "Y"'),
            Lime(
                "d",
                "N",
                attributes={"min_num_value_n": "1", "suffix": "m"},
                relevance="!is_empty(a)",
            ),
        ],
        description="<p>About</p>",
        relevance="1",
    ),
    Group(
        [
            Lime("e", "*", "{if(a == 'A1', 'x', 'y')}"),
            Lime("f", "D", attributes={"date_min": "2020-01-01"}),
            Lime("g", "R", answers=A, attributes={"array_filter": "b"}),
            Lime("h", "K", subs=A, mandatory="Y"),
        ],
        relevance="d > 3",
    ),
    languages=("en", "fr"),
    is_new=True,
)
LINES = WHOLE.decode().splitlines()


def read_or_refused(data: bytes) -> None:
    """Reads the bytes, and builds what came of them."""
    try:
        imported = read_limesurvey(data, file_name="f.lss", lenient=True)
    except LimeSurveyError as error:
        assert error.troubles  # noqa: PT017  # what matters is that nothing else is raised
        return
    try:
        build_definition(Marked(imported.data))
    except DefinitionError as error:
        pytest.fail(f"imported what is no definition: {error}")


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    read_or_refused(data)


@given(st.randoms(use_true_random=False), st.integers(1, 12))
def test_file_that_lost_lines_is_read_or_refused(chance, lost):
    kept = list(LINES)
    for _ in range(lost):
        at = chance.randrange(len(kept))
        # A whole cell or row, so that it stays XML more often than not.
        del kept[at : at + chance.choice([1, 1, 2, 9])]
    read_or_refused("\n".join(kept).encode())


# What stands between the tags of a cell, and what somebody's tool might have put there.
ODD = [
    "",
    "0",
    "-1",
    "999999999999",
    "1.5",
    "Y",
    "N",
    "Ω",
    "a b",
    "}",
    "{",
    "{{x}}",
    "{a.shown}",
    "((",
    "a == ",
    "&lt;script&gt;",
    "&lt;p",
    "A1",
    "en",
    "fr",
    "xx",
    "S",
    "M",
    "|",
    "1",
    "*",
    "H",
    "that.a",
    "2024-13-45",
    "0000-00-00",
    "today",
    "all",
    "nonce",
    "b == 'nan'",
    "a" * 300,
    "a or " * 90 + "a",
    "&#233;",
    "&#xe000;0&#xe001;",
]


@given(st.randoms(use_true_random=False), st.integers(1, 8))
def test_file_with_odd_cells_is_read_or_refused(chance: random.Random, changed: int):
    lines = list(LINES)
    cells = [i for i, line in enumerate(lines) if line.count(">") == 2 and i > 9]
    for at in chance.sample(cells, changed):
        name = lines[at][1 : lines[at].index(">")]
        lines[at] = f"<{name}>{chance.choice(ODD)}</{name}>"
    read_or_refused("\n".join(lines).encode())


@given(st.text(max_size=200) | st.text(alphabet="<>/ab=\"'&;pli-!1.#*_\n ", max_size=120))
def test_any_html_becomes_words(html):
    words = words_of(html)
    assert "\x00" not in words.prose + words.line
    assert len(words.plain) == len(words.markdown)


@pytest.mark.parametrize(
    ("html", "line", "prose"),
    [
        ("a<br />b", "a b", "a\n\nb"),
        ("<p>a&nbsp;b &amp; c</p>", "a b & c", "a b & c"),
        ("<strong>few </strong>of", "few of", "**few** of"),
        ("<b>open", "open", "**open**"),
        ("<ol><li>x</li><li>y</li></ol>z", "x y z", "- x\n- y\n\nz"),
        ("<h3>Head</h3>a", "Head a", "# Head\n\na"),
        ("1. one", "1. one", "1\\. one"),
        ("# no", "# no", "\\# no"),
        ("- no", "- no", "\\- no"),
        ("5 * 3 < 20 [x](y)", "5 * 3 < 20 [x](y)", "5 \\* 3 \\< 20 \\[x\\](y)"),
        ("<a href='https://a.example/b'>here</a>", "here", "[here](<https://a.example/b>)"),
        ("<a href='javascript:x()'>here</a>", "here", "here"),
        (
            "<a href='https://a.example/> [x](<b'>here</a>",
            "here",
            "[here](<https://a.example/[x](b>)",
        ),
        ("<style>p{}</style>a<!-- no -->", "a", "a"),
        ("<td>a</td><td>b</td>", "a b", "a b"),
        ("&lt;script&gt;", "<script>", "\\<script\\>"),
    ],
)
def test_html_becomes_plain_words_and_markdown(html, line, prose):
    words = words_of(html)
    assert (words.line, words.prose) == (line, prose)


@pytest.mark.parametrize("html", ["<" * 50_000, "<a " * 20_000, "<b>" * 20_000, "&" * 60_000])
def test_broken_html_takes_no_time(html):
    assert words_of(html * 3).left_out
