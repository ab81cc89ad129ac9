"""The statement as a stranger reads it."""

import html
import json
import re
from datetime import date, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from measures.models.statements import Statement
from measures.publications.sign_off import build_statement, publish_statement
from measures.stats.periods import year_ending
from tests.factories.figures import RELEASED, make_figure, make_release, make_seed_figures
from tests.factories.released import release_satisfaction

pytestmark = pytest.mark.django_db

NOVEMBER = date(2022, 11, 1)
LATER = RELEASED + timedelta(days=1)
PAGE = "/statements/2022-11/"


@pytest.fixture
def draft() -> Statement:
    make_seed_figures()
    return build_statement(NOVEMBER, as_of=LATER, actor="ann")


@pytest.fixture
def published(draft: Statement) -> Statement:
    get_user_model().objects.create_user("pat", is_staff=True, is_superuser=True)
    return publish_statement(NOVEMBER, approved_by="pat")


@pytest.fixture(autouse=True)
def production(settings) -> None:
    settings.DEMONSTRATION = False


def words_of(response) -> str:
    """The page's text as it is read, without its markup."""
    text = re.sub(r"<svg.*?</svg>", "", response.content.decode(), flags=re.DOTALL)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", text)))


def test_the_figures_of_the_page_that_this_replaces(client: Client, published) -> None:
    words = words_of(client.get(PAGE))

    for sentence in (
        "There were 18,212 offences of violence with injury in the year ending November 2022, up "
        "1,093 (6.4%) on the year before and 2,029 (10.0%) below the June 2019 baseline of 20,241.",
        "There were 1,310 robbery offences in the year ending November 2022, up 171 (15.0%) on the "
        "year before and 672 (33.9%) below the June 2019 baseline of 1,982.",
        "There were 80 online offences with an organisation as their victim in the year ending "
        "November 2022, down 6 (7.0%) on the year before, which is within what chance alone would "
        "give: no clear change.",
    ):
        assert sentence in words
    assert "6.3%" not in words


def test_every_priority_says_whether_it_applies(client: Client, published) -> None:
    words = words_of(client.get(PAGE))

    assert words.count("Applies here.") == 6
    assert "SI 2021/547" in words


def test_sources_stand_with_the_figures(client: Client, published) -> None:
    words = words_of(client.get(PAGE))

    assert (
        "Source: Force return for Kent, Performance and Delivery Board, 15 March 2023 , released "
        "26 January 2023. Open Government Licence v3.0." in words
    )


def test_a_draft_is_for_nobody_in_production(client: Client, draft) -> None:
    for address in (
        PAGE,
        f"{PAGE}editions/1/",
        "/statements/2022-11.json",
        "/statements/2022-11.csv",
    ):
        assert client.get(address).status_code == 404
    assert "2022" not in words_of(client.get("/statements/"))


def test_a_draft_shows_as_such_in_the_demonstration(client: Client, draft, settings) -> None:
    settings.DEMONSTRATION = True

    assert "Draft Nobody has signed this statement yet." in words_of(client.get(PAGE))


def test_a_draft_never_stands_before_what_is_published(client: Client, published) -> None:
    build_statement(NOVEMBER, as_of=LATER + timedelta(days=1), actor="ann")

    response = client.get(PAGE)

    assert published.sha256 in words_of(response)
    assert client.get(f"{PAGE}editions/2/").status_code == 404


def test_an_earlier_edition_stays_where_it_was(client: Client, published) -> None:
    build_statement(NOVEMBER, as_of=LATER + timedelta(days=1), actor="ann")
    second = publish_statement(NOVEMBER, approved_by="pat")

    assert second.sha256 in words_of(client.get(PAGE))
    assert published.sha256 in words_of(client.get(f"{PAGE}editions/1/"))


def test_synthetic_answers_are_announced(client: Client, settings) -> None:
    settings.DEMONSTRATION = True
    last = date(2022, 9, 1)
    release_satisfaction("domestic-abuse", last, satisfied=70, answered=100, is_synthetic=True)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    words = words_of(client.get(PAGE))

    assert "Some of these answers are synthetic" in words
    assert "This rests on synthetic answers: a program made them, nobody gave them." in words


def test_without_synthetic_answers_there_is_no_notice(client: Client, published) -> None:
    assert "synthetic" not in words_of(client.get(PAGE))


def test_a_measure_without_data_shows_the_reason_and_no_number(client: Client, published) -> None:
    page = client.get(PAGE).content.decode()
    row = page[page.index('id="measure-knife"') : page.index('id="measure-violence-with-injury"')]

    assert "Not available" in row
    assert "no figure for the year ending November 2022 has been published or supplied" in row
    assert "comparison--" not in row


def test_nothing_on_the_page_needs_an_inline_style_or_script(client: Client, published) -> None:
    page = client.get(PAGE).content.decode()

    assert "style=" not in page
    assert "<style" not in page
    assert not re.search(r"<script(?![^>]* src=)", page)


def test_no_id_stands_twice(client: Client, published) -> None:
    ids = re.findall(r'\bid="([^"]+)"', client.get(PAGE).content.decode())

    assert len(ids) == len(set(ids))


def test_every_link_within_the_page_leads_somewhere(client: Client, published) -> None:
    page = client.get(PAGE).content.decode()

    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'\bid="([^"]+)"', page))


