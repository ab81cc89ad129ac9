"""Views of results under a name: kept, found again by a link, let go by who kept them."""

from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from measures.admin.saved_views import CannotSaveError, save_view
from measures.models.views import SavedView

pytestmark = pytest.mark.django_db

VIEWS = "/admin/results/views/"
PAGE = "/admin/results/?survey=small&by=area"


def desk_of(name: str, *groups: str) -> Client:
    user = get_user_model().objects.create_user(name, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=groups))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def ann() -> Client:
    return desk_of("ann", "analyst")


def test_saved_view_is_listed_and_leads_back(ann: Client) -> None:
    saved = ann.post(VIEWS, {"name": " By  area ", "address": PAGE})
    assert (saved.status_code, saved["Location"]) == (303, PAGE)
    view = SavedView.objects.get()
    assert (view.name, view.saved_by) == ("By area", "ann")
    assert f"{VIEWS}{view.code}/" in ann.get(VIEWS).content.decode()
    opened = ann.get(f"{VIEWS}{view.code}/")
    assert (opened.status_code, opened["Location"]) == (303, PAGE)


def test_colleague_opens_a_view_and_cannot_delete_it(ann: Client) -> None:
    view = save_view("By area", PAGE, by="ann")
    bob = desk_of("bob", "analyst")
    assert "Other people’s" in unescape(bob.get(VIEWS).content.decode())
    assert bob.get(f"{VIEWS}{view.code}/")["Location"] == PAGE
    assert bob.post(f"{VIEWS}{view.code}/delete/").status_code == 404
    assert SavedView.objects.exists()


def test_own_view_is_deleted(ann: Client) -> None:
    view = save_view("By area", PAGE, by="ann")
    assert ann.post(f"{VIEWS}{view.code}/delete/").status_code == 303
    assert not SavedView.objects.exists()


def test_view_is_not_deleted_by_following_a_link(ann: Client) -> None:
    view = save_view("By area", PAGE, by="ann")
    assert ann.get(f"{VIEWS}{view.code}/delete/").status_code == 405


def test_second_view_of_one_name_is_refused_and_can_be_named_anew(ann: Client) -> None:
    save_view("By area", PAGE, by="ann")
    response = ann.post(VIEWS, {"name": "By area", "address": PAGE})
    html = unescape(response.content.decode())
    assert response.status_code == 400
    assert "You have a view called “By area” already" in html
    assert f'name="address" value="{PAGE}"' in html
    # Another person may use the name.
    assert save_view("By area", PAGE, by="bob").pk


@pytest.mark.parametrize(
    ("name", "address", "words"),
    [
        ("", PAGE, "Give the view a name"),
        ("x" * 121, PAGE, "at most 120 letters"),
        ("Away", "https://example.org/", "Only pages of results can be saved"),
        ("Away", "//example.org/admin/results/?", "Only pages of results can be saved"),
        ("Log out", "/admin/logout/?next=/admin/results/", "Only pages of results can be saved"),
        ("Long", PAGE + "x" * 500, "Only pages of results can be saved"),
    ],
)
def test_view_that_cannot_be_kept_is_refused_in_words(name, address, words) -> None:
    with pytest.raises(CannotSaveError, match=words):
        save_view(name, address, by="ann")
    assert not SavedView.objects.exists()


def test_views_are_for_analysts(ann: Client) -> None:
    view = save_view("By area", PAGE, by="ann")
    viewer = desk_of("vi", "viewer")
    assert viewer.get(VIEWS).status_code == 403
    assert viewer.post(VIEWS, {"name": "Mine", "address": PAGE}).status_code == 403
    assert viewer.get(f"{VIEWS}{view.code}/").status_code == 403
    assert viewer.post(f"{VIEWS}{view.code}/delete/").status_code == 403


def test_empty_list_says_how_to_fill_it(ann: Client) -> None:
    assert "You saved none yet." in ann.get(VIEWS).content.decode()
