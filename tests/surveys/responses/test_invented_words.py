"""Invented words: of invented people only, the same for everyone, and fit for their questions."""

import pytest
import yaml
from django.conf import settings
from django.utils import timezone

from surveys.models.responses import OwnWords, Response
from surveys.responses.invented_words import WORDS, load_invented_words
from surveys.responses.synthetic import load_synthetic
from surveys.versions.read import definition_of
from tests.factories.answers import publish_survey

pytestmark = pytest.mark.django_db
THIS_YEAR = settings.OWN_WORDS_MONTHS


def texts():
    return sorted((str(words.response_id), words.read()) for words in OwnWords.objects.all())


@pytest.fixture
def version():
    return publish_survey("rape")


@pytest.fixture
def month():
    """The month in which the test runs."""
    return timezone.localdate().replace(day=1)


def test_half_of_the_invented_people_write_and_only_once(version, month):
    load_synthetic(version, months=[month], a_month=40, seed=1)
    n = load_invented_words(version, months=THIS_YEAR, seed=1)
    assert 10 < n < 30
    assert load_invented_words(version, months=THIS_YEAR, seed=1) == 0
    first = texts()
    OwnWords.objects.all().delete()
    load_invented_words(version, months=THIS_YEAR, seed=1)
    assert texts() == first


def test_real_people_are_given_no_words(version, month):
    load_synthetic(version, months=[month], a_month=5, seed=1)
    Response.objects.update(is_synthetic=False)
    assert load_invented_words(version, months=THIS_YEAR, seed=1) == 0


def test_nobody_writes_longer_ago_than_words_are_kept(version, month):
    load_synthetic(version, months=[month.replace(year=month.year - 2)], a_month=5, seed=1)
    assert load_invented_words(version, months=THIS_YEAR, seed=1) == 0


@pytest.mark.parametrize("slug", yaml.safe_load(WORDS.read_text(encoding="utf-8")))
def test_each_text_is_an_answer_that_its_question_takes(slug):
    definition = definition_of(publish_survey(slug))
    for name, found in yaml.safe_load(WORDS.read_text(encoding="utf-8"))[slug].items():
        question = definition.by_name[name]
        assert question.is_own_words
        assert len(found) == len(set(found))
        for text in found:
            assert question.clean(text, today=timezone.localdate()) == text
