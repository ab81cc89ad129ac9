"""Invented cases go with the answers, are the same each time, and say that they are invented."""

import pytest

from measures.compute.fieldwork import fieldwork_of
from measures.figures.dispositions import Ended, store_dispositions
from measures.figures.invented_cases import invent_cases
from measures.models.weighting import Disposition
from measures.stats.values import NotAvailable
from surveys.tally.count import count_new
from surveys.tally.periods import parse_span
from tests.factories.surveys import publish, respond

pytestmark = pytest.mark.django_db
QUARTERS = [parse_span("2022-Q3"), parse_span("2022-Q4")]


@pytest.fixture
def survey():
    version = publish()
    for channel, people in (("phone", 20), ("web", 10)):
        for _ in range(people):
            respond(version, channel=channel)
    count_new()
    return version.survey


def rows():
    return list(Disposition.objects.values_list("quarter", "mode", "code", "n").order_by("id"))


def test_completes_are_the_answers_and_all_is_marked(survey):
    invent_cases(survey, QUARTERS, seed=1, actor="demo")
    fieldwork = fieldwork_of("small", QUARTERS[1])
    assert not isinstance(fieldwork, NotAvailable)
    assert fieldwork.is_synthetic
    assert [mode.dispositions["1.1"] for mode in fieldwork.modes] == [30, 20, 10]
    phone, web = (mode.rates.values["RR4"] for mode in fieldwork.modes[1:])
    assert phone > web > 0
    # Nobody answered in the quarter before, so nobody is said to have been asked.
    assert isinstance(fieldwork_of("small", QUARTERS[0]), NotAvailable)


def test_same_seed_gives_the_same_cases(survey):
    invent_cases(survey, QUARTERS, seed=1, actor="demo")
    first = rows()
    Disposition.objects.all().delete()
    invent_cases(survey, QUARTERS, seed=1, actor="demo")
    assert rows() == first


def test_cases_on_record_are_left_alone(survey):
    store_dispositions(survey, [Ended("2022-Q4", "web", "1.1", 40)], actor="ann")
    assert invent_cases(survey, QUARTERS, seed=1, actor="demo") is None
    assert rows() == [("2022-Q4", "web", "1.1", 40)]
