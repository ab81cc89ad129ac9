"""The table of a question, from the tallies to the words."""

from datetime import date

import pytest

from measures.compute.tables import (
    answer_series,
    answer_table,
    answer_tables,
)
from measures.compute.weighting import Weighting, weighting_of
from measures.models.weighting import Margin, Population
from measures.stats.values import Estimate, NotAvailable
from surveys.models.versions import Survey, Version
from surveys.tally.count import count_new
from surveys.tally.periods import Span, parse_span
from tests.factories.surveys import respond
from tests.surveys.versions.test_trend import REWORDED, publish_on

pytestmark = pytest.mark.django_db

QUARTER = parse_span("2022-Q4")
YEAR = parse_span("year-to-2022-Q4")


@pytest.fixture
def version() -> Version:
    """60 people of the north, most of them satisfied, and 40 of the south."""
    version = publish_on("2021-01-10", 1)
    for n in range(60):
        respond(version, on="2022-11-15", area="north", overall="1" if n < 45 else "2")
    for n in range(40):
        respond(version, on="2022-10-15", area="south", overall="3" if n < 30 else "1")
    respond(version, on="2022-11-15", area="south", overall="does-not-apply")
    respond(version, on="2022-11-15", area="south")
    count_new()
    return version


def add_population(north: float, south: float) -> None:
    survey = Survey.objects.get(slug="small")
    population = Population.objects.create(
        survey=survey, source="a test", holds_from=date(2022, 1, 1), added_by="test"
    )
    for code, total in (("north", north), ("south", south)):
        Margin.objects.create(population=population, field="area", code=code, total=total)


def test_table_has_a_column_for_everyone_and_one_for_each_group(version):
    table = answer_table("small", "overall", span=QUARTER, by="area")
    assert [(column.group, column.label) for column in table.columns] == [
        ("", "Everyone"),
        ("north", "North"),
        ("south", "South"),
        ("~", "Not stated"),
    ]
    everyone, north, south, nobody = table.columns
    assert (everyone.people, everyone.answered, everyone.skipped) == (102, 100, 1)
    assert [cell.n for cell in everyone.cells] == [55, 15, 30, 55, 1]
    assert [cell.n for cell in north.cells] == [45, 15, 0, 45, 0]
    assert [cell.n for cell in south.cells] == [10, 0, 30, 10, 1]
    assert nobody.people == 0
    assert (table.asked, table.by_label) == ("Overall, how was it?", "Where do you live?")
    assert table.design == "probability"


def test_table_without_a_breakdown_is_of_everyone(version):
    table = answer_table("small", "overall", span=QUARTER)
    assert [column.label for column in table.columns] == ["Everyone"]
    assert table.columns == answer_table("small", "overall", span=QUARTER, by="area").columns[:1]


def test_only_months_of_the_span_count(version):
    november = Span(date(2022, 11, 1), date(2022, 11, 1))
    assert answer_table("small", "overall", span=november).columns[0].answered == 60
    assert answer_table("small", "overall", span=YEAR).columns[0].answered == 100
    assert answer_table("small", "overall", span=QUARTER.year_before()).columns[0].answered == 0


def test_weights_make_the_answers_stand_for_the_population(version):
    add_population(north=200, south=800)
    table = answer_table("small", "overall", span=QUARTER)
    assert isinstance(table.weighting, Weighting)
    plain = answer_table("small", "overall", span=QUARTER, is_weighted=False)
    weighted, unweighted = (one.columns[0].cells[0].share for one in (table, plain))
    assert isinstance(weighted, Estimate)
    assert isinstance(unweighted, Estimate)
    assert unweighted.value == pytest.approx(0.55)
    # Of the north 45 of 60 and of the south 10 of 40; two of the south gave no answer that counts.
    north, south = 0.2 / 60, 0.8 / 42
    expected = (45 * north + 10 * south) / (60 * north + 40 * south)
    assert weighted.value == pytest.approx(expected)
    assert weighted.effective_n < 100
    # Shares within a stratum do not change.
    south_column = answer_table("small", "overall", span=QUARTER, by="area").columns[2]
    assert south_column.cells[0].share.value == pytest.approx(0.25)


