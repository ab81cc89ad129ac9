"""import_responses: all of a file or nothing, safe to repeat, wrong cells by line and column."""

import random
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection

from surveys.definitions.random_walk import random_answers
from surveys.models.audit import AuditEntry
from surveys.models.responses import OwnWords, Response
from surveys.models.tallies import ClosedMonth
from surveys.responses import import_records
from surveys.tally.count import count_differences, count_new
from surveys.tally.release import record_release
from surveys.tally.store import counts_by_cell
from surveys.versions.publish import store_version
from surveys.versions.read import definition_of
from tests.factories.kinds import EVERY_KIND
from tests.factories.records import FORMULA, file_of, people, rows_of_csv
from tests.factories.surveys import SMALL, changed, publish, respond, small_definition

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _in_december():
    with time_machine.travel("2022-12-05T12:00Z", tick=True):
        yield


@pytest.fixture
def version():
    return publish()


def load(tmp_path, text, *options):
    """Imports a file of this text; what the command printed."""
    file = tmp_path / "given.csv"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    out = StringIO()
    call_command("import_responses", "small", str(file), *options, stdout=out)
    return out.getvalue()


def refused(tmp_path, capsys, text, *options):
    """What is said on standard error of a file that is not taken, without the name of the file."""
    before = Response.objects.count(), OwnWords.objects.count()
    with pytest.raises(SystemExit) as ended:
        load(tmp_path, text, *options)
    assert ended.value.code == 2
    assert (Response.objects.count(), OwnWords.objects.count()) == before
    return capsys.readouterr().err.replace(f"{tmp_path / 'given.csv'}: ", "").splitlines()


def test_rows_become_responses_like_any_others(version, tmp_path):
    told = load(
        tmp_path,
        "response_id,month,area,overall,reasons,reported,calls,words\r\n"
        'r1,2022-11,north,3,slow; rude,yes,4,"Call me,\nplease"\r\n'
        "r2,,prefer-not-to-say,does-not-apply,,no,7,\r\n",
    )
    assert told == (
        "small 1: 2 responses imported, 0 known already, 1 answers dropped that were off the path\n"
    )
    one, two = Response.objects.order_by("period")
    assert one.answers == {
        "area": "north",
        "overall": "3",
        "reasons": ["slow", "rude"],
        "reported": "yes",
        "calls": 4,
    }
    assert (one.channel, one.language, one.period) == ("import", "en", date(2022, 11, 1))
    assert OwnWords.objects.get(response=one).read() == "Call me,\nplease"
    # The number of calls is asked only of who reported it.
    assert two.answers == {
        "area": {"missing": "prefer-not-to-say"},
        "overall": {"missing": "does-not-apply"},
        "reported": "no",
    }
    assert two.period == date(2022, 12, 1)
    count_new()
    assert counts_by_cell(version)[0].n == 2
    assert count_differences() == 0
    entry = AuditEntry.objects.get(action="import responses")
    assert entry.detail == {"stored": 2, "known": 0, "dropped": 1}


def test_same_file_again_stores_nothing_and_a_longer_one_only_what_is_new(version, tmp_path):
    text = "response_id,area\nr1,north\nr2,south\n"
    load(tmp_path, text)
    assert "0 responses imported, 2 known already" in load(tmp_path, text)
    assert "1 responses imported, 2 known already" in load(tmp_path, f"{text}r3,north\n")
    with time_machine.travel("2023-02-05T12:00Z"):
        assert "0 responses imported, 2 known already" in load(tmp_path, text)


@pytest.mark.django_db(transaction=True)
def test_same_file_side_by_side_is_stored_once(tmp_path):
    version = publish()
    file = tmp_path / "given.csv"
    rows = "".join(f"r{i},north\n" for i in range(300))
    file.write_text(f"response_id,area\n{rows}", encoding="utf-8")

    def work(number):
        try:
            return import_records.import_responses(
                version, file, actor=f"ann {number}", tell=lambda done, total: None
            )
        finally:
            connection.close()

    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(work, range(3)))
    assert sorted((one.stored, one.known) for one in done) == [(0, 300), (0, 300), (300, 0)]


