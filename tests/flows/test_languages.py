"""People who answer in Welsh, in easy words or from the right, and who change their mind."""

import re

import pytest

from surveys.models.drafts import Draft
from surveys.models.responses import Response
from surveys.models.versions import Survey
from tests.factories.languages import SPOKEN, in_another
from tests.factories.pages import pieces
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken():
    return publish(SPOKEN)


def html_tag(person):
    return re.search(r"<html[^>]*>", person.text).group()


def offered(person):
    """What the chooser offers: the language of each way, and how it names it."""
    chooser = re.search(r'<nav class="languages".*?</nav>', person.text, re.S).group()
    return dict(re.findall(r'lang="([\w-]+)"[^>]*>([^<]+)<', chooser))


@pytest.mark.parametrize(
    ("prefers", "expected"),
    [
        ("cy", "cy"),
        ("cy-GB,en;q=0.5", "cy"),
        ("fr, ar;q=0.8, cy;q=0.9", "cy"),
        ("ar-EG", "ar"),
        ("en-GB", "en"),
        ("fr", "en"),
        ("", "en"),
        ("*", "en"),
        ("\x00;;q=x,,", "en"),
    ],
)
def test_start_page_is_in_the_language_of_the_browser(spoken, prefers, expected):
    person = Person(spoken, prefers=prefers)
    assert f'lang="{expected}"' in html_tag(person)
    assert not person.page.cookies


def test_address_outweighs_the_browser(spoken):
    person = Person(spoken, prefers="ar")
    assert 'lang="cy" dir="ltr"' in html_tag(person.go(f"/s/{person.code}/?language=cy"))
    assert 'lang="ar" dir="rtl"' in html_tag(person.go(f"/s/{person.code}/?language=klingon"))
    assert not person.page.cookies


def test_survey_in_one_language_offers_no_other(person):
    assert 'class="languages"' not in person.text


def test_welsh_speaker_answers_wholly_in_welsh(spoken):
    person = Person(spoken, prefers="cy")
    assert offered(person) == {
        "en": "English",
        "cy": "Cymraeg",
        "ar": "العربية",
        "en-simple": "Easy Read",
    }
    person.post()
    assert "Cwestiwn 1 o tua" in person.text
    person.post(language="north").post(reasons=["slow"])
    person.post(when__day="30", when__month="11", when__year="2022", calls="99")
    assert "Rhowch 20 neu rif llai" in person.text
    person.post(when__day="30", when__month="11", when__year="2022", calls="2")
    person.post().post(again="yes").post(words="Diolch")
    assert "Gwirio eich atebion" in person.text
    assert {"30 Tachwedd 2022", "Yn y gogledd", "Byddwn", "2 galwad"} <= {
        piece.text for piece in pieces(person.page.content.decode())
    }
    person.post()
    assert "Diolch. Mae eich atebion wedi’u hanfon" in person.text
    assert Response.objects.get().language == "cy"


def test_changing_the_language_keeps_what_was_answered_and_what_is_half_typed(spoken):
    person = Person(spoken, prefers="cy")
    person.post().post(language="south").post(reasons=["rude", "lost"])
    before = Draft.objects.get().read()
    person.post(
        __language="en", when__day="31", when__month="Tach", calls="", calls__missing="dont-know"
    )
    assert person.page.status_code == 200
    assert 'lang="en"' in html_tag(person)
    assert "Question 3 of about" in person.text
    assert "When was it?" in person.text
    assert 'name="when.day" type="text" inputmode="numeric"' in person.text
    assert 'value="31"' in person.text
    assert 'value="Tach"' in person.text
    assert re.search(r'value="dont-know" checked', person.text)
    assert "govuk-error" not in person.text
    draft = Draft.objects.get()
    assert (draft.language, draft.read()) == ("en", before)


def test_changing_the_language_keeps_own_words_and_a_valid_answer(spoken):
    person = Person(spoken)
    person.post().post(__language="ar", language="other", language__other="An island")
    assert 'lang="ar" dir="rtl"' in html_tag(person)
    assert 'value="An island"' in person.text
    assert re.search(r'value="other" checked', person.text)
    assert Draft.objects.get().read() == {}
    person.post(language="other", language__other="An island")
    assert Draft.objects.get().read()["language"] == "other"


def test_question_called_language_is_not_the_choice_of_one(spoken):
    person = Person(spoken)
    person.post().post(language="north")
    assert "What was wrong?" in person.text
    assert Draft.objects.get().language == "en"


def test_unknown_language_changes_nothing(spoken):
    person = Person(spoken)
    person.post().post(__language="klingon", language="north")
    assert "What was wrong?" in person.text


def test_change_from_the_check_page_leads_back_to_it(spoken):
    person = Person(spoken)
    person.post().post(language="north").go(f"/s/{person.code}/1/?to=check")
    person.post(__language="cy", language="south")
    assert 'lang="cy"' in html_tag(person)
    person.post(language="south")
    assert person.at == f"/s/{person.code}/check/"


def test_language_of_an_address_does_not_keep_anyone_on_a_page(spoken):
    person = Person(spoken)
    person.post().go(f"/s/{person.code}/1/?language=cy")
    person.post(language="north")
    assert "What was wrong?" in person.text


def test_check_page_changes_its_language(spoken):
    person = Person(spoken)
    person.post().post(language="north").go(f"/s/{person.code}/check/")
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', person.text).group(1)
    sent = {"csrfmiddlewaretoken": token, ".language": "cy"}
    response = person.client.post(person.at, sent)
    assert (response.status_code, response["Location"]) == (303, person.at)
    person.go(person.at)
    assert "Gwirio eich atebion" in person.text
    assert "Yn y gogledd" in person.text
    assert not Response.objects.exists()


