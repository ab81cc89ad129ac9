"""A worker that dies between submission and tally loses nothing and doubles nothing."""

import socket
import time
from datetime import date

import psycopg
import pytest
import redis
from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError

from surveys.models.responses import Response
from surveys.responses.answers import clean_answers
from surveys.responses.submit import submit
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


def sweep():
    """Has the workers count what waits, as beat does every few seconds."""
    current_app.send_task("surveys.count_new_responses", retry=False, ignore_result=True)


def swept_again():
    """Like `sweep`, once a look, whether or not the broker is there."""
    time.sleep(0.5)
    try:
        sweep()
    except OperationalError:
        return False
    return True


def tallied(version):
    counts = counts_by_cell(version)
    return counts[0].n if counts else 0


def test_worker_tallies_a_submission(workers):
    version = publish()
    workers.start()
    send(version, "n1")
    sweep()
    wait_for(lambda: tallied(version) == 1)
    assert count_differences() == 0


def test_worker_killed_in_the_middle_of_counting(workers):
    """The worker has claimed the response and is about to add it when it is killed."""
    version = publish()
    with psycopg.connect(database_url()) as blocker:
        blocker.execute("LOCK TABLE surveys_tally IN SHARE ROW EXCLUSIVE MODE")
        worker = workers.start()
        send(version, "n1")
        sweep()
        wait_for(waits_for_lock)
        workers.kill(worker)
        send(version, "n2")
        blocker.rollback()
    workers.start()
    # The message that the dead one held comes back only after a while; the sweep does not wait.
    send(version, "n3")
    sweep()
    wait_for(lambda: tallied(version) == 3)
    assert count_differences() == 0
    assert Response.objects.count() == 3


def test_worker_dead_before_the_submission(workers):
    version = publish()
    for i in range(5):
        send(version, f"n{i}")
    sweep()
    assert tallied(version) == 0
    workers.start()
    wait_for(lambda: tallied(version) == 5)


def test_messages_lost_with_the_broker_are_found_by_the_sweep(broker):
    version = publish()
    for i in range(5):
        send(version, f"n{i}")
    sweep()
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
            sweep()
            wait_for(lambda: tallied(version) == 1)
            valkey.kill()
            assert send(version, "n2").is_new
            valkey.start()
            send(version, "n3")
            # What counts is that the worker is back when beat's next message comes.
            wait_for(lambda: swept_again() and tallied(version) == 3, seconds=60)
        finally:
            workers.end()
    assert count_differences() == 0


def test_submission_does_not_so_much_as_knock_at_the_broker():
    version = publish()
    with socket.create_server(("127.0.0.1", 0)) as door:
        with sending_to(f"redis://127.0.0.1:{door.getsockname()[1]}/0"):
            assert send(version, "n1").is_new
        door.setblocking(False)
        with pytest.raises(BlockingIOError):
            door.accept()
    assert Response.objects.count() == 1
