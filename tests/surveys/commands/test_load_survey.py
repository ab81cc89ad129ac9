"""load_survey: a file becomes a draft or a sealed version, or is refused with every reason."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.management import call_command

from surveys.models.versions import Survey, Version
from tests.factories.surveys import SMALL, changed

pytestmark = pytest.mark.django_db

FORM = {
    "survey": [
        ["type", "name", "label", "required"],
        ["select_one yn", "safe", "Do you feel safe?", "yes"],
        ["text", "why", "Why?", ""],
    ],
    "choices": [["list_name", "name", "label"], ["yn", "yes", "Yes"], ["yn", "no", "No"]],
    "settings": [["form_title"], ["Safety"]],
}


def load(path, *options):
    out, err = io.StringIO(), io.StringIO()
    try:
        call_command("load_survey", path, *options, stdout=out, stderr=err)
    except SystemExit as end:
        return end.code, out.getvalue(), err.getvalue()
    return 0, out.getvalue(), err.getvalue()


@pytest.fixture
def small(tmp_path):
    def write(**changes):
        path = tmp_path / "1.yaml"
        path.write_text(changed(SMALL, changes), encoding="utf-8")
        return path

    return write


def write_form(path, sheets):
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for i, row in enumerate(rows):
                sheet.write_row(i, 0, row)
    return path


@pytest.fixture
def form(tmp_path):
    return write_form(tmp_path / "safety.xlsx", FORM)


def test_draft_then_published(small):
    code, out, _ = load(small())
    version = Version.objects.get()
    assert (code, out) == (0, f"small version 1 draft {version.sha256}\n")
    code, out, _ = load(small(), "--publish")
    assert out.startswith("small version 1 published ")


def test_another_name(small):
    assert load(small(), "--slug", "smaller")[0] == 0
    assert Survey.objects.get().slug == "smaller"


def test_every_problem_is_told_with_its_place_and_nothing_is_stored(small):
    path = small(
        **{"minutes: 2": "minutes: 2\nmintues: 3", "languages: [en]": "languages: [en, cy]"}
    )
    code, out, err = load(path)
    assert (code, out) == (2, "")
    assert f"{path}: line 9: mintues: unknown key" in err
    # What is wrong with the whole is told along with what is wrong with its shape.
    assert len(err.splitlines()) > 20
    assert f"{path}: line 4: title: no Welsh text\n" in err
    assert not Survey.objects.exists()


def test_changed_file_under_a_published_number_is_refused(small):
    load(small(), "--publish")
    path = small(**{"Your views": "Your thoughts"})
    code, _, err = load(path)
    assert code == 2
    assert err == (
        f"{path}: version 1 of small is published and differs: "
        "expected `version: 2` for a changed definition\n"
    )


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("form.doc", b"x", "the file: expected a file that ends in .yaml"),
        ("form.yaml", b"\xff\xfe", "byte 1 is not UTF-8"),
        ("form.yaml", b"", "expected a mapping that begins with `survey:`"),
        ("form.xlsx", b"not a workbook", "form.xlsx"),
        ("form.xls", b"", "form.xls"),
        ("form.lss", b"<not-closed", "form.lss"),
    ],
)
def test_what_is_no_survey_is_refused_in_words(tmp_path, name, content, told):
    path = tmp_path / name
    path.write_bytes(content)
    code, out, err = load(path)
    assert (code, out) == (2, "")
    assert told in err
    assert "Traceback" not in err


def test_absent_file_is_told(tmp_path):
    code, _, err = load(tmp_path / "none.yaml")
    assert (code, err) == (2, f"{tmp_path}/none.yaml: No such file or directory\n")


def test_form_of_another_tool_may_become_a_draft_with_work_left(form):
    code, out, err = load(form)
    assert code == 0, err
    assert out.startswith("safety version 1 draft ")
    assert "before publication: " in err
    assert "safe must be answered" in err


def test_form_with_work_left_can_not_be_published(form):
    code, out, err = load(form, "--publish")
    assert (code, out) == (2, "")
    assert "safe must be answered" in err
    assert not Survey.objects.exists()


def test_same_form_again_makes_no_second_version(form):
    load(form)
    load(form)
    assert Version.objects.count() == 1


def test_what_can_not_be_carried_is_refused_by_sheet_row_and_column(tmp_path):
    rows = [*FORM["survey"], ["geoshape", "where", "Draw it", ""], ["begin repeat", "r", "", ""]]
    path = write_form(
        tmp_path / "safety.xlsx", FORM | {"survey": [*rows, ["end repeat"] + [""] * 3]}
    )
    code, out, err = load(path)
    assert (code, out) == (2, "")
    lines = err.splitlines()
    assert any("survey" in line and "row 4" in line and "type" in line for line in lines), lines
    assert any("survey" in line and "row 5" in line and "type" in line for line in lines), lines
    assert not Survey.objects.exists()


def test_lenient_lists_what_was_dropped(tmp_path):
    rows = [*FORM["survey"], ["geoshape", "where", "Draw it", ""]]
    path = write_form(tmp_path / "safety.xlsx", FORM | {"survey": rows})
    code, out, err = load(path, "--lenient")
    assert code == 0, err
    assert "dropped: " in out
    assert "row 4" in out


def test_what_became_otherwise_on_the_way_is_told(tmp_path):
    rows = [*FORM["survey"], ["integer", "visits", "How many visits?", ""]]
    path = write_form(tmp_path / "safety.xlsx", FORM | {"survey": rows})
    code, out, err = load(path)
    assert code == 0, err
    assert "note: safety.xlsx: survey, row 4, column type: leaves a bound open" in out


def test_workbook_that_unfolds_without_end_is_refused(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 200_000_000)
    code, out, err = load(path)
    assert (code, out) == (2, "")
    assert "bomb.xlsx" in err


def test_form_that_went_out_comes_back_as_the_same_version(small, tmp_path):
    load(small(**{"version: 1": "version: 3"}), "--publish")
    away = tmp_path / "any-name.xlsx"
    call_command("export_survey", "small", "--format", "xlsform", "-o", str(away))
    code, out, err = load(away)
    assert (code, out) == (0, f"small version 3 published {Version.objects.get().sha256}\n"), err
