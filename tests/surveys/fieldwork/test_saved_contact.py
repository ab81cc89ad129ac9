"""Contact details kept under a number: apart from the answers that have the same number."""

from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest
import time_machine
from django.db import connection

from surveys.fieldwork.saved_contact import (
    LOCK,
    SHUFFLE,
    forget_old_saved_contact,
    forget_saved_contact,
    keep_saved_contact,
    open_saved_contact,
)
from surveys.models.audit import AuditEntry
from surveys.models.codes import lookups
from surveys.models.contacts import SavedContact
from tests.workers import database_url, wait_for

pytestmark = pytest.mark.django_db

KEY, OTHER = b"k" * 32, b"o" * 32
LEFT = {"email": "canary@example.org"}


def test_it_opens_as_it_was_left_and_only_with_its_number():
    keep_saved_contact(KEY, LEFT)
    assert open_saved_contact(KEY) == LEFT
    assert open_saved_contact(OTHER) == {}
    assert "canary" not in SavedContact.objects.get().sealed


def test_what_is_left_later_takes_its_place_and_nothing_deletes_it():
    keep_saved_contact(KEY, LEFT)
    keep_saved_contact(KEY, {"email": "other@example.org"})
    assert open_saved_contact(KEY) == {"email": "other@example.org"}
    assert SavedContact.objects.count() == 1
    keep_saved_contact(KEY, {})
    assert not SavedContact.objects.exists()
    keep_saved_contact(KEY, {})
    assert not SavedContact.objects.exists()


def test_forgetting_takes_only_its_own():
    keep_saved_contact(KEY, LEFT)
    keep_saved_contact(OTHER, LEFT)
    forget_saved_contact(KEY)
    assert open_saved_contact(KEY) == {}
    assert open_saved_contact(OTHER) == LEFT


def test_no_look_up_of_the_answers_leads_here():
    keep_saved_contact(KEY, LEFT)
    lookup = bytes(SavedContact.objects.get().lookup)
    assert lookup in lookups(KEY.hex(), purpose="saved-contact")
    assert lookup not in lookups(KEY.hex(), purpose="saved")


def test_no_column_tells_when_or_who():
    columns = {field.name for field in SavedContact._meta.get_fields()}
    assert columns == {"lookup", "sealed", "last_day"}


def test_kept_for_14_days_and_counted_when_it_goes():
    with time_machine.travel("2026-03-01T12:00Z", tick=False):
        keep_saved_contact(KEY, LEFT)
    with time_machine.travel("2026-03-15T23:59Z", tick=False):
        assert forget_old_saved_contact() == 0
        keep_saved_contact(KEY, LEFT)
    with time_machine.travel("2026-03-16T00:00Z", tick=False):
        assert forget_old_saved_contact() == 1
        assert forget_old_saved_contact() == 0
    (entry,) = AuditEntry.objects.filter(action="forget")
    assert entry.detail == {"kept": 1}


def test_found_after_the_service_has_a_new_key(settings):
    settings.ENCRYPTION_KEYS = {"old": b"1" * 32}
    keep_saved_contact(KEY, LEFT)
    settings.ENCRYPTION_KEYS = {"new": b"2" * 32, "old": b"1" * 32}
    assert open_saved_contact(KEY) == LEFT
    keep_saved_contact(KEY, {"email": "other@example.org"})
    settings.ENCRYPTION_KEYS = {"new": b"2" * 32}
    assert open_saved_contact(KEY) == {"email": "other@example.org"}


def test_row_that_somebody_changed_is_lost_and_told_in_the_log(caplog):
    keep_saved_contact(KEY, LEFT)
    keep_saved_contact(OTHER, LEFT)
    one, two = SavedContact.objects.all()
    SavedContact.objects.filter(pk=one.pk).update(sealed=two.sealed)
    assert {} in (open_saved_contact(KEY), open_saved_contact(OTHER))
    assert "not as they were sealed" in caplog.text


def test_rows_are_written_anew_in_another_order_and_all_at_once():
    keys = [bytes([n]) * 32 for n in range(40)]
    for key in keys:
        keep_saved_contact(key, LEFT)
    before = physical_order()
    forget_old_saved_contact()
    assert sorted(physical_order()) == sorted(before)
    # By chance the same order of 40 comes once in 8 * 10^47 times.
    assert physical_order() != before
    assert all(open_saved_contact(key) == LEFT for key in keys)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_savedcontact")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
def test_deleting_does_not_miss_a_row_that_is_just_written_anew():
    keep_saved_contact(KEY, LEFT)
    with ThreadPoolExecutor(1) as pool, psycopg.connect(database_url()) as shuffling:
        shuffling.execute(LOCK)
        shuffling.execute(SHUFFLE)
        forgetting = pool.submit(forget_and_close)
        wait_for(lambda: waits_for_the_table())
        shuffling.commit()
        forgetting.result(10)
    assert not SavedContact.objects.exists()


def forget_and_close():
    try:
        forget_saved_contact(KEY)
    finally:
        connection.close()


def waits_for_the_table():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_locks"
            " WHERE relation = 'surveys_savedcontact'::regclass AND NOT granted"
        )
        return cursor.fetchone()[0] > 0


def physical_order():
    with connection.cursor() as cursor:
        cursor.execute("SELECT encode(lookup, 'hex') FROM surveys_savedcontact ORDER BY ctid")
        return [row[0] for row in cursor.fetchall()]
