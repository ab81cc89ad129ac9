"""Response rates over quarters and modes, from what is on record."""

from datetime import date

import pytest

from measures.compute.fieldwork import fieldwork_of, quarters_on_record, response_rate
from measures.figures.dispositions import Ended, store_dispositions
from measures.stats.values import NotAvailable
from surveys.tally.periods import Span, parse_span
from tests.factories.answers import publish_survey

pytestmark = pytest.mark.django_db
FOURTH = parse_span("2022-Q4")


@pytest.fixture
def slug() -> str:
    survey = publish_survey("domestic-abuse").survey
    rows = [
        Ended(quarter, mode, code, n)
        for quarter in ("2022-Q3", "2022-Q4")
        for mode, code, n in (
            ("phone", "1.1", 60),
            ("phone", "2.11", 40),
            ("web", "1.1", 20),
            ("web", "3.1", 80),
            ("web", "4.1", 100),
        )
    ]
    store_dispositions(survey, rows, actor="ann")
    return survey.slug


def test_rates_are_of_all_modes_and_of_each(slug: str) -> None:
    fieldwork = fieldwork_of(slug, FOURTH)
    assert not isinstance(fieldwork, NotAvailable)
    assert [(mode.label, mode.cases) for mode in fieldwork.modes] == [
        ("All modes", 300),
        ("Telephone", 100),
        ("Online", 200),
    ]
    every, phone, web = fieldwork.modes
    assert phone.rates.values["RR1"] == pytest.approx(0.6)
    assert web.rates.values["RR1"] == pytest.approx(0.2)
    assert every.rates.values["RR1"] == pytest.approx(80 / 200)
    # e of all modes: 120 eligible beside 100 that are not.
    assert every.rates.values["RR3"] == pytest.approx(80 / (120 + 80 * 120 / 220))
    assert response_rate(slug, FOURTH) == every.rates.values["RR4"]
    assert not fieldwork.is_synthetic


def test_quarters_add_up(slug: str) -> None:
    fieldwork = fieldwork_of(slug, Span(date(2022, 7, 1), date(2022, 12, 1)))
    assert not isinstance(fieldwork, NotAvailable)
    assert fieldwork.everything.cases == 600


def test_year_with_a_quarter_missing_has_no_rate(slug: str) -> None:
    # A rate of half the year would pass for the year's.
    assert fieldwork_of(slug, parse_span("year-to-2022-Q4")) == NotAvailable(
        "no cases are on record for 2022-Q1, 2022-Q2"
    )


def test_cases_are_of_quarters_and_not_of_months(slug: str) -> None:
    with pytest.raises(ValueError, match="November 2022 is not made of whole quarters"):
        fieldwork_of(slug, parse_span("2022-11"))


def test_single_mode_is_not_told_twice(slug: str) -> None:
    survey = publish_survey("hate-crime").survey
    store_dispositions(survey, [Ended("2022-Q4", "phone", "1.1", 5)], actor="ann")
    fieldwork = fieldwork_of("hate-crime", FOURTH)
    assert not isinstance(fieldwork, NotAvailable)
    assert [mode.label for mode in fieldwork.modes] == ["Telephone"]


def test_quarters_on_record_are_in_order(slug: str) -> None:
    assert quarters_on_record(slug) == [parse_span("2022-Q3"), FOURTH]
    assert quarters_on_record("hate-crime") == []


def test_cases_that_are_all_outside_have_no_rate(slug: str) -> None:
    survey = publish_survey("hate-crime").survey
    store_dispositions(survey, [Ended("2022-Q4", "web", "4.1", 5)], actor="ann")
    assert response_rate("hate-crime", FOURTH) == NotAvailable("no case was eligible")
