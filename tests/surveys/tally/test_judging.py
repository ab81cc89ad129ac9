"""Whether what was set aside counts: decided by a person, taken back, and never in two minds."""

import random
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.models.audit import AuditEntry
from surveys.models.responses import Judgement, Response
from surveys.models.tallies import Tally
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.judging import Found, NumberChangedError, judge, once_set_aside, set_aside_now
from surveys.tally.store import Count, counts_by_cell, set_aside_by_cell, waiting
from tests.factories.surveys import publish, respond, set_aside
from tests.factories.tallies import tally_rows

pytestmark = pytest.mark.django_db

Standing = Response.Standing


def decide(found, *, counts, survey, expected=None, actor="ana"):
    responses = once_set_aside(survey, found)
    n = responses.count() if expected is None else expected
    return judge(responses, counts=counts, expected=n, actor=actor, subject=survey.slug)


def counted(version):
    count_new()
    return counts_by_cell(version).get(0, Count()).n


def test_what_is_set_aside_is_stored_and_in_no_total():
    version = publish()
    respond(version, area="north")
    set_aside(version, area="south")
    assert waiting(version) == 1
    assert counted(version) == 1
    assert waiting(version) == 0
    assert count_differences() == 0
    assert recount(version).responses == 1
    assert counted(version) == 1
    assert set_aside_by_cell(version)[version.cells.index("area=south")] == Count(1)


def test_decision_to_count_adds_them_and_can_be_taken_back():
    version = publish()
    survey = version.survey
    for _ in range(3):
        set_aside(version, area="north", overall="1")
    assert decide(Found.WAITING, counts=True, survey=survey) == 3
    assert (counted(version), set_aside_now(survey)) == (3, 0)
    assert decide(Found.COUNTED, counts=False, survey=survey) == 3
    assert counted(version) == 0
    assert not Tally.objects.exists()
    assert decide(Found.LEFT_OUT, counts=True, survey=survey) == 3
    assert counted(version) == 3
    assert count_differences() == 0


def test_decision_left_out_keeps_the_response_and_its_signs():
    version = publish()
    set_aside(version, signs=("flood", "fast"), area="north")
    decide(Found.WAITING, counts=False, survey=version.survey)
    response = Response.objects.get()
    assert (response.standing, response.signs) == (Standing.REFUSED, ["flood", "fast"])
    assert counted(version) == 0
    assert not set_aside_by_cell(version)


def test_who_decided_last_is_known_and_every_decision_is_on_record():
    version = publish()
    survey = version.survey
    set_aside(version, area="north")
    decide(Found.WAITING, counts=True, survey=survey, actor="ana")
    decide(Found.COUNTED, counts=False, survey=survey, actor="ben")
    assert Judgement.objects.get().decided_by == "ben"
    entries = AuditEntry.objects.filter(subject="small", action__endswith="set-aside")
    assert [(e.actor, e.action, e.detail) for e in entries.order_by("id")] == [
        ("ana", "count set-aside", {"responses": 1}),
        ("ben", "leave out set-aside", {"responses": 1}),
    ]


def test_other_number_than_was_told_does_nothing():
    version = publish()
    set_aside(version, area="north")
    set_aside(version, area="south")
    with pytest.raises(NumberChangedError) as error:
        decide(Found.WAITING, counts=True, survey=version.survey, expected=1)
    assert error.value.n == 2
    assert set_aside_now(version.survey) == 2
    assert not Judgement.objects.exists()
    assert not AuditEntry.objects.filter(action__endswith="set-aside").exists()


def test_decision_touches_no_other_survey_and_nothing_that_was_never_set_aside():
    version = publish()
    respond(version, area="north")
    taken_back = set_aside(version, area="north")
    Response.objects.filter(pk=taken_back.pk).update(standing=Standing.WITHDRAWN)
    for found in Found:
        assert decide(found, counts=False, survey=version.survey) == 0
    assert counted(version) == 1
    taken_back.refresh_from_db()
    assert taken_back.standing == Standing.WITHDRAWN


def test_many_are_decided_on_in_few_statements(django_assert_max_num_queries):
    version = publish()
    for _ in range(30):
        set_aside(version, area="north")
    with django_assert_max_num_queries(15):
        decide(Found.WAITING, counts=True, survey=version.survey)
    assert counted(version) == 30


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(), st.lists(st.sampled_from([*Found, "count", "recount"]), max_size=12))
def test_totals_are_those_of_what_counts_whatever_was_decided_when(seed, acts):
    """Whenever anyone counts or decides, the rows are those of one recount at the end."""
    Tally.objects.all().delete()
    Response.objects.all().delete()
    version = publish()
    chance = random.Random(seed)
    for act in acts:
        for _ in range(3):
            make = chance.choice([respond, set_aside])
            on = date(2022, chance.randint(1, 3), 15).isoformat()
            make(version, on=on, area=chance.choice(["north", "south"]), overall="1")
        if act == "count":
            count_new()
        elif act == "recount":
            recount()
        else:
            decide(act, counts=chance.random() < 0.5, survey=version.survey)
        assert count_differences() == 0
    assert counted(version) == Response.objects.filter(standing=Standing.COUNTS).count()
    assert count_differences() == 0
    before = tally_rows()
    recount()
    assert tally_rows() == before


@pytest.mark.django_db(transaction=True)
def test_deciding_counting_and_recounting_side_by_side_stay_exact():
    version = publish()
    survey = version.survey
    for _ in range(12):
        respond(version, area="north", overall="1")
        set_aside(version, area="south", overall="3")

    def work(seed):
        chance = random.Random(seed)
        try:
            for _ in range(6):
                act = chance.choice([count_new, recount, None, None])
                if act is not None:
                    act(version)
                    continue
                # Where somebody was quicker, this one would look again.
                with suppress(NumberChangedError):
                    decide(chance.choice(list(Found)), counts=seed % 2 == 0, survey=survey)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    count_new()
    assert count_differences() == 0
    assert counted(version) == Response.objects.filter(standing=Standing.COUNTS).count()
    assert Response.objects.count() == 24


@pytest.mark.django_db(transaction=True)
def test_of_two_who_decide_at_once_one_is_told_to_look_again():
    version = publish()
    for _ in range(10):
        set_aside(version, area="south")

    def work(counts):
        try:
            return decide(Found.WAITING, counts=counts, survey=version.survey, expected=10)
        except NumberChangedError as error:
            return error.n
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(work, [True, False])) == [0, 10]
    assert len(set(Response.objects.values_list("standing", flat=True))) == 1