def test_the_page_reads_bundle_and_editions_and_nothing_else(
    client: Client, published, django_assert_num_queries
) -> None:
    with django_assert_num_queries(2):
        client.get(PAGE)


def test_the_reader_who_has_it_gets_304(client: Client, published) -> None:
    etag = client.get(PAGE)["ETag"]

    assert etag.startswith(f'"{published.sha256}')
    assert client.get(PAGE, headers={"If-None-Match": etag}).status_code == 304


def test_signing_changes_the_etag_of_the_page(client: Client, draft, settings) -> None:
    settings.DEMONSTRATION = True
    get_user_model().objects.create_user("pat", is_staff=True, is_superuser=True)
    before = client.get(PAGE)["ETag"]
    publish_statement(NOVEMBER, approved_by="pat")

    assert client.get(PAGE)["ETag"] != before


def test_the_data_is_the_bundle_to_the_byte(client: Client, published) -> None:
    response = client.get("/statements/2022-11.json")

    assert response.content.decode() == published.bundle
    assert response["ETag"] == f'"{published.sha256}"'
    assert json.loads(response.content)["period"] == "2022-11"


def test_the_table_is_a_csv(client: Client, published) -> None:
    response = client.get("/statements/2022-11.csv")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert b"violence-with-injury,Violence with injury,previous-year" in response.content


@pytest.mark.parametrize(
    "address",
    [
        "/statements/2022-12/",
        "/statements/2022-13/",
        "/statements/2022-12.json",
        "/statements/2022-11/editions/0/",
        "/statements/2022-11/editions/99999/",
        "/statements/2022-11.json?edition=0",
        "/statements/2022-11.csv?edition=last",
        f"/statements/2022-11.csv?edition={'9' * 5000}",
    ],
)
def test_no_statement_is_no_page(client: Client, published, address: str) -> None:
    assert client.get(address).status_code == 404


def test_the_archive_leads_to_each(client: Client, published) -> None:
    assert f'href="{PAGE}"' in client.get("/statements/").content.decode()


def test_an_empty_archive_says_so(client: Client) -> None:
    assert "No statement has been published yet" in words_of(client.get("/statements/"))


def test_a_row_names_the_sources_of_its_whole_chart(client: Client, draft, settings) -> None:
    settings.DEMONSTRATION = True
    for month in (date(2018, 3, 1), date(2018, 6, 1)):
        table = make_release(
            source="ons-pfa",
            file_name=f"{month}.xlsx",
            publisher="Office for National Statistics",
            title=f"Table P1 to {month:%B}",
        )
        make_figure("Robbery", year_ending(month), value=1_500, release=table)
        make_figure("Homicide", year_ending(month), value=14, release=table)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    page = client.get(PAGE).content.decode()
    rows = {slug: words_of_row(page, slug) for slug in ("robbery", "homicide")}

    also = "drawn: Office for National Statistics, years ending March 2018 to June 2018 ["
    assert f"Also {also}" in rows["robbery"]
    # Not available, and its years are drawn all the same.
    assert "Not available" in rows["homicide"]
    assert f"Drawn: {also.removeprefix('drawn: ')}1–2]" in rows["homicide"]
    assert 'id="chart-homicide-title"' in page
    # On the page of the measure, too.
    assert also in words_of(client.get("/measures/robbery/"))


def words_of_row(page: str, slug: str) -> str:
    row = page[page.index(f'id="measure-{slug}"') :].split("</li>\n<li", 1)[0]
    row = row.split('class="measure-row__name"', 1)[0]
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", row)))


def test_a_later_year_is_neither_drawn_nor_listed(client: Client, draft, settings) -> None:
    settings.DEMONSTRATION = True
    later = make_release(file_name="later.csv", title="A later return")
    make_figure("robbery", year_ending(date(2022, 12, 1)), value=1_234, release=later)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    words = words_of(client.get(PAGE))

    assert "1,234" not in words
    assert "A later return" not in words


def test_a_licence_that_is_not_stated_is_not_made_up(client: Client, settings) -> None:
    settings.DEMONSTRATION = True
    release = make_release(licence="")
    make_figure("robbery", year_ending(NOVEMBER), value=1_310, release=release)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    main = client.get(PAGE).content.decode().split("<main", 1)[1].split("</main>", 1)[0]

    # Once with the measure, once in the list of sources.
    assert main.count("Licence: not stated by the publisher.") == 2
    assert "Open Government Licence" not in main
    table = client.get("/statements/2022-11.csv").content.decode()
    assert "not stated by the publisher" in table
    assert "Open Government Licence" not in table


def test_the_table_of_all_figures_gives_no_unclear_difference_of_shares(
    client: Client, settings
) -> None:
    settings.DEMONSTRATION = True
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=99, answered=161)
    release_satisfaction("domestic-abuse", date(2021, 9, 1), satisfied=97, answered=160)
    build_statement(NOVEMBER, as_of=LATER, actor="ann")

    words = words_of(client.get(PAGE))

    assert (
        "Satisfaction of victims of domestic abuse 63%, year ending September 2022 59%, year "
        "ending September 2021 No clear change"
    ) in words
    assert "percentage points on" not in words
    assert "up to 5 percentage points off" in words