def test_check_page_without_its_token_changes_nothing(spoken):
    person = Person(spoken)
    person.post().post(language="north")
    person.client.post(f"/s/{person.code}/check/", {".language": "cy"})
    assert Draft.objects.get().language == "en"


def test_thanks_are_in_the_language_of_the_answers_and_in_others(spoken):
    person = Person(spoken)
    person.go(f"/s/{person.code}/?language=cy").post().post(language="north")
    person.go(f"/s/{person.code}/check/")
    nonce = re.search(r'name="nonce" value="(\w+)"', person.text).group(1)
    person.post()
    assert "Diolch" in person.text
    person.go(person.at + "?language=en")
    assert "Thank you" in person.text
    # A second press finds the receipt, and the same language.
    again = person.client.post(f"/s/{person.code}/send/", {"nonce": nonce, ".language": "cy"})
    assert "Diolch" in person.client.get(again["Location"]).content.decode()


def test_expired_page_offers_other_languages(spoken):
    person = Person(spoken, prefers="cy").go("/exit/")
    person.page = person.client.post(f"/s/{spoken.survey.code}/send/", {"nonce": "x"})
    assert person.page.status_code == 410
    assert "Mae’r tudalennau hyn wedi cau" in person.text
    way = re.search(r'href="([^"]*language=en)"', person.text).group(1)
    person.go(way)
    assert person.page.status_code == 410
    assert "These pages are closed" in person.text


def test_page_of_a_visit_that_is_over_keeps_its_language(spoken):
    person = Person(spoken)
    person.go(f"/s/{person.code}/?language=cy").post().post(language="north")
    person.go(f"/s/{person.code}/check/").post().go(f"/s/{person.code}/2/")
    assert person.page.status_code == 410
    assert 'lang="cy"' in html_tag(person)
    assert "Mae eich atebion wedi’u hanfon. Does dim" in person.text
    # Nobody is asked to answer once more what they have sent.
    assert "Dechrau eto" not in person.text


def test_page_that_is_not_available_tells_nothing_in_any_language(spoken, client):
    Survey.objects.filter(pk=spoken.survey_id).update(closes_at="2020-01-01T00:00Z")
    for query, words in (("", "This page is not available"), ("?language=cy", "ddim ar gael")):
        closed = client.get(f"/s/{spoken.survey.code}/{query}")
        unknown = client.get(f"/s/nothing-here/{query}")
        assert closed.content == unknown.content
        assert words in closed.content.decode()


def test_easy_read_has_its_own_words_and_borrows_english_silently(version):
    text = changed(
        SMALL,
        {
            "languages: [en]": "languages: [en, en-simple]",
            "ask: {en: Where do you live?}": "ask: {en: Where do you live?, en-simple: Your home}",
        },
    )
    person = Person(publish(changed(text, {"survey: small": "survey: easy"})))
    assert offered(person) == {"en": "English", "en-simple": "Easy Read"}
    person.go(f"/s/{person.code}/?language=en-simple").post()
    assert 'lang="en-simple" dir="ltr"' in html_tag(person)
    person.post()
    assert "Your home" in person.text
    assert "North" in person.text
    assert {piece.language for piece in pieces(person.page.content.decode())} == {"en-simple", "en"}
    assert "<span lang" not in person.text.replace('<span class="languages__current" lang', "")
    assert Draft.objects.get().language == "en-simple"


def test_language_without_a_catalogue_marks_the_words_around_it(version):
    person = Person(publish(in_another(changed(SMALL, {"survey: small": "survey: b"}), "fr")))
    person.go(f"/s/{person.code}/?language=fr")
    seen = pieces(person.page.content.decode())
    while person.at != f"/s/{person.code}/check/":
        person.post(area="north", overall="3", reasons=["slow"], reported="yes", calls="x")
        seen += pieces(person.page.content.decode())
        if person.page.status_code == 400:
            person.post(calls="3", reported="yes")
    english = {piece.text for piece in seen if piece.language == "en"}
    french = {piece.text for piece in seen if piece.language == "fr"}
    assert {"Continue", "Leave this site", "You can skip this question.", "English"} <= english
    # A title can't say that a word in it is in another language.
    own = [text.removeprefix("Error: ") for text in french - {"Français"}]
    assert not [text for text in own if re.search(r"[A-Za-z]{3}", text)]


def test_helpline_without_words_in_the_language_says_so(spoken, arabic):
    person = Person(spoken, prefers="ar")
    told = {piece.text: piece for piece in pieces(person.page.content.decode())}
    assert (told["Galop"].language, told["Galop"].direction) == ("en", "ltr")
    assert told["0800 999 5428"].direction == "ltr"
    assert told["إذا كنت بحاجة إلى المساعدة الآن"].direction == "rtl"


def test_english_name_of_a_service_is_english_on_a_welsh_page(spoken):
    told = {p.text: p.language for p in pieces(Person(spoken, prefers="cy").page.content.decode())}
    assert told["Galop"] == "en"
    assert told["Samariaid"] == "cy"


def test_arabic_speaker_answers_wholly_in_arabic(spoken, arabic):
    person = Person(spoken, prefers="ar").post()
    while "/check/" not in person.at:
        person.post(reasons=["slow", "none"])
        if person.page.status_code == 400:
            person.post()
    person.post()
    assert "شكرًا لك. لقد أُرسلت إجاباتك" in person.text
