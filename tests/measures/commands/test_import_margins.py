"""`manage.py import_margins`: what it prints and stores, and that a wrong file changes nothing."""

import io
from pathlib import Path

import pytest
from django.core.management import call_command

from measures.figures.margins import margins_of
from measures.models.weighting import Population
from tests.factories.surveys import publish

pytestmark = pytest.mark.django_db
SOURCE = "Office for National Statistics, Census 2021"


@pytest.fixture
def area(tmp_path):
    path = tmp_path / "area.csv"
    path.write_text("value,total\nnorth,600\nsouth,400\n")
    return path


def run(*arguments, month="2022-01", source=SOURCE, **options):
    out = io.StringIO()
    call_command("import_margins", *arguments, month=month, source=source, stdout=out, **options)
    return out.getvalue().splitlines()


def refused(*arguments, **options):
    errors = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        run(*arguments, stderr=errors, **options)
    assert ended.value.code == 2
    assert not Population.objects.exists()
    return errors.getvalue().splitlines()


def test_several_fields_at_once_make_one_population(area, tmp_path):
    publish()
    reported = tmp_path / "reported.csv"
    reported.write_text("value,total\nyes,1000\n")
    assert run("small", "area", area, "reported", reported, frame=True) == [
        f"small, from 2022-01: {SOURCE}",
        "  area: 1,000 people by 2 codes",
        "  reported: 1,000 people by 1 code",
        "  reported: no line for no: who answers so is outside this population",
    ]
    population = Population.objects.get()
    assert (population.is_frame, population.added_by) == (True, "import_margins")
    assert margins_of(population) == {
        "area": {"north": 600, "south": 400},
        "reported": {"yes": 1000},
    }
    told = run("small", "area", area, frame=True)
    assert told[0] == f"small, from 2022-01: {SOURCE}: already known, nothing changed"


def test_unknown_names_are_told_with_what_there_is(area):
    publish()
    assert refused("smal", "area", area) == ["smal: there is no such survey: expected small"]
    assert refused("small", "county", area) == [
        "county: small is not weighted by it: expected area, reported"
    ]
    assert refused("small", "area", Path("nowhere.csv")) == [
        "nowhere.csv: can't be read (No such file or directory)"
    ]


def test_odd_arguments_are_told(area):
    publish()
    assert refused("small", "area") == [
        "area: expected pairs of a field and the file of its totals"
    ]
    assert refused("small", "area", area, "area", area) == ["area: given more than once"]
    assert refused("small", "area", area, month="2022-13") == [
        "--from 2022-13: expected a month such as 2022-01"
    ]


def test_one_wrong_file_of_two_changes_nothing(area, tmp_path):
    publish()
    reported = tmp_path / "reported.csv"
    reported.write_text("value,total\nyes,250\nmaybe,750\n")
    assert refused("small", "area", area, "reported", reported) == [
        "reported.csv: line 3: value 'maybe': expected yes or no"
    ]
