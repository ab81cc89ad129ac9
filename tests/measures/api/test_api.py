"""What is published, as data."""

import csv
import io
import json
from datetime import date, timedelta

import pytest
from django.test import Client
from drf_spectacular.drainage import GENERATOR_STATS
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema

from measures.publications.canonical import canonical_json, digest
from measures.publications.sign_off import build_statement
from measures.stats.periods import year_ending
from tests.factories.figures import (
    RELEASED,
    make_figure,
    make_months,
    make_release,
    make_seed_figures,
)
from tests.factories.released import release_satisfaction

pytestmark = pytest.mark.django_db

LATER = RELEASED + timedelta(days=1)
NOVEMBER = date(2022, 11, 1)


def rows_of(response) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode())))


@pytest.fixture
def statement(settings):
    settings.DEMONSTRATION = True
    make_seed_figures()
    return build_statement(NOVEMBER, as_of=LATER, actor="ann")


def test_a_statement_is_its_bundle_with_its_edition(client: Client, statement) -> None:
    response = client.get("/api/v1/statements/2022-11/")
    found = response.json()

    assert (found["edition"], found["state"], found["sha256"]) == (1, "draft", statement.sha256)
    values = {measure["slug"]: measure["current"].get("value") for measure in found["measures"]}
    assert (values["violence-with-injury"], values["robbery"], values["cyber-organisations"]) == (
        18_212,
        1_310,
        80,
    )
    assert response["ETag"] == f'"{statement.sha256}"'


def test_statements_are_listed(client: Client, statement) -> None:
    [row] = client.get("/api/v1/statements/").json()

    assert (row["period"], row["url"]) == ("2022-11", "/statements/2022-11/")


def test_drafts_are_not_data_in_production(client: Client, statement, settings) -> None:
    settings.DEMONSTRATION = False

    assert client.get("/api/v1/statements/").json() == []
    assert client.get("/api/v1/statements/2022-11/").status_code == 404


def test_a_statement_as_csv(client: Client, statement) -> None:
    rows = rows_of(client.get("/api/v1/statements/2022-11/?format=csv"))

    assert len(rows) == 39


def test_definitions(client: Client) -> None:
    listed = client.get("/api/v1/measures/").json()
    one = client.get("/api/v1/measures/robbery/").json()

    assert len(listed) == 13
    assert one["definition"]["baseline"]["year-ending"] == "2019-06"
    assert client.get("/api/v1/measures/happiness/").status_code == 404


def test_a_series_has_months_and_the_years_they_make(client: Client) -> None:
    release = make_release()
    make_months("robbery", first=date(2021, 12, 1), values=[100] * 13, release=release)

    points = client.get("/api/v1/measures/robbery/series/").json()

    kinds = [(point["kind"], point["period"], point["value"]) for point in points]
    assert kinds[0] == ("month", "2021-12", 100)
    assert kinds[-2:] == [("rolling-year", "2022-11", 1_200), ("rolling-year", "2022-12", 1_200)]
    assert {point["released"] for point in points} == {"2023-01-26"}


def test_a_share_is_a_series_of_what_statements_published(client: Client, settings) -> None:
    settings.DEMONSTRATION = True
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_243)
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=9, answered=9)
    assert client.get("/api/v1/measures/domestic-abuse-satisfaction/series/").json() == []
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    points = client.get("/api/v1/measures/domestic-abuse-satisfaction/series/").json()

    told = [(one["period"], one["status"], one["value"], one["low"], one["high"]) for one in points]
    assert told == [
        ("2019-06", "not-available", None, None, None),
        ("2021-09", "suppressed", None, None, None),
        ("2022-09", "value", 72, 69, 74),
    ]


def test_a_year_of_a_share_is_told_by_its_own_statement(client: Client, settings) -> None:
    settings.DEMONSTRATION = True
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=70, answered=100)
    build_statement(date(2021, 11, 1), as_of=LATER, actor="ann")
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=60, answered=100)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    points = client.get("/api/v1/measures/domestic-abuse-satisfaction/series/").json()

    told = {one["period"]: (one["value"], one["source"]) for one in points}
    assert told["2021-09"] == (70, "Statement for the year ending November 2021")
    assert told["2019-06"] == (None, "Statement for the year ending November 2022")


def test_a_statement_older_than_a_measure_says_nothing_of_it(client: Client, settings) -> None:
    settings.DEMONSTRATION = True
    statement = build_statement(NOVEMBER, as_of=LATER, actor="ann")
    bundle = json.loads(statement.bundle)
    bundle["measures"] = [one for one in bundle["measures"] if one["kind"] == "count"]
    statement.bundle = canonical_json(bundle)
    statement.sha256 = digest(statement.bundle)
    statement.save()

    assert client.get("/api/v1/measures/rape-satisfaction/series/").json() == []


def test_figures_are_rows_with_their_file(client: Client) -> None:
    release = make_seed_figures()

    found = client.get("/api/v1/figures/?source=force-return&category=robbery&from=2022-01").json()

    [row] = found["results"]
    assert (row["area"], row["category"], row["value"]) == ("E23000032", "robbery", 1_310)
    assert (row["period_start"], row["period_end"]) == ("2021-12-01", "2022-11-30")
    assert (row["released"], row["sha256"]) == ("2023-01-26", release.sha256)


