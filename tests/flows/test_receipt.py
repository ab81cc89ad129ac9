"""Coming back with the number: seeing, taking back, putting back and deleting what was sent."""

import re
from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from surveys.models.audit import AuditEntry
from surveys.models.codes import spaced
from surveys.models.responses import OwnWords, Receipt, ReceiptCode, Response
from surveys.responses.receipts import find_receipt
from surveys.tally.count import count_differences, count_new
from surveys.tally.release import record_release
from surveys.tally.store import Count, counts_by_cell
from surveys.tally.subtract import take_out
from tests.factories.languages import SPOKEN
from tests.factories.receipts import give_receipt
from tests.factories.surveys import publish, respond
from tests.flows.person import Person

pytestmark = pytest.mark.django_db


class Sender:
    """Somebody who kept the number, in a browser that never was here before."""

    def __init__(self, number, **headers):
        self.client = Client(enforce_csrf_checks=True, headers={"accept-language": "en", **headers})
        self.number = number
        self.page = self.client.get("/receipt/")

    def send(self, do=None, **more):
        form = re.search(r'name="\.form" value="([^"]+)"', self.text)
        # A page without a form is an end; who goes on from there opens the first one again.
        self.page = self.page if form else self.client.get("/receipt/")
        form = form or re.search(r'name="\.form" value="([^"]+)"', self.text)
        fields = {"number": self.number, ".form": form.group(1)}
        self.sent = fields | ({} if do is None else {"do": do}) | more
        self.page = self.client.post("/receipt/", self.sent)
        return self

    @property
    def text(self):
        return re.sub(r"\s+", " ", self.page.content.decode())

    @property
    def offered(self):
        button = r'name="do" value="([\w-]+)">\s*<input type="hidden" name="\.language"'
        return set(re.findall(button, self.text))


@pytest.fixture
def response(version):
    response = respond(version, on="2022-11-15", area="north", overall="3", reasons=["slow"])
    words = OwnWords(response=response, question="words")
    words.write("Call <me> back")
    words.save()
    respond(version, area="south")
    count_new()
    return response


@pytest.fixture
def sender(response):
    with time_machine.travel("2022-12-01T12:00Z", tick=False):
        yield Sender(give_receipt(response.pk))


def counted(version):
    count_new()
    assert count_differences() == 0
    return counts_by_cell(version)[0]


def test_the_number_that_was_shown_leads_to_what_was_sent(version):
    person = Person(version).answer_all().post()
    number = re.search(r"\d{4} \d{4} \d{4} \d{4}|\b\d{16}\b", person.text).group()
    assert "/receipt/" in person.text
    sender = Sender(number).send()
    assert sender.page.status_code == 200
    for shown in ("Where do you live?", "North", "Slow", "Call me back", "The Hill"):
        assert shown in sender.text
    assert number not in person.go(person.at).text


def test_asking_for_the_number_keeps_nothing(client):
    page = client.get("/receipt/")
    assert page.status_code == 200
    assert not page.cookies
    assert not Session.objects.exists()
    assert "no-store" in page["Cache-Control"]
    assert "Leave this site" in page.content.decode()


def test_what_was_sent_is_shown_in_words(sender):
    text = sender.send().text
    assert "You sent this in November 2022" in text
    assert "Completely dissatisfied" in text
    assert "Call &lt;me&gt; back" in text
    assert "Your answers are counted." in text
    assert sender.offered == {"take-back", "delete"}
    assert "Did you report it?" not in text
    assert not sender.page.cookies
    assert not Session.objects.exists()
    assert "no-store" in sender.page["Cache-Control"]


def test_taking_back_putting_back_and_taking_back_again(sender, version):
    sender.send("take-back")
    assert "Your answers are not counted any more" in sender.text
    assert sender.offered == {"see", "put-back", "delete"}
    assert counted(version) == Count(1)
    assert "You took your answers back." in sender.send("take-back").send().text
    sender.send("put-back")
    assert "Your answers are counted" in sender.text
    assert counted(version) == Count(2)
    sender.send("take-back")
    assert counted(version) == Count(1)
    assert list(AuditEntry.objects.values_list("actor", "action").order_by("id"))[-3:] == [
        ("respondent", "take answers back"),
        ("respondent", "put answers back"),
        ("respondent", "take answers back"),
    ]


def test_deleting_asks_once_more_and_leaves_nothing(sender, response, version):
    sender.send("delete")
    assert sender.offered == {"delete-now", "see"}
    assert "cannot be undone" in sender.text
    assert Response.objects.count() == 2
    Receipt.objects.create(
        nonce_hash=b"n" * 32, content_hash=b"c" * 32, response=response, created_at=timezone.now()
    )
    sender.send("delete-now")
    assert "Everything that you sent is deleted" in sender.text
    assert counted(version) == Count(1)
    assert not Response.objects.filter(pk=response.pk).exists()
    assert not any(kind.objects.exists() for kind in (OwnWords, ReceiptCode))
    # So that nothing sends it once more; and nobody can try out what it was.
    assert bytes(Receipt.objects.get().content_hash) == b""
    assert sender.send().page.status_code == 400
    assert "its number no longer works" in sender.text


@pytest.mark.parametrize("do", ["take-back", "put-back", "delete", "delete-now"])
def test_after_publication_there_is_only_seeing(sender, response, version, do, settings):
    settings.CONTACT_EMAIL = "office@example.org"
    record_release("small", first=date(2021, 12, 1), last=date(2022, 11, 1), by="pat")
    sender.send()
    assert sender.offered == set()
    assert "totals that hold them have been published" in sender.text
    assert "You can still ask us to delete your answers" in sender.text
    assert "mailto:office@example.org" in sender.text
    sender.send(do)
    assert "totals that hold them have been published" in sender.text
    response.refresh_from_db()
    assert response.standing == "counts"
    assert counted(version) == Count(2)


