"""xlsform_report: the table of docs/xlsform.md, and what becomes of every real form."""

import re
from pathlib import Path

import pytest
from django.core.management import call_command

from surveys.definitions.importing import ImportRefusedError
from surveys.definitions.loader import build_definition
from surveys.definitions.places import Marked
from surveys.definitions.xlsform import read_xlsform

DOCS = Path(__file__).resolve().parents[3] / "docs" / "xlsform.md"
PLACE = re.compile(r": .+, row \d+, column .+")


def forms(folder):
    found = sorted([*folder.glob("*.xlsx"), *folder.glob("*.xls")])
    assert len(found) == 23
    return found


@pytest.mark.shared_data
def test_table_of_the_docs_is_what_the_command_writes(shared_data, capsys):
    call_command("xlsform_report", str(shared_data / "xlsform"))
    assert DOCS.read_text(encoding="utf-8").endswith(capsys.readouterr().out)


@pytest.mark.shared_data
def test_every_form_loads_or_is_refused_by_sheet_row_and_column(shared_data):
    refused = {}
    for path in forms(shared_data / "xlsform"):
        try:
            imported = read_xlsform(path.read_bytes(), file_name=path.name, survey="x")
        except ImportRefusedError as error:
            refused[path.name] = error.troubles
        else:
            build_definition(Marked({"version": 1} | imported.data))
    assert len(refused) == 17
    for name, troubles in refused.items():
        assert troubles, name
        for trouble in troubles:
            assert PLACE.search(trouble.place), str(trouble)


@pytest.mark.shared_data
def test_every_form_becomes_a_draft_leniently(shared_data):
    for path in forms(shared_data / "xlsform"):
        data = path.read_bytes()
        imported = read_xlsform(data, file_name=path.name, survey="x", lenient=True)
        assert build_definition(Marked({"version": 1} | imported.data)).definition.questions


def test_folder_that_is_not_there_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as ended:
        call_command("xlsform_report", str(tmp_path / "none"))
    assert ended.value.code == 2
    assert "expected a folder with .xls and .xlsx files" in capsys.readouterr().err
