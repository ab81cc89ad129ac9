"""check_disclosure over real releases, and over some that should never have been."""

from datetime import date

import pytest
import time_machine

from measures.api import result_rows
from measures.models.results import PublishedCell
from measures.publications.results import release_results, released_before
from measures.publications.true_counts import true_counts
from measures.stats.disclosure.systems import systems_of
from surveys.tally.count import count_new
from tests.factories.surveys import publish, respond
from tests.measures.commands.test_statements import run

pytestmark = pytest.mark.django_db

MONTHS = [date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1), date(2023, 1, 1), date(2023, 3, 1)]


@pytest.fixture
def released():
    """A quarter of the small survey, 24 satisfied and 14 not in each of five months of the year."""
    with time_machine.travel("2023-04-03T09:00:00+00:00", tick=False):
        version = publish()
        for month in MONTHS:
            for _ in range(24):
                respond(version, on=f"{month:%Y-%m}-15", overall="1", area="north")
            for _ in range(14):
                respond(version, on=f"{month:%Y-%m}-15", overall="3", area="south")
        count_new()
        yield release_results(version.survey.slug, "2023-Q1", by="amina")


def test_nothing_released_is_green(capsys):
    assert run(capsys, "check_disclosure") == (0, "Nothing has been released.\n", "")


def test_real_release_is_green(released, capsys):
    code, printed, _ = run(capsys, "check_disclosure")

    assert code == 0, printed
    assert "No number tells too much: green." in printed
    assert "counts below 10" in printed


def test_small_number_in_a_release_is_red(released, capsys):
    table = released.tables.filter(by="").first()
    PublishedCell.objects.create(table=table, answer="smuggled", status="published", n=3)

    code, printed, _ = run(capsys, "check_disclosure")

    assert code == 1
    assert "smuggled among everyone: D4: 3 is below 10" in printed
    assert printed.endswith("red.\n")


@pytest.mark.parametrize(("part", "wrong"), [("_numbers", {"n": 23}), ("_group", {"base": 23})])
def test_api_that_serves_other_numbers_is_red(released, capsys, monkeypatch, part, wrong):
    honest = getattr(result_rows, part)
    monkeypatch.setattr(result_rows, part, lambda *of: honest(*of) | wrong)

    code, printed, _ = run(capsys, "check_disclosure")

    assert code == 1
    assert "served: " in printed


def test_guesses_are_scored_against_what_people_answered(released):
    truth = true_counts()
    tables = released_before(released.survey.slug)
    systems = [
        system
        for system in systems_of([t for t in tables if t.question == "overall"])
        if "1" in system.atoms
    ]
    [system] = [one for one in systems if "north" in one.groups]
    quarter = next(months for months in system.times if date(2023, 1, 1) in months)

    assert truth(system, "north", quarter, "1") == 48
    assert truth(system, "south", quarter, "1") == 0
    assert truth(system, "south", quarter, "3") == 28
    assert truth(system, "~", quarter, "3") == 0
