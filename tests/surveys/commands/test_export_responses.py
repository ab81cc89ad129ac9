"""export_responses: a file of records for who runs commands, whole or not at all, on record."""

import stat

import pytest
from django.core.management import CommandError, call_command

from surveys.models.audit import AuditEntry
from surveys.responses.record_files import FORMS
from tests.factories.records import people, rows_of_csv
from tests.factories.surveys import publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return publish()


def export(file, form, *options):
    call_command("export_responses", "small", "--format", form, "-o", str(file), *options)
    return file


def test_every_form_is_written_and_goes_on_record(version, tmp_path, capsys):
    people(version)
    for form in FORMS:
        file = export(tmp_path / f"made.{form}", form)
        assert file.stat().st_size > 100
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert len(list(tmp_path.iterdir())) == len(FORMS)
    printed = capsys.readouterr().out
    assert "2 records of small 1 as CSV" in printed
    assert "export_survey small --version 1 --format codebook-html" in printed
    entries = AuditEntry.objects.filter(action="export records")
    assert [entry.detail["format"] for entry in entries.order_by("id")] == list(FORMS)
    assert "manage.py export_responses" in entries[0].actor


def test_own_words_only_when_asked_for(version, tmp_path):
    people(version)
    without = rows_of_csv(export(tmp_path / "a.csv", "csv").read_bytes())
    assert "words" not in without[0]
    assert "words" in rows_of_csv(export(tmp_path / "b.csv", "csv", "--own-words").read_bytes())[0]
    told = AuditEntry.objects.filter(action="export records").order_by("id")
    assert [entry.detail["own words"] for entry in told] == [False, True]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing", "--format", "csv", "-o", "x"], "no survey is called 'nothing': small"),
        (["small", "--version", "7", "--format", "csv", "-o", "x"], "small has no version 7"),
        (["small", "--format", "csv", "-o", "/no/such/x"], "/no/such/x: No such file"),
    ],
)
def test_what_is_not_there_is_told_and_nothing_written(
    version, tmp_path, monkeypatch, capsys, words, told
):
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as ended:
        call_command("export_responses", *words)
    assert ended.value.code == 2
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []
    assert not AuditEntry.objects.filter(action="export records").exists()


def test_unknown_form_lists_what_there_is(version):
    with pytest.raises(CommandError, match="invalid choice: 'ods'"):
        call_command("export_responses", "small", "--format", "ods", "-o", "x")


def test_file_that_stood_there_stays_whole_where_the_new_one_fails(version, tmp_path, monkeypatch):
    file = export(tmp_path / "made.csv", "csv")
    before = file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(SystemExit):
        export(tmp_path / "made.csv", "csv")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]
    assert AuditEntry.objects.filter(action="export records").count() == 1
