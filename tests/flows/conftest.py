"""A person in front of a small survey."""

import pytest

from surveys.responses import buckets
from tests.factories.surveys import publish
from tests.flows.person import Person


@pytest.fixture
def version():
    return publish()


@pytest.fixture
def person(version):
    return Person(version)


@pytest.fixture(autouse=True)
def salt_is_known(monkeypatch):
    """A process that has asked for the salt of the day before, which it does once a day.

    Which of many tests comes first must not decide how many queries one of them counts.
    """
    monkeypatch.setattr(buckets, "_salt", lambda day: f"salt of {day}".encode())
