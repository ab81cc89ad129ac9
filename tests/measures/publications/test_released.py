"""Publishing a statement: which months can't be taken back any more, and what must not be in it."""

from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model

from measures.publications.sign_off import NotAllowedError, build_statement, publish_statement
from surveys.models.tallies import Release, Tally
from surveys.tally.release import is_released
from tests.factories.answers import publish_survey, tally_satisfaction
from tests.factories.figures import RELEASED, make_seed_figures

pytestmark = pytest.mark.django_db

NOVEMBER = date(2022, 11, 1)
LATER = RELEASED + timedelta(days=1)


@pytest.fixture
def version():
    get_user_model().objects.create_superuser("pat")
    make_seed_figures()
    return publish_survey("domestic-abuse")


def publish():
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    return publish_statement(NOVEMBER, approved_by="pat")


def test_the_months_that_were_told_of_are_released(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_240)
    tally_satisfaction(version, date(2021, 8, 1), satisfied=771, answered=1_105)

    publish()

    spans = Release.objects.values_list("first_month", "last_month", "released_by")
    assert set(spans) == {
        (date(2021, 12, 1), NOVEMBER, "pat"),
        (date(2020, 12, 1), date(2021, 11, 1), "pat"),
    }
    survey = version.survey_id
    assert is_released(survey, date(2020, 12, 1))
    assert is_released(survey, NOVEMBER)
    assert not is_released(survey, date(2020, 11, 1))
    assert not is_released(survey, date(2022, 12, 1))
    assert not is_released(survey + 1, NOVEMBER)


def test_what_was_withheld_is_not_released(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=4, answered=9)
    publish()
    assert not Release.objects.exists()


def test_a_draft_releases_nothing(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_240)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    assert not Release.objects.exists()


def test_the_next_edition_releases_the_same_months_once(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_240)
    publish()
    before = Release.objects.get()
    publish()
    assert Release.objects.get().released_at == before.released_at


def test_what_was_taken_back_since_is_not_published(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_240)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    Tally.objects.filter(n=1_240).update(n=1_239)

    with pytest.raises(NotAllowedError, match="taken back or set aside: build it again"):
        publish_statement(NOVEMBER, approved_by="pat")

    assert not Release.objects.exists()
    assert publish().state == "published"


def test_what_came_since_waits_for_the_next_edition(version):
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_240)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")
    Tally.objects.filter(n=1_240).update(n=1_250)
    assert publish_statement(NOVEMBER, approved_by="pat").state == "published"
