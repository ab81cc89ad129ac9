"""Forms on paper: tagged, in the right language, whole, and no text of theirs is a command."""

from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader

from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.paper import PaperError, paper_form
from surveys.definitions.surfaces.paper_sheet import sheet
from tests.factories.definitions import definitions
from tests.factories.kinds import EVERY_KIND, every_kind
from tests.factories.larger import LARGER
from tests.factories.surveys import SMALL, changed

ROOT = Path(__file__).parents[3]
CONTENT = sorted((ROOT / "surveys" / "content").glob("*/1.yaml"))
FONTS = ROOT / "var" / "build" / "fonts" / "paper"
ADDRESS = "https://heard.example/s/k3Jd82mQ/"
# What a page says, as far as it is one line.
HOSTILE = '#panic("x") $x^2$ *b* _i_ `r` <l> @r \\ // /* ] } #{ "; #read("/etc/passwd") = h - i'


def printed(
    definition: Definition, language: str = "en", *, url: str | None = ADDRESS
) -> PdfReader:
    return PdfReader(BytesIO(paper_form(definition, language, url=url, fonts=FONTS)))


def words(reader: PdfReader) -> str:
    """All that is printed, with single spaces."""
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("path", CONTENT, ids=lambda path: path.parent.name)
def test_survey_of_the_product_prints_whole_in_each_language(path):
    definition = load_definition(path.read_text(encoding="utf-8"))
    for language in definition.languages:
        reader = printed(definition, language)
        assert reader.trailer["/Root"]["/Lang"] == language.partition("-")[0]
        text = words(reader).replace(" ", "")
        for question in definition.questions:
            ask = question.ask.get(language, question.ask["en"])
            assert ask.replace(" ", "") in text, ask


def test_form_says_that_it_is_tagged_and_what_it_is():
    root = printed(every_kind()).trailer["/Root"]
    assert str(root["/MarkInfo"]["/Marked"]) == "True"
    assert str(root["/ViewerPreferences"]["/DisplayDocTitle"]) == "True"
    assert "pdfuaid:part" in root["/Metadata"].get_data().decode()
    assert "Every kind" in root["/Metadata"].get_data().decode()
    assert "/StructTreeRoot" in root


def test_structure_has_headings_lists_and_tables():
    found: set[str] = set()

    def walk(node):
        if "/S" in node:
            found.add(node["/S"])
        kids = node.get("/K", [])
        for kid in kids if isinstance(kids, list) else [kids]:
            kid = kid.get_object()
            if hasattr(kid, "keys"):
                walk(kid)

    walk(printed(every_kind()).trailer["/Root"]["/StructTreeRoot"])
    assert {"/H1", "/H2", "/L", "/LI", "/Lbl", "/Table", "/TH", "/TD", "/Figure"} <= found


def test_text_is_never_a_command():
    definition = load_definition(
        changed(SMALL, {"Before you begin": f"'{HOSTILE}'", "What do you call your area?": "H"})
    )
    said = {"en": HOSTILE}
    update = {"title": said, "done": said}
    reader = printed(definition.model_copy(update=update))
    assert HOSTILE in words(reader)


def test_same_form_is_the_same_file():
    made = [paper_form(every_kind(), "en", url=ADDRESS, fonts=FONTS) for _ in range(2)]
    assert made[0] == made[1]


def test_address_stands_beside_its_code_and_nothing_without_one():
    with_code = words(printed(every_kind())).replace("\u200b", "")
    assert "heard.example/s/ k3Jd82mQ/" in with_code or "heard.example/s/k3Jd82mQ/" in with_code
    assert "heard.example" not in words(printed(every_kind(), url=None))


def test_way_through_is_told_in_words():
    text = words(printed(load_definition(LARGER)))
    assert "If you answered “No” to question 1, stop here and do not send this form." in text
    # Nobody has answered anything yet: what is put into a text is what stands for no answer.
    assert "Which towns in your county do you know?" in text


def test_addresses_of_people_stand_on_a_sheet_of_their_own():
    reader = printed(every_kind())
    last = reader.pages[-1].extract_text()
    assert "How to reach you" in last
    assert "What is your email address?" in last
    assert "What would help?" not in last
    # The sheet begins on a front side, so that nothing is on its back.
    assert len(reader.pages) % 2 == 1


def test_what_is_worked_out_is_not_asked():
    assert "Group" not in words(printed(every_kind()))


def test_form_from_the_right_keeps_its_direction():
    arabic = changed(EVERY_KIND, {"languages: [en]": "languages: [en, ar]"})
    definition = load_definition(arabic, draft=True)
    data = sheet(definition, "ar", url=None, qr=None)
    assert data["dir"] == "rtl"
    agreed = data["parts"][1]["pages"][0]["items"][0]
    assert agreed["boxes"][0]["label"] == {"t": "نعم", "lang": "ar", "dir": "rtl"}
    # Borrowed from English, and told as such.
    assert agreed["ask"]["dir"] == "ltr"
    assert printed(definition, "ar").trailer["/Root"]["/Lang"] == "ar"


def test_letter_that_no_typeface_has_is_refused_in_words():
    odd = every_kind().model_copy(update={"title": {"en": "A \U0001f642"}})
    with pytest.raises(PaperError, match="no typeface at hand has a letter for “\U0001f642”"):
        paper_form(odd, "en", url=None, fonts=FONTS)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(definition=definitions())
def test_any_survey_prints_or_says_which_letter_is_missing(definition):
    told = ""
    try:
        told = paper_form(definition, definition.languages[-1], url=ADDRESS, fonts=FONTS)[
            :5
        ].decode()
    except PaperError as error:
        told = str(error)
    assert told == "%PDF-" or "letter" in told
