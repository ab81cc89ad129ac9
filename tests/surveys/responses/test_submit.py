"""Storing a response: once, whole, and without what would give a person away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection

from surveys.models.responses import OwnWords, Receipt, Response
from surveys.responses.answers import clean_answers
from surveys.responses.submit import NonceReusedError, submit
from surveys.versions.read import definition_of
from tests.factories.surveys import SMALL, changed, publish

ANSWERS = {"area": "north", "overall": "3", "reasons": ["slow"], "words": "Call me back"}


def cleaned(version, answers=ANSWERS):
    return clean_answers(definition_of(version), answers, today=date(2022, 11, 30))


def send(version, nonce, answers=ANSWERS):
    return submit(version, cleaned(version, answers), nonce=nonce, language="en", channel="web")


@pytest.mark.django_db
def test_submit_keeps_own_words_apart_and_sealed():
    version = publish()
    stored = send(version, "n1")
    response = Response.objects.get(pk=stored.id)
    assert response.answers == {"area": "north", "overall": "3", "reasons": ["slow"]}
    (words,) = OwnWords.objects.filter(response=response)
    assert words.read() == "Call me back"
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed FROM surveys_ownwords")
        assert "Call" not in cursor.fetchone()[0]


@pytest.mark.django_db
def test_submit_works_out_counters_once():
    version = publish()
    response = Response.objects.get(pk=send(version, "n1").id)
    assert [version.cells[i] for i in response.cells] == [
        "",
        "area",
        "area=north",
        "overall",
        "overall=3",
        "reasons",
        "reasons=slow",
        "words",
    ]
    assert [version.groups[i] for i in response.groups] == ["", "area=north", "channel=web"]
    assert response.stratum == "north|-"


@pytest.mark.django_db
def test_submit_drops_and_counts_what_is_off_the_path():
    version = publish()
    response = Response.objects.get(pk=send(version, "n1", {**ANSWERS, "overall": "1"}).id)
    assert "reasons" not in response.answers
    assert response.dropped == 1


@pytest.mark.django_db
def test_submit_again_stores_nothing_and_answers_the_same():
    version = publish()
    first = send(version, "n1")
    again = send(version, "n1")
    assert (again.id, again.is_new) == (first.id, False)
    assert Response.objects.count() == 1


@pytest.mark.django_db
def test_submit_other_answers_under_the_same_nonce_is_refused():
    version = publish()
    send(version, "n1")
    with pytest.raises(NonceReusedError):
        send(version, "n1", {"area": "south"})
    assert Response.objects.count() == Receipt.objects.count() == 1


@pytest.mark.django_db
def test_submit_wrong_answers_stores_nothing():
    version = publish()
    with pytest.raises(ValueError, match="area"):
        send(version, "n1", {"area": "moon"})
    assert not Response.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_submit_parallel_copies_store_one_each():
    version = publish()
    definition_of(version)

    def copy(i):
        try:
            return send(version, f"nonce-{i % 5}").id
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        ids = list(pool.map(copy, range(50)))
    assert Response.objects.count() == 5
    assert {Response.objects.get(pk=i).pk for i in ids} == set(ids)
    assert len(set(ids)) == 5


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("moment", "month"),
    [
        # Summer time: in London the month began an hour before it did in UTC.
        (datetime(2022, 6, 30, 22, 59, 59, tzinfo=UTC), date(2022, 6, 1)),
        (datetime(2022, 6, 30, 23, 0, 0, tzinfo=UTC), date(2022, 7, 1)),
        (datetime(2022, 12, 31, 23, 59, 59, tzinfo=UTC), date(2022, 12, 1)),
        (datetime(2023, 1, 1, 0, 0, 0, tzinfo=UTC), date(2023, 1, 1)),
        # Both passes of the hour that comes twice, and the hour that never comes.
        (datetime(2022, 10, 30, 0, 30, tzinfo=UTC), date(2022, 10, 1)),
        (datetime(2022, 10, 30, 1, 30, tzinfo=UTC), date(2022, 10, 1)),
        (datetime(2022, 3, 27, 1, 0, tzinfo=UTC), date(2022, 3, 1)),
    ],
)
def test_submit_counts_in_the_month_of_the_clock_in_london(moment, month):
    version = publish()
    with time_machine.travel(moment, tick=False):
        stored = send(version, "n1")
    assert Response.objects.get(pk=stored.id).period == month


@pytest.mark.django_db
def test_response_keeps_no_time_finer_than_its_month():
    times = {
        field.name
        for field in Response._meta.get_fields()
        if field.get_internal_type() in ("DateTimeField", "DateField", "TimeField")
    }
    assert times == {"period"}


@pytest.mark.django_db
def test_long_names_of_written_words_are_stored():
    question, option = "q" * 60, "o" * 60
    text = changed(
        SMALL,
        {
            "name: reasons": f"name: {question}",
            "code: lost, label: {en: Lost}": f"code: {option}, write_in: true, label: {{en: A}}",
        },
    )
    version = publish(text)
    answers = {"overall": "3", question: [option], f"{question}.{option}": "words"}
    cleaned = clean_answers(definition_of(version), answers, today=date(2022, 11, 15))
    submit(version, cleaned, nonce="n", language="en", channel="web")
    assert OwnWords.objects.get().question == f"{question}.{option}"
