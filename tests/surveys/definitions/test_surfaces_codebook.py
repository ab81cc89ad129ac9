"""Codebooks: the table alone is enough to check an answer by; the page and the XML are sound."""

from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from lxml import etree

from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.codebook import codebook
from surveys.definitions.surfaces.codebook_csv import codebook_csv
from surveys.definitions.surfaces.codebook_html import codebook_page
from surveys.definitions.surfaces.ddi import ddi_codebook
from surveys.questions.base import Question
from surveys.questions.wrong import WrongAnswerError
from tests.factories.codebook_reader import Reader
from tests.factories.ddi_rules import NAMESPACE, broken_rules
from tests.factories.definitions import definitions
from tests.factories.kinds import every_kind
from tests.factories.larger import LARGER
from tests.factories.sent import sent
from tests.factories.surveys import SMALL, changed, small_definition

TODAY = date(2022, 11, 30)
HARD = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


def is_stored(field: Question, answer: object) -> bool:
    """Whether this is how an answer is stored: cleaning takes it and leaves it as it is."""
    try:
        cleaned = field.clean(answer, today=TODAY)
    except WrongAnswerError:
        return False
    return cleaned is not None and cleaned == answer and type(cleaned) is type(answer)


def compare(definition: Definition, answers: dict[str, object]) -> None:
    reader = Reader(codebook_csv(codebook(definition, definition.languages[0])), today=TODAY)
    for name, answer in answers.items():
        field = definition.by_name[name]
        if not field.is_contact:
            assert reader.accepts(name, answer) is is_stored(field, answer), (name, answer)


def stored(definition: Definition, answers: dict[str, object]) -> dict[str, object]:
    """What cleaning makes of the answers that it takes; the others as they are."""
    made = {}
    for name, answer in answers.items():
        try:
            cleaned = definition.by_name[name].clean(answer, today=TODAY)
        except WrongAnswerError:
            cleaned = None
        made[name] = answer if cleaned is None else cleaned
    return made


@HARD
@given(data=st.data())
def test_table_alone_takes_and_refuses_what_is_stored(data):
    definition = data.draw(definitions())
    answers = data.draw(sent(definition))
    compare(definition, answers)
    compare(definition, stored(definition, answers))


@HARD
@given(answers=sent(every_kind()))
def test_table_of_every_kind_takes_and_refuses_what_is_stored(answers):
    compare(every_kind(), answers)
    compare(every_kind(), stored(every_kind(), answers))


def test_variable_tells_who_was_asked_and_how_it_is_stored():
    calls = next(one for one in codebook(small_definition(), "en") if one.name == "calls")
    assert (calls.type, calls.least, calls.most, calls.unit) == ("whole number", "0", "20", "calls")
    assert calls.universe == "Only if you answered “Yes” to question 4"
    [dont_know] = calls.codes
    assert dont_know.stored == '{"missing": "dont-know"}'


def test_what_is_asked_after_an_ending_says_so():
    universes = {one.name: one.universe for one in codebook(load_definition(LARGER), "en")}
    assert universes["adult"] == "Everyone"
    assert universes["county"] == "Everyone whose survey had not ended before"
    assert universes["county.other"].startswith("Only if you answered “Another” to question 2, and")


def test_wording_that_a_spreadsheet_would_run_is_disarmed():
    definition = small_definition(**{"{en: North}": '{en: "=1+1"}'})
    assert "\r\ncode,area,,,,,,,,,north,'=1+1," in codebook_csv(codebook(definition, "en"))


class Outline(HTMLParser):
    """The tags in order, and whether each was closed where it should be."""

    VOID = ("meta", "link", "br")

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.headings: list[int] = []

    def handle_starttag(self, tag, attrs):
        self.ids += [value for name, value in attrs if name == "id"]
        assert not {name for name, _ in attrs} & {"style", "onclick"}
        if tag[0] == "h" and tag[1:].isdecimal():
            self.headings.append(int(tag[1:]))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag


@HARD
@given(definition=definitions())
def test_page_of_any_survey_is_well_formed(definition):
    outline = Outline()
    outline.feed(codebook_page(definition, definition.languages[-1], stylesheet="/s.css"))
    assert not outline.open
    assert len(set(outline.ids)) == len(outline.ids)
    assert outline.headings[0] == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert all(after - before <= 1 for before, after in steps)


def test_page_tells_markup_as_text_and_marks_borrowed_words():
    text = changed(SMALL, {"Where do you live?": "Where <b>do</b> you live?"})
    definition = load_definition(text)
    page = codebook_page(definition, "en")
    assert "Where &lt;b&gt;do&lt;/b&gt; you live?" in page
    assert "<style>" in page
    assert "<style>" not in codebook_page(definition, "en", stylesheet="/heard.css")


@HARD
@given(definition=definitions())
def test_ddi_of_any_survey_keeps_the_rules(definition):
    assert broken_rules(etree.fromstring(ddi_codebook(definition))) == []


@pytest.mark.parametrize("make", [small_definition, every_kind, lambda: load_definition(LARGER)])
def test_ddi_has_every_variable_and_code(make):
    definition = make()
    root = etree.fromstring(ddi_codebook(definition))
    assert broken_rules(root) == []
    names = {"d": NAMESPACE}
    assert root.xpath("//d:var/@name", namespaces=names) == [f.name for f in definition.fields]
    for field in definition.fields:
        found = root.xpath(f"//d:var[@name='{field.name}']/d:catgry/d:catValu", namespaces=names)
        assert [one.text for one in found] == [*field.codes, *field.missing_codes]


def test_rules_tell_what_is_broken():
    xml = f'<codeBook xmlns="{NAMESPACE}"><dataDscr><var/><notes/></dataDscr></codeBook>'
    found = broken_rules(etree.fromstring(xml))
    assert "codeBook: expected at least 1 stdyDscr" in found
    assert "var: needs the attribute name" in found
