"""export_survey: a version on every surface, and clear words where there is none."""

import csv
import json

import pytest
from django.core.management import CommandError, call_command
from lxml import etree
from openpyxl import load_workbook

from surveys.definitions.fingerprint import canonical
from surveys.definitions.loader import load_definition
from surveys.versions.export import FORMATS
from surveys.versions.publish import store_version
from tests.factories.surveys import SMALL, changed, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return publish()


def export(tmp_path, form, *options):
    file = tmp_path / "made"
    call_command("export_survey", "small", "--format", form, "-o", str(file), *options)
    return file


def refused(capsys, *words):
    """What is said on standard error by a command that ends with 2."""
    with pytest.raises(SystemExit) as ended:
        call_command("export_survey", *words)
    assert ended.value.code == 2
    return capsys.readouterr().err


def test_every_form_is_written(version, tmp_path, capsys):
    for form in FORMATS:
        assert export(tmp_path, form).stat().st_size > 500
    assert "small 1 as yaml" in capsys.readouterr().out


def test_yaml_loads_to_the_same(version, tmp_path):
    text = export(tmp_path, "yaml").read_text(encoding="utf-8")
    assert canonical(load_definition(text)) == version.document


def test_schema_codebooks_and_paper_are_what_they_say(version, tmp_path):
    schema = json.loads(export(tmp_path, "jsonschema").read_bytes())
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    table = export(tmp_path, "codebook-csv").read_text(encoding="utf-8-sig")
    assert next(csv.DictReader(table.splitlines()))["name"] == "area"
    assert export(tmp_path, "codebook-html").read_bytes().startswith(b"<!doctype html>")
    assert etree.parse(export(tmp_path, "ddi")).getroot().tag == "{ddi:codebook:2_5}codeBook"
    assert export(tmp_path, "pdf").read_bytes().startswith(b"%PDF-1.7")


def test_version_is_the_one_asked_for_else_the_current_one(version, tmp_path):
    draft = load_definition(changed(SMALL, {"version: 1": "version: 2", "Your views": "Drafted"}))
    store_version(draft, actor="test")
    assert "title: {en: Your views}" in export(tmp_path, "yaml").read_text()
    assert "title: {en: Drafted}" in export(tmp_path, "yaml", "--version", "2").read_text()


def test_survey_that_was_never_published_gives_its_draft(tmp_path):
    store_version(load_definition(SMALL), actor="test")
    assert export(tmp_path, "yaml").exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing", "--format", "yaml", "-o", "x"], "no survey is called 'nothing': small"),
        (
            ["small", "--version", "7", "--format", "yaml", "-o", "x"],
            "small has no version 7: it has 1",
        ),
        (
            ["small", "--language", "fr", "--format", "pdf", "-o", "x"],
            "small has no language 'fr': en",
        ),
        (
            ["small", "--format", "yaml", "-o", "/no/such/folder/x"],
            "/no/such/folder/x: No such file",
        ),
    ],
)
def test_what_is_not_there_is_told_and_nothing_written(
    version, tmp_path, monkeypatch, capsys, words, told
):
    monkeypatch.chdir(tmp_path)
    assert told in refused(capsys, *words)
    assert list(tmp_path.iterdir()) == []


def test_unknown_form_lists_what_there_is(version):
    with pytest.raises(CommandError, match="invalid choice: 'docx'"):
        call_command("export_survey", "small", "--format", "docx", "-o", "x")


def test_file_that_stood_there_stays_whole_where_the_new_one_fails(version, tmp_path, monkeypatch):
    file = export(tmp_path, "yaml")
    before = file.read_bytes()

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(SystemExit):
        export(tmp_path, "ddi")
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_paper_has_the_address_that_is_given(version, tmp_path):
    plain = export(tmp_path, "pdf", "--site", "").stat().st_size
    with_code = export(tmp_path, "pdf", "--site", "https://heard.example").stat().st_size
    assert with_code > plain


def test_xlsform_is_a_workbook(version, tmp_path):
    file = export(tmp_path, "xlsform").rename(tmp_path / "made.xlsx")
    assert {"survey", "choices", "settings"} <= set(load_workbook(file).sheetnames)
