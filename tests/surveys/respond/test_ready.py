"""Pages that are kept ready say what pages that are rendered anew say."""

import re

import pytest
from django.core.cache import caches

from tests.factories.larger import LARGER
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="(csrfmiddlewaretoken|nonce)" value="[^"]*"')


def without_token(page):
    return TOKEN.sub("", page.content.decode())


def walk(person):
    """Each page on the way, without what is each visit's own."""
    pages = [person.page]
    for answers in ({}, {}, {"area": "north"}, {"overall": "3"}, {"reasons": ["slow"]}):
        pages.append(person.post(**answers).page)
    return [without_token(page) for page in pages]


def test_second_person_sees_what_the_first_saw():
    version = publish()
    caches["pages"].clear()
    rendered = walk(Person(version))
    assert walk(Person(version)) == rendered


def test_token_is_that_of_the_visit():
    version = publish()
    one, two = Person(version).post(), Person(version).post()
    tokens = [TOKEN.search(person.text).group() for person in (one, two)]
    assert tokens[0] != tokens[1]


def test_answers_of_one_person_are_not_shown_to_the_next():
    version = publish()
    one = Person(version).post().post().post(area="north")
    one.go(f"/s/{version.survey.code}/2/")
    assert "checked" in one.text
    two = Person(version).post().post()
    assert "checked" not in two.text


def test_error_of_one_person_is_not_shown_to_the_next():
    version = publish()
    Person(version).post().post().post(area="nowhere")
    assert "Select one of the answers shown" not in Person(version).post().post().text


def test_words_of_earlier_answers_are_each_persons_own():
    version = publish(
        changed(SMALL, {'"Overall, how was it?"': '"In the {{area|place}}, how was it?"'})
    )
    for area, shown in (("north", "In the North"), ("south", "In the South")):
        person = Person(version).post().post().post(area=area)
        assert shown in person.text


def test_options_that_an_answer_opens_are_each_persons_own():
    # Without the words put in, for which the page would not be kept at all.
    version = publish(changed(LARGER, {" in {{county|your county}}": ""}))
    for county, towns in (("kent", {"dover", "deal"}), ("surrey", {"woking"})):
        person = Person(version).post().post(adult="yes").post(county=county)
        shown = set(re.findall(r'name="towns"[^>]* value="(\w+)"', person.text))
        assert shown == towns | {"none"}


def test_each_language_has_its_own():
    version = publish(changed(SMALL, {"languages: [en]": "languages: [en, en-simple]"}))
    for language in ("en", "en-simple"):
        person = Person(version)
        person.go(f"{person.at}?language={language}").post().post()
        assert f'<html lang="{language}"' in person.text
