"""One number for one period, from one source, or the reason why there is none."""

from datetime import UTC, date, datetime

import pytest

from measures.compute.combine import count_in, years_of
from measures.compute.inputs import KnownFigures
from measures.compute.values import CountFound, Reading, ReleasedFile
from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.stats.periods import Period, add_months, month_of, year_ending
from measures.stats.values import NotAvailable

NOVEMBER = year_ending(date(2022, 11, 1))


def reading(period: Period, value: int, *, source: str = "force-return") -> Reading:
    categories = {"force-return": "robbery", "ons-pfa": "Robbery"}
    file = ReleasedFile(
        source, "publisher", "title", "licence", "file", "0" * 64, datetime(2023, 1, 1, tzinfo=UTC)
    )
    return Reading(period, value, categories[source], "label", "line 2", "", file)


def months(first: date, values: list[int]) -> list[Reading]:
    return [reading(month_of(add_months(first, i)), value) for i, value in enumerate(values)]


@pytest.fixture
def robbery() -> Measure:
    measure = definitions().measure("robbery")
    assert measure is not None
    return measure


def test_the_first_source_that_has_the_period_wins(robbery: Measure) -> None:
    known = KnownFigures([reading(NOVEMBER, 1), reading(NOVEMBER, 2, source="ons-pfa")])

    found = count_in(robbery, NOVEMBER, known=known)

    assert isinstance(found, CountFound)
    assert (found.count, found.readings[0].source) == (1, "force-return")


def test_a_later_source_is_asked_where_the_first_has_nothing(robbery: Measure) -> None:
    found = count_in(
        robbery, NOVEMBER, known=KnownFigures([reading(NOVEMBER, 2, source="ons-pfa")])
    )

    assert isinstance(found, CountFound)
    assert (found.count, found.readings[0].source) == (2, "ons-pfa")


def test_twelve_months_make_a_year(robbery: Measure) -> None:
    known = KnownFigures(months(date(2021, 12, 1), list(range(12))))

    found = count_in(robbery, NOVEMBER, known=known)

    assert isinstance(found, CountFound)
    assert found.count == 66
    assert len(found.readings) == 12


def test_a_year_as_published_wins_over_its_months(robbery: Measure) -> None:
    known = KnownFigures([*months(date(2021, 12, 1), [1] * 12), reading(NOVEMBER, 13)])

    found = count_in(robbery, NOVEMBER, known=known)

    assert isinstance(found, CountFound)
    assert found.count == 13


def test_nine_months_are_no_year_and_the_missing_are_named(robbery: Measure) -> None:
    known = KnownFigures(months(date(2021, 12, 1), [100] * 9))

    found = count_in(robbery, NOVEMBER, known=known)

    assert isinstance(found, NotAvailable)
    assert found.reason == (
        "only 9 of the 12 months of the year ending November 2022 have been published or supplied: "
        "September 2022, October 2022 and November 2022 are missing"
    )


def test_a_month_of_zero_is_not_missing(robbery: Measure) -> None:
    found = count_in(robbery, NOVEMBER, known=KnownFigures(months(date(2021, 12, 1), [0] * 12)))

    assert isinstance(found, CountFound)
    assert found.count == 0


def test_months_of_two_sources_are_never_mixed(robbery: Measure) -> None:
    rows = months(date(2021, 12, 1), [1] * 6)
    rows += [
        reading(month_of(add_months(date(2022, 6, 1), i)), 1, source="ons-pfa") for i in range(6)
    ]

    assert isinstance(count_in(robbery, NOVEMBER, known=KnownFigures(rows)), NotAvailable)


def test_without_any_figure_the_period_is_named(robbery: Measure) -> None:
    found = count_in(robbery, NOVEMBER, known=KnownFigures([]))

    assert found == NotAvailable(
        "no figure for the year ending November 2022 has been published or supplied"
    )


def test_years_come_from_years_and_from_months_oldest_first(robbery: Measure) -> None:
    june = year_ending(date(2019, 6, 1))
    rows = [reading(june, 1_982, source="ons-pfa"), *months(date(2021, 1, 1), [10] * 13)]

    found = years_of(robbery, known=KnownFigures(rows))

    assert [(one.period.key, one.count) for one in found] == [
        ("2019-06", 1_982),
        ("2021-12", 120),
        ("2022-01", 120),
    ]
