"""Fieldwork on the desk: rates seen by analysts, cases brought as files or typed, refusals."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from measures.admin.fieldwork import MOST_BYTES
from measures.figures.dispositions import Ended, store_dispositions
from measures.models.weighting import Disposition
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from tests.factories.surveys import SMALL, changed, publish, respond
from tests.measures.admin.test_overview import words_of
from tests.surveys.admin.conftest import sign_in

GOOD = b"quarter,mode,code,n\n2022-Q4,phone,1.1,60\n2022-Q4,phone,2.11,40\n"


@pytest.fixture
def survey(db):
    return publish().survey


@pytest.fixture
def client(db):
    return sign_in("ana", "analyst")


def where(slug="small", period=""):
    return f"{reverse('results-fieldwork')}?survey={slug}" + (f"&period={period}" if period else "")


def sent(text):
    return {"file": SimpleUploadedFile("cases.csv", text)}


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
def test_others_are_refused(survey, role):
    stranger = sign_in("vi", role)
    assert stranger.get(where()).status_code == 403
    assert stranger.post(where(), sent(GOOD)).status_code == 403
    assert not Disposition.objects.exists()


def test_empty_page_says_what_to_do(survey, client):
    shown = words_of(client.get(where()))
    assert "No case is on record yet, so there is no response rate." in shown
    assert "Bring the outcomes of a quarter below." in shown


def test_file_becomes_rates(survey, client):
    answer = client.post(where(), sent(GOOD))
    assert (answer.status_code, answer["Location"]) == (303, where(period="2022-Q4"))
    shown = words_of(client.get(answer["Location"]))
    assert "100 cases are stored for 2022-Q4 Telephone." in shown
    assert "Response rate 60.0% RR4" in shown
    assert "RR1 complete, of all that may be eligible 60.0%" in shown
    assert "REF3 refused, of those known to be eligible 40.0%" in shown
    assert "2.11 Refused 40" in shown
    assert AuditEntry.objects.get(action="store dispositions").actor == "ana"


def test_typed_numbers_become_rates(survey, client):
    form = {"quarter": "2022-Q4", "mode": "web", "code-1.1": "30", "code-3.1": "70", "code-4.1": ""}
    assert client.post(where(), form).status_code == 303
    assert list(Disposition.objects.values_list("mode", "code", "n").order_by("code")) == [
        ("web", "1.1", 30),
        ("web", "3.1", 70),
    ]


def test_refused_form_keeps_what_was_typed_and_tells_every_reason(survey, client):
    form = {"quarter": "autumn", "mode": "web", "code-1.1": "30", "code-3.1": "about 70"}
    answer = client.post(where(), form)
    assert answer.status_code == 400
    shown = words_of(answer)
    assert "&#x27;autumn&#x27; is no quarter; expected one such as 2022-Q4" in shown
    assert "expected a whole number of cases" in shown
    assert 'value="about 70"' in answer.content.decode()
    assert not Disposition.objects.exists()


def test_wrong_file_is_refused_by_line(survey, client):
    answer = client.post(where(), sent(GOOD + b"2022-Q4,web,9.9,1\n"))
    assert answer.status_code == 400
    assert "cases.csv: line 4: &#x27;9.9&#x27; is no final disposition" in words_of(answer)
    assert not Disposition.objects.exists()


def test_huge_file_is_refused_before_it_is_read(survey, client):
    answer = client.post(where(), sent(b"x" * (MOST_BYTES + 1)))
    assert answer.status_code == 413
    assert "The file is larger than 1 MiB" in words_of(answer)


def test_year_is_offered_once_its_quarters_are_there(survey, client):
    rows = [
        Ended(f"2022-Q{n}", mode, "1.1", 10 * n) for n in (1, 2, 3) for mode in ("phone", "web")
    ]
    store_dispositions(survey, rows, actor="ann")
    assert "year ending December 2022" not in words_of(client.get(where()))
    store_dispositions(survey, [Ended("2022-Q4", "web", "1.1", 40)], actor="ann")
    shown = words_of(client.get(where(period="year-to-2022-Q4")))
    assert "year ending December 2022 All modes Telephone Online" in shown
    assert "Cases 160 with a final outcome" in shown
    assert "Response rate by quarter" in shown


@pytest.mark.parametrize("period", ["2019-Q1", "next", "year-to-2022-Q4", "2022-11"])
def test_period_without_cases_shows_the_newest(survey, client, period):
    store_dispositions(survey, [Ended("2022-Q4", "web", "1.1", 40)], actor="ann")
    assert "October to December 2022 Online" in words_of(client.get(where(period=period)))


def test_channel_that_changes_answers_is_warned_of_and_looking_is_recorded(survey, client):
    version = survey.versions.get()
    for channel, satisfied in (("phone", 36), ("web", 20)):
        for n in range(40):
            respond(version, channel=channel, area="north", overall="1" if n < satisfied else "2")
    count_new()
    store_dispositions(survey, [Ended("2022-Q4", "web", "1.1", 40)], actor="ann")
    shown = words_of(client.get(where()))
    assert "With care: Online is 40 percentage points lower than Telephone" in shown
    assert "Telephone 40 50% 90% [u]" in shown
    entry = AuditEntry.objects.get(action="view channels")
    assert (entry.actor, entry.subject, entry.detail) == ("ana", "small", {"period": "2022-Q4"})


def test_survey_without_a_sample_has_no_rate(client):
    publish(changed(SMALL, {"design: probability": "design: self-selected"}))
    shown = words_of(client.get(where()))
    assert "no response rate" in shown
    assert "As a file" not in shown
    assert client.post(where(), sent(GOOD)).status_code == 400
    assert not Disposition.objects.exists()


def test_survey_that_is_not_there_is_not_found(survey, client):
    assert client.get(where("nothing")).status_code == 404
