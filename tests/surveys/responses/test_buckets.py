"""Token buckets: how much one address may do, and that no address is kept."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest
import time_machine
from django.db import connection

from surveys.models.addresses import AddressSalt, Bucket
from surveys.responses import buckets
from surveys.responses.buckets import forget_addresses, take

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_salt_is_known(monkeypatch):
    monkeypatch.setattr(buckets, "_known", {})


def at(moment):
    return time_machine.travel(f"2022-11-15T{moment}Z", tick=False)


def ask(address="192.0.2.1", name="door", *, capacity=3, an_hour=6, cost=1.0):
    return take(name, address, capacity=capacity, an_hour=an_hour, cost=cost)


def test_bucket_starts_full_and_is_empty_after_that():
    with at("12:00"):
        assert [ask() for _ in range(5)] == [True, True, True, False, False]


@pytest.mark.parametrize(
    ("minutes", "can_be_taken"),
    # Six an hour are one every ten minutes; it holds three, however long nobody comes.
    [(0, 0), (9, 0), (10, 1), (19, 1), (20, 2), (30, 3), (59, 3), (300, 3)],
)
def test_bucket_fills_evenly_up_to_its_capacity(minutes, can_be_taken):
    with at("12:00"):
        assert all(ask() for _ in range(3))
    with at(f"{12 + minutes // 60}:{minutes % 60:02}"):
        assert sum(ask() for _ in range(5)) == can_be_taken


def test_where_there_is_not_enough_nothing_is_taken():
    with at("12:00"):
        assert ask(cost=2)
        assert not ask(cost=2)
        assert ask(cost=1)


def test_more_than_it_holds_is_never_there():
    assert not ask(cost=4)
    assert not Bucket.objects.exists()


def test_refused_askers_do_not_keep_it_empty():
    with at("12:00"):
        assert all(ask() for _ in range(3))
    for minute in range(1, 10):
        with at(f"12:{minute:02}"):
            assert not ask()
    with at("12:10"):
        assert ask()


def test_clock_that_was_set_back_fills_nothing():
    with at("12:00"):
        assert all(ask() for _ in range(3))
    with at("11:00"):
        assert not ask()
    with at("12:09"):
        assert not ask()


def test_names_and_addresses_have_buckets_of_their_own():
    with at("12:00"):
        assert all(ask() for _ in range(3))
        assert ask(name="window")
        assert ask(address="192.0.2.2")
        assert not ask()


@pytest.mark.django_db(transaction=True)
def test_parallel_takers_never_get_more_than_there_is():
    def work(_):
        try:
            return ask(capacity=20, an_hour=0)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(work, range(60))) == 20
    assert Bucket.objects.get().tokens == 0


def test_salt_is_made_once_a_day():
    with at("12:00"):
        ask()
    with at("13:00"):
        ask()
    assert [salt.day for salt in AddressSalt.objects.all()] == [date(2022, 11, 15)]


def test_another_process_finds_the_salt_that_is_there(monkeypatch):
    with at("12:00"):
        assert all(ask() for _ in range(3))
        monkeypatch.setattr(buckets, "_known", {})
        assert not ask()


@pytest.mark.django_db(transaction=True)
def test_salt_is_read_once_in_each_process(django_assert_num_queries):
    ask()
    with django_assert_num_queries(1):
        ask()


def test_salt_of_a_transaction_that_failed_is_not_kept():
    ask()  # a test's transaction never ends well
    assert not buckets._known


def test_key_of_another_day_is_another():
    with at("12:00"):
        ask()
    with time_machine.travel("2022-11-16T12:00Z", tick=False):
        ask()
    assert Bucket.objects.count() == 2


def test_salt_goes_with_its_day_and_a_bucket_after_an_hour():
    with at("12:00"):
        ask()
        assert forget_addresses() == 0
    with at("12:59"):
        ask("192.0.2.2")
    with at("13:30"):
        assert forget_addresses() == 1
        assert (AddressSalt.objects.count(), Bucket.objects.count()) == (1, 1)
    with time_machine.travel("2022-11-16T00:01Z", tick=False):
        ask()
        assert forget_addresses() == 2
        assert AddressSalt.objects.get().day == date(2022, 11, 16)


def test_table_is_never_written_to_the_log_of_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT relpersistence FROM pg_class WHERE relname = 'surveys_bucket'")
        assert cursor.fetchone() == ("u",)