def test_publication_of_other_months_or_surveys_forbids_nothing(sender):
    record_release("small", first=date(2022, 12, 1), last=date(2022, 12, 1), by="pat")
    record_release("small", first=date(2021, 11, 1), last=date(2022, 10, 1), by="pat")
    assert sender.send().offered == {"take-back", "delete"}


def test_what_was_taken_back_before_publication_can_only_be_deleted(sender):
    sender.send("take-back")
    record_release("small", first=date(2022, 11, 1), last=date(2022, 11, 1), by="pat")
    assert sender.send().offered == {"delete"}
    assert "published without them" in sender.text
    assert sender.send("put-back").offered == {"delete"}
    assert "Everything that you sent is deleted" in sender.send("delete-now").text


@pytest.mark.parametrize(
    ("standing", "told", "offered"),
    [
        ("set-aside", "a person looks at them first", {"take-back", "delete"}),
        ("refused", "took them for a machine’s", {"delete"}),
    ],
)
def test_what_is_not_counted_says_so(sender, response, standing, told, offered):
    Response.objects.filter(pk=response.pk).update(signs=["honeypot"])
    take_out(response.pk, standing)
    assert told in sender.send().text
    assert sender.offered == offered


def test_set_aside_answers_taken_and_put_back_still_wait_for_a_person(sender, response, version):
    Response.objects.filter(pk=response.pk).update(signs=["honeypot"])
    take_out(response.pk, "set-aside")
    sender.send("take-back")
    assert "Your answers are not counted yet" in sender.send("put-back").text
    assert counted(version) == Count(1)


def test_numbers_that_lead_nowhere_all_look_the_same(version):
    wrong = ["0000 0000 0000 0000", "9" * 16, "1234-5678-9012-3456"]
    pages = [Sender(number).send() for number in wrong]
    assert {page.page.status_code for page in pages} == {400}
    shown = {re.sub(r'value="[^"]*"', "", page.text) for page in pages}
    assert len(shown) == 1


@pytest.mark.parametrize("typed", ["123", "", "no number", "9" * 17, "1" * 5000])
def test_what_is_no_number_is_told_so_and_is_no_try(sender, typed):
    right = sender.number
    for _ in range(11):
        sender.number = typed
        assert "Enter a number of 16 digits" in sender.send().text
    sender.number = right
    assert sender.send().page.status_code == 200


def test_every_wrong_number_costs_the_same_look_ups(version):
    asked = []
    for number in ("0" * 16, "1234 5678 9012 3456", "9" * 16):
        with CaptureQueriesContext(connection) as queries:
            Sender(number).send()
        asked.append(len(queries))
    assert len(set(asked)) == 1


def test_after_ten_wrong_numbers_the_right_one_waits_too(sender):
    right = sender.number
    for _ in range(10):
        sender.number = "1" * 16
        assert sender.send().page.status_code == 400
    sender.number = right
    assert sender.send().page.status_code == 429
    assert "Too many numbers were tried" in sender.text
    assert Sender(right, remote_addr="x").client.get("/receipt/").status_code == 200
    with time_machine.travel("2022-12-01T13:01Z", tick=False):
        sender.page = sender.client.get("/receipt/")
        assert sender.send().page.status_code == 200


def test_right_numbers_use_no_tries_up(sender):
    for _ in range(12):
        assert sender.send().page.status_code == 200


@pytest.mark.parametrize("between", [" ", "-", "\N{NO-BREAK SPACE}"])
def test_the_number_may_be_typed_in_groups(sender, between):
    sender.number = spaced(sender.number).replace(" ", between)
    assert sender.send().page.status_code == 200


def test_a_number_is_found_however_it_is_typed_and_only_by_itself(response):
    number = give_receipt(response.pk)
    assert find_receipt(spaced(number)) == response
    assert find_receipt(number[::-1] + "1") is None
    assert ReceiptCode.objects.get().lookup != number.encode()


def test_pages_are_in_the_language_of_the_answers():
    version = publish(SPOKEN)
    response = respond(version)
    Response.objects.filter(pk=response.pk).update(language="cy")
    sender = Sender(give_receipt(response.pk)).send(**{".language": "en"})
    assert '<html lang="cy" dir="ltr"' in sender.text
    assert "Tachwedd 2022" in sender.text
    sender.send("see", **{".language": "en"})
    assert '<html lang="en" dir="ltr"' in sender.text


def test_what_was_written_long_ago_is_said_to_be_gone(sender, settings):
    with time_machine.travel("2024-02-01T12:00Z", tick=False):
        sender.page = sender.client.get("/receipt/")
        assert "it is deleted by now: we keep it for 12 months" in sender.send().text


def test_titles_and_addresses_tell_nothing(sender):
    for do in (None, "take-back", "put-back", "delete", "delete-now"):
        title = re.search(r"<title>(.*?)</title>", sender.send(do).text).group(1)
        assert not re.search("abuse|victim|rape|hate|police|crime", title.lower())
    assert "/s/" not in sender.text


def test_form_that_a_browser_kept_opens_nothing_again(sender):
    assert "North" in sender.send().text
    again = sender.client.post("/receipt/", sender.sent)
    assert (again.status_code, again["Location"]) == (303, "/receipt/?again=1")
    assert "enter the number again" in sender.client.get(again["Location"]).content.decode()


@pytest.mark.parametrize("form", ["", "made up", "abc:1:xyz"])
def test_form_that_is_not_ours_opens_nothing(sender, form):
    sender.send(**{".form": form})
    assert sender.page.status_code == 303


def test_form_opens_nothing_after_half_an_hour(sender):
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert sender.send().page.status_code == 303
