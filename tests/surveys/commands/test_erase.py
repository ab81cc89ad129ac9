"""manage.py erase: everything behind a number goes, and the certificate tells nothing of it."""

from datetime import date

import pytest
from django.core.management import call_command

from surveys.models.audit import AuditEntry, first_broken_entry
from surveys.models.codes import derived_key, spaced
from surveys.models.drafts import Draft, SavedAnswers
from surveys.models.responses import OwnWords, ReceiptCode, Response
from surveys.respond.kept import secret_of
from surveys.responses.saved import save_answers
from surveys.tally.count import count_differences, count_new
from surveys.tally.release import record_release
from surveys.tally.store import Count, counts_by_cell
from tests.factories.receipts import give_receipt
from tests.factories.surveys import publish, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def number():
    version = publish()
    response = respond(version, area="north", overall="3", reasons=["slow"])
    respond(version, area="south")
    words = OwnWords(response=response, question="words")
    words.write("Call me back")
    words.save()
    count_new()
    return give_receipt(response.pk)


def test_the_person_is_gone_and_the_certificate_says_so(number, capsys):
    call_command("erase", number)

    said = capsys.readouterr().out
    assert Response.objects.count() == 1
    assert not OwnWords.objects.exists()
    assert not ReceiptCode.objects.exists()
    assert counts_by_cell(Response.objects.get().version)[0] == Count(1)
    assert count_differences() == 0
    assert "deleted    answers 1, own words 1, numbers 1\n" in said
    assert "survey     small\n" in said
    assert "no totals that were published hold these answers" in said
    entry = AuditEntry.objects.get(action="erase answers")
    assert f"audit      {entry.digest}\n" in said
    assert f"by         {entry.actor}\n" in said
    assert entry.actor.endswith(", manage.py erase")
    assert (entry.subject, entry.detail["own words"]) == ("small", 1)
    assert first_broken_entry() is None
    for secret in (number, spaced(number), "Call me back", "slow", "north"):
        assert secret not in said
        assert secret not in str(entry.detail)


def test_after_publication_the_record_goes_and_the_certificate_tells(number, capsys):
    record_release("small", first=date(2022, 11, 1), last=date(2022, 11, 1), by="pat")
    call_command("erase", number)
    assert "totals that were published hold these answers, and stay" in capsys.readouterr().out
    assert Response.objects.count() == 1
    assert count_differences() == 0


def test_the_number_may_be_given_in_groups(number, capsys):
    call_command("erase", *spaced(number).split())
    assert "Certificate of erasure" in capsys.readouterr().out


def test_answers_that_were_kept_and_not_sent_go_too(capsys):
    version = publish()
    draft = Draft(version=version, language="en")
    save_answers(derived_key(secret_of("1" * 16), purpose="saved"), draft, {"area": "north"})
    call_command("erase", "1" * 16)
    assert "answers that were not sent 1" in capsys.readouterr().out
    assert not SavedAnswers.objects.exists()


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("46/123456/22", "no case has this number"),
        ("123", "no case has this number"),
        ("9" * 16, "nothing is kept under this number"),
    ],
)
def test_what_leads_nowhere_is_refused_in_one_line(number, capsys, given, told):
    with pytest.raises(SystemExit) as error:
        call_command("erase", given)
    assert error.value.code == 2
    said = capsys.readouterr()
    assert said.err.startswith(told)
    assert said.err.count("\n") == 1
    assert not said.out
    assert given not in said.err
    assert Response.objects.count() == 2


def test_erasing_twice_finds_nothing_the_second_time(number, capsys):
    call_command("erase", number)
    with pytest.raises(SystemExit):
        call_command("erase", number)
    assert "nothing is kept under this number" in capsys.readouterr().err
