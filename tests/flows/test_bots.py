"""What a machine sends is set aside, and nobody honest is: not even thirty at one library."""

import io
import logging
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone

from surveys.models.drafts import Draft
from surveys.models.responses import OwnWords, Response
from surveys.responses.buckets import forget_addresses
from surveys.tally.count import count_differences, count_new
from surveys.tally.store import counts_by_cell
from tests.factories.surveys import publish
from tests.flows.person import Person

pytestmark = pytest.mark.django_db

LIBRARY = "198.51.100.23"


def at_the_check_page(version, address=LIBRARY, *, took=timedelta(minutes=4)):
    """Somebody who answered, in so much time, and has yet to send."""
    person = Person(version)
    person.client.defaults["REMOTE_ADDR"] = address
    person.post().post().post(area="north").post(overall="1").post(reported="no")
    person.post().post(words="It was fine")
    assert "Check your answers" in person.text
    Draft.objects.update(started_at=timezone.now() - took)
    return person


def standings():
    return list(Response.objects.values_list("standing", flat=True))


def test_machine_that_fills_in_every_box_is_thanked_stored_and_not_counted(version):
    person = at_the_check_page(version)
    person.post(__subject="https://example.org/cheap")
    assert "Thank you" in person.text
    response = Response.objects.get()
    assert (response.standing, response.signs) == ("set-aside", ["honeypot"])
    assert OwnWords.objects.get().read() == "It was fine"
    assert count_new() == 0
    assert "cheap" not in str(response.answers)


def test_person_leaves_the_box_alone_and_is_counted(version):
    person = at_the_check_page(version)
    assert 'name=".subject"' in person.text
    assert "Leave this box empty" in person.text
    person.post(__subject="")
    response = Response.objects.get()
    assert (response.standing, response.signs) == ("counts", [])


def test_machine_in_the_box_takes_nothing_from_its_neighbours(version, settings):
    settings.SUBMISSIONS_CAPACITY = 1
    at_the_check_page(version).post(__subject="x")
    at_the_check_page(version).post()
    assert sorted(standings()) == ["counts", "set-aside"]


def test_haste_alone_is_no_sign(version):
    at_the_check_page(version, took=timedelta(seconds=1)).post()
    assert standings() == ["counts"]


def test_haste_costs_double(version, settings):
    settings.SUBMISSIONS_CAPACITY = 5
    for _ in range(4):
        at_the_check_page(version, took=timedelta(seconds=1)).post()
    assert sorted(standings()) == ["counts", "counts", "set-aside", "set-aside"]
    assert Response.objects.filter(signs=["flood", "fast"]).count() == 2


def test_other_addresses_are_not_held_to_account(version, settings):
    settings.SUBMISSIONS_CAPACITY = 1
    for address in ("192.0.2.1", "192.0.2.2", "2001:db8:1::1", "2001:db8:2::1"):
        at_the_check_page(version, address).post()
    assert standings() == ["counts"] * 4


def test_unknown_address_is_no_sign(version, settings):
    settings.SUBMISSIONS_CAPACITY = 1
    for _ in range(3):
        at_the_check_page(version, "").post()
    assert standings() == ["counts"] * 3


def test_header_of_a_forger_gives_no_new_address(version, settings):
    settings.SUBMISSIONS_CAPACITY, settings.BEHIND_PROXY = 2, True
    for i in range(4):
        person = at_the_check_page(version)
        person.client.defaults["HTTP_X_FORWARDED_FOR"] = f"203.0.113.{i}, {LIBRARY}"
        person.post()
    assert sorted(standings()) == ["counts", "counts", "set-aside", "set-aside"]


@pytest.mark.django_db(transaction=True)
def test_thirty_people_behind_one_library_address_all_count_at_once():
    version = publish()
    people = [at_the_check_page(version, took=timedelta(minutes=2)) for _ in range(30)]

    def send(person):
        try:
            return person.post()
        finally:
            connection.close()

    with ThreadPoolExecutor(6) as pool:
        assert all("Thank you" in person.text for person in pool.map(send, people))
    assert standings() == ["counts"] * 30
    assert count_new() == 30


def test_flood_is_set_aside_from_where_the_bucket_is_empty_and_none_is_lost(version, settings):
    settings.SUBMISSIONS_CAPACITY = 60
    settings.SUBMISSIONS_AN_HOUR = 0  # so that the seconds of this test add nothing
    for _ in range(100):
        person = at_the_check_page(version)
        assert "Thank you" in person.post().text
    assert standings().count("counts") == 60
    assert Response.objects.filter(standing="set-aside", signs=["flood"]).count() == 40
    assert count_new() == 60
    assert counts_by_cell(version)[0].n == 60
    assert count_differences() == 0


def test_address_is_in_no_table_and_no_line_of_a_log(version, settings):
    settings.SUBMISSIONS_CAPACITY = 1
    log = io.StringIO()
    handler = logging.StreamHandler(log)
    logging.getLogger().addHandler(handler)
    try:
        at_the_check_page(version).post()
        at_the_check_page(version).post(__subject="x")
        at_the_check_page(version).post()
        forget_addresses()
    finally:
        logging.getLogger().removeHandler(handler)
    assert sorted(standings()) == ["counts", "set-aside", "set-aside"]
    told = log.getvalue() + everything_stored()
    assert LIBRARY not in told
    assert "0xC6336417" not in told.upper()
    assert LIBRARY.encode().hex() not in told.lower()


def everything_stored():
    """Every row of every table, as text; bytes as hexadecimal digits."""
    found = []
    with connection.cursor() as cursor:
        for model in apps.get_models():
            table = connection.ops.quote_name(model._meta.db_table)
            cursor.execute(f"SELECT row::text FROM {table} AS row")
            found += [text for (text,) in cursor.fetchall()]
    return "\n".join(found)
