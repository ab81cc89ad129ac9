"""What would this sample be able to tell? Asked with and without a survey."""

import pytest
from django.urls import reverse

from surveys.tally.count import count_new
from tests.factories.surveys import SMALL, changed, publish, respond
from tests.measures.admin.test_overview import words_of
from tests.surveys.admin.conftest import sign_in


@pytest.fixture
def client(db):
    return sign_in("ana", "analyst")


def words(client, **asked):
    answer = client.get(reverse("results-power"), asked)
    assert answer.status_code == 200
    return words_of(answer)


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher"])
@pytest.mark.django_db
def test_others_are_refused(role):
    assert sign_in("vi", role).get(reverse("results-power")).status_code == 403


def test_smallest_change_is_told_in_a_sentence_and_a_table(client):
    shown = words(client, n="300", share="70", change="5")
    assert (
        "With 300 answers each time, a share of 70% must rise by 10 or fall by 11 percentage "
        "points or more to be told from chance four times in five." in shown
    )
    assert "takes this many answers each time: 1,251 for a rise, 1,377 for a fall." in shown
    assert "300 5.2 9.9 10.9" in shown
    assert "300 answers: 9.9 percentage points" in shown


def test_design_effect_and_power_make_it_harder(client):
    shown = words(client, n="300", share="70", deff="2", power="90")
    # From 10 and 11 at a design effect of 1 and a power of 80%.
    assert "rise by 16 or fall by 19 percentage points" in shown
    assert "nine times in ten" in shown


def test_few_people_to_draw_from_end_the_table(client):
    shown = words(client, n="300", share="70", population="400")
    assert "400 0.0" in shown
    assert "600 " not in shown.split("By number of answers")[-1]


def test_what_can_not_be_read_is_told_beside_its_box_and_left_out(client):
    shown = words(client, n="many", share="120", deff="0", population="2000")
    assert "expected a whole number from 10 to 1,000,000" in shown
    assert "expected a number from 1 to 99" in shown
    assert "expected a number from 0.2 to 20" in shown


def test_more_answers_than_people_are_as_many_as_there_are_people(client):
    shown = words(client, n="300", population="200")
    assert "more answers than the 200 people" in shown
    assert "With 200 answers each time" in shown


def test_address_with_rubbish_is_no_error(client):
    for text in ("nan", "inf", "-1", "1e9", "\x00", "٣٠٠", "1" * 400, "<b>"):
        words(client, n=text, share=text, change=text, deff=text, population=text, power=text)


def test_change_beyond_all_or_nobody_is_said_so(client):
    assert "No share can change by so much from there." in words(client, share="50", change="60")
    assert "for a fall" in words(client, share="95", change="10")


def test_too_few_answers_tell_nothing(client):
    shown = words(client, n="10", share="99", deff="10")
    assert "no change from 99% would be told" in shown or "must fall by" in shown
    assert "none" in shown


def test_survey_lends_its_headline(client):
    version = publish()
    for n in range(40):
        respond(version, overall="1" if n < 30 else "2", area="north")
    count_new()
    shown = words(client, survey="small")
    assert "With 40 answers each time, a share of 75% must" in shown
    assert "Begun from the headline of Small, October to December 2022" in shown
    # What somebody typed holds.
    assert "With 500 answers each time, a share of 75%" not in words(
        client, survey="small", n="500"
    )
    assert "With 500 answers each time" in words(client, survey="small", n="500")


def test_survey_without_answers_begins_as_usual(client):
    publish()
    assert "With 300 answers each time, a share of 70%" in words(client, survey="small")


def test_survey_without_a_sample_has_no_chance_to_tell_from(client):
    publish(changed(SMALL, {"design: probability": "design: self-selected"}))
    shown = words(client, survey="small")
    assert "Nothing can be told from chance here" in shown
    assert "Smallest rise" not in shown