def test_same_file_is_known_after_the_key_of_the_service_was_replaced(version, tmp_path, settings):
    load(tmp_path, "response_id,area\nr1,north\n")
    settings.ENCRYPTION_KEYS = {"new": b"n" * 32, **settings.ENCRYPTION_KEYS}
    told = load(tmp_path, "response_id,area\nr1,north\nr2,south\n")
    assert "1 responses imported, 1 known already" in told


def test_answers_of_months_that_were_published_are_told(version, tmp_path):
    record_release("small", first=date(2022, 7, 1), last=date(2022, 9, 1), by="pat")
    rows = "r1,2022-08,north\nr2,2022-09,north\nr3,2022-11,north\n"
    told = load(tmp_path, f"response_id,month,area\n{rows}")
    assert told.splitlines()[1:] == [
        "2 of them are of months whose results were published: what was published stays as it is"
    ]
    # What was there already is nothing new.
    assert len(load(tmp_path, f"response_id,month,area\n{rows}").splitlines()) == 1


def test_id_leads_to_no_response_for_who_only_knows_it(version, tmp_path):
    load(tmp_path, "response_id,area\nr1,north\n")
    response = Response.objects.get()
    assert response.pk.version == 4
    assert "r1" not in str(response.pk)


def test_without_ids_each_row_is_somebody_new(version, tmp_path):
    load(tmp_path, "area\nnorth\nnorth\n")
    assert "2 responses imported" in load(tmp_path, "area\nnorth\nnorth\n")


def test_batches_make_no_difference(version, tmp_path, monkeypatch):
    monkeypatch.setattr(import_records, "BATCH", 3)
    rows = "".join(f"r{i},north\n" for i in range(10))
    assert "10 responses imported" in load(tmp_path, f"response_id,area\n{rows}")


def test_wrong_cell_in_the_last_batch_takes_everything_back(version, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(import_records, "BATCH", 3)
    rows = "".join(f"r{i},north\n" for i in range(10))
    told = refused(tmp_path, capsys, f"response_id,area\n{rows}r10,nort\n")
    assert told == [
        "line 12, column area: expected one of north, south, prefer-not-to-say; found 'nort'"
    ]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("area,colour\nnorth,red\n", "line 1, column colour: no question has this name: expected"),
        ("area,area\nnorth,north\n", "line 1, column area: stands there more than once"),
        ("", "line 1: expected the names of the columns"),
        ("area,overall\nnorth\n", "line 2: expected 2 cells as in the first line, found 1"),
        (
            "area,calls,reported\nnorth,many,yes\n",
            "line 2, column calls: Enter a whole number, like 3; found 'many'",
        ),
        (
            "reported,calls\nyes,21\n",
            "line 2, column calls: Enter 20 or a smaller number; found '21'",
        ),
        (
            "overall,reasons\n3,slow;quick\n",
            "line 2, column reasons: expected one of slow, rude, lost, none, dont-know; "
            "found 'quick'",
        ),
        (
            "overall,reasons\n3,slow;rude;lost\n",
            "line 2, column reasons: Select 2 answers or fewer; found ['slow', 'rude', 'lost']",
        ),
        (
            "month,area\nNovember,north\n",
            "line 2, column month: expected a month such as 2022-11, found 'November'",
        ),
        ("month,area\n2023-01,north\n", "line 2, column month: 2023-01 has not begun"),
        # The month after it has no date.
        ("month,area\n9999-12,north\n", "line 2, column month: 9999-12 has not begun"),
        (
            "wave,area\nfirst\x00,north\n",
            "line 2, column wave: expected at most 40 characters that can be printed",
        ),
        (
            "month,area\n2019-11,north\n",
            "line 2, column month: answers of 2019-11 are not kept any more",
        ),
        ("language,area\nfr,north\n", "line 2, column language: expected en, found 'fr'"),
        ("version,area\n2,north\n", "line 2, column version: expected 1, found '2'"),
        ("response_id,area\nr,north\nr,south\n", "line 3, column response_id: stands in line 2"),
        ("month,when\n2022-11,2022-12\n", "line 2, column when: Enter November 2022 or earlier"),
        ('area\n"north\n', "line 2: unexpected end of data"),
        (b"area\n\xff\n", "expected UTF-8; save it as"),
    ],
)
def test_what_is_wrong_is_told_by_line_and_column(version, tmp_path, capsys, text, told):
    lines = refused(tmp_path, capsys, text)
    assert lines[0].startswith(told), lines


