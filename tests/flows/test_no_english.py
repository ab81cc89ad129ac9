"""The wall: on a Welsh page, no English that does not say that it is English."""

import re

import pytest
from django.core.management import call_command
from django.test import Client

from surveys.models.versions import Survey
from surveys.versions.read import definition_of
from tests.factories.catalogues import WELSH, catalogue, forms, originals
from tests.factories.kinds import EVERY_KIND
from tests.factories.languages import in_another
from tests.factories.pages import pieces
from tests.factories.surveys import publish
from tests.flows.person import Person
from tests.surveys.definitions.test_loading import CONTENT

pytestmark = pytest.mark.django_db


def english_words():
    """Our own words in English: every original that its translation does not repeat."""
    for message in catalogue(WELSH, "cy"):
        told = {_plain(form) for form in forms(message)}
        for original in originals(message) if message.id else ():
            if _plain(original) not in told:
                yield _plain(original)


def _plain(text):
    """As it stands on a page: without tags and without what is put in."""
    return " ".join(re.sub(r"<[^>]*>|%\(\w+\)s|\{\w*\}", " ", text).replace("%%", "%").split())


def english_on(page, forbidden):
    """The English that stands on a page without saying so."""
    welsh = [piece.text for piece in pieces(page.content.decode()) if piece.language == "cy"]
    whole = {text for text in welsh if text in forbidden}
    # Parts of longer texts count from three words on: fewer may be Welsh by chance.
    long = [words for words in forbidden if words.count(" ") >= 2]
    return whole | {text for text in welsh if any(words in text for words in long)}


def crawl(person):
    """Every page of a visit: nothing answered, wrong answers, the check page, thanks, and after."""
    yield person.page
    yield person.post().page
    while "/check/" not in person.at:
        typed = re.findall(r'name="([^"]+)" type="(?:text|email|tel)"', person.text)
        boxes = re.findall(r'name="([^"]+)" type="checkbox"[^>]*value="([^"]+)"', person.text)
        person.page = post(person, dict.fromkeys(typed, "£x") | several(boxes))
        if person.page.status_code == 400:
            yield person.page
        if person.page.status_code == 400:
            person.page = post(person, required(person))
        person.page = follow(person)
        yield person.page
    here = person.at
    yield person.post().page
    yield person.go(here).page
    yield person.client.get("/s/nothing-here/")
    yield person.client.post(f"/s/{person.code}/1/", {})


def several(boxes):
    return {name: [value for other, value in boxes if other == name] for name, _ in boxes}


def required(person):
    """The first option where a page can't be skipped."""
    return dict(reversed(re.findall(r'name="([^"]+)" type="radio" value="([^"]+)"', person.text)))


def post(person, fields):
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', person.text)
    return person.client.post(person.at, {**fields, "csrfmiddlewaretoken": token.group(1)})


def follow(person):
    while person.page.status_code == 303:
        person.at = person.page["Location"]
        person.page = person.client.get(person.at)
    return person.page


def test_no_english_around_a_survey_with_every_kind():
    forbidden = set(english_words())
    person = Person(publish(in_another(EVERY_KIND, "cy")), prefers="cy")
    for n, page in enumerate(crawl(person)):
        assert not english_on(page, forbidden), (n, person.at)
        assert 'lang="cy"' in page.content.decode()
    assert n > 20


@pytest.mark.parametrize("slug", ["community-voice", "domestic-abuse", "hate-crime", "rape"])
def test_no_english_in_a_built_in_survey(slug):
    call_command("load_survey", CONTENT / slug / "1.yaml", publish=True, verbosity=0)
    version = Survey.objects.get(slug=slug).versions.get()
    forbidden = {*english_words(), *english_texts(definition_of(version).model_dump())}
    for page in crawl(Person(version, prefers="cy")):
        assert english_on(page, forbidden) == set()


def english_texts(part):
    """The paragraphs of a definition that are others in Welsh."""
    if isinstance(part, list | tuple):
        yield from (text for one in part for text in english_texts(one))
    elif isinstance(part, dict) and isinstance(part.get("en"), str):
        welsh = _plain(part.get("cy", ""))
        paragraphs = [_plain(text).strip("#-* ") for text in re.split(r"\n\n|\n- ", part["en"])]
        yield from (text for text in paragraphs if text and text not in welsh)
    elif isinstance(part, dict):
        yield from (text for one in part.values() for text in english_texts(one))


def test_wall_notices_english():
    page = Client().get("/help/")
    page.content = page.content.replace(b'lang="en"', b'lang="cy"')
    assert "Who can help" in english_on(page, set(english_words()))
