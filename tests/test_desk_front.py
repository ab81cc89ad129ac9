"""The desk's front page: what waits for each role, and only ways that they may go."""

import re

import pytest
from django.contrib.admin.sites import site
from django.contrib.auth import get_user_model
from django.urls import reverse

from config.front import SECTIONS
from config.roles import ROLES
from config.waits import waiting_for
from surveys.models.exports import Export
from tests.factories.surveys import publish, set_aside
from tests.surveys.admin.conftest import draft, sign_in

pytestmark = pytest.mark.django_db


def front(client):
    answer = client.get(reverse("admin:index"))
    assert answer.status_code == 200
    return answer.content.decode()


def waits(name):
    return [wait.words for wait in waiting_for(get_user_model().objects.get(username=name))]


@pytest.mark.parametrize("role", ROLES)
def test_every_way_that_a_role_is_shown_opens(role):
    publish()
    client = sign_in("sam", role)
    sections = front(client).split('<div class="front-sections">')[1].split("<details")[0]
    addresses = re.findall(r'<a href="([^"]+)"', sections)
    assert addresses
    for address in addresses:
        assert client.get(address).status_code == 200, address


@pytest.mark.parametrize("role", ROLES)
def test_every_model_of_the_desk_can_still_be_reached(role, rf):
    client = sign_in("sam", role)
    page = front(client)
    request = rf.get("/admin/")
    request.user = get_user_model().objects.get(username="sam")
    for app in site.get_app_list(request):
        for model in app["models"]:
            assert f'href="{model["admin_url"]}"' in page


def test_a_viewer_sees_no_way_to_counts_words_or_records():
    page = front(sign_in("vi", "viewer"))
    shown = page.split("<main", 1)[1]
    for word in ('results/"', "results/responses", "ownwords", "export", "today", "concern"):
        assert word not in shown, word
    assert "Nothing waits for you." in page


def test_an_analyst_is_told_what_was_set_aside():
    version = publish()
    set_aside(version, area="north")
    set_aside(version, area="south")
    sign_in("ana", "analyst")
    assert waits("ana") == ["2 responses to Small looked like a machine’s: decide on them"]


def test_drafts_wait_for_those_who_can_take_the_next_step():
    sign_in("ed", "editor")
    sign_in("pat", "publisher")
    sign_in("both", "editor", "publisher")
    version = draft(actor="both")
    assert waits("ed") == ["Small, version 1 is a draft: put it right and mark it as checked"]
    assert waits("pat") == []
    version.checked_at, version.checked_by = version.created_at, "ed"
    version.save(update_fields=["checked_at", "checked_by"])
    assert waits("ed") == []
    assert waits("pat") == ["Small, version 1 is checked: read it and approve it"]
    # Who edited it can't approve it.
    assert waits("both") == []
    version.approved_at, version.approved_by = version.created_at, "pat"
    version.save(update_fields=["approved_at", "approved_by"])
    assert waits("both") == ["Small, version 1 is approved: publish it"]


def test_a_file_of_records_waits_for_another_than_who_asked():
    version = publish()
    sign_in("ana", "analyst")
    sign_in("dot", "data-protection officer")
    sign_in("two", "analyst", "data-protection officer")
    asked = Export.objects.create(version=version, format="csv", reason="x", asked_by="two")
    assert waits("dot") == ["1 file of records was asked for: approve or refuse it"]
    assert waits("two") == []
    Export.objects.filter(pk=asked.pk).update(
        state="ready", decided_by="dot", decided_at=version.created_at
    )
    assert (waits("dot"), waits("two")) == ([], ["Your file of records is ready: fetch it"])


def test_sections_are_named_once_and_their_ways_too():
    addresses = [way.address for section in SECTIONS for way in section.ways]
    assert len(addresses) == len(set(addresses))
