"""The tally: exactly once, in any order, the same as a recount."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.random_walk import random_answers
from surveys.models.responses import Response
from surveys.models.tallies import Tally
from surveys.responses.answers import Cleaned
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.store import Count, counts_by_cell, months_tallied, waiting
from surveys.versions.read import definition_of
from tests.factories.answers import tally
from tests.factories.surveys import publish, respond
from tests.factories.tallies import spoil, tally_rows


@pytest.mark.django_db
def test_count_new_adds_each_response_once():
    version = publish()
    respond(version, area="north", overall="1")
    respond(version, area="south", overall="3", channel="phone")
    assert waiting(version) == 2
    assert count_new(version) == 2
    assert count_new(version) == 0
    counts = counts_by_cell(version)
    assert counts[0] == Count(2)
    assert counts[version.cells.index("overall=1")] == Count(1)
    north = counts_by_cell(version, group=version.groups.index("area=north"))
    assert north[0] == Count(1)
    assert version.cells.index("overall=3") not in north


@pytest.mark.django_db
def test_count_new_adds_to_what_was_counted():
    version = publish()
    for _ in range(3):
        respond(version, area="north")
        count_new()
    assert counts_by_cell(version)[0] == Count(3)
    assert months_tallied(version) == (date(2022, 11, 1), date(2022, 11, 1))


@pytest.mark.django_db
def test_recount_mends_what_was_spoilt(capsys):
    version = publish()
    respond(version, area="north")
    count_new()
    right = tally_rows()
    spoil(Tally.objects.get(group=0))
    assert count_differences(version) == 1
    with pytest.raises(SystemExit) as error:
        call_command("tally", "small", check=True)
    assert error.value.code == 1
    recount(version)
    assert tally_rows() == right
    call_command("tally", "small", check=True)
    assert "agrees" in capsys.readouterr().out


@pytest.mark.django_db
def test_check_finds_a_row_too_many_and_one_too_few():
    version = publish()
    respond(version, area="north")
    count_new()
    Tally.objects.filter(group=0).delete()
    assert count_differences() == 1
    tally(version, date(2001, 1, 1), {"": 1})
    assert count_differences() == 2


@pytest.mark.django_db
def test_tally_of_an_unknown_survey_is_refused(capsys):
    with pytest.raises(SystemExit) as error:
        call_command("tally", "nothing")
    assert error.value.code == 2
    assert "no survey is called 'nothing'" in capsys.readouterr().err


@pytest.mark.django_db
@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(), st.lists(st.booleans(), min_size=1, max_size=12))
def test_counting_at_any_moments_equals_a_recount(seed, count_after):
    """Whenever the counting happens in between, the rows are those of one recount at the end."""
    Tally.objects.all().delete()
    Response.objects.all().delete()
    version = publish()
    chance = random.Random(seed)
    for counts_now in count_after:
        day = date(2022, chance.randint(1, 12), 15)
        answers = random_answers(definition_of(version), chance, today=day)
        respond(version, on=day.isoformat(), **Cleaned(answers, 0, {}).answers)
        if counts_now:
            count_new()
    count_new()
    added = tally_rows()
    assert count_differences() == 0
    recount()
    assert tally_rows() == added


@pytest.mark.django_db(transaction=True)
def test_counters_side_by_side_count_each_once(monkeypatch):
    monkeypatch.setattr("surveys.tally.count.BATCH", 3)
    version = publish()
    for i in range(40):
        respond(version, area="north" if i % 2 else "south", overall="1")

    def work(_):
        try:
            return count_new()
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sum(pool.map(work, range(4))) == 40
    assert counts_by_cell(version)[0] == Count(40)
    assert count_differences() == 0
