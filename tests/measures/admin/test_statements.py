"""Figures, releases and statements on the desk: who sees them, and that nobody changes them."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from measures.admin.words import desk_moment, desk_period
from measures.publications.sign_off import build_statement
from measures.stats.periods import Period, month_of, year_ending
from tests.factories.figures import RELEASED, make_release, make_seed_figures
from tests.factories.released import release_satisfaction

pytestmark = pytest.mark.django_db


@pytest.fixture
def page() -> str:
    release_satisfaction("domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_243)
    later = RELEASED + timedelta(days=1)
    statement = build_statement(date(2022, 11, 1), as_of=later, actor="ann")
    return f"/admin/measures/statement/{statement.pk}/change/"


def sign_in(client: Client, *groups: str) -> None:
    user = get_user_model().objects.create_user("sam", is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client.force_login(user)


@pytest.mark.parametrize("group", ["viewer", "publisher", "analyst"])
def test_staff_see_what_a_statement_says(client: Client, page: str, group: str) -> None:
    sign_in(client, group)

    content = client.get(page).content.decode()

    assert "Of the people who answered the domestic abuse survey" in content
    # Only what was released can stand in a statement: no exact count, for nobody.
    assert "893" not in content


def test_a_stranger_is_asked_to_sign_in(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302


def test_nobody_changes_a_statement_by_hand(client: Client, page: str) -> None:
    client.force_login(get_user_model().objects.create_superuser("root"))

    assert client.post(page, {"state": "published"}).status_code == 403


@pytest.mark.parametrize("model", ["release", "series", "figure", "statement"])
def test_lists_open(client: Client, model: str) -> None:
    make_seed_figures()
    sign_in(client, "viewer")

    assert client.get(f"/admin/measures/{model}/").status_code == 200


def test_a_release_tells_what_it_set_aside(client: Client) -> None:
    release = make_release(set_aside=[{"where": "line 12", "why": "repeats <line 3>"}])
    sign_in(client, "viewer")

    page = client.get(f"/admin/measures/release/{release.pk}/change/").content.decode()

    assert "line 12: repeats &lt;line 3&gt;" in page


def test_a_figure_is_a_line_that_reads(client: Client) -> None:
    make_seed_figures()
    sign_in(client, "viewer")

    page = client.get("/admin/measures/figure/?q=robbery").content.decode()
    cells = [
        re.sub(r"<[^>]+>", "", cell)
        for cell in re.findall(r'<t[hd] class="field[^>]*>.*?</t[hd]>', page)
    ]

    assert cells[-6:][0] in ("1,310", "1,139", "1,982")
    assert ["1,310", "Kent", "robbery", "year to Nov 2022", "force-return", "return.csv"] in [
        cells[index : index + 6] for index in range(0, len(cells), 6)
    ]


def test_a_release_says_when_its_licence_is_not_stated(client: Client) -> None:
    release = make_release(licence="")
    sign_in(client, "viewer")

    page = client.get(f"/admin/measures/release/{release.pk}/change/").content.decode()

    assert "not stated by the publisher" in page


@pytest.mark.parametrize(
    ("model", "says"),
    [
        ("release", "import_figures FILE"),
        ("figure", "import_figures FILE"),
        ("series", "import_figures FILE"),
        ("statement", "build_statement --period"),
    ],
)
def test_an_empty_list_says_what_to_do(client: Client, model: str, says: str) -> None:
    sign_in(client, "viewer")

    assert says in client.get(f"/admin/measures/{model}/").content.decode()


def test_a_list_that_is_only_filtered_says_so(client: Client) -> None:
    make_seed_figures()
    sign_in(client, "viewer")

    page = client.get("/admin/measures/figure/?q=rudeness").content.decode()

    assert "Nothing here matches" in page
    assert "import_figures" not in page


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2023, 3, 5, 9, 0, tzinfo=UTC), "5 March 2023, 9am"),
        (datetime(2023, 7, 5, 11, 5, tzinfo=UTC), "5 July 2023, 12:05pm"),
        (datetime(2023, 3, 5, 0, 30, tzinfo=UTC), "5 March 2023, 12:30am"),
        (datetime(2023, 7, 4, 23, 0, tzinfo=UTC), "5 July 2023"),
        (None, "–"),
    ],
)
def test_moments_of_the_desk(moment: datetime | None, words: str) -> None:
    assert desk_moment(moment) == words


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (year_ending(date(2022, 11, 1)), "year to Nov 2022"),
        (month_of(date(2022, 11, 1)), "Nov 2022"),
        (Period(date(2022, 7, 1), date(2022, 9, 30)), "Jul 2022 to Sep 2022"),
        (Period(date(2022, 7, 2), date(2022, 9, 30)), "2 July 2022 to 30 September 2022"),
    ],
)
def test_periods_of_the_desk(period: Period, words: str) -> None:
    assert desk_period(period) == words
