"""Single measures: what they count, and what the newest statement says."""

import html
import re
from datetime import date, timedelta

import pytest
from django.test import Client

from measures.definitions.loader import definitions
from measures.publications.sign_off import build_statement
from tests.factories.figures import RELEASED, make_seed_figures
from tests.factories.released import release_satisfaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def statement(settings):
    settings.DEMONSTRATION = True
    make_seed_figures()
    for year, satisfied in ((2022, 893), (2021, 771)):
        last = date(year, 9, 1)
        release_satisfaction("domestic-abuse", last, satisfied=satisfied, answered=1_240)
    return build_statement(date(2022, 11, 1), as_of=RELEASED + timedelta(days=1), actor="ann")


def words_of(response) -> str:
    text = re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_the_list_has_each_measure_with_its_number(client: Client, statement) -> None:
    words = words_of(client.get("/measures/"))

    for measure in definitions().measures:
        assert str(measure.title) in words
    assert "18,212 offences of violence with injury, year ending November 2022." in words


def test_a_count_has_chart_table_and_places(client: Client, statement) -> None:
    response = client.get("/measures/violence-with-injury/")
    words = words_of(response)

    assert 'role="img"' in response.content.decode()
    for cells in ("June 2019 (baseline) 20,241", "November 2021 17,119", "November 2022 18,212"):
        assert cells in words
    place = "line 2 of return.csv, a force return citing Performance and Delivery Board, 15 March"
    assert f"18,212, year ending November 2022 {place}" in words
    assert "Not yet checked by a second person" in words


def test_a_share_has_its_interval_as_a_table(client: Client, statement) -> None:
    words = words_of(client.get("/measures/domestic-abuse-satisfaction/"))

    assert "September 2022 72% 70% to 75% 1240" in words


@pytest.mark.parametrize("measure", [m.slug for m in definitions().measures])
def test_before_the_first_statement_the_definition_stands_alone(
    client: Client, measure: str
) -> None:
    words = words_of(client.get(f"/measures/{measure}/"))

    assert "No statement has been published yet" in words
    assert "What is counted" in words


def test_a_draft_shows_no_number_in_production(client: Client, statement, settings) -> None:
    settings.DEMONSTRATION = False

    assert "18,212" not in words_of(client.get("/measures/violence-with-injury/"))
    assert "18,212" not in words_of(client.get("/measures/"))


def test_an_unknown_measure_is_no_page(client: Client) -> None:
    assert client.get("/measures/happiness/").status_code == 404


def test_how_a_figure_is_made_has_a_page(client: Client) -> None:
    words = words_of(client.get("/measures/how-a-figure-is-made/"))

    assert "Przyborowski" in words
    assert words.count("How a figure is made") == 2  # the title and one heading
