"""The tally through all that can happen to responses: always what a slow count of them says."""

import random
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.random_walk import random_answers
from surveys.models.responses import RECORD_KEYS, Response
from surveys.models.tallies import Tally
from surveys.tally import adding_up, count
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.periods import parse_span
from surveys.tally.read import read_counts
from surveys.tally.subtract import take_out
from surveys.tally.take_back import erase_own, restore, withdraw
from surveys.versions.read import definition_of
from tests.factories.slow_count import slow_count
from tests.factories.surveys import publish, respond, set_aside
from tests.factories.tallies import empty_rows, let_count, tally_rows

pytestmark = pytest.mark.django_db

YEAR = parse_span("year-to-2022-Q4")
ACTS = ["respond", "respond", "set aside", "count", "crash", "recount"]
ACTS += ["withdraw", "restore", "refuse", "accept", "erase"]
FEW = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


class WorkerDiedError(Exception):
    pass


def counted_slowly(by):
    responses = Response.objects.filter(standing="counts", uncounted__isnull=True)
    return slow_count(responses, span=YEAR, by=by)


def read(version, by):
    """People and keys by stratum, group and cell, where there is anybody."""
    found = read_counts([version], version.cells, spans=[YEAR], by=by)
    places = [
        (stratum, group, cell)
        for group in found.groups
        for stratum in found.strata
        for cell in found.cells
    ]
    return tuple(
        {place: n for place, n in zip(places, numbers.ravel().tolist(), strict=True) if n}
        for numbers in (found.n, found.keys)
    )


def act(name, version, chance):
    """Does one thing to a response taken by chance, or to all."""
    known = list(Response.objects.order_by("pk").values_list("pk", flat=True))
    if name in ("respond", "set aside"):
        day = date(2022, chance.randint(10, 12), 15)
        answers = random_answers(definition_of(version), chance, today=day)
        store = respond if name == "respond" else set_aside
        store(version, on=day.isoformat(), channel=chance.choice(["web", "phone"]), **answers)
    elif name == "count":
        count_new()
    elif name == "recount":
        recount()
    elif name == "crash":
        with pytest.raises(WorkerDiedError):
            die_while_counting(version)
    elif known:
        one = chance.choice(known)
        {
            "withdraw": withdraw,
            "restore": restore,
            "refuse": lambda pk: take_out(pk, "refused"),
            "accept": let_count,
            "erase": erase_own,
        }[name](one)


@transaction.atomic
def die_while_counting(version):
    """A worker that has claimed and added a batch, and dies before it commits."""
    count_new(version)
    raise WorkerDiedError


@FEW
@given(st.integers(), st.lists(st.sampled_from(ACTS), min_size=1, max_size=25))
def test_tally_is_what_a_slow_count_says_whatever_happens(seed, acts):
    Response.objects.all().delete()
    Tally.objects.all().delete()
    version = publish()
    chance = random.Random(seed)
    for name in acts:
        act(name, version, chance)
    for by in (None, "area", "channel"):
        n, keys = counted_slowly(by)
        assert read(version, by) == (n, keys)
    assert count_differences() == 0
    assert not empty_rows()
    count_new()
    before = tally_rows()
    recount()
    assert tally_rows() == before


@FEW
@given(
    st.lists(st.integers(0, RECORD_KEYS - 1), min_size=2, max_size=9),
    st.integers(1, 9),
    st.randoms(use_true_random=False),
)
def test_same_records_give_the_same_keys_in_any_order_and_parts(keys, batch, chance):
    """And so the same noise, whoever is counted first (rule D5 of the disclosure policy)."""
    found = []
    for order in (keys, chance.sample(keys, len(keys))):
        Response.objects.all().delete()
        Tally.objects.all().delete()
        version = publish()
        for key in order:
            one = respond(version, area="north", overall="1" if key % 2 else "3")
            Response.objects.filter(pk=one.pk).update(record_key=key)
        # One more, who is erased: of whom nothing may be left.
        gone = respond(version, area="north", overall="1")
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(count, "BATCH", batch)
            patch.setattr(adding_up, "AT_ONCE", batch)
            count_new()
        erase_own(gone.pk)
        found.append([row[1:] for row in tally_rows()])
        recount()
        assert [row[1:] for row in tally_rows()] == found[-1]
    assert found[0] == found[1]
    everyone = read_counts([version], [""], spans=[YEAR])
    assert everyone.keys.item() == sum(keys) % RECORD_KEYS


def test_what_is_in_the_tallies_can_be_neither_set_aside_nor_changed():
    """The database refuses it, whoever asks: the totals would hold what nobody said."""
    version = publish()
    response = respond(version, area="north")
    count_new()
    mine = Response.objects.filter(pk=response.pk)
    for change in ({"standing": "set-aside"}, {"record_key": 1}, {"cells": [0]}):
        with pytest.raises(IntegrityError, match="take it out of them first"), transaction.atomic():
            mine.update(**change)
    mine.update(signs=["flood"])
    assert count_differences() == 0


def test_what_waits_is_counted_as_it_is_by_then():
    version = publish()
    changed, gone = respond(version, area="north"), respond(version, area="north")
    Response.objects.filter(pk=changed.pk).update(record_key=7)
    Response.objects.filter(pk=gone.pk).delete()
    assert count_new() == 1
    assert read_counts([version], [""], spans=[YEAR]).keys.item() == 7
