"""Each class of what people gave is forgotten in its time, and the totals stay."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import psycopg
import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from surveys.models.audit import AuditEntry
from surveys.models.responses import Judgement, OwnWords, Receipt, Response
from surveys.models.tallies import TALLY_LOCK, ClosedMonth
from surveys.responses.answers import clean_answers
from surveys.responses.retention import forget
from surveys.responses.submit import submit
from surveys.tally.count import count_differences, count_new, recount
from surveys.tally.store import counts_by_cell
from surveys.versions.read import definition_of
from tests.factories.surveys import publish, respond, set_aside
from tests.workers import database_url, wait_for, waits_for_lock

pytestmark = pytest.mark.django_db


def send(version):
    cleaned = clean_answers(
        definition_of(version), {"area": "north", "words": "Call back"}, today=date(2022, 11, 5)
    )
    return submit(version, cleaned, nonce="n1", language="en", channel="web")


def at(moment):
    return time_machine.travel(moment, tick=False)


def test_each_class_goes_in_its_time():
    with at("2022-11-05T12:00Z"):
        version = publish()
        send(version)
        count_new()
        assert not any(forget().values())
    with at("2022-11-07T11:59Z"):
        assert forget()["receipts"] == 0
    with at("2022-11-07T12:01Z"):
        assert forget()["receipts"] == 1
    with at("2023-10-31T12:00Z"):
        assert forget()["own words"] == 0
    with at("2023-11-01T12:00Z"):
        assert forget()["own words"] == 1
    with at("2025-10-31T12:00Z"):
        assert forget()["responses"] == 0
    with at("2025-11-01T12:00Z"):
        assert forget()["responses"] == 1
    assert not Response.objects.exists()
    assert not OwnWords.objects.exists()
    assert not Receipt.objects.exists()
    kept = (
        AuditEntry.objects.filter(action="forget").order_by("id").values_list("detail", flat=True)
    )
    assert [(d["own words"], d["responses"]) for d in kept] == [(1, 0), (0, 1)]


def test_totals_of_a_closed_month_survive_a_recount():
    with at("2022-11-05T12:00Z"):
        version = publish()
        send(version)
        count_new()
    with at("2025-12-01T12:00Z"):
        forget()
        respond(version, on="2025-12-01", area="south")
        count_new()
        before = counts_by_cell(version)
        assert before[0].n == 2
        assert count_differences() == 0
        recount()
        assert counts_by_cell(version) == before
    assert ClosedMonth.objects.get().period == date(2022, 11, 1)


def test_what_is_not_yet_counted_stays():
    with at("2022-11-05T12:00Z"):
        send(publish())
    with at("2026-01-01T12:00Z"):
        assert forget()["responses"] == 0


@pytest.mark.django_db(transaction=True)
def test_forgetting_waits_for_a_recount():
    """Between clearing and rebuilding, a recount must not lose what forgetting would delete."""
    with at("2022-11-05T12:00Z"):
        version = publish()
        send(version)
        count_new()
    with psycopg.connect(database_url()) as recounting, ThreadPoolExecutor(1) as pool:
        recounting.execute("SELECT pg_advisory_xact_lock(%s)", [TALLY_LOCK])
        with at("2025-12-01T12:00Z"):
            forgetting = pool.submit(forget_and_close)
            wait_for(lambda: waits_for_lock())
            assert Response.objects.count() == 1
            recounting.rollback()
            assert forgetting.result(10)["responses"] == 1
    assert counts_by_cell(version)[0].n == 1


def forget_and_close():
    try:
        return forget()
    finally:
        connection.close()


def test_what_does_not_count_goes_when_its_time_is_over_and_no_earlier():
    with at("2022-11-05T12:00Z"):
        version = publish()
        aside = set_aside(version, area="north")
        refused = set_aside(version, area="south")
        Response.objects.filter(pk=refused.pk).update(standing=Response.Standing.REFUSED)
        Judgement.objects.create(response=refused, decided_at=timezone.now(), decided_by="ana")
        words = OwnWords(response=aside, question="words")
        words.write("Call back")
        words.save()
    with at("2023-10-31T12:00Z"):
        assert forget()["own words"] == 0
    with at("2023-11-01T12:00Z"):
        assert forget()["own words"] == 1
    with at("2025-10-31T12:00Z"):
        assert forget()["responses"] == 0
    with at("2025-11-01T12:00Z"):
        assert forget()["responses"] == 2
    assert not Response.objects.exists()
    assert not Judgement.objects.exists()
    assert count_differences() == 0
