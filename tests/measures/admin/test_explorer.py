"""The explorer as an analyst finds it: what its address picks, what it shows, and who may look."""

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from tests.factories.surveys import SMALL as SMALL_SURVEY
from tests.factories.surveys import changed, publish, respond, set_aside

pytestmark = pytest.mark.django_db

RESULTS = "/admin/results/"
SMALL = f"{RESULTS}?survey=small"


def sign_in(client: Client, *groups: str) -> Client:
    user = get_user_model().objects.create_user("sam", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(user)
    return client


@pytest.fixture
def analyst(client: Client) -> Client:
    return sign_in(client, "analyst")


@pytest.fixture
def answered():
    """Forty from the north, most of them satisfied, and forty from the south, few of them."""
    version = publish()
    for area, satisfied in (("north", 36), ("south", 8)):
        for n in range(40):
            respond(version, area=area, overall="1" if n < satisfied else "3")
    count_new(version)
    return version


def page(client: Client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status
    return unescape(response.content.decode())


def test_front_shows_each_survey_with_its_headline(analyst: Client, answered) -> None:
    html = page(analyst, RESULTS)
    assert "Overall, how was it?" in html
    assert "55%" in html
    assert f'href="{SMALL}"' in html


def test_front_without_a_survey_says_where_to_begin(analyst: Client) -> None:
    assert "No survey is published yet" in page(analyst, RESULTS)


def test_unknown_survey_is_404_with_what_there_is(analyst: Client, answered) -> None:
    html = page(analyst, f"{RESULTS}?survey=larger", 404)
    assert "No survey with answers is called “larger”" in html
    assert f'href="{SMALL}"' in html


def test_survey_without_answers_says_so(analyst: Client) -> None:
    publish()
    assert "No answer to this survey was counted yet" in page(analyst, SMALL)


def test_question_tells_headline_chart_table_and_notes(analyst: Client, answered) -> None:
    html = page(analyst, SMALL)
    assert "gave an answer that counts as “Satisfied”" in html
    assert "from 80 answers" in html
    assert html.count("<svg") >= 2
    assert "Answers in the base" in html
    assert "A random sample" in html
    assert "no population was imported" in html
    assert "style=" not in html.split("<main", 1)[-1]


def test_breakdown_compares_its_groups(analyst: Client, answered) -> None:
    html = page(analyst, f"{SMALL}&by=area")
    assert "Highest: North, 90%. Lowest: South, 20%. Some groups clearly differ" in html
    assert '<sup class="results-above">b</sup>' in html


def test_groups_can_stand_highest_first(analyst: Client, answered) -> None:
    highest = page(analyst, f"{SMALL}&by=area&answer=3&sort=share")
    heads = highest.split("<thead>")[1].split("</thead>")[0]
    assert heads.index("South") < heads.index("North")


def test_over_time_follows_an_answer_and_says_where_counts_are_too_few(
    analyst: Client, answered
) -> None:
    html = page(analyst, f"{SMALL}&show=trend")
    assert "“Satisfied”, October to December 2022." in html
    assert "1 readings are too few for limits" in html


def test_limits_of_rolling_years_are_refused_in_words(analyst: Client) -> None:
    version = publish()
    for month in range(1, 13):
        for year in (2021, 2022):
            respond(version, on=f"{year}-{month:02}-15", overall="1")
    count_new(version)
    html = page(analyst, f"{SMALL}&show=trend&step=year")
    assert "is neither a month nor a quarter" in html


def test_limits_begin_anew_with_a_reason(analyst: Client) -> None:
    version = publish()
    for month in range(1, 13):
        for _ in range(2 if month < 7 else 5):
            respond(version, on=f"2022-{month:02}-15", overall="1")
    count_new(version)
    html = page(analyst, f"{SMALL}&show=trend&step=month&rebase=2022-07&because=Sent+by+text")
    assert "Limits begin anew in July 2022: Sent by text" in html
    refused = page(analyst, f"{SMALL}&show=trend&step=month&rebase=2022-07")
    assert "Limits begin anew only with a reason: say what changed" in refused


def test_what_an_address_has_wrong_is_said_and_the_usual_shown(analyst: Client, answered) -> None:
    html = page(analyst, f"{SMALL}&question=nothing&by=weather&period=2022-13")
    assert "Small asks nothing called “nothing”" in html
    assert "“weather” is none of its breakdowns" in html
    assert "'2022-13' is no period" in html
    assert "Overall, how was it?" in html


def test_question_without_options_is_not_offered(analyst: Client) -> None:
    # People may only say when it was, which is counted nowhere, or that they do not know.
    missing = "        latest: today\n"
    box = "        missing: [{missing: dont-know, label: {en: Don’t know}}]\n"
    version = publish(changed(SMALL_SURVEY, {missing: missing + box}))
    for answer in ("1", "3"):
        respond(version, overall=answer, when={"missing": "dont-know"})
    count_new(version)
    assert "When was it?" not in page(analyst, SMALL)
    assert "Small asks nothing called “when”" in page(analyst, f"{SMALL}&question=when")


def test_period_before_any_answer_says_what_to_do(analyst: Client, answered) -> None:
    html = page(analyst, f"{SMALL}&period=2020-Q1")
    assert "Nobody answered this in the period." in html


def test_links_carry_what_was_picked(analyst: Client, answered) -> None:
    html = page(analyst, f"{SMALL}&by=area&period=2022-Q4")
    here = "/admin/results/?survey=small&question=overall&period=2022-Q4"
    assert f'href="{here}&by=area&sort=share"' in html
    assert f'href="{here}&by=channel"' in html
    # To another question goes the breakdown, not the answer of this one.
    assert 'href="/admin/results/?survey=small&question=reported&period=2022-Q4&by=area"' in html


def test_set_aside_is_noted(analyst: Client, answered) -> None:
    set_aside(answered, overall="1")
    assert "1 response to this survey, of any month" in page(analyst, SMALL)


def test_each_look_is_recorded(analyst: Client, answered) -> None:
    page(analyst, f"{SMALL}&by=area")
    entry = AuditEntry.objects.get(action="explore results")
    assert (entry.actor, entry.subject) == ("sam", "small")
    assert entry.detail == {"question": "overall", "period": "2022-Q4", "by": "area"}


@pytest.mark.parametrize("role", ["viewer", "editor", "publisher", "data-protection officer"])
def test_nobody_but_analysts_looks(client: Client, answered, role: str) -> None:
    sign_in(client, role)
    assert client.get(SMALL).status_code == 403
    assert client.get(RESULTS).status_code == 403
    assert not AuditEntry.objects.filter(action="explore results").exists()


def test_strangers_are_sent_to_sign_in(client: Client, answered) -> None:
    response = client.get(SMALL)
    assert response.status_code == 302
    assert "/login/" in response["Location"]


@pytest.mark.parametrize(
    "asked",
    [
        "?survey=%00",
        "?survey=small&answer=%00",
        "?survey=small&show=trend&rebase=%00&because=a%00b",
        "?survey=small&period=0001-Q1",
        "?survey=small&by=area&period=year-to-9999-Q4",
    ],
)
def test_address_with_rubbish_is_no_error(analyst: Client, answered, asked: str) -> None:
    assert analyst.get(RESULTS + asked).status_code == 200


def test_net_told_first_is_the_first_to_follow(analyst: Client) -> None:
    cross = "nets:\n  cross: {list: satisfaction, codes: [3], label: {en: Cross}}\n"
    version = publish(changed(SMALL_SURVEY, {"nets:\n": cross}))
    respond(version, area="north", overall="1")
    count_new(version)
    html = page(analyst, f"{SMALL}&show=trend")
    followed = html[html.index('aria-label="Follow"') :]
    assert followed.index(">Satisfied<") < followed.index(">Cross<")
