"""Populations on the desk: seen by analysts, brought as files, and refused with every reason."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.admin.populations import MOST_BYTES
from measures.figures.margins import add_population, margins_of
from measures.models.weighting import Population
from surveys.models.audit import AuditEntry
from tests.factories.surveys import SMALL, changed, publish
from tests.measures.admin.test_overview import words_of
from tests.surveys.admin.conftest import sign_in

AREA = b"value,total\nnorth,600\nsouth,400\n"


@pytest.fixture
def survey(db):
    return publish().survey


@pytest.fixture
def client(db):
    return sign_in("ana", "analyst")


def where(slug="small"):
    return f"{reverse('results-populations')}?survey={slug}"


def form(**files):
    sent = {f"file-{name}": SimpleUploadedFile(f"{name}.csv", text) for name, text in files.items()}
    return {"source": "Census 2021", "month": "2022-01", **sent}


def test_files_become_a_population_that_holds(survey, client):
    assert client.post(where(), form(area=AREA)).status_code == 303
    population = Population.objects.get()
    assert (population.added_by, population.is_frame) == ("ana", False)
    assert margins_of(population) == {"area": {"north": 600, "south": 400}}
    words = words_of(client.get(where()))
    assert "The population is stored, and weights follow it." in words
    assert "From January 2022 holds now Census 2021 Brought by ana" in words
    assert "North 600 60.0% South 400 40.0% All 1,000" in words
    assert AuditEntry.objects.get(action="add population").actor == "ana"


def test_nobody_of_the_population_is_told(survey, client):
    client.post(where(), form(area=b"value,total\nnorth,600\n") | {"is-frame": "on"})
    assert Population.objects.get().is_frame
    assert "Outside of it are: area south." in words_of(client.get(where()))
    client.post(where(), form(area=b"value,total\nnorth,600\n") | {"is-frame": "on"})
    assert "This population is known already: nothing changed." in words_of(client.get(where()))


def test_a_wrong_file_is_refused_by_line_and_the_form_keeps_its_words(survey, client):
    answer = client.post(where(), form(area=b"value,total\nwest,600\n"))
    assert answer.status_code == 400
    page = answer.content.decode()
    assert "area.csv: line 2: value &#x27;west&#x27;: expected north or south" in page
    assert 'value="Census 2021"' in page
    assert not Population.objects.exists()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"month": "2022"}, "It holds from:"),
        ({"source": " "}, "source: expected publisher, title and date"),
    ],
)
def test_what_is_missing_is_told(survey, client, changes, told):
    answer = client.post(where(), form(area=AREA) | changes)
    assert answer.status_code == 400
    assert told in words_of(answer)


def test_without_a_file_nothing_is_stored(survey, client):
    answer = client.post(where(), form())
    assert "expected the margin of at least one field" in words_of(answer)


def test_a_huge_file_is_refused_before_it_is_read(survey, client):
    answer = client.post(where(), form(area=b"x" * (MOST_BYTES + 1)))
    assert answer.status_code == 413
    assert "The files are larger than 1 MiB" in words_of(answer)


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
def test_others_neither_see_nor_bring_any(survey, role):
    client = sign_in("vi", role)
    assert client.get(where()).status_code == 403
    assert client.post(where(), form(area=AREA)).status_code == 403
    assert not Population.objects.exists()


def test_the_first_survey_that_can_be_weighted_comes_first(survey, client):
    flat = {"survey: small": "survey: a-flat-one", "strata: [area, reported]": "strata: []"}
    publish(changed(SMALL, flat))
    assert "Populations: Small" in words_of(client.get(reverse("results-populations")))
    assert "names no strata" in words_of(client.get(where("a-flat-one")))


def test_what_an_earlier_population_said_stays_to_be_seen(survey, client):
    for month, north in ((date(2021, 1, 1), 1.0), (date(2022, 1, 1), 3.0)):
        margins = {"area": {"north": north, "south": 1.0}}
        add_population(survey, margins, source="A count", holds_from=month, actor="ana")
    words = words_of(client.get(where()))
    assert words.index("From January 2022 holds now") < words.index("From January 2021")
    assert "50.0%" in words
