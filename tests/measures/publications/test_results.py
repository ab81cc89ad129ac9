"""Releasing results: told by the rules, attacked, frozen, and nothing of it taken back."""

import uuid
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction

from measures.api.result_rows import rows_of
from measures.compute.released import read_tables
from measures.models.results import PublishedCell, PublishedTable, ReleaseRequest, ResultsRelease
from measures.models.weighting import Disposition
from measures.publications import release_requests, results
from measures.publications.release_requests import ask_for_release, decide, release_approved
from measures.publications.result_about import response_rate
from measures.publications.result_tables import draft_results
from measures.publications.results import CannotReleaseError, release_results, release_several
from measures.publications.visitor_tables import visitor_table
from measures.stats.disclosure.gate import Finding, Verdict
from measures.stats.rounding import percentage
from surveys.models.audit import AuditEntry
from surveys.models.responses import Response
from surveys.models.tallies import Release
from surveys.tally.count import count_new
from surveys.tally.periods import parse_span
from surveys.tally.release import is_released
from surveys.tally.take_back import PublishedError, withdraw
from tests.factories.surveys import SMALL, publish, respond

pytestmark = pytest.mark.django_db

APRIL = "2023-04-03T09:00:00+00:00"
QUARTER, YEAR = "2023-Q1", "year-to-2023-Q1"
MONTHS = [date(2022, 4, 1), date(2022, 7, 1), date(2022, 10, 1), date(2023, 1, 1), date(2023, 3, 1)]


def answer(version, month: date, *, n: int, overall: str = "1", area: str = "north") -> None:
    """n people who were as satisfied as told, in a month; their keys are the same in each run."""
    one = respond(version, on=f"{month:%Y-%m}-15", overall=overall, area=area)
    values = {f.attname: getattr(one, f.attname) for f in one._meta.concrete_fields}
    one.delete()
    first = 1_000 * (month.year * 12 + month.month) + 100 * int(overall)
    Response.objects.bulk_create(
        Response(**values | {"id": uuid.uuid4(), "record_key": 7_919_573 * (first + i) % 2**32})
        for i in range(n)
    )


@pytest.fixture
def april():
    with time_machine.travel(APRIL, tick=False):
        yield


@pytest.fixture
def version(april):
    """A year of answers: a month of each quarter has 24 satisfied and 14 dissatisfied."""
    version = publish()
    for month in MONTHS:
        answer(version, month, n=24)
        answer(version, month, n=14, overall="3", area="south")
    count_new()
    return version


def cell_of(period: str, answer: str = "", *, by: str = "", group: str = "") -> PublishedCell:
    table = PublishedTable.objects.get(period=period, question="overall", by=by)
    return table.cells.get(group=group, answer=answer)


def test_a_release_holds_the_quarter_and_its_year_as_the_rules_tell_them(version):
    release = release_results("small", QUARTER, by="pat")

    # 76 people answered in the quarter, of whom 48 were satisfied, each shifted by up to 2.
    base, satisfied = cell_of(QUARTER), cell_of(QUARTER, "net:satisfied")
    assert base.n in (75, 80)
    assert satisfied.n in (45, 50)
    assert satisfied.share == percentage(satisfied.n, base.n, places=0)
    assert satisfied.low < satisfied.share < satisfied.high
    assert cell_of(YEAR).n in (190, 195)
    # Nobody was in the middle, which is withheld like few.
    assert (cell_of(YEAR, "2").status, cell_of(YEAR, "2").n) == ("suppressed", None)
    assert cell_of(YEAR, by="area", group="south").n in (70, 75)
    assert (release.quarter, release.released_by, len(release.sha256)) == (QUARTER, "pat", 64)
    assert release.rules == {f"D{n}": True for n in range(1, 10)}


