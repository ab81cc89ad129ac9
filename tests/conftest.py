"""Fixtures that every folder of tests may use."""

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
import redis
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.db import connection

from surveys.questions import words
from tests.workers import Workers, sending_to

# A slow machine is no fault of what is tested: nothing here asserts a time.
hypothesis.settings.register_profile(
    "heard",
    parent=hypothesis.settings(),
    deadline=None,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("heard")

ARABIC = Path(__file__).resolve().parent / "locale" / "ar" / "LC_MESSAGES" / "django.po"
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
def arabic(settings, monkeypatch, tmp_path) -> Iterator[None]:
    """The pages around a survey in Arabic too, as an office would add a language."""
    target = tmp_path / "locale" / "ar" / "LC_MESSAGES"
    target.mkdir(parents=True)
    with ARABIC.open("rb") as source, (target / "django.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="ar"))
    settings.LOCALE_PATHS = [*settings.LOCALE_PATHS, tmp_path / "locale"]
    monkeypatch.setattr(words, "PLACES", [*words.PLACES, tmp_path / "locale"])
    words.forget_catalogues()
    yield
    monkeypatch.undo()
    words.forget_catalogues()


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


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """The test database, which can go at the end though a browser's last request holds it still."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
