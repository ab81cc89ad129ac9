"""A stranger reads released tables and never a count: no public answer asks the tallies."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.utils import timezone

from measures.models.statements import Statement
from measures.publications.results import release_results
from measures.publications.sign_off import build_statement
from surveys.models.responses import Response
from surveys.responses.synthetic import load_synthetic
from surveys.tally.periods import months_later
from tests.factories.surveys import SMALL, publish

pytestmark = pytest.mark.django_db

ROOT = Path(settings.BASE_DIR)
COUNTS = re.compile(r"surveys_(tally|uncounted|response|ownwords)\b")
QUARTER = "2022-Q3"
# With the question that a measure is about, and few others, so that its release takes no time.
ABUSE = SMALL.replace("survey: small", "survey: domestic-abuse").replace(
    "overall", "whole-experience"
)
# Whoever counts: the tallies themselves, the desk's results and the release.
MAY_COUNT = ("surveys/tally/", "surveys/responses/", "surveys/migrations/", "surveys/models/")


@contextmanager
def nobody_counts() -> Iterator[None]:
    """Refuses every query that names a table of answers or of their counts."""

    def refuse(execute, sql, *arguments):
        assert not COUNTS.search(sql), f"asks what is not released: {sql[:200]}"
        return execute(sql, *arguments)

    with connection.execute_wrapper(refuse):
        yield


@pytest.fixture
def released() -> None:
    """A quarter and its year of a small survey, released as any other, and a statement of them."""
    version = publish(ABUSE)
    months = [months_later(date(2021, 10, 1), n) for n in range(12)]
    load_synthetic(version, months=months, a_month=30, seed=1)
    release_results("domestic-abuse", QUARTER, by="a test")
    build_statement(date(2022, 11, 1), actor="a test")
    Statement.objects.update(state="published", approved_by="another", published_at=timezone.now())


RESULTS = "/api/v1/surveys/domestic-abuse/results/"
PUBLIC = (
    "/",
    "/statements/",
    "/statements/2022-11/",
    "/statements/2022-11.json",
    "/statements/2022-11.csv",
    "/measures/",
    "/measures/domestic-abuse-satisfaction/",
    "/api/v1/surveys/",
    RESULTS,
    f"{RESULTS}?question=whole-experience&period={QUARTER}",
    f"{RESULTS}?question=whole-experience&by=area",
    f"{RESULTS}?format=csv",
    "/api/v1/measures/",
    "/api/v1/measures/domestic-abuse-satisfaction/series/",
    "/api/v1/statements/",
    "/api/v1/statements/2022-11/",
)


def test_public_pages_are_made_of_released_cells(client: Client, released) -> None:
    with nobody_counts():
        answered = {address: client.get(address).status_code for address in PUBLIC}
    assert answered == dict.fromkeys(PUBLIC, 200)
    # The figure is there: a page that tells nothing asks for nothing either.
    assert b"were satisfied with the whole experience" in client.get("/statements/2022-11/").content


def test_what_is_read_stays_when_every_answer_is_gone(client: Client, released) -> None:
    address = f"{RESULTS}?period={QUARTER}"
    before = client.get(address).content
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM surveys_response")
        cursor.execute("DELETE FROM surveys_tally")
    assert not Response.objects.exists()
    assert client.get(address).content == before


def test_guard_sees_a_count(client: Client) -> None:
    with nobody_counts(), pytest.raises(AssertionError, match="asks what is not released"):
        Response.objects.count()


def test_no_module_outside_the_tally_names_its_tables() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for folder in ("config", "surveys", "measures")
        for path in (ROOT / folder).rglob("*.py")
        if not str(path.relative_to(ROOT)).startswith(MAY_COUNT)
        and re.search(r"surveys_tally|import Tally\b|models\.Tally", path.read_text("utf-8"))
    ]
    assert offenders == []
