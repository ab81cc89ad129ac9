"""The table of what loads, and the command that makes it."""

import pytest
from django.core.management import call_command

from tests.factories.sheets import form, packed

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


def test_what_is_no_folder_ends_the_command_with_2(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("xlsform_report", str(tmp_path / "nowhere"))

    assert ended.value.code == 2
    assert "expected a folder with .xls and .xlsx files" in capsys.readouterr().err
