"""What was set aside, on the desk: seen by who may, decided upon singly and a burst at once."""

from html import unescape

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from surveys.models.audit import AuditEntry
from surveys.models.responses import OwnWords, Response
from surveys.tally.count import count_differences, count_new
from surveys.tally.store import counts_by_cell
from tests.factories.surveys import SMALL, changed, publish, respond, set_aside
from tests.surveys.admin.conftest import sign_in

pytestmark = pytest.mark.django_db

MARCH, APRIL = "2023-03-10", "2023-04-10"


@pytest.fixture
def analyst(db):
    return sign_in("ana", "analyst")


@pytest.fixture
def version():
    return publish()


def listed(version, query=""):
    return reverse("admin:survey-set-aside", args=[version.survey.pk]) + query


def deciding(version, what, query):
    return reverse("admin:survey-set-aside-decide", args=[version.survey.pk, what]) + query


def of(response):
    return reverse("admin:survey-set-aside-one", args=[response.version.survey_id, response.pk])


def text(page):
    return " ".join(unescape(page.content.decode()).split())


def standings():
    return sorted(Response.objects.values_list("standing", flat=True))


def test_list_says_how_many_by_sign_and_month(analyst, version):
    respond(version, area="north", on=MARCH)
    for _ in range(3):
        set_aside(version, area="north", on=MARCH)
    set_aside(version, area="south", on=APRIL, signs=("honeypot",))
    page = analyst.get(listed(version))
    assert [(g["signs"], g["n"], g["sets"]) for g in page.context["groups"]] == [
        ("A box was filled in that people can’t see", 1, 1),
        ("More came from one address than people send", 3, 1),
    ]
    assert [row["alike"] for row in page.context["rows"]] == [2, 2, 2, 0]
    assert "Waiting for a decision (4)" in text(page)
    assert [e.actor for e in AuditEntry.objects.filter(action="view set-aside")] == ["ana"]


def test_list_narrows_to_one_burst_by_an_address_that_can_be_shared(analyst, version):
    set_aside(version, area="north", on=MARCH)
    set_aside(version, area="north", on=APRIL)
    set_aside(version, area="north", on=APRIL, signs=("flood", "fast"))
    page = analyst.get(listed(version, "?found=waiting&signs=flood&month=2023-04"))
    assert len(page.context["rows"]) == 1
    assert "More came from one address than people send, April 2023" in text(page)


@pytest.mark.parametrize("query", ["?found=x", "?month=2023", "?month=2023-13", "?month=x"])
def test_address_of_nothing_is_not_found(analyst, version, query):
    assert analyst.get(listed(version, query)).status_code == 404


def test_empty_list_says_what_to_do_next(analyst, version):
    page = text(analyst.get(listed(version)))
    assert "There are none." in page
    assert "See the results" in page


def test_long_list_has_pages(analyst, version):
    for _ in range(51):
        set_aside(version, area="north")
    assert len(analyst.get(listed(version)).context["rows"]) == 50
    assert len(analyst.get(listed(version, "?page=2")).context["rows"]) == 1
    assert len(analyst.get(listed(version, "?page=x")).context["rows"]) == 50


def test_one_shows_coded_answers_and_no_words_and_no_day(analyst, version):
    response = set_aside(version, area="north", overall="3", reasons=["slow", "rude"], on=MARCH)
    words = OwnWords(response=response, question="words")
    words.write("Call me back")
    words.save()
    set_aside(version, area="north", overall="3", reasons=["slow", "rude"], on=APRIL)
    page = text(analyst.get(of(response)))
    assert "Completely dissatisfied" in page
    assert "Slow" in page
    assert "March 2023" in page
    assert "10 March" not in page
    assert "Call me back" not in page
    assert "1 text, which is not shown here" in page
    assert "1 other that does not count gives exactly these answers" in page
    assert AuditEntry.objects.filter(actor="ana", action="view set-aside response").exists()


def test_one_is_counted_and_left_out_again(analyst, version):
    response = set_aside(version, area="north")
    analyst.post(of(response), {"what": "count", "n": "1"})
    count_new()
    assert counts_by_cell(version)[0].n == 1
    page = analyst.get(listed(version, "?found=counted"))
    assert len(page.context["rows"]) == 1
    assert "ana, " in text(analyst.get(of(response)))
    analyst.post(of(response), {"what": "leave-out", "n": "1"})
    assert standings() == ["refused"]
    assert not counts_by_cell(version)
    assert count_differences() == 0


def test_what_was_never_set_aside_has_no_page(analyst, version):
    response = respond(version, area="north")
    assert analyst.get(of(response)).status_code == 404
    assert analyst.post(of(response), {"what": "leave-out", "n": "1"}).status_code == 404
    assert standings() == ["counts"]


def test_one_of_another_survey_has_no_page_here(analyst, version):
    other = set_aside(publish(changed(SMALL, {"survey: small": "survey: other"})), area="north")
    address = reverse("admin:survey-set-aside-one", args=[version.survey.pk, other.pk])
    assert analyst.get(address).status_code == 404


def test_burst_is_decided_on_in_one_go_and_nothing_beside_it(analyst, version):
    for _ in range(20):
        set_aside(version, area="north", on=MARCH)
    set_aside(version, area="north", on=APRIL)
    set_aside(version, area="north", on=MARCH, signs=("honeypot",))
    address = deciding(version, "leave-out", "?found=waiting&signs=flood&month=2023-03")
    assert "Leave out 20 responses" in text(analyst.get(address))
    assert standings() == ["set-aside"] * 22
    page = analyst.post(address, {"n": "20"}, follow=True)
    assert "Done: 20 responses left out of the results." in text(page)
    assert standings() == ["refused"] * 20 + ["set-aside"] * 2
    [entry] = AuditEntry.objects.filter(action="leave out set-aside")
    assert entry.detail == {
        "responses": 20,
        "found": "waiting",
        "signs": "flood",
        "month": "2023-03",
    }


def test_burst_that_grew_meanwhile_is_shown_again(analyst, version):
    set_aside(version, area="north", on=MARCH)
    set_aside(version, area="north", on=MARCH)
    address = deciding(version, "count", "?found=waiting&signs=flood&month=2023-03")
    page = analyst.post(address, {"n": "1"})
    assert page.status_code == 409
    assert "Nothing was done" in text(page)
    assert "Count 2 responses" in text(page)
    assert standings() == ["set-aside"] * 2


@pytest.mark.parametrize("n", ["", "x", "-1", "²"])
def test_decision_without_a_number_does_nothing(analyst, version, n):
    set_aside(version, area="north", on=MARCH)
    assert analyst.post(deciding(version, "count", "?found=waiting"), {"n": n}).status_code == 409
    assert standings() == ["set-aside"]


def test_decision_of_another_kind_is_not_found(analyst, version):
    response = set_aside(version, area="north")
    assert analyst.get(deciding(version, "delete", "")).status_code == 404
    assert analyst.post(of(response), {"what": "delete", "n": "1"}).status_code == 404


def test_survey_page_leads_there_and_counts_only_what_counts(analyst, version):
    respond(version, area="north")
    set_aside(version, area="north")
    page = analyst.get(reverse("admin:surveys_survey_change", args=[version.survey.pk]))
    assert "Set aside (1)" in text(page)
    assert page.context["versions"][0]["received"] == 1


def test_number_of_queries_does_not_grow_with_the_list(analyst, version):
    def cost():
        with CaptureQueriesContext(connection) as found:
            analyst.get(listed(version))
        return len(found)

    set_aside(version, area="north")
    cost()
    few = cost()
    for _ in range(10):
        set_aside(version, area="north")
    assert cost() == few
