"""Fixtures that every folder of tests may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
import redis
from django.conf import settings

from tests.workers import Workers, sending_to

SHARED_DATA = Path(__file__).resolve().parents[2] / "shared" / "data"


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real files written by others; the test is skipped where it is absent."""
    if not SHARED_DATA.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"{SHARED_DATA} is absent, and CI=true demands it")
        pytest.skip("../shared/data is absent: the real files are not part of the repository")
    return SHARED_DATA


@pytest.fixture
def broker() -> Iterator[str]:
    """A Valkey database of this test's own, empty."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    url = settings.CELERY_BROKER_URL.rsplit("/", 1)[0] + f"/{14 + worker % 2}"
    client = redis.Redis.from_url(url)
    client.flushdb()
    with sending_to(url):
        yield url
    client.flushdb()


@pytest.fixture
def workers(broker) -> Iterator[Workers]:
    found = Workers(broker)
    yield found
    found.end()
