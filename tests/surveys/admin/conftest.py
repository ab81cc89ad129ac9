"""Staff at their desks, one for each role; and drafts to work on."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.test import Client

from surveys.definitions.loader import load_definition
from surveys.versions.publish import store_version
from tests.factories.surveys import SMALL, changed

PASSWORD = "a long enough password"  # of accounts that live for one test


def sign_in(name, *roles):
    """A browser in which this person is signed in."""
    user = get_user_model().objects.create_user(name, password=PASSWORD, is_staff=True)
    user.groups.set(Group.objects.filter(name__in=roles))
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db):
    return sign_in("ed", "editor")


@pytest.fixture
def publisher(db):
    return sign_in("pat", "publisher")


@pytest.fixture
def viewer(db):
    return sign_in("vi", "viewer")


def draft(changes=None, *, actor="ed"):
    """A draft from the desk: the small definition, with texts replaced."""
    definition = load_definition(changed(SMALL, changes or {}), draft=True)
    return store_version(definition, actor=actor, source="desk")
