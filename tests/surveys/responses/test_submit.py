"""Storing a response: once, whole, and without what would give a person away."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection, transaction
from django.forms import model_to_dict

from surveys.models.responses import OwnWords, Receipt, Response
from surveys.responses.answers import clean_answers
from surveys.responses.submit import NonceReusedError, make_response, submit
from surveys.tally.take_back import erase
from surveys.versions.read import definition_of
from tests.factories.surveys import SMALL, changed, publish
from tests.workers import wait_for, waits_for_lock

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
def test_submit_is_one_statement(django_assert_num_queries):
    version = publish()
    send(version, "n0")
    ready = cleaned(version)
    with django_assert_num_queries(1):
        submit(version, ready, nonce="n1", language="en", channel="web")


@pytest.mark.django_db
def test_submit_writes_what_the_model_would():
    version = publish()
    at = datetime(2022, 11, 15, 12, tzinfo=UTC)
    ready = cleaned(version, {**ANSWERS, "words": 'Ŵ "quoted" \\ 50%'})
    with time_machine.travel(at, tick=False):
        stored = submit(version, ready, nonce="n1", language="en", channel="phone")
    found = Response.objects.get(pk=stored.id)
    made = make_response(version, ready, language="en", channel="phone", at=at)
    made.id = found.id
    assert model_to_dict(found) == model_to_dict(made)
    assert Receipt.objects.get().created_at == at
    assert OwnWords.objects.get().read() == 'Ŵ "quoted" \\ 50%'


@pytest.mark.django_db
def test_submit_with_signs_of_a_machine_is_set_aside():
    version = publish()
    stored = submit(
        version, cleaned(version), nonce="n1", language="en", channel="web", signs=["honeypot"]
    )
    response = Response.objects.get(pk=stored.id)
    assert (response.standing, response.signs) == ("set-aside", ["honeypot"])
    assert Response.objects.get(pk=send(version, "n2").id).standing == "counts"


@pytest.mark.django_db
@pytest.mark.parametrize("channel", Response.Channel.values)
def test_submit_counts_in_the_group_of_its_channel(channel):
    version = publish()
    stored = submit(version, cleaned(version), nonce="n1", language="en", channel=channel)
    response = Response.objects.get(pk=stored.id)
    assert version.groups[response.groups[-1]] == f"channel={channel}"


@pytest.mark.django_db
@pytest.mark.parametrize("other", [{"language": "cy"}, {"channel": "paper"}])
def test_submit_the_same_answers_otherwise_is_refused_too(other):
    version = publish()
    send(version, "n1")
    with pytest.raises(NonceReusedError):
        submit(
            version, cleaned(version), nonce="n1", **{"language": "en", "channel": "web"} | other
        )


@pytest.mark.django_db(transaction=True)
def test_submit_is_stored_by_the_next_copy_where_the_first_is_rolled_back():
    """The second copy waits for the first one, which then never was."""
    version = publish()
    definition_of(version)

    def copy():
        try:
            return send(version, "n1")
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = send(version, "n1")
            second = pool.submit(copy)
            wait_for(waits_for_lock)
            transaction.set_rollback(True)
        assert second.result(20).is_new
    assert Response.objects.get().pk == second.result().id != first.id


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


@pytest.mark.django_db
def test_what_was_erased_is_not_stored_again_by_the_same_nonce():
    version = publish()
    stored = send(version, "n")
    erase(stored.id, by="officer", subject="small")
    with pytest.raises(NonceReusedError):
        send(version, "n")
    assert not Response.objects.exists()


@pytest.mark.django_db
def test_receipt_tells_the_hour_and_no_more():
    send(publish(), "n")
    at = Receipt.objects.get().created_at
    assert (at.minute, at.second, at.microsecond) == (0, 0, 0)
