"""Publishing and taking back at the same moment: one comes first, and both know it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest
from django.db import connection, transaction

from surveys.models.responses import Response
from surveys.models.tallies import Release
from surveys.models.versions import Survey
from surveys.tally.count import count_differences, count_new
from surveys.tally.release import hold_totals, is_released, record_release
from surveys.tally.store import Count, counts_by_cell
from surveys.tally.take_back import PublishedError, erase, erase_own, restore, withdraw
from tests.factories.surveys import publish, respond

NOVEMBER = date(2022, 11, 1)


def release():
    record_release("small", first=NOVEMBER, last=NOVEMBER, by="pat")


@pytest.mark.django_db
def test_months_are_released_once_and_by_survey():
    survey = publish().survey_id
    release()
    record_release("small", first=NOVEMBER, last=NOVEMBER, by="ann")
    assert Release.objects.get().released_by == "pat"
    assert is_released(survey, NOVEMBER)
    assert not is_released(survey, date(2022, 10, 1))
    assert not is_released(survey, date(2022, 12, 1))
    with pytest.raises(Survey.DoesNotExist):
        record_release("nothing", first=NOVEMBER, last=NOVEMBER, by="pat")


@pytest.mark.django_db
def test_after_release_the_person_can_take_nothing_back_and_the_office_can_erase():
    version = publish()
    counted, taken_back = respond(version, area="north"), respond(version, area="south")
    withdraw(taken_back.pk)
    count_new()
    release()
    for act in (withdraw, erase_own):
        with pytest.raises(PublishedError):
            act(counted.pk)
    with pytest.raises(PublishedError):
        restore(taken_back.pk)
    assert counts_by_cell(version)[0] == Count(1)
    assert count_differences() == 0
    gone = erase(taken_back.pk, by="ann", subject="small")
    assert gone is not None
    assert not gone.was_published
    gone = erase(counted.pk, by="ann", subject="small")
    assert gone is not None
    assert gone.was_published
    assert counts_by_cell(version) == {}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("act", [withdraw, erase_own])
def test_who_takes_back_while_it_is_published_waits_and_is_told(act):
    version = publish()
    response = respond(version, area="north")
    count_new()
    held, tried = Event(), Event()

    def publishing():
        try:
            with transaction.atomic():
                hold_totals()
                held.set()
                # The other is at the lock by then, or will come to it later: both are right.
                tried.wait(0.5)
                release()
        finally:
            connection.close()

    def taking_back():
        held.wait(5)
        try:
            tried.set()
            act(response.pk)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        publisher, person = pool.submit(publishing), pool.submit(taking_back)
        publisher.result()
        with pytest.raises(PublishedError):
            person.result()
    assert Response.objects.get().standing == "counts"
    assert counts_by_cell(version)[0] == Count(1)
