"""Releases on the desk: asked for by one, decided by another, and read as everybody reads them."""

import re
from datetime import date

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.test import Client

from measures.models.results import ReleaseRequest
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from surveys.tally.periods import four_quarters_to, quarter_span
from tests.factories.released import add_cells, add_table, release_satisfaction
from tests.factories.results import published_share
from tests.factories.surveys import publish, respond

pytestmark = pytest.mark.django_db

PAGE = "/admin/results/releases/"
IN_SPRING = time_machine.travel("2023-04-03T09:00:00+00:00", tick=False)
ASK = {"act": "ask", "results": "small/2023-Q1"}


def as_(name: str, group: str) -> Client:
    """Somebody of the staff, signed in."""
    user, _ = get_user_model().objects.get_or_create(username=name, defaults={"is_staff": True})
    user.groups.set(Group.objects.filter(name=group))
    client = Client()
    client.force_login(user)
    return client


def words_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


@pytest.fixture
def answered():
    """A survey with an answer in the first quarter of 2023; it is April now."""
    with IN_SPRING:
        version = publish()
        respond(version, on="2023-02-15", overall="1")
        count_new()
        yield version


@pytest.fixture
def release():
    release = release_satisfaction(
        "domestic-abuse", date(2022, 9, 1), satisfied=893, answered=1_243
    )
    groups = [{"code": "a", "label": "Ashford"}, {"code": "b", "label": "Canterbury"}]
    year = four_quarters_to(quarter_span(date(2022, 9, 1)))
    split = add_table(release, year, by="district", groups=groups)
    for code, (satisfied, n) in {"b": (893, 1_243), "a": (3, 60)}.items():
        told = published_share(satisfied, n, is_sample=True)
        add_cells(split, told, answered=n, group=code)
    return release


def test_one_asks_and_another_approves(answered) -> None:
    analyst, publisher = as_("ana", "analyst"), as_("pat", "publisher")
    assert "Small, January to March 2023" in words_of(analyst.get(PAGE))

    assert analyst.post(PAGE, ASK).status_code == 303
    assert "Release it" not in words_of(analyst.get(PAGE))
    request = ReleaseRequest.objects.get()
    assert "Release it" in words_of(publisher.get(PAGE))
    publisher.post(PAGE, {"act": "approve", "request": request.pk})

    request.refresh_from_db()
    assert (request.state, request.asked_by, request.decided_by) == ("approved", "ana", "pat")
    page = publisher.get(PAGE)
    assert "being made and attacked" in words_of(page)
    assert b'http-equiv="refresh"' in page.content
    acts = AuditEntry.objects.filter(subject="small, 2023-Q1").order_by("id")
    assert [(one.actor, one.action) for one in acts] == [
        ("ana", "ask for release"),
        ("pat", "approve release"),
    ]


def test_nobody_approves_what_they_asked_for(answered) -> None:
    publisher = as_("pat", "publisher")
    publisher.post(PAGE, ASK)
    request = ReleaseRequest.objects.get()

    assert "Release it" not in words_of(publisher.get(PAGE))
    response = publisher.post(PAGE, {"act": "approve", "request": request.pk})

    assert response.status_code == 400
    assert "pat asked for it: another person has to decide" in words_of(response)
    request.refresh_from_db()
    assert request.state == "waiting"
    with pytest.raises(IntegrityError, match="release_decided_by_another"), transaction.atomic():
        ReleaseRequest.objects.update(decided_by="pat", decided_at=request.asked_at)


def test_what_was_declined_can_be_asked_for_again(answered) -> None:
    analyst, publisher = as_("ana", "analyst"), as_("pat", "publisher")
    analyst.post(PAGE, ASK)
    publisher.post(PAGE, {"act": "decline", "request": ReleaseRequest.objects.get().pk})

    page = words_of(analyst.get(PAGE))
    assert "Not released" in page
    assert "Declined" in page
    assert analyst.post(PAGE, ASK).status_code == 303
    assert analyst.post(PAGE, ASK).status_code == 400


@pytest.mark.parametrize(
    ("results", "says"),
    [
        ("small/2023-Q2", "2023-Q2 is not over"),
        ("small/2023-02", "is no quarter"),
        ("large/2023-Q1", "there is no survey called"),
        ("large\0/2023-Q1", "there is no survey called"),
    ],
)
def test_what_can_not_be_asked_for_is_told(answered, results: str, says: str) -> None:
    response = as_("ana", "analyst").post(PAGE, {"act": "ask", "results": results})

    assert response.status_code == 400
    assert says in words_of(response)
    assert not ReleaseRequest.objects.exists()


def test_viewers_see_what_was_released_and_ask_for_nothing(answered, release) -> None:
    viewer = as_("vic", "viewer")

    page = words_of(viewer.get(PAGE))
    assert "Domestic abuse" in page
    assert "Ready to be released" not in page
    assert viewer.post(PAGE, ASK).status_code == 403
    assert as_("ana", "analyst").post(PAGE, {"act": "approve", "request": 1}).status_code == 403
    assert Client().get(PAGE).status_code == 302


def test_what_the_attack_found_is_told_to_nobody_who_may_not_see_numbers(answered) -> None:
    as_("ana", "analyst").post(PAGE, ASK)
    found = "overall in 2023-Q1: north is known to be 0 to 3"
    ReleaseRequest.objects.update(state="refused", message=found)

    assert found in words_of(as_("ana", "analyst").get(PAGE))
    for name, group in (("vic", "viewer"), ("pat", "publisher")):
        page = words_of(as_(name, group).get(PAGE))
        assert "Not released" in page
        assert "0 to 3" not in page


def test_a_table_is_shown_as_it_was_released(release) -> None:
    page = words_of(as_("vic", "viewer").get(f"{PAGE}{release.pk}/"))

    assert "72% 69% to 74% 895" in page
    assert "Answered 1,245" in page
    # Each point of the scale is withheld.
    assert "Point 1 – – [c]" in page


def test_a_split_has_a_column_a_group_and_bounds_in_words(release) -> None:
    address = f"{PAGE}{release.pk}/?question=whole-experience&by=district&period=year-to-2022-Q3"
    page = words_of(as_("vic", "viewer").get(address))

    assert "Ashford Canterbury" in page
    assert "Satisfied at most 16% [c] 72% 895" in page
    assert "/api/v1/surveys/domestic-abuse/results/?question=whole-experience" in (
        as_("vic", "viewer").get(address).content.decode()
    )


def test_without_a_release_the_page_says_what_follows() -> None:
    assert "No results have been released yet" in words_of(as_("vic", "viewer").get(PAGE))
