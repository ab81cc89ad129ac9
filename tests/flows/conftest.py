"""A person in front of a small survey."""

import pytest

from tests.factories.surveys import publish
from tests.flows.person import Person


@pytest.fixture
def version():
    return publish()


@pytest.fixture
def person(version):
    return Person(version)