def test_only_the_year_is_split_and_no_month_is_told(version):
    release_results("small", QUARTER, by="pat")

    assert set(PublishedTable.objects.values_list("period", flat=True)) == {QUARTER, YEAR}
    split = PublishedTable.objects.exclude(by="")
    assert set(split.values_list("period", flat=True)) == {YEAR}
    assert set(split.values_list("by", flat=True)) <= {"area", "channel"}


def test_the_same_records_give_the_same_release(version):
    with transaction.atomic():
        one = release_results("small", QUARTER, by="pat").sha256
        transaction.set_rollback(True)
    assert release_results("small", QUARTER, by="ann").sha256 == one


def test_what_a_visitor_reads_is_what_was_judged(version):
    drafted = {table.name: table for table in draft_results("small", parse_span(QUARTER)).tables}
    release = release_results("small", QUARTER, by="pat")

    read = read_tables(release.tables.all())
    for table in map(visitor_table, read):
        assert table.columns == drafted[table.name].columns
        assert table.shape == drafted[table.name].shape
    # Each row of the file is a cell, and each cell but the bases a row.
    rows = rows_of(read)
    assert len(rows) == PublishedCell.objects.exclude(answer="").count()
    told = sum(row["n"] for row in rows if row["n"] != "[c]")
    assert told == sum(cell.n or 0 for cell in PublishedCell.objects.exclude(answer=""))


def test_several_quarters_are_released_together(version):
    made = release_several("small", ["2022-Q4", QUARTER], by="pat")

    assert [one.quarter for one in made] == ["2022-Q4", QUARTER]
    # There were no four quarters by the end of 2022.
    assert not made[0].tables.filter(period="year-to-2022-Q4").exists()
    assert made[0].left_out[0] == {
        "period": "year-to-2022-Q4",
        "question": "",
        "by": "",
        "why": "people were asked from April 2022 only, which is not the whole year ending "
        "December 2022",
    }


@pytest.mark.parametrize(
    ("survey", "quarter", "says"),
    [
        ("small", "2023-Q2", "2023-Q2 is not over"),
        ("small", "2023-03", "'2023-03' is no quarter"),
        ("small", "year-to-2023-Q1", "is no quarter: results are released by quarter"),
        ("small", "spring", "'spring' is no quarter"),
        ("small", "2021-Q4", "nobody answered small in 2021-Q4"),
        ("large", "2023-Q1", "no survey called 'large' was ever published"),
    ],
)
def test_what_can_not_be_released_is_told(version, survey, quarter, says):
    with pytest.raises(CannotReleaseError, match=says):
        release_results(survey, quarter, by="pat")
    assert not ResultsRelease.objects.exists()


def test_what_was_released_stays_as_it_is(version):
    release_results("small", QUARTER, by="pat")

    with pytest.raises(CannotReleaseError, match="were released on 3 April 2023 and stay"):
        release_results("small", QUARTER, by="pat")


def test_late_answers_show_in_the_next_release_only(version):
    before = release_results("small", "2022-Q4", by="pat")
    told = cell_of("2022-Q4").n
    answer(version, date(2022, 10, 1), n=40)

    release_results("small", QUARTER, by="pat")

    assert cell_of("2022-Q4").n == told
    assert cell_of(YEAR).n in (225, 230, 235)
    before.refresh_from_db()
    assert before.released_by == "pat"


def test_the_database_refuses_to_change_what_is_released(version):
    release = release_results("small", QUARTER, by="pat")
    changes = (
        lambda: PublishedCell.objects.filter(table__release=release).update(n=1),
        lambda: PublishedCell.objects.all().delete(),
        lambda: release.tables.update(about={}),
        lambda: ResultsRelease.objects.update(released_by="eve"),
    )
    for change in changes:
        with pytest.raises(IntegrityError, match="can't change"), transaction.atomic():
            change()


