"""import_dispositions: thin, all or nothing, exit 2 with a line a problem."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from measures.models.weighting import Disposition
from tests.factories.answers import publish_survey

pytestmark = pytest.mark.django_db
GOOD = "quarter,mode,code,n\n2022-Q4,phone,1.1,412\n2022-Q4,web,2.11,88\n"


def run(*arguments: object) -> tuple[int, str, str]:
    out, err = StringIO(), StringIO()
    code = 0
    try:
        call_command("import_dispositions", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue(), err.getvalue()


def test_good_file_is_stored_and_told(tmp_path: Path) -> None:
    publish_survey("domestic-abuse")
    file = tmp_path / "cases.csv"
    file.write_text(GOOD, encoding="utf-8")

    assert run("domestic-abuse", file) == (
        0,
        "domestic-abuse: 500 cases of 2022-Q4 phone, 2022-Q4 web\n",
        "",
    )
    assert run("domestic-abuse", file)[1].endswith("; 2 rows replaced\n")
    assert Disposition.objects.count() == 2


def test_file_with_a_mistake_changes_nothing(tmp_path: Path) -> None:
    publish_survey("domestic-abuse")
    file = tmp_path / "cases.csv"
    file.write_text(GOOD + "2022-Q4,web,9.9,1\n", encoding="utf-8")

    code, out, err = run("domestic-abuse", file)

    assert (code, out) == (2, "")
    assert err.startswith("cases.csv: line 4: '9.9' is no final disposition; expected")
    assert not Disposition.objects.exists()


@pytest.mark.parametrize(
    ("slug", "name", "expected"),
    [
        ("nothing", "cases.csv", "nothing: there is no such survey: expected domestic-abuse"),
        ("domestic-abuse", "elsewhere.csv", "can't be read (No such file or directory)"),
    ],
)
def test_what_is_not_there_is_told(tmp_path: Path, slug: str, name: str, expected: str) -> None:
    publish_survey("domestic-abuse")
    (tmp_path / "cases.csv").write_text(GOOD, encoding="utf-8")

    code, _out, err = run(slug, tmp_path / name)

    assert code == 2
    assert expected in err