def test_line_is_that_of_the_file_after_cells_with_line_ends(version, tmp_path, capsys):
    told = refused(tmp_path, capsys, 'words,area\n"one\ntwo\nthree",north\n\nx,nort\n')
    assert told[0].startswith("line 6, column area:")


def test_everything_wrong_is_told_at_once_and_a_flood_is_cut(version, tmp_path, capsys):
    rows = "".join("nort\n" for _ in range(150))
    told = refused(tmp_path, capsys, f"area\n{rows}")
    assert len(told) == 101
    assert told[-1] == "and 50 more"


def test_known_id_with_other_answers_is_told(version, tmp_path, capsys):
    load(tmp_path, "response_id,area\nr1,north\n")
    told = refused(tmp_path, capsys, "response_id,area\nr1,south\n")
    assert told == ["line 2, column response_id: is stored already with other answers"]


def test_closed_month_takes_nothing_more(version, tmp_path, capsys):
    ClosedMonth.objects.create(version=version, period=date(2022, 10, 1))
    told = refused(tmp_path, capsys, "month,area\n2022-10,north\n")
    assert told == ["line 2, column month: answers of 2022-10 are not kept any more"]


def test_file_survey_and_version_that_are_not_there_are_told(version, tmp_path, capsys):
    def told(*words):
        with pytest.raises(SystemExit) as ended:
            call_command("import_responses", *words)
        assert ended.value.code == 2
        return capsys.readouterr().err

    missing = str(tmp_path / "no.csv")
    assert f"{missing}: No such file or directory" in told("small", missing)
    assert "no survey is called 'nothing': small" in told("nothing", missing)
    store_version(small_definition(**{"version: 1": "version: 2"}), actor="ed")
    assert "small 2 is draft: only a published one has answers" in told(
        "small", missing, "--version", "2"
    )


def test_contact_details_are_never_taken(tmp_path, capsys):
    asked = "{name: reach, kind: email, purpose: {en: To reply}, ask: {en: Your email?}}"
    words = "  - questions:\n      - {name: words"
    publish(changed(SMALL, {words: f"  - questions:\n      - {asked}\n{words}"}))
    told = refused(tmp_path, capsys, "area,reach\nnorth,a@example.com\n")
    assert told == ["line 1, column reach: ways to reach a person are never kept with the answers"]


def test_file_of_records_of_this_office_is_known_and_comes_back_whole_elsewhere(tmp_path):
    version = publish()
    people(version)
    content = file_of(version, "csv", with_words=True)
    assert "0 responses imported, 2 known already" in load(tmp_path, content)
    before = list(Response.objects.filter(standing="counts").order_by("id").values("id", "answers"))
    Response.objects.all().delete()
    assert "2 responses imported" in load(tmp_path, content)
    assert list(Response.objects.order_by("id").values("id", "answers")) == before
    # The apostrophe that keeps a spreadsheet from running it is taken off again.
    assert OwnWords.objects.get(question="words").read() == FORMULA
    assert rows_of_csv(file_of(version, "csv", with_words=True))[0].keys()


def test_every_kind_of_answer_comes_back_as_it_was(tmp_path):
    version = publish(EVERY_KIND)
    definition = definition_of(version)
    chance = random.Random(7)
    for _ in range(30):
        answers = random_answers(definition, chance, today=date(2022, 11, 15))
        asked = {n: a for n, a in answers.items() if not definition.by_name[n].is_computed}
        respond(version, **asked)
    before = list(Response.objects.order_by("id").values("id", "answers", "cells", "stratum"))
    content = file_of(version, "csv")
    Response.objects.all().delete()
    file = tmp_path / "given.csv"
    file.write_bytes(content)
    call_command("import_responses", version.survey.slug, str(file), verbosity=0)
    after = list(Response.objects.order_by("id").values("id", "answers", "cells", "stratum"))
    assert after == before


def test_what_code_made_stays_labelled(version, tmp_path):
    load(tmp_path, "synthetic,area\nyes,north\nno,south\n,south\n")
    made = Response.objects.values_list("answers__area", "is_synthetic")
    assert sorted(made) == [("north", True), ("south", False), ("south", False)]


def test_excel_mark_at_the_beginning_and_spaces_in_the_header_are_no_trouble(version, tmp_path):
    text = "﻿area , overall\nnorth,1\n"
    assert "1 responses imported" in load(tmp_path, text)
