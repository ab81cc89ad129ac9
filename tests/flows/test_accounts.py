"""A system administrator keeps accounts, and can't rise by it."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from surveys.models.audit import AuditEntry

pytestmark = pytest.mark.django_db
User = get_user_model()


@pytest.fixture
def administrator(client):
    user = User.objects.create_user("sys", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name="system administrator"))
    client.force_login(user)
    return user


def sent(user, **changes):
    return {"username": user.username, "is_active": "on", "is_staff": "on", **changes}


def test_administrator_can_not_make_a_superuser(administrator, client):
    other = User.objects.create_user("ana", password="x", is_staff=True)
    group = Group.objects.get(name="analyst")
    address = f"/admin/auth/user/{other.pk}/change/"
    response = client.post(address, sent(other, is_superuser="on", groups=[group.pk]))
    assert response.status_code == 302
    other.refresh_from_db()
    assert not other.is_superuser
    assert list(other.groups.all()) == [group]
    entry = AuditEntry.objects.get(action="change account")
    assert (entry.actor, entry.subject, entry.detail["groups"]) == ("sys", "ana", ["analyst"])


def test_password_set_for_somebody_is_on_record(administrator, client):
    """Who could sign in as another could approve what they edited themselves."""
    other = User.objects.create_user("ana", password="x", is_staff=True)
    words = "three long words"  # of an account that lives for one test
    response = client.post(
        f"/admin/auth/user/{other.pk}/password/",
        {"password1": words, "password2": words, "usable_password": "true"},
    )
    assert response.status_code == 302
    other.refresh_from_db()
    assert other.check_password(words)
    entry = AuditEntry.objects.get(action="change account")
    assert (entry.actor, entry.subject, entry.detail["fields"]) == ("sys", "ana", ["password"])
    assert words not in str(entry.detail)


def test_administrator_can_not_change_own_groups(administrator, client):
    group = Group.objects.get(name="publisher")
    address = f"/admin/auth/user/{administrator.pk}/change/"
    client.post(address, sent(administrator, groups=[group.pk], is_superuser="on"))
    administrator.refresh_from_db()
    assert not administrator.is_superuser
    assert [g.name for g in administrator.groups.all()] == ["system administrator"]


def test_administrator_can_not_touch_a_superuser(administrator, client):
    boss = User.objects.create_superuser("boss", password="x")
    response = client.post(f"/admin/auth/user/{boss.pk}/change/", sent(boss, username="me"))
    assert response.status_code == 403
    response = client.post(
        f"/admin/auth/user/{boss.pk}/password/",
        {"password1": "new-pass-1", "password2": "new-pass-1"},
    )
    assert response.status_code == 403


@pytest.mark.parametrize("role", ["viewer", "analyst", "editor", "publisher"])
def test_other_roles_do_not_see_accounts(client, role):
    user = User.objects.create_user("someone", password="x", is_staff=True)
    user.groups.add(Group.objects.get(name=role))
    client.force_login(user)
    assert client.get("/admin/auth/user/").status_code == 403


def test_nobody_is_renamed(administrator, client):
    """Who edited a survey stands in the records by name, and must not approve it under another."""
    other = User.objects.create_user("ana", password="x", is_staff=True)
    for user in (administrator, other):
        name = user.username
        client.post(f"/admin/auth/user/{user.pk}/change/", {**sent(user), "username": "new"})
        user.refresh_from_db()
        assert user.username == name
