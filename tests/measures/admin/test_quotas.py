"""Quotas: whole numbers in the proportions of the population, and what was reached of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from measures.admin.overview import course_in_words
from measures.admin.quota_rows import field_rows
from measures.admin.quotas import apportion, progress_of
from measures.admin.targets import set_target
from measures.figures.margins import add_population
from surveys.models.audit import AuditEntry
from surveys.tally.count import count_new
from surveys.tally.periods import parse_span
from tests.factories.surveys import SMALL, changed, publish, respond

QUARTER = parse_span("2022-Q4")
SHARES = st.lists(st.floats(0.001, 1e6), min_size=1, max_size=20)


def test_apportion_as_worked_out_by_hand():
    # Rounded down these are 19; the two that are left go to the remainders of .71 and .69.
    shares = {"a": 1.71, "b": 3.54, "c": 4.06, "d": 11.69}
    assert apportion(21, shares) == {"a": 2, "b": 3, "c": 4, "d": 12}
    assert apportion(10, {"a": 0.5, "b": 0.3, "c": 0.24}) == {"a": 5, "b": 3, "c": 2}
    assert apportion(2, {"a": 1, "b": 1, "c": 1}) == {"a": 1, "b": 1, "c": 0}


@given(whole=st.integers(0, 100_000), shares=SHARES)
def test_quotas_add_up_and_are_less_than_one_from_exact(whole, shares):
    found = apportion(whole, {str(at): share for at, share in enumerate(shares)})
    assert sum(found.values()) == whole
    total = sum(shares)
    for at, share in enumerate(shares):
        assert abs(found[str(at)] - whole * share / total) < 1 + 1e-6


@pytest.fixture
def survey(db):
    version = publish()
    for area, reported in [("north", "yes")] * 3 + [("north", None), ("south", "no")]:
        given = {"area": area} | ({"reported": reported} if reported else {})
        respond(version, on="2022-11-15", **given)
    respond(version, on="2022-09-15", area="south")  # another quarter
    count_new()
    return version.survey


def bring(survey, **margins):
    return add_population(
        survey, margins, source="A census", holds_from=date(2022, 1, 1), actor="ana"
    )


def test_without_target_and_population_only_what_came_is_told(survey):
    progress = progress_of("small", QUARTER, today=date(2022, 11, 15))
    assert (progress.got, progress.target, progress.source, progress.expected) == (
        5,
        None,
        None,
        None,
    )
    area, reported = progress.fields
    assert [(one.label, one.got, one.wanted) for one in area.quotas] == [
        ("North", 4, None),
        ("South", 1, None),
    ]
    assert [(one.code, one.got) for one in reported.quotas] == [("yes", 3), ("no", 1), ("-", 1)]
    assert course_in_words(progress) == "No target is set."
    assert [rows.sentence for rows in field_rows(progress)] == ["", ""]


def test_target_is_shared_out_as_the_population_is(survey):
    set_target(survey, 9, actor="ana")
    bring(survey, area={"north": 500.0, "south": 400.0})
    progress = progress_of("small", QUARTER, today=date(2022, 11, 15))
    area, reported = progress.fields
    told = [(one.label, one.got, one.wanted, one.lacks) for one in area.quotas]
    assert told == [("North", 4, 5, 1), ("South", 1, 4, 3)]
    assert [round(one.got_share, 2) for one in area.quotas] == [0.8, 0.2]
    assert [round(one.population_share, 3) for one in area.quotas] == [0.556, 0.444]
    assert all(one.wanted is None for one in reported.quotas)
    # 46 of the quarter's 92 days are over.
    assert (progress.elapsed, progress.expected) == (0.5, 4)
    assert course_in_words(progress) == (
        "56% of the 9 for the quarter, 50% of it over: 1 more than on an even course."
    )
    rows = field_rows(progress)[0]
    assert rows.sentence == "0 of 2 quotas are reached. Furthest behind: South, 1 of 4."
    assert [(row.words, row.reached, row.wanted) for row in rows.rows] == [
        ("1 to go", 80, 100),
        ("3 to go", 20, 80),
    ]


def test_nobody_outside_the_population_has_a_quota_or_a_share(survey):
    set_target(survey, 4, actor="ana")
    bring(survey, area={"north": 500.0})
    area = progress_of("small", QUARTER, today=date(2022, 12, 31)).fields[0]
    assert [(one.code, one.wanted, one.got_share) for one in area.quotas] == [
        ("north", 4, 1.0),
        ("south", None, None),
    ]
    assert area.furthest_behind is None


def test_a_survey_that_was_never_published_is_told(db):
    with pytest.raises(LookupError, match="no survey called 'nothing' was ever published"):
        progress_of("nothing", QUARTER, today=date(2022, 11, 15))


def test_a_survey_without_strata_has_no_fields(db):
    version = publish(changed(SMALL, {"strata: [area, reported]": "strata: []"}))
    respond(version, on="2022-11-15", area="north")
    count_new()
    progress = progress_of("small", QUARTER, today=date(2023, 5, 1))
    assert (progress.got, progress.fields, progress.elapsed) == (1, (), 1)


def test_setting_a_target_goes_on_record_once(survey):
    for a_quarter in (9, 9, None, None):
        set_target(survey, a_quarter, actor="ana")
    details = [e.detail for e in AuditEntry.objects.filter(action="set target").order_by("id")]
    assert details == [{"a_quarter": 9, "before": None}, {"a_quarter": None, "before": 9}]