def test_months_bound_both_ends(client: Client) -> None:
    make_months("robbery", first=date(2022, 1, 1), values=list(range(12)), release=make_release())

    found = client.get("/api/v1/figures/?from=2022-03&to=2022-05").json()

    assert [row["value"] for row in found["results"]] == [2, 3, 4]


def test_months_bound_the_end_of_a_period(client: Client) -> None:
    make_seed_figures()

    found = client.get("/api/v1/figures/?category=robbery&from=2022-01&to=2022-11").json()

    assert [row["value"] for row in found["results"]] == [1_310]


def test_a_place_without_figures_has_none(client: Client) -> None:
    make_seed_figures()

    assert client.get("/api/v1/figures/?area=E07000105&category=robbery").json()["results"] == []
    assert client.get("/api/v1/measures/robbery/series/?area=E07000105").json() == []


def test_a_licence_that_is_not_stated_is_not_made_up(client: Client) -> None:
    release = make_release(licence="")
    make_months("robbery", first=date(2022, 1, 1), values=[1], release=release)

    [row] = client.get("/api/v1/figures/").json()["results"]

    assert row["licence"] == "not stated by the publisher"


def test_a_problem_is_no_table(client: Client) -> None:
    response = client.get("/api/v1/figures/?format=csv&from=January")

    assert response["Content-Type"] == "application/problem+json"
    assert json.loads(response.content)["status"] == 400


def test_as_of_gives_what_was_known(client: Client) -> None:
    revised_on = RELEASED + timedelta(days=90)
    period = year_ending(NOVEMBER)
    make_figure("robbery", period, value=1, release=make_release(), until=revised_on)
    revised = make_release(file_name="revised.csv", released_at=revised_on)
    make_figure("robbery", period, value=2, release=revised)

    def values(query: str) -> list[int]:
        rows = client.get(f"/api/v1/figures/{query}").json()["results"]
        return [row["value"] for row in rows]

    assert values("") == [2]
    assert values("?as_of=2023-02-01") == [1]
    assert values("?as_of=2023-01-01") == []


def test_figures_as_csv_in_pages(client: Client) -> None:
    make_seed_figures()

    rows = rows_of(client.get("/api/v1/figures/?format=csv&limit=3"))

    assert len(rows) == 3
    assert set(rows[0]) >= {"source", "area", "category", "value", "released", "sha256"}


def test_pages_of_figures_take_few_queries(client: Client, django_assert_max_num_queries) -> None:
    make_seed_figures()
    with django_assert_max_num_queries(3):
        client.get("/api/v1/figures/")


@pytest.mark.parametrize(
    ("address", "says"),
    [
        ("figures/?area=E99999999", "E23000032"),
        ("figures/?source=rumour", "force-return"),
        ("figures/?category=Robbery%00", "found a NUL character"),
        ("measures/robbery/series/?area=%00", "found a NUL character"),
        ("figures/?category=Rudeness", "cyber-organisations, robbery, violence-with-injury"),
        ("figures/?from=January", "such as 2022-11"),
        ("figures/?from=2022-11&to=2022-01", "no later than to, which is 2022-01"),
        ("figures/?colour=blue", "source, area, category, from, to, as_of, limit, offset, format"),
        ("areas/?name=Kent", "name: this parameter is not known; there is format"),
        ("measures/robbery/series/?from=2022-01", "there is area, as_of, format"),
        ("figures/?format=xml", "there is json, csv"),
        ("measures/?format=xml", "there is json, csv"),
        ("statements/2022-11/?format=xml", "there is json, csv"),
        ("statements/2022-13/", "such as 2022-11"),
        ("statements/newest/", "such as 2022-11"),
        ("statements/2022-11/?edition=last", "expected 1, 2, 3"),
        (f"statements/2022-11/?edition={'9' * 5000}", "expected 1, 2, 3"),
        ("figures/?as_of=soon", "such as 2023-02-01"),
        ("measures/robbery/series/?area=E99999999", "E23000032"),
        ("measures/rape-satisfaction/series/?area=E07000105", "E23000032"),
    ],
)
def test_a_wrong_question_is_answered_with_what_there_is(
    client: Client, address: str, says: str
) -> None:
    make_seed_figures()
    response = client.get(f"/api/v1/{address}")

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert says in response.json()["detail"]


def test_areas_have_code_kind_and_parent(client: Client) -> None:
    areas = {area["code"]: area for area in client.get("/api/v1/areas/").json()}

    assert areas["E23000032"]["kind"] == "force"
    assert areas["E07000105"]["parent"] == "E23000032"


def test_the_schema_is_complete_and_without_warnings() -> None:
    GENERATOR_STATS.reset()
    schema = SchemaGenerator().get_schema(request=None, public=True)

    validate_schema(schema)
    assert not [*GENERATOR_STATS._warn_cache, *GENERATOR_STATS._error_cache]
    assert {"/api/v1/figures/", "/api/v1/measures/{slug}/series/"} <= set(schema["paths"])
