"""What people leave to be reached by: sealed, apart from answers, in no order, not for long."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.utils import timezone

from surveys.fieldwork.contact import forget_contact, keep_contact
from surveys.models.contacts import ContactDetail
from surveys.models.versions import Survey
from tests.factories.surveys import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def survey():
    return publish().survey


def left(survey, *details):
    for detail in details:
        keep_contact(survey, {"email": detail}, language="en")


def test_it_is_sealed(survey):
    left(survey, "jo@example.org")
    row = ContactDetail.objects.get()
    assert row.read() == "jo@example.org"
    assert "example" not in row.sealed


def test_no_column_leads_to_an_answer():
    columns = {field.name for field in ContactDetail._meta.get_fields()}
    assert columns == {"id", "survey", "question", "language", "sealed", "period"}


def test_rows_are_written_anew_in_another_order_and_all_at_once(survey):
    people = [f"person-{n}@example.org" for n in range(40)]
    left(survey, *people)
    assert physical_order(people) == people
    forget_contact()
    assert sorted(physical_order(people)) == sorted(people)
    # By chance the same order of 40 comes once in 8 * 10^47 times.
    assert physical_order(people) != people
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(DISTINCT xmin::text) FROM surveys_contactdetail")
        assert cursor.fetchone() == (1,)


def test_kept_until_a_month_after_the_survey_closed(survey):
    left(survey, "jo@example.org")
    close(survey, timedelta(days=29))
    assert forget_contact() == 0
    close(survey, timedelta(days=31))
    assert forget_contact() == 1
    assert not ContactDetail.objects.exists()


def test_kept_for_a_year_where_the_survey_never_closes(survey):
    with time_machine.travel(datetime(2025, 1, 15, tzinfo=UTC)):
        left(survey, "jo@example.org")
    with time_machine.travel(datetime(2025, 12, 31, tzinfo=UTC)):
        assert forget_contact() == 0
    # Of its day nothing is known but the month: that of the first of January may be a year old.
    with time_machine.travel(datetime(2026, 1, 1, tzinfo=UTC)):
        assert forget_contact() == 1


def close(survey, ago):
    Survey.objects.filter(pk=survey.pk).update(closes_at=timezone.now() - ago)


def physical_order(people):
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM surveys_contactdetail ORDER BY ctid")
        ids = [row[0] for row in cursor.fetchall()]
    rows = ContactDetail.objects.in_bulk(ids)
    return [rows[pk].read() for pk in ids]
