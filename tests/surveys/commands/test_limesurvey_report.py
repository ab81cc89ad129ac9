"""limesurvey_report: a table of the files in a folder, and clear words where there are none."""

import pytest
from django.core.management import call_command

from tests.surveys.definitions.lime_files import Lime, lss


def test_each_file_of_the_folder_has_a_line(tmp_path, capsys):
    (tmp_path / "a.lss").write_bytes(lss(Lime("q", "S"), Lime("up", "|"), Lime("up2", "|")))
    (tmp_path / "b.lss").write_bytes(lss(Lime("q", "S")))
    (tmp_path / "c.lss").write_bytes(b"no survey")
    call_command("limesurvey_report", str(tmp_path))
    assert capsys.readouterr().out.splitlines()[2:] == [
        "| a.lss | no | 1 | 1 | 2 | type 2 |",
        "| b.lss | yes | 1 | 1 | 0 | nothing |",
        "| c.lss | no | 0 | 0 | 1 | the file 1 |",
        "",
        "3 files: 1 loads whole, 1 more leniently.",
    ]


def test_folder_without_files_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("limesurvey_report", str(tmp_path))
    assert ended.value.code == 2
    assert "expected a folder with .lss or .lss.gz files" in capsys.readouterr().err
