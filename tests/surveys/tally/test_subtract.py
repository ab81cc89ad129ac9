"""Taking responses out of the tally: whatever is done in whatever order, a recount agrees."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.random_walk import random_answers
from surveys.models.audit import AuditEntry
from surveys.models.responses import Judgement, OwnWords, Response
from surveys.models.tallies import ClosedMonth, Tally
from surveys.responses.answers import Cleaned
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.store import Count, counts_by_cell, months_tallied, waiting
from surveys.tally.subtract import TallyDoesNotHoldError, take_out
from surveys.tally.take_back import erase, erase_own, restore, withdraw
from surveys.versions.read import definition_of
from tests.factories.surveys import publish, respond
from tests.factories.tallies import empty_rows, let_count, tally_rows

STEPS = st.sampled_from(
    ["respond", "respond", "count", "withdraw", "restore", "refuse", "accept", "erase", "recount"]
)


@pytest.mark.django_db
def test_what_is_taken_out_is_not_counted_and_leaves_no_row():
    version = publish()
    kept = respond(version, area="north", overall="1")
    gone = respond(version, on="2022-12-15", area="south", overall="3", channel="phone")
    count_new()
    take_out(gone.pk, "refused")
    take_out(gone.pk, "refused")
    gone.refresh_from_db()
    assert gone.standing == "refused"
    assert counts_by_cell(version)[0] == Count(1)
    assert not empty_rows()
    assert months_tallied(version) == (kept.period, kept.period)
    assert count_new() == 0
    assert count_differences() == 0


@pytest.mark.django_db
def test_what_counts_again_is_counted_by_the_sweep():
    version = publish()
    response = respond(version, area="north", overall="1")
    count_new()
    before = tally_rows()
    take_out(response.pk, "set-aside")
    let_count(response.pk)
    let_count(response.pk)
    assert count_new() == 1
    assert tally_rows() == before


@pytest.mark.django_db
def test_synthetic_answers_are_taken_out_as_such():
    version = publish()
    respond(version, area="north")
    invented = respond(version, area="north")
    Response.objects.filter(pk=invented.pk).update(is_synthetic=True)
    count_new()
    take_out(invented.pk, "refused")
    assert counts_by_cell(version)[0] == Count(1, synthetic=0)


@pytest.mark.django_db
def test_what_counts_is_not_taken_out():
    with pytest.raises(ValueError, match="not taken out"):
        take_out(respond(publish()).pk, "counts")


@pytest.mark.django_db
def test_what_somebody_took_back_is_theirs_to_put_back():
    response = respond(publish(), area="north")
    withdraw(response.pk)
    let_count(response.pk)
    take_out(response.pk, "refused")
    response.refresh_from_db()
    assert response.standing == "withdrawn"


@pytest.mark.django_db
@pytest.mark.parametrize(("signs", "after"), [([], "counts"), (["honeypot"], "set-aside")])
def test_taking_back_does_not_get_around_the_person_who_decides(signs, after):
    response = respond(publish(), area="north")
    Response.objects.filter(pk=response.pk).update(signs=signs)
    withdraw(response.pk)
    restore(response.pk)
    response.refresh_from_db()
    assert response.standing == after


@pytest.mark.django_db
def test_what_a_person_let_count_counts_again():
    response = respond(publish(), area="north")
    Response.objects.filter(pk=response.pk).update(signs=["honeypot"])
    Judgement.objects.create(response=response, decided_at=timezone.now(), decided_by="ann")
    withdraw(response.pk)
    restore(response.pk)
    response.refresh_from_db()
    assert response.standing == "counts"


@pytest.mark.django_db
def test_what_was_refused_can_be_deleted_and_nothing_else():
    response = respond(publish(), area="north")
    take_out(response.pk, "refused")
    withdraw(response.pk)
    restore(response.pk)
    response.refresh_from_db()
    assert response.standing == "refused"
    assert erase_own(response.pk) is not None
    assert not Response.objects.exists()


@pytest.mark.django_db
def test_a_closed_month_loses_what_is_erased_and_nothing_else():
    version = publish()
    late = respond(version, area="north")
    respond(version, area="north")
    count_new()
    ClosedMonth.objects.create(version=version, period=late.period)
    erase(late.pk, by="ann", subject="small")
    assert counts_by_cell(version)[0] == Count(1)
    recount()
    assert counts_by_cell(version)[0] == Count(1)
    assert count_differences() == 0


@pytest.mark.django_db
def test_tally_that_lacks_a_response_is_told_and_not_made_worse():
    version = publish()
    response = respond(version, area="north")
    count_new()
    Tally.objects.filter(group=0).delete()
    before = tally_rows()
    with pytest.raises(TallyDoesNotHoldError, match="tally --check"):
        take_out(response.pk, "refused")
    assert tally_rows() == before
    assert not waiting(version)


@pytest.mark.django_db
def test_erasing_says_what_went_and_the_record_does_not_say_whose():
    version = publish()
    response = respond(version, area="north", words="Call me")
    words = OwnWords(response=response, question="words")
    words.write("Call me")
    words.save()
    count_new()
    erased = erase_own(response.pk)
    assert erased is not None
    told = {"answers": 1, "own words": 1, "numbers": 0, "decisions": 0}
    assert erased.counts == told
    assert (erased.survey, erased.was_published) == ("small", False)
    assert not Tally.objects.exists()
    entry = AuditEntry.objects.get(action="erase answers")
    assert (entry.actor, entry.subject) == ("respondent", "what somebody sent")
    told = f"{entry.subject} {entry.detail}"
    assert "small" not in told
    assert str(response.pk) not in told
    assert erase_own(response.pk) is None


@pytest.mark.django_db
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.integers(), st.lists(STEPS, min_size=1, max_size=30))
def test_whatever_is_done_equals_a_recount(seed, steps):
    """Tally, withdraw, put back, refuse, erase, in any order: the rows are those of a recount."""
    Tally.objects.all().delete()
    Response.objects.all().delete()
    version = publish()
    chance = random.Random(seed)
    for step in steps:
        _do(step, version, chance)
        assert count_differences() == 0
        assert not empty_rows()
        tallied = Response.objects.filter(standing="counts", uncounted__isnull=True)
        assert counts_by_cell(version).get(0, Count()).n == tallied.count()
    count_new()
    added = tally_rows()
    recount()
    assert tally_rows() == added
    counted = Response.objects.filter(standing="counts")
    assert counts_by_cell(version).get(0, Count()).n == counted.count()


def _do(step, version, chance):
    if step == "respond":
        day = date(2022, chance.randint(1, 3), 15)
        answers = random_answers(definition_of(version), chance, today=day)
        response = respond(version, on=day.isoformat(), **Cleaned(answers, 0, {}).answers)
        Response.objects.filter(pk=response.pk).update(is_synthetic=chance.random() < 0.3)
    elif step == "count":
        count_new()
    elif step == "recount":
        recount()
    elif known := list(Response.objects.order_by("pk").values_list("pk", flat=True)):
        act = {
            "withdraw": withdraw,
            "restore": restore,
            "refuse": lambda pk: take_out(pk, "refused"),
            "accept": let_count,
            "erase": erase_own,
        }[step]
        act(chance.choice(known))


@pytest.mark.django_db(transaction=True)
def test_erasing_and_counting_side_by_side(monkeypatch):
    """Each is erased by several at once while it is being counted, withdrawn and put back."""
    monkeypatch.setattr("surveys.tally.count.BATCH", 3)
    version = publish()
    known = [respond(version, area="north" if i % 2 else "south", overall="1") for i in range(40)]
    doomed = [response.pk for response in known[:24]]

    def work(number):
        chance = random.Random(number)
        try:
            if number < 2:
                return [count_new() for _ in range(12)] and 0
            mine = chance.sample(doomed, len(doomed))
            for pk in mine:
                chance.choice([withdraw, restore, lambda pk: None])(pk)
            return sum(erase_own(pk) is not None for pk in mine)
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(work, range(6))) == len(doomed)
    count_new()
    assert Response.objects.count() == 16
    assert counts_by_cell(version)[0] == Count(16)
    assert count_differences() == 0
    assert not empty_rows()
