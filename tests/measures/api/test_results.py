"""Released results of surveys as data: frozen tables, and nothing else."""

import csv
import io
from datetime import date

import pytest
from django.test import Client

from measures.models.results import PublishedTable
from surveys.models.versions import Survey
from surveys.tally.periods import Span, four_quarters_to, parse_span, quarter_span
from tests.factories.answers import publish_survey, tally_satisfaction
from tests.factories.released import (
    add_cells,
    add_table,
    make_results,
    release_satisfaction,
)
from tests.factories.results import published_share

pytestmark = pytest.mark.django_db

ADDRESS = "/api/v1/surveys/domestic-abuse/results/"
LAST = date(2022, 9, 1)
YEAR = four_quarters_to(quarter_span(LAST))
DISTRICTS = [
    {"code": "E07000105", "label": "Ashford"},
    {"code": "~", "label": "Not stated"},
]


def add_split(release, span: Span) -> PublishedTable:
    """Satisfaction by district: 80 in Ashford, 6 who did not say."""
    table = add_table(release, span, by="district", groups=DISTRICTS)
    for group, (satisfied, answered) in {"E07000105": (50, 80), "~": (5, 6)}.items():
        told = published_share(satisfied, answered, is_sample=True)
        add_cells(table, told, answered=answered, group=group)
    return table


@pytest.fixture
def release():
    """A year and a quarter of satisfaction, the year by district too."""
    release = release_satisfaction("domestic-abuse", LAST, satisfied=893, answered=1_243)
    quarter = add_table(release, quarter_span(LAST))
    add_cells(quarter, published_share(20, 40, is_sample=True), answered=40)
    add_split(release, YEAR)
    return release


def test_a_table_has_base_shares_and_intervals(client: Client, release) -> None:
    found = client.get(ADDRESS, {"question": "whole-experience"}).json()

    assert (found["survey"], found["period"]) == ("domestic-abuse", "year-to-2022-Q3")
    assert (found["label"], found["released"]) == ("year ending September 2022", "2023-01-26")
    [table] = found["tables"]
    assert table["weighting"] is None
    assert table["response_rate"] is None
    [group] = table["groups"]
    assert (group["group"], group["base"]) == ("", 1_245)
    assert group["answers"][0] == {
        "answer": "net:satisfied",
        "label": "Satisfied",
        "kind": "net",
        "status": "published",
        "n": 895,
        "share": 72,
        "low": 69,
        "high": 74,
        "bound": "",
    }


def test_what_is_withheld_has_a_status_and_no_number(client: Client, release) -> None:
    [table] = client.get(ADDRESS, {"by": "district"}).json()["tables"]

    not_stated = table["groups"][-1]
    assert (not_stated["label"], not_stated["status"]) == ("Not stated", "suppressed")
    assert not_stated["base"] is None
    assert {one["status"] for one in not_stated["answers"]} == {"suppressed"}
    assert {one["n"] for one in not_stated["answers"]} == {None}


def test_below_50_there_are_counts_and_no_shares(client: Client, release) -> None:
    [table] = client.get(ADDRESS, {"period": "2022-Q3"}).json()["tables"]

    [group] = table["groups"]
    assert (group["base"], group["answers"][0]["n"], group["answers"][0]["share"]) == (40, 20, None)


def test_rows_of_the_same_numbers_as_csv(client: Client, release) -> None:
    response = client.get(ADDRESS, {"by": "district", "format": "csv"})
    rows = list(csv.DictReader(io.StringIO(response.content.decode())))

    told = {(row["group"], row["answer"]): row for row in rows}
    ashford = told["E07000105", "net:satisfied"]
    assert (ashford["base"], ashford["n"], ashford["share"]) == ("80", "50", "63")
    assert (ashford["survey"], ashford["period"]) == ("domestic-abuse", "year-to-2022-Q3")
    assert (told["~", "net:satisfied"]["n"], told["~", "net:satisfied"]["base"]) == ("[c]", "[c]")
    assert len(rows) == 2 * 8


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"period": "2022-Q2"}, "'2022-Q2' is not known; there is year-to-2022-Q3, 2022-Q3"),
        ({"period": "2022-11"}, "'2022-11' is not known; there is year-to-2022-Q3, 2022-Q3"),
        ({"by": "postcode"}, "'postcode' is not known; there is district"),
        ({"by": "district", "period": "2022-Q3"}, "'district' is not known; 2022-Q3 is not split"),
        ({"question": "mood"}, "'mood' is not known; there is whole-experience"),
        ({"group": "E07000105"}, "this parameter is not known; there is question, by, period"),
    ],
)
def test_anything_else_is_a_400_that_lists_what_there_is(
    client: Client, release, asked: dict[str, str], says: str
) -> None:
    response = client.get(ADDRESS, asked)

    assert response.status_code == 400
    assert response["Content-Type"] == "application/problem+json"
    assert says in str(response.json())


def test_without_a_period_it_is_the_newest_that_was_released(client: Client, release) -> None:
    release_satisfaction("domestic-abuse", date(2022, 12, 1), satisfied=50, answered=100)
    release_satisfaction("hate-crime", date(2023, 3, 1), satisfied=50, answered=100)

    assert client.get(ADDRESS).json()["period"] == "year-to-2022-Q4"
    older = client.get(ADDRESS, {"period": "year-to-2022-Q3"}).json()
    assert older["period"] == "year-to-2022-Q3"


def test_a_first_quarter_stands_alone(client: Client) -> None:
    why = {"period": YEAR.key, "question": "", "by": "", "why": "asked from July 2022 only"}
    release = make_results("rape", LAST, left_out=(why,))
    table = add_table(release, parse_span("2022-Q3"))
    add_cells(table, published_share(20, 40, is_sample=False), answered=40)

    assert client.get("/api/v1/surveys/rape/results/").json()["period"] == "2022-Q3"


def test_nothing_that_was_only_counted_is_told(client: Client) -> None:
    version = publish_survey("domestic-abuse")
    tally_satisfaction(version, date(2022, 8, 1), satisfied=893, answered=1_243)

    response = client.get(ADDRESS)

    assert response.status_code == 404
    assert "no results of a survey called 'domestic-abuse' have been released" in str(
        response.json()
    )


def test_whether_there_is_such_a_survey_can_not_be_found_out(client: Client) -> None:
    Survey.objects.create(slug="secret")

    told = [client.get(f"/api/v1/surveys/{slug}/results/").json() for slug in ("secret", "nobody")]

    assert str(told[0]).replace("secret", "nobody") == str(told[1])


def test_a_reader_who_has_it_is_told_so_until_the_next_release(client: Client, release) -> None:
    seal = client.get(ADDRESS)["ETag"]

    again = client.get(ADDRESS, headers={"If-None-Match": seal})
    assert (again.status_code, again["ETag"], again.content) == (304, seal, b"")
    # Rows are other bytes than the tables at the same address.
    rows = client.get(ADDRESS, headers={"If-None-Match": seal, "Accept": "text/csv"})
    assert rows.status_code == 200

    newer = make_results("domestic-abuse", date(2022, 12, 1), sha256="b" * 64)
    add_cells(
        add_table(newer, parse_span("year-to-2022-Q4")),
        published_share(50, 100, is_sample=True),
        answered=100,
    )
    assert client.get(ADDRESS, headers={"If-None-Match": seal}).status_code == 200


def test_the_whole_answer_takes_a_few_queries(
    client: Client, release, django_assert_max_num_queries
) -> None:
    with django_assert_max_num_queries(14):
        client.get(ADDRESS, {"by": "district"})
