"""build_statement and publish_statement, as somebody types them."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command

from measures.models.statements import Statement
from tests.factories.figures import make_seed_figures

pytestmark = pytest.mark.django_db


def run(capsys, *arguments: str) -> tuple[int, str, str]:
    """The exit code and what was printed on each stream."""
    code = 0
    try:
        call_command(*arguments)
    except SystemExit as exit_:
        code = int(exit_.code or 0)
    printed = capsys.readouterr()
    return code, printed.out, printed.err


def test_building_prints_sentences_and_the_address(capsys) -> None:
    make_seed_figures()
    code, printed, _ = run(capsys, "build_statement", "--period", "2022-11")

    assert code == 0
    assert "- There were 18,212 offences of violence with injury" in printed
    assert printed.endswith("/statements/2022-11/\n")


def test_as_of_before_the_release_knows_nothing(capsys) -> None:
    make_seed_figures()

    _, printed, _ = run(capsys, "build_statement", "--period", "2022-11", "--as-of", "2022-12-31")

    assert "18,212" not in printed


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--period", "November"), "'November' is not a month"),
        (("--period", "2022-11", "--as-of", "soon"), "'soon' is no date"),
    ],
)
def test_bad_input_is_one_line_and_nothing_written(capsys, arguments, says: str) -> None:
    code, printed, problems = run(capsys, "build_statement", *arguments)

    assert (code, printed) == (2, "")
    assert problems.startswith(says)
    assert problems.count("\n") == 1
    assert not Statement.objects.exists()


def test_publishing_prints_the_address(capsys) -> None:
    get_user_model().objects.create_superuser("pat")
    run(capsys, "build_statement", "--period", "2022-11")

    code, printed, _ = run(capsys, "publish_statement", "2022-11", "--approved-by", "pat")

    assert code == 0
    assert "edition 1, published" in printed
    assert Statement.objects.get().state == "published"


@pytest.mark.parametrize(
    ("period", "user", "says"),
    [
        ("2022-11", "eve", "'eve' is no active member of staff"),
        ("2022-12", "eve", "there is no draft for 2022-12"),
        ("22-12", "eve", "'22-12' is not a month"),
    ],
)
def test_what_can_not_be_published_is_told(capsys, period: str, user: str, says: str) -> None:
    run(capsys, "build_statement", "--period", "2022-11")

    code, _, problems = run(capsys, "publish_statement", period, "--approved-by", user)

    assert code == 2
    assert problems.startswith(says)