@pytest.mark.django_db(transaction=True)
def test_nothing_can_be_added_to_what_is_released(version):
    release = release_results("small", QUARTER, by="pat")
    table = release.tables.first()

    with pytest.raises(IntegrityError, match="nothing can be added"):
        PublishedCell.objects.create(table=table, group="x", answer="y", status="published", n=15)
    with pytest.raises(IntegrityError, match="nothing can be added"):
        PublishedTable.objects.create(release=release, period="2023-03", question="overall")


def test_released_months_can_not_be_taken_back(version):
    release_results("small", QUARTER, by="pat")

    assert set(Release.objects.values_list("first_month", "last_month")) == {
        (date(2023, 1, 1), date(2023, 3, 1)),
        (date(2022, 4, 1), date(2023, 3, 1)),
    }
    assert not is_released(version.survey_id, date(2022, 3, 1))
    with pytest.raises(PublishedError):
        withdraw(Response.objects.filter(period=date(2022, 7, 1)).first().pk)


def test_a_release_of_which_all_is_withheld_holds_no_month(april):
    version = publish()
    answer(version, date(2023, 2, 1), n=4)

    release = release_results("small", QUARTER, by="pat")

    assert not release.tables.filter(cells__n__isnull=False).exists()
    assert not Release.objects.exists()


def test_a_red_gate_releases_nothing_and_says_what_it_found(version, monkeypatch):
    finding = Finding("bounds", "small: overall in 2023-Q1", "north is between 3 and 4")
    monkeypatch.setattr(results, "gate", lambda *_, truth, **__: Verdict((finding,)))

    with pytest.raises(CannotReleaseError, match="overall in 2023-Q1: north is between 3 and 4"):
        release_results("small", QUARTER, by="pat")

    assert not ResultsRelease.objects.exists()
    assert not Release.objects.exists()


def test_a_table_that_would_tell_too_much_is_left_out_with_the_reason(version, monkeypatch):
    safe = results.leave_out_until_safe

    def without_splits(tables, earlier, **more):
        return safe([table for table in tables if not table.by], earlier, **more)

    monkeypatch.setattr(results, "leave_out_until_safe", without_splits)
    release = release_results("small", QUARTER, by="pat")

    assert not release.tables.exclude(by="").exists()
    why = {one["why"] for one in release.left_out if one["by"] == "area"}
    assert why == {"withheld to protect people: with it, a small number could be worked out"}


def test_answers_taken_back_during_the_attack_are_in_no_release(version, monkeypatch):
    safe, taken = results.leave_out_until_safe, []

    def meanwhile(tables, earlier, **more):
        if not taken:
            taken.extend(Response.objects.filter(period=date(2023, 1, 1))[:20])
            for response in taken:
                withdraw(response.pk)
        return safe(tables, earlier, **more)

    monkeypatch.setattr(results, "leave_out_until_safe", meanwhile)
    release_results("small", QUARTER, by="pat")

    # 76 less 20.
    assert cell_of(QUARTER).n in (55, 60)


def test_a_quarter_released_during_the_attack_is_judged_with(version, monkeypatch):
    safe, known = results.leave_out_until_safe, []

    def meanwhile(tables, earlier, **more):
        known.append({table.quarter for table in earlier})
        if len(known) == 1:
            release_results("small", "2022-Q4", by="ann")
        return safe(tables, earlier, **more)

    monkeypatch.setattr(results, "leave_out_until_safe", meanwhile)
    release_results("small", QUARTER, by="pat")

    assert known == [set(), set(), {"2022-Q4"}]


def test_a_release_is_on_record(version):
    release = release_results("small", QUARTER, by="pat")

    entry = AuditEntry.objects.get(action="release results")
    assert (entry.actor, entry.subject) == ("pat", "small, 2023-Q1")
    assert entry.detail["sha256"] == release.sha256


