"""xlsform_report: a table of the forms in a folder, and clear words where there are none."""

from pathlib import Path

import pytest
from django.core.management import call_command

from tests.factories.sheets import form, packed

DOCS = Path(__file__).resolve().parents[3] / "docs" / "xlsform.md"
WHOLE = "type | name | label\ntext | a | A"
PART = "type | name | label\ntext | a | A\ngeopoint | b | B\nphoto | c | C\nphoto | d | D"


def test_the_table_tells_of_each_form_what_loads_and_why_the_rest_does_not(tmp_path, capsys):
    (tmp_path / "whole.xlsx").write_bytes(packed(form(WHOLE)))
    (tmp_path / "part.xlsx").write_bytes(packed(form(PART)))
    (tmp_path / "junk.xls").write_bytes(b"junk")
    (tmp_path / "notes.txt").write_text("not a form")

    call_command("xlsform_report", str(tmp_path))

    told = capsys.readouterr().out.splitlines()
    assert told[2:5] == [
        "| junk.xls | refused | – | is no Excel workbook |",
        "| part.xlsx | leniently | 1 of 4 | is a picture, and Heard takes no files (2);"
        " is a place on a map, and Heard keeps no finer place than an area |",
        "| whole.xlsx | whole | 1 of 1 |  |",
    ]
    assert "- 1 of 3 (33%) load whole." in told
    assert "- 2 of 5 rows (40%) are carried." in told


@pytest.mark.shared_data
def test_table_of_the_docs_is_what_the_command_writes(shared_data, capsys):
    call_command("xlsform_report", str(shared_data / "xlsform"))

    assert DOCS.read_text(encoding="utf-8").endswith(capsys.readouterr().out)


@pytest.mark.parametrize("folder", ["", "nowhere"])
def test_folder_without_forms_is_refused(tmp_path, capsys, folder):
    with pytest.raises(SystemExit) as ended:
        call_command("xlsform_report", str(tmp_path / folder))

    assert ended.value.code == 2
    assert "expected a folder with .xls and .xlsx files" in capsys.readouterr().err
