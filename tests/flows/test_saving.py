"""Somebody stops, and goes on later or elsewhere with a number that only they have."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.models.codes import typed_code
from surveys.models.contacts import ContactDetail, DraftContact, SavedContact
from surveys.models.drafts import Draft, SavedAnswers
from surveys.models.encryption import CannotOpenError, open_sealed
from surveys.models.responses import OwnWords, Response
from surveys.models.versions import Survey
from surveys.respond import kept
from surveys.versions.publish import withdraw_version
from tests.factories.surveys import SMALL, changed, publish
from tests.flows.person import Person, token

pytestmark = pytest.mark.django_db

KEPT = changed(SMALL, {"discreet: true": "discreet: true\nsave: true"})
EMAIL = """  - questions:
      - {name: email, kind: email, ask: {en: Where may we write?}, purpose: {en: To write back.}}
  - questions:
      - {name: more, kind: short-text, ask: {en: Anything else?}}
breakdowns:"""
ENDING = """    end_if:
      - {when: {words: {answered: true}}, outcome: screen-out, say: {en: That is all.}}
breakdowns:"""
WITH_CONTACT = changed(KEPT, {"breakdowns:": EMAIL})


@pytest.fixture
def version():
    return publish(KEPT)


def number_on(person):
    return re.search(r'<bdi dir="ltr">(\d{4} \d{4} \d{4} \d{4})</bdi>', person.text).group(1)


def begun(person):
    """Three answers in, on the page where the number is shown."""
    person.post().post().post(area="north").post(overall="3")
    return person.post(reasons=["slow"], __save="1")


def somewhere_else(version, number):
    """Another browser, in which the number was typed."""
    other = Person(version)
    other.go(f"/s/{version.survey.code}/return/").post(number=number)
    return other


def test_it_is_gone_on_with_on_another_device(person, version):
    begun(person)
    assert person.at == f"/s/{person.code}/saved/"
    assert person.page.status_code == 200
    other = somewhere_else(version, number_on(person))
    assert other.at == f"/s/{person.code}/5/"
    other.go(f"/s/{person.code}/check/")
    for text in ("North", "Completely dissatisfied", "Slow"):
        assert text in other.text
    other.post()
    assert Response.objects.get().answers == {"area": "north", "overall": "3", "reasons": ["slow"]}
    assert not SavedAnswers.objects.exists()


def test_number_is_shown_once_and_a_new_one_replaces_it(person, version):
    begun(person)
    first = number_on(person)
    person.go(person.at)
    assert first not in person.text
    assert "You were shown the number for them before" in person.text
    person.post()
    second = number_on(person)
    assert second != first
    assert SavedAnswers.objects.count() == 1
    assert "Nothing is kept under this number" in somewhere_else(version, first).text
    assert somewhere_else(version, second).at.endswith("/5/")


def test_page_says_how_long_where_and_what_to_mind(person):
    begun(person)
    until = timezone.localdate() + timedelta(days=14)
    assert f"until {until.day} {until:%B %Y}" in person.text
    assert f"http://testserver/s/{person.code}/return/" in person.text
    assert "Nobody can look it up" in person.text
    assert "Whoever has the number can read your answers" in person.text
    assert person.page["Cache-Control"].find("no-store") >= 0
    go_on = re.search(r'class="govuk-button" href="([^"]+)"', person.text).group(1)
    assert person.go(go_on).page.status_code == 200
    assert go_on.endswith("/5/")


def test_what_is_answered_later_is_kept_under_the_same_number(person, version):
    begun(person)
    number = number_on(person)
    person.go(f"/s/{person.code}/5/").post(reported="yes", first_name_of_area="Canary Hill")
    person.client.get("/exit/")
    assert not Draft.objects.exists()
    other = somewhere_else(version, number)
    assert other.at.endswith("/6/")
    assert "Canary Hill" in other.go(f"/s/{person.code}/check/").text


def test_what_is_answered_after_coming_back_is_kept_too(person, version):
    begun(person)
    number = number_on(person)
    other = somewhere_else(version, number)
    other.post(reported="no", first_name_of_area="Hill")
    other.client.get("/exit/")
    assert "Hill" in somewhere_else(version, number).go(f"/s/{person.code}/check/").text
    # On the page of the number there is none to show, but a new one to ask for.
    third = somewhere_else(version, number).go(f"/s/{person.code}/saved/")
    assert "Get a new number" in third.text


def test_saving_again_goes_on_under_the_same_number(person, version):
    begun(person)
    number = number_on(person)
    person.go(f"/s/{person.code}/5/").post(reported="no", __save="1")
    assert person.at.endswith("/saved/")
    assert "You were shown the number for them before" in person.text
    assert SavedAnswers.objects.count() == 1
    assert "No" in somewhere_else(version, number).go(f"/s/{person.code}/check/").text


def test_saving_from_the_check_page(person, version):
    person.answer_all().client.post(f"/s/{person.code}/check/", {".save": "1", **token(person)})
    person.go(f"/s/{person.code}/saved/")
    assert somewhere_else(version, number_on(person)).at.endswith("/check/")


@pytest.mark.django_db(transaction=True)
def test_pressing_many_times_at_once_gives_one_number(person):
    person.post().post()
    fields = {"area": "north", ".save": "1", **token(person)}
    with ThreadPoolExecutor(8) as pool:
        presses = [pool.submit(press, person, fields) for _ in range(8)]
        led_to = {press.result(30) for press in presses}
    assert led_to == {(303, f"/s/{person.code}/saved/")}
    assert SavedAnswers.objects.count() == 1
    assert number_on(person.go(f"/s/{person.code}/saved/"))


def press(person, fields):
    try:
        client = Client()
        client.cookies = person.client.cookies.copy()
        answer = client.post(person.at, fields)
        return answer.status_code, answer["Location"]
    finally:
        connection.close()


def test_wrong_answer_is_shown_again_and_not_kept(person):
    person.post().post().post(area="moon", __save="1")
    assert person.page.status_code == 400
    assert not SavedAnswers.objects.exists()


def test_nothing_is_kept_of_who_did_not_save(person):
    person.answer_all()
    assert not SavedAnswers.objects.exists()
    assert not SavedContact.objects.exists()
    person.client.get("/exit/")
    assert not Draft.objects.exists()


def test_nothing_more_is_kept_of_who_does_not_want_it(person, version):
    begun(person)
    number = number_on(person)
    person.client.post(f"/s/{person.code}/saved/", {".forget": "1", **token(person)})
    assert not SavedAnswers.objects.exists()
    assert "Nothing is kept under this number" in somewhere_else(version, number).text
    assert person.go(f"/s/{person.code}/5/").page.status_code == 200
    person.post(reported="no")
    assert not SavedAnswers.objects.exists()


def test_two_devices_at_once_send_one_response(person, version):
    begun(person)
    number = number_on(person)
    one, two = somewhere_else(version, number), somewhere_else(version, number)
    for device, words in ((one, "from the first"), (two, "from the second")):
        device.go(f"/s/{version.survey.code}/7/").post(words=words)
        device.go(f"/s/{version.survey.code}/check/")
    one.post()
    two.post()
    person.go(f"/s/{version.survey.code}/check/").post()
    for device in (one, two, person):
        assert device.at.endswith("/done/"), device.text
        assert "have been sent" in device.text
    assert Response.objects.count() == 1
    assert OwnWords.objects.get().read() == "from the first"
    assert not SavedAnswers.objects.exists()


def test_what_was_sent_elsewhere_is_not_kept_again(person, version):
    begun(person)
    other = somewhere_else(version, number_on(person))
    other.go(f"/s/{person.code}/check/").post()
    assert not SavedAnswers.objects.exists()
    person.go(f"/s/{person.code}/5/").post(reported="no")
    assert not SavedAnswers.objects.exists()


def test_survey_that_ends_for_somebody_keeps_nothing():
    version = publish(changed(KEPT, {"breakdowns:": ENDING}))
    person = begun(Person(version))
    person.go(f"/s/{person.code}/7/").post(words="enough")
    assert person.at.endswith("/ended/")
    assert not SavedAnswers.objects.exists()


def test_number_opens_for_14_days(person, version):
    begun(person)
    number = number_on(person)
    last = timezone.now() + timedelta(days=13, hours=20)
    with time_machine.travel(last):
        assert somewhere_else(version, number).at.endswith("/5/")
    with time_machine.travel(last + timedelta(days=2)):
        assert "Nothing is kept under this number" in somewhere_else(version, number).text


def test_wrong_expired_foreign_and_used_numbers_are_told_alike(person, version):
    begun(person)
    sent = number_on(person)
    foreign_version = publish(changed(KEPT, {"survey: small": "survey: other"}))
    foreign = number_on(begun(Person(foreign_version)))
    with time_machine.travel(timezone.now() - timedelta(days=20)):
        expired = number_on(begun(Person(version)))
    somewhere_else(version, sent).go(f"/s/{version.survey.code}/check/").post()
    told = set()
    for number in ("0000 0000 0000 0000", sent, foreign, expired):
        other = somewhere_else(version, number)
        told.add((other.page.status_code, other.text.replace(number, "…")))
        assert not other.client.cookies
    assert len(told) == 1
    assert told.pop()[0] == 400
    assert SavedAnswers.objects.count() == 2


def test_right_and_wrong_numbers_cost_the_same_work(person, version, monkeypatch):
    """Not by the clock: the one costly step is done once for each, whatever is found then."""
    begun(person)
    number = number_on(person)
    worked = []
    costly = kept.code_key
    monkeypatch.setattr(
        kept, "code_key", lambda code, **how: worked.append(code) or costly(code, **how)
    )
    somewhere_else(version, number)
    somewhere_else(version, "0000 0000 0000 0000")
    assert worked == [number.replace(" ", ""), "0" * 16]


def test_number_is_derived_before_anything_is_looked_up(person, version, monkeypatch):
    begun(person)

    def fail(code, **how):
        raise RuntimeError("derived")

    monkeypatch.setattr(kept, "code_key", fail)
    other = Person(version).go(f"/s/{version.survey.code}/return/")
    with CaptureQueriesContext(connection) as queries, pytest.raises(RuntimeError):
        other.post(number="0000 0000 0000 0000")
    assert not any("saved" in query["sql"] for query in queries)


def test_eleventh_try_is_refused_though_it_is_right(person, version):
    begun(person)
    number = number_on(person)
    other = Person(version).go(f"/s/{version.survey.code}/return/")
    for n in range(10):
        assert other.post(number=f"{n:016d}").page.status_code == 400
    other.post(number=number)
    assert other.page.status_code == 429
    assert "Please try again later" in other.text
    assert not other.client.cookies
    # Another address is not shut out, nor is this one for ever.
    client = Client(REMOTE_ADDR="192.0.2.7")
    assert client.post(f"/s/{person.code}/return/", {"number": number}).status_code == 303
    with time_machine.travel(timezone.now() + timedelta(minutes=7)):
        assert somewhere_else(version, number).at.endswith("/5/")


def test_many_who_come_back_may_share_one_address(person, version):
    begun(person)
    number = number_on(person)
    for _ in range(12):
        assert somewhere_else(version, number).at.endswith("/5/")


@pytest.mark.parametrize("typed", ["", "1234", "my number", "1" * 17, "1" * 500])
def test_what_is_no_number_is_told_so_and_is_no_try(version, typed):
    person = Person(version).go(f"/s/{version.survey.code}/return/")
    for _ in range(12):
        person.post(number=typed)
        assert person.page.status_code == 400
    assert "Enter a number of 16 digits" in person.text
    assert 'href="#number"' in person.text


def test_number_may_be_typed_in_other_digits_and_with_dashes(person, version):
    begun(person)
    number = number_on(person)
    arabic = number.translate({ord("0") + n: chr(0x660 + n) for n in range(10)})
    assert somewhere_else(version, arabic.replace(" ", "-")).at.endswith("/5/")


def test_other_site_can_not_make_anybody_go_on_with_its_number(person, version):
    """Its owner would read whatever is answered then."""
    begun(person)
    number = number_on(person)
    address = f"/s/{person.code}/return/"
    elsewhere = ("https://example.org", "https://testserver.example.org", "null", "http://[")
    for headers in ({"Sec-Fetch-Site": "cross-site"}, *({"Origin": site} for site in elsewhere)):
        page = Client().post(address, {"number": number}, headers=headers)
        assert page.status_code == 403
        assert not page.cookies
    own = {"Sec-Fetch-Site": "same-origin", "Origin": "http://testserver"}
    assert Client().post(address, {"number": number}, headers=own).status_code == 303


def test_form_of_another_site_changes_no_number(person):
    begun(person)
    before = list(SavedAnswers.objects.values_list("lookup", flat=True))
    for fields in ({}, {".forget": "1"}):
        assert person.client.post(f"/s/{person.code}/saved/", fields).status_code == 410
    assert list(SavedAnswers.objects.values_list("lookup", flat=True)) == before


def test_contact_details_come_along_and_stay_apart():
    version = publish(WITH_CONTACT)
    person = Person(version)
    person.post().post().post(area="north")
    person.go(f"/s/{person.code}/8/").post(email="canary@example.org", __save="1")
    number = number_on(person)
    assert "canary" not in str(list(SavedAnswers.objects.values()))
    person.client.get("/exit/")
    assert not DraftContact.objects.exists()
    other = somewhere_else(version, number)
    assert other.at.endswith("/9/")
    assert 'value="canary@example.org"' in other.go(f"/s/{person.code}/8/").text
    other.go(f"/s/{person.code}/check/").post()
    assert ContactDetail.objects.get().read() == "canary@example.org"
    assert not SavedContact.objects.exists()
    assert not SavedAnswers.objects.exists()


def test_contact_details_left_or_taken_back_later_are_so_in_the_copy():
    version = publish(WITH_CONTACT)
    person = begun(Person(version))
    number = number_on(person)
    assert not SavedContact.objects.exists()
    email = f"/s/{person.code}/8/"
    person.go(email).post(email="canary@example.org")
    assert SavedContact.objects.count() == 1
    assert "canary@example.org" in somewhere_else(version, number).go(email).text
    person.go(email).post(email="")
    assert not SavedContact.objects.exists()
    assert "canary@example.org" not in somewhere_else(version, number).go(email).text


def test_nothing_typed_stands_anywhere_in_clear():
    version = publish(WITH_CONTACT)
    person = begun(Person(version))
    number = number_on(person)
    person.go(f"/s/{person.code}/5/").post(first_name_of_area="canary hill")
    person.go(f"/s/{person.code}/7/").post(words="canary words")
    person.go(f"/s/{person.code}/8/").post(email="canary@example.org")
    somewhere_else(version, number)
    typed = [b"canary", number.encode(), number.replace(" ", "").encode()]
    found = [where for where, text in every_row() for secret in typed if secret in text]
    assert found == []
    # The search does find what is in clear.
    assert any(person.code.encode() in text for _, text in every_row())


def every_row():
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                for value in row:
                    raw = bytes(value) if isinstance(value, bytes | memoryview) else str(value)
                    yield table, raw if isinstance(raw, bytes) else raw.encode()


def test_database_and_service_keys_do_not_lead_from_a_visit_to_its_copy(person):
    """The secret in the draft takes the cookie as well."""
    begun(person)
    draft = Draft.objects.get()
    request = type("Request", (), {"META": {}, "COOKIES": {"visit": "another"}})()
    with pytest.raises(CannotOpenError):
        kept.kept_until(request, draft)


def test_database_and_service_keys_do_not_tell_a_number_that_waits_to_be_shown(person):
    """Backups hold each row as it once was: in one of them, every number waits."""
    person.post().post().post(area="north")
    data = {"overall": "3", ".save": "1"} | token(person)
    assert person.client.post(f"/s/{person.code}/3/", data).status_code == 303
    draft = Draft.objects.get()
    opened = open_sealed(draft.number, table="draft", column="number", row=str(draft.pk))
    assert typed_code(str(opened)) is None
    assert typed_code(number_on(person.go(f"/s/{person.code}/saved/")))


def test_survey_that_is_not_to_be_kept_offers_none_of_it():
    version = publish(SMALL)
    person = Person(version)
    assert "/return/" not in person.text
    person.post().post()
    assert "Save and come back later" not in person.text
    person.post(area="north", __save="1")
    assert person.page.status_code == 400
    assert not SavedAnswers.objects.exists()
    for name in ("saved", "return"):
        assert person.client.get(f"/s/{person.code}/{name}/").status_code == 404
    number = {"number": "0000000000000000"}
    assert person.client.post(f"/s/{person.code}/return/", number).status_code == 404


def test_start_page_leads_to_coming_back_and_makes_no_cookie(version):
    person = Person(version)
    assert f"/s/{person.code}/return/" in person.text
    person.go(f"/s/{person.code}/return/")
    assert person.page.status_code == 200
    assert not person.client.cookies


def test_closed_survey_is_not_available(person, version):
    begun(person)
    number = number_on(person)
    Survey.objects.filter(pk=version.survey_id).update(closes_at="2020-01-01T00:00Z")
    for page in (
        Client().get(f"/s/{person.code}/return/"),
        Client().post(f"/s/{person.code}/return/", {"number": number}),
        Client().get("/s/unknown/return/"),
    ):
        assert page.status_code == 404
        assert "This page is not available" in page.content.decode()


def test_version_that_was_begun_is_gone_on_with_unless_it_is_withdrawn(person, version):
    begun(person)
    number = number_on(person)
    newer = publish(changed(KEPT, {"version: 1": "version: 2", "code: north": "code: upper"}))
    other = somewhere_else(newer, number).go(f"/s/{person.code}/check/")
    assert "North" in other.text
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    assert "Nothing is kept under this number" in somewhere_else(newer, number).text


def test_who_has_no_visit_sees_no_number(person, version):
    begun(person)
    stranger = Client().get(f"/s/{person.code}/saved/")
    assert stranger.status_code == 410
    assert not re.search(r"\d{4} \d{4}", stranger.content.decode())
    # Who did not save is led to where they were.
    other = Person(version).post()
    assert other.go(f"/s/{person.code}/saved/").page["Location"].endswith("/1/")


def test_number_is_not_shown_to_a_program_that_only_looks(person):
    person.post().post()
    person.client.post(person.at, {"area": "north", ".save": "1", **token(person)})
    saved = f"/s/{person.code}/saved/"
    assert person.client.head(saved).status_code == 200
    assert number_on(person.go(saved))


def test_one_address_gets_so_many_numbers_and_no_more(person, version, monkeypatch):
    monkeypatch.setattr("surveys.respond.saving.NUMBERS_AN_HOUR", 2)
    begun(person)
    person.go(person.at).post()
    assert number_on(person)
    person.go(person.at).post()
    assert person.page.status_code == 429
    assert SavedAnswers.objects.count() == 1


def test_a_kept_copy_costs_one_query_more(person):
    begun(person)
    person.go(f"/s/{person.code}/5/")
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            person.client.post(person.at, {"reported": "no", **token(person)})
        counts.append(len([q for q in queries if "SAVEPOINT" not in q["sql"]]))
        Draft.objects.update(saved="")
    assert counts[0] == counts[1] + 1


def test_who_stops_may_leave_open_what_must_be_answered(db):
    asked = "ask: {en: Where do you live?}"
    must = changed(KEPT, {asked: f"{asked}\n        required: true"})
    person = Person(publish(must)).post().post()
    assert "Select" in person.post().text
    person.client.post(person.at, {".save": "1", **token(person)})
    assert Draft.objects.get().saved
