"""Files of records: what stands in them, in every form, and what never does."""

import random
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from surveys.definitions.random_walk import random_answers
from surveys.models.encryption import CannotOpenError
from surveys.models.responses import OwnWords, Response
from surveys.responses import record_files
from surveys.responses.record_files import FORMS, CannotWriteError, Form, check_fits
from surveys.responses.records import ABOUT
from surveys.responses.sav_names import sav_names, within
from surveys.versions.read import definition_of
from tests.factories.kinds import EVERY_KIND
from tests.factories.records import (
    FORMULA,
    book_of_xlsx,
    file_of,
    people,
    rows_of_csv,
    table_of_parquet,
    table_of_sav,
)
from tests.factories.surveys import SMALL, changed, publish, respond

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return publish()


def by_id(rows, response):
    return next(row for row in rows if row["response_id"] == str(response.pk))


def found(table, key):
    """The record of a response in a table of polars."""
    return next(row for row in table.rows(named=True) if row["response_id"] == key)


def test_csv_holds_codes_and_missing_codes(version):
    one, other = people(version)
    rows = rows_of_csv(file_of(version, "csv"))
    assert len(rows) == 2
    assert by_id(rows, one) == {
        "response_id": str(one.pk),
        "version": "1",
        "wave": "",
        "month": "2022-11",
        "language": "en",
        "channel": "web",
        "synthetic": "no",
        "area": "north",
        "overall": "3",
        "reasons": "slow;rude",
        "reported": "yes",
        "calls": "4",
        "when": "2022-10",
    }
    told = by_id(rows, other)
    assert [told[name] for name in ("area", "overall", "reasons", "calls", "when")] == [
        "prefer-not-to-say",
        "does-not-apply",
        "",
        "dont-know",
        "",
    ]
    assert (told["month"], told["channel"]) == ("2022-12", "phone")


def test_lines_stand_in_the_order_of_their_random_ids(version):
    for _ in range(20):
        respond(version, area="north")
    ids = [row["response_id"] for row in rows_of_csv(file_of(version, "csv"))]
    assert ids == sorted(ids)


def test_only_what_counts_is_in_it_and_nothing_secret(version):
    one, _ = people(version)
    content = file_of(version, "csv", with_words=True).decode()
    assert "south" not in content
    assert str(one.record_key) not in content


def test_own_words_come_only_when_asked_for_and_stand_last(version):
    one, other = people(version)
    assert b"Line one" not in file_of(version, "csv")
    rows = rows_of_csv(file_of(version, "csv", with_words=True))
    assert list(rows[0])[-2:] == ["first-name-of-area", "words"]
    assert by_id(rows, one)["first-name-of-area"] == 'Line one\nline "two", and on'
    assert by_id(rows, other)["words"] == ""


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])  # noqa: RUF001  # meant
def test_formula_is_neutralised_in_csv_alone(version, sign):
    response = respond(version, area="north")
    words = OwnWords(response=response, question="words")
    words.write(f"{sign}cmd|' /C calc'!A0")
    words.save(force_insert=True)
    [row] = rows_of_csv(file_of(version, "csv", with_words=True))
    assert row["words"] == f"'{sign}cmd|' /C calc'!A0"
    table = table_of_parquet(file_of(version, "parquet", with_words=True))
    assert table["words"][0] == f"{sign}cmd|' /C calc'!A0"


def test_wave_is_quoted_and_neutralised_too(version):
    respond(version, area="north")
    Response.objects.update(wave='=1+1,"x"')
    [row] = rows_of_csv(file_of(version, "csv"))
    assert row["wave"] == '\'=1+1,"x"'
    assert table_of_parquet(file_of(version, "parquet"))["wave"][0] == '=1+1,"x"'


def test_workbook_has_strings_where_words_are_and_the_codebook(version):
    one, _ = people(version)
    book = book_of_xlsx(file_of(version, "xlsx", with_words=True))
    assert book.sheetnames == ["Records", "Codebook"]
    heads, *rows = book["Records"].iter_rows()
    at = {cell.value: i for i, cell in enumerate(heads)}
    row = next(row for row in rows if row[0].value == str(one.pk))
    assert (row[at["words"]].value, row[at["words"]].data_type) == (FORMULA, "s")
    assert (row[at["calls"]].value, row[at["calls"]].data_type) == (4, "n")
    assert (row[at["overall"]].value, row[at["overall"]].data_type) == ("3", "s")
    assert book["Codebook"]["B2"].value == "area"


def test_parquet_has_types_and_says_beside_why_there_is_no_number(version):
    one, other = people(version)
    table = table_of_parquet(file_of(version, "parquet"))
    mine = found(table, str(one.pk))
    assert (mine["calls"], mine["reasons"], mine["synthetic"]) == (4, ["slow", "rude"], False)
    theirs = found(table, str(other.pk))
    assert (theirs["calls"], theirs["calls~missing"]) == (None, "dont-know")
    assert theirs["area"] == "prefer-not-to-say"


