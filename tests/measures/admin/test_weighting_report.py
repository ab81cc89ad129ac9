"""The weighting report: margins before and after, what weights cost, and who may look."""

from datetime import date

import pytest
from django.urls import reverse

from measures.figures.margins import add_population
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from tests.factories.surveys import publish, respond
from tests.measures.admin.test_overview import words_of
from tests.surveys.admin.conftest import sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    version = publish()
    for area, people in (("north", 60), ("south", 20)):
        for _ in range(people):
            respond(version, area=area, overall="1")
    count_new()
    return version.survey


@pytest.fixture
def client():
    return sign_in("ana", "analyst")


def where(slug="small", period=""):
    return f"{reverse('results-weighting')}?survey={slug}" + (f"&period={period}" if period else "")


def populate(survey, north=500, south=500):
    add_population(
        survey,
        {"area": {"north": north, "south": south}},
        source="Census 2021",
        holds_from=date(2022, 1, 1),
        actor="ann",
    )


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
def test_others_are_refused(survey, role):
    assert sign_in("vi", role).get(where()).status_code == 403
    assert not AuditEntry.objects.filter(action="view weighting").exists()


def test_report_shows_margins_before_and_after_and_what_it_costs(survey, client):
    populate(survey)
    shown = words_of(client.get(where()))
    # Weights of 2/3 and 2: (60 * 2/3 + 20 * 2)² / (60 * 4/9 + 20 * 4) = 6400 / 106.7 = 60.
    assert (
        "Weighted, the answers of 80 people tell as much as those of 60 who all weigh alike."
        in shown
    )
    assert "Efficiency 75%" in shown
    assert "Largest weight 2.00" in shown
    assert "North 60 75.0% 50.0% 50.0% −25.0" in shown
    assert "South 20 25.0% 50.0% 50.0% +25.0" in shown
    assert "South, Not stated 20 2.00" in shown
    assert "Every margin is met. No weight had to be held at a limit." in shown
    assert "Weighted to: Census 2021" in shown


def test_looking_is_recorded(survey, client):
    client.get(where(period="2022-Q4"))
    entry = AuditEntry.objects.get(action="view weighting")
    assert (entry.actor, entry.subject, entry.detail) == ("ana", "small", {"period": "2022-Q4"})


def test_reason_is_told_where_nothing_is_weighted(survey, client):
    shown = words_of(client.get(where()))
    assert "Not weighted: no population was imported that holds by December 2022" in shown


def test_people_of_whom_nobody_answered_are_told(client):
    version = publish()
    for _ in range(20):
        respond(version, area="north", overall="1")
    count_new()
    # Few enough for the others to stand for them.
    populate(version.survey, north=980, south=20)
    shown = words_of(client.get(where()))
    assert "Nobody answered of: South. The others stand for them." in shown
    assert "South 0 0.0% 2.0% 0.0% 0.0" in shown


def test_period_that_has_no_answers_shows_the_newest(survey, client):
    populate(survey)
    for period in ("2019-Q1", "soon", "2022-11"):
        assert "Share of all, October to December 2022" in words_of(
            client.get(where(period=period))
        )


def test_survey_without_answers_says_so(client):
    publish()
    assert "Not weighted: nobody answered yet" in words_of(client.get(where()))


def test_survey_that_is_not_there_is_not_found(survey, client):
    assert client.get(where("nothing")).status_code == 404
