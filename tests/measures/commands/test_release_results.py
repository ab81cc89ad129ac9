"""release_results, as somebody types it."""

import pytest
import time_machine

from measures.models.results import ResultsRelease
from surveys.tally.count import count_new
from tests.factories.surveys import publish, respond
from tests.measures.commands.test_statements import run

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def april():
    with time_machine.travel("2023-04-03T09:00:00+00:00", tick=False):
        yield


def test_releasing_prints_what_was_left_out_and_the_checksum(capsys) -> None:
    version = publish()
    for overall in ("1", "3"):
        respond(version, on="2023-02-15", overall=overall)
    count_new()

    code, printed, _ = run(capsys, "release_results", "small", "--period", "2023-Q1")

    release = ResultsRelease.objects.get()
    assert code == 0
    assert "- left out: all questions in year-to-2023-Q1: people were asked from" in printed
    assert printed.endswith(f"{release.sha256}\n")
    assert release.released_by == "manage.py release_results"


@pytest.mark.parametrize(
    ("survey", "period", "says"),
    [
        ("small", "2023-03", "'2023-03' is no quarter"),
        ("small", "2023-Q2", "2023-Q2 is not over"),
        ("large", "2023-Q1", "no survey called 'large' was ever published"),
    ],
)
def test_what_can_not_be_released_is_one_line_and_nothing_stored(
    capsys, survey: str, period: str, says: str
) -> None:
    publish()

    code, printed, problems = run(capsys, "release_results", survey, "--period", period)

    assert (code, printed) == (2, "")
    assert problems.startswith(says)
    assert problems.count("\n") == 1
    assert not ResultsRelease.objects.exists()