def test_spss_has_labels_and_missing_values(version, tmp_path):
    one, other = people(version)
    table, about = table_of_sav(file_of(version, "sav", with_words=True), tmp_path)
    mine = found(table, str(one.pk))
    theirs = found(table, str(other.pk))
    # Codes that are numbers keep them; others are numbered in their order.
    assert (mine["overall"], mine["area"], mine["calls"]) == (3, 1, 4)
    assert (mine["reasons_slow"], mine["reasons_lost"]) == (1, 0)
    assert theirs["reasons_slow"] is None
    assert (theirs["overall"], theirs["area"], theirs["calls"]) == (-97, -99, -98)
    assert about.variable_value_labels["overall"] == {
        1: "Completely satisfied",
        2: "Neither",
        3: "Completely dissatisfied",
        -97: "Does not apply to me",
    }
    assert about.missing_ranges["area"] == [{"lo": -99, "hi": -99}]
    assert about.column_names_to_labels["calls"] == "How often did you call? (calls)"
    assert (about.variable_measure["overall"], about.variable_measure["area"]) == (
        "ordinal",
        "nominal",
    )
    assert mine["words"] == FORMULA
    assert mine["first_name_of_area"] == 'Line one\nline "two", and on'


def test_spss_names_are_its_own_and_differ_whatever_the_case():
    assert sav_names(["contact-ease", "Contact_Ease", "by", "q.1"]) == [
        "contact_ease",
        "Contact_Ease_2",
        "by_",
        "q.1",
    ]
    long = sav_names(["x" * 70 + "a", "x" * 70 + "b"])
    assert [len(name) for name in long] == [64, 64]
    assert len(set(long)) == 2


def test_label_is_cut_between_letters():
    assert within("é" * 10, 20) == "é" * 10
    assert within("é" * 11, 20) == "é" * 8 + "…"


def plain(definition, response, name):
    """A cell of the CSV, worked out the slow and obvious way."""
    answer = response.answers.get(name)
    if isinstance(answer, dict):
        return answer["missing"]
    if isinstance(answer, list):
        return ";".join(answer)
    return "" if answer is None else str(answer)


def test_every_kind_of_answer_is_as_in_the_response_and_in_every_form(tmp_path):
    version = publish(EVERY_KIND)
    definition = definition_of(version)
    chance = random.Random(5)
    for _ in range(30):
        answers = random_answers(definition, chance, today=date(2022, 11, 15))
        asked = {n: a for n, a in answers.items() if not definition.by_name[n].is_computed}
        respond(version, **asked)
    rows = rows_of_csv(file_of(version, "csv"))
    names = list(rows[0])[len(ABOUT) :]
    # A question may be called what a column about the response is called elsewhere.
    assert {"month", "_month"} <= set(rows[0])
    assert len(names) > 15
    for response in Response.objects.all():
        row = by_id(rows, response)
        assert {n: row[n] for n in names} == {n: plain(definition, response, n) for n in names}
    for form in ("xlsx", "sav", "parquet"):
        content = file_of(version, form)
        if form == "xlsx":
            ids = [row[0].value for row in list(book_of_xlsx(content)["Records"].rows)[1:]]
        elif form == "sav":
            ids = table_of_sav(content, tmp_path)[0]["response_id"].to_list()
        else:
            ids = table_of_parquet(content)["response_id"].to_list()
        assert ids == [row["response_id"] for row in rows]


@pytest.mark.parametrize("form", FORMS)
def test_survey_that_nobody_answered_gives_a_file_with_columns_only(version, form, tmp_path):
    content = file_of(version, form)
    if form == "sav":
        assert table_of_sav(content, tmp_path)[0].shape[0] == 0
    elif form == "parquet":
        assert table_of_parquet(content).shape[0] == 0
    elif form == "csv":
        assert content.decode().split(",")[0] == "response_id"
        assert rows_of_csv(content) == []
    else:
        assert book_of_xlsx(content)["Records"].max_row == 1


def test_how_far_it_is_is_told_in_blocks_and_reading_costs_no_query_a_record(version, monkeypatch):
    monkeypatch.setattr("surveys.responses.records.BLOCK", 4)
    for _ in range(10):
        respond(version, area="north")
    told = []
    with CaptureQueriesContext(connection) as found:
        file_of(version, "csv", tell=lambda done, total: told.append((done, total)))
    assert told == [(4, 10), (8, 10), (10, 10)]
    assert len(found) < 8


def test_words_that_were_changed_in_the_database_stop_the_file(version):
    one, _ = people(version)
    moved = OwnWords.objects.get(response=one, question="words")
    OwnWords.objects.filter(pk=moved.pk).update(sealed="v1.local.AAAA.AAAA")
    with pytest.raises(CannotOpenError):
        file_of(version, "csv", with_words=True)


def test_sheet_that_is_too_small_is_refused_in_words(version, monkeypatch):
    check_fits("xlsx", 1_048_575)
    with pytest.raises(CannotWriteError, match="a sheet holds 1,048,575 records and there are"):
        check_fits("xlsx", 1_048_576)
    check_fits("csv", 10**9)
    people(version)
    monkeypatch.setitem(record_files.FORMS, "xlsx", Form("x", "x", FORMS["xlsx"].make, most=1))
    with pytest.raises(CannotWriteError, match="ask for CSV"):
        file_of(version, "xlsx")


def test_contact_details_have_no_column():
    asked = "{name: reach, kind: email, purpose: {en: To reply}, ask: {en: Your email?}}"
    words = "  - questions:\n      - {name: words"
    version = publish(changed(SMALL, {words: f"  - questions:\n      - {asked}\n{words}"}))
    assert "reach" not in file_of(version, "csv", with_words=True).decode()
