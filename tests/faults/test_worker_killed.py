"""A worker that dies between submission and tally loses nothing and doubles nothing."""

import time
from datetime import date

import psycopg
import pytest
import redis
from django.db import transaction

from surveys.models.responses import Response
from surveys.responses.answers import clean_answers
from surveys.responses.submit import hint_that_one_waits, submit
from surveys.tally.count import count_differences, count_new
from surveys.tally.store import counts_by_cell
from surveys.versions.read import definition_of
from tests.factories.surveys import publish
from tests.workers import Valkey, Workers, database_url, sending_to, wait_for, waits_for_lock

pytestmark = pytest.mark.django_db(transaction=True)


def send(version, nonce):
    definition = definition_of(version)
    cleaned = clean_answers(definition, {"area": "north"}, today=date(2022, 11, 30))
    with transaction.atomic():
        return submit(version, cleaned, nonce=nonce, language="en", channel="web")


def hinted():
    """Sends the hint that beat sends, once a look."""
    time.sleep(0.5)
    hint_that_one_waits()
    return True


def tallied(version):
    counts = counts_by_cell(version)
    return counts[0].n if counts else 0


def test_worker_tallies_a_submission(workers):
    version = publish()
    workers.start()
    send(version, "n1")
    wait_for(lambda: tallied(version) == 1)
    assert count_differences() == 0


def test_worker_killed_in_the_middle_of_counting(workers):
    """The worker has claimed the response and is about to add it when it is killed."""
    version = publish()
    with psycopg.connect(database_url()) as blocker:
        blocker.execute("LOCK TABLE surveys_tally IN SHARE ROW EXCLUSIVE MODE")
        worker = workers.start()
        send(version, "n1")
        wait_for(waits_for_lock)
        workers.kill(worker)
        send(version, "n2")
        blocker.rollback()
    workers.start()
    # The lost message comes back only after the visibility timeout; the sweep does not wait.
    send(version, "n3")
    wait_for(lambda: tallied(version) == 3)
    assert count_differences() == 0
    assert Response.objects.count() == 3


def test_worker_dead_before_the_submission(workers):
    version = publish()
    for i in range(5):
        send(version, f"n{i}")
    assert tallied(version) == 0
    workers.start()
    wait_for(lambda: tallied(version) == 5)


def test_messages_lost_with_the_broker_are_found_by_the_sweep(broker):
    version = publish()
    for i in range(5):
        send(version, f"n{i}")
    redis.Redis.from_url(broker).flushdb()
    # What beat has the worker do every few seconds.
    assert count_new() == 5
    assert tallied(version) == 5


def test_worker_goes_on_after_the_broker_was_killed_and_came_back_empty():
    version = publish()
    with Valkey() as valkey, sending_to(valkey.url):
        workers = Workers(valkey.url)
        try:
            workers.start()
            send(version, "n1")
            wait_for(lambda: tallied(version) == 1)
            valkey.kill()
            assert send(version, "n2").is_new
            valkey.start()
            # The hint of n2 is lost, and that of n3 may be: what counts is that the worker is
            # back when the next one comes, which beat sends every few seconds.
            send(version, "n3")
            wait_for(lambda: hinted() and tallied(version) == 3, seconds=60)
        finally:
            workers.end()
    assert count_differences() == 0


def test_submission_is_stored_while_the_broker_is_away(caplog):
    version = publish()
    with sending_to("redis://127.0.0.1:9/0"):
        assert send(version, "n1").is_new
    assert "the sweep will count" in caplog.text
    assert Response.objects.count() == 1