def test_reason_why_there_are_no_weights_goes_with_the_table(version):
    table = answer_table("small", "overall", span=QUARTER)
    assert table.weighting == NotAvailable("no population was imported that holds by December 2022")
    assert weighting_of("small", QUARTER) == table.weighting


def test_weighting_report_is_of_all_responses(version):
    add_population(north=200, south=800)
    found = weighting_of("small", QUARTER)
    assert isinstance(found, Weighting)
    assert found.people == 102
    assert found.margins["area"][0].unweighted == pytest.approx(60 / 102)


def test_many_tables_are_the_same_as_one_by_one(version):
    fields = ["area", "overall", "reasons", "reported", "calls"]
    together = answer_tables("small", fields, span=QUARTER, by="area")
    for field, table in zip(fields, together, strict=True):
        alone = answer_table("small", field, span=QUARTER, by="area")
        assert (table.question, table.columns) == (field, alone.columns)


def test_many_tables_take_no_more_looks_at_the_tallies(version, django_assert_max_num_queries):
    fields = ["area", "overall", "reasons", "reported", "calls"]
    answer_tables("small", fields, span=QUARTER, by="area")
    with django_assert_max_num_queries(5 + len(fields)):
        answer_tables("small", fields, span=QUARTER, by="area")


def test_split_without_the_channel_being_a_question(version):
    table = answer_table("small", "overall", span=QUARTER, by="channel")
    web = next(column for column in table.columns if column.group == "web")
    assert web.answered == 100


def test_change_of_the_question_leaves_out_what_was_before():
    first = publish_on("2021-01-10", 1)
    respond(first, on="2022-01-15", overall="1")
    second = publish_on("2022-06-10", 2, **REWORDED)
    for _ in range(3):
        respond(second, on="2022-06-15", overall="2")
    count_new()
    table = answer_table("small", "overall", span=YEAR)
    assert table.columns[0].answered == 3
    assert (table.since.first, table.broke) == (date(2022, 6, 1), "question reworded")


def test_series_marks_where_it_breaks():
    first = publish_on("2021-01-10", 1)
    for _ in range(40):
        respond(first, on="2022-02-15", overall="1")
    second = publish_on("2022-06-10", 2, **REWORDED)
    for _ in range(40):
        respond(second, on="2022-08-15", overall="2")
    count_new()
    spans = [parse_span(f"2022-Q{n}") for n in (1, 2, 3)]
    series = answer_series("small", "overall", answer="1", spans=spans)
    assert [point.answered for point in series.points] == [40, 0, 40]
    assert [point.is_break for point in series.points] == [False, True, False]
    assert series.points[1].reason == "question reworded"
    assert [isinstance(point.share, Estimate) for point in series.points] == [True, False, True]
    assert series.answer.label == "Completely satisfied"


@pytest.mark.parametrize(
    ("survey", "question", "by", "told"),
    [
        ("nothing", "overall", None, "no survey called 'nothing' was ever published"),
        ("small", "nothing", None, "no published version of 'small' asks for 'nothing'"),
        ("small", "overall", "sex", "with the breakdown 'sex'"),
        ("small", "hello", None, "no published version of 'small' asks for 'hello'"),
    ],
)
def test_what_is_not_there_is_refused_in_words(version, survey, question, by, told):
    with pytest.raises(LookupError, match=told):
        answer_table(survey, question, span=QUARTER, by=by)


def test_answer_that_is_not_there_is_refused_with_those_there_are(version):
    with pytest.raises(LookupError, match="expected one of 1, 2, 3, net:satisfied, ~does-not-app"):
        answer_series("small", "overall", answer="4", spans=[QUARTER])