def test_a_question_that_changed_has_no_year_until_it_was_asked_for_four_quarters(version):
    reworded = SMALL.replace("version: 1", "version: 2").replace("Overall, how was it?", "So?")
    with time_machine.travel("2022-10-01T09:00:00+00:00", tick=False):
        second = publish(reworded)
    answer(second, date(2022, 11, 1), n=20)
    answer(second, date(2023, 2, 1), n=20)

    release = release_results("small", QUARTER, by="pat")

    why = [one["why"] for one in release.left_out if one["question"] == "overall"]
    assert why[0] == (
        "only answers from October 2022 on can be joined, since the question changed then "
        "(question reworded): there are no four quarters of them yet"
    )
    assert release.tables.filter(question="overall", period=QUARTER).exists()
    assert not release.tables.filter(question="overall", period=YEAR).exists()
    assert release.tables.filter(question="reported", period=YEAR).exists()


def test_a_consultation_is_told_exactly_but_for_its_splits(april):
    version = publish(SMALL.replace("policy: sensitive", "policy: open"))
    answer(version, date(2023, 2, 1), n=23)
    answer(version, date(2023, 2, 1), n=7, overall="3")

    release_results("small", QUARTER, by="pat")

    assert (cell_of(QUARTER).n, cell_of(QUARTER, "1").n, cell_of(QUARTER, "3").n) == (30, 23, 7)


def test_an_approved_request_is_made_by_a_worker(version):
    request = ask_for_release("small", QUARTER, by="ana")
    assert release_approved() == 0
    decide(request.pk, approve=True, by="pat")

    assert release_approved() == 1
    assert release_approved() == 0

    request.refresh_from_db()
    assert request.state == "released"
    assert ResultsRelease.objects.get().released_by == "pat"


def test_a_request_that_the_rules_refuse_says_why(version, monkeypatch):
    finding = Finding("bounds", "small: overall", "north is between 3 and 4")
    monkeypatch.setattr(results, "gate", lambda *_, truth, **__: Verdict((finding,)))
    request = ask_for_release("small", QUARTER, by="ana")
    decide(request.pk, approve=True, by="pat")

    assert release_approved() == 0

    request.refresh_from_db()
    assert (request.state, request.message) == (
        "refused",
        "small: overall: north is between 3 and 4",
    )


def test_a_release_that_breaks_is_not_tried_for_ever(version, monkeypatch, caplog):
    def broken(*_arguments, **_more):
        raise RuntimeError("no such column")

    monkeypatch.setattr(release_requests, "release_results", broken)
    request = ask_for_release("small", QUARTER, by="ana")
    decide(request.pk, approve=True, by="pat")

    assert release_approved() == 0

    request.refresh_from_db()
    assert (request.state, request.message) == (
        "refused",
        "it failed, and not by the rules: whoever runs the system finds why in the log",
    )
    assert "no such column" in caplog.text


def test_a_request_whose_worker_died_is_taken_on_again(version):
    request = ask_for_release("small", QUARTER, by="ana")
    decide(request.pk, approve=True, by="pat")
    ReleaseRequest.objects.update(begun_at="2023-04-03T08:50:00+00:00")
    assert release_approved() == 0
    ReleaseRequest.objects.update(begun_at="2023-04-03T08:30:00+00:00")
    assert release_approved() == 1


def test_response_rate_is_told_for_whole_spans_and_no_finer_than_protects(version):
    survey = version.survey
    for quarter, complete, refused in (("2023-Q1", 76, 100), ("2022-Q4", 38, 50)):
        for code, n in (("1.1", complete), ("2.11", refused)):
            Disposition.objects.create(
                survey=survey, quarter=quarter, mode="web", code=code, n=n, added_by="ann"
            )

    # 76 of 176 are 43.2%, told to the nearest 5%: of 176 cases one percent is not two people.
    rate = response_rate("small", parse_span(QUARTER))
    assert rate == {"percent": 45, "nearest": 5, "by": "AAPOR RR4"}
    assert response_rate("small", parse_span(YEAR)) is None
    Disposition.objects.update(is_synthetic=True)
    invented = response_rate("small", parse_span(QUARTER))
    assert invented["by"] == "AAPOR RR4 of invented cases"
