"""Weights of weighting cells: what they add up to, and why there may be none."""

from datetime import date

import numpy as np
import pytest

from measures.compute.weighting import Strata, Weighting, weigh
from measures.figures.margins import populations_of
from measures.models.weighting import Margin, Population
from measures.stats.values import NotAvailable
from surveys.models.versions import Survey
from surveys.tally.periods import parse_span

pytestmark = pytest.mark.django_db

SPAN = parse_span("2022-Q4")
LABELS = {
    "area": {"north": "North", "south": "South", "-": "Not stated"},
    "sex": {"female": "Female", "male": "Male"},
}


def strata(**people: int) -> Strata:
    """`strata(north_female=3)`: so many people of an area and a sex; `x` is not stated."""
    names = tuple(name.replace("_", "|").replace("x", "-") for name in people)
    return Strata(("area", "sex"), names, np.array(list(people.values())))


def population(
    *, holds_from: date = date(2022, 1, 1), is_frame: bool = False, **margins: dict[str, float]
) -> Population:
    survey, _ = Survey.objects.get_or_create(slug="small")
    made = Population.objects.create(
        survey=survey, source="a test", holds_from=holds_from, is_frame=is_frame, added_by="test"
    )
    for field, totals in margins.items():
        for code, total in totals.items():
            Margin.objects.create(population=made, field=field, code=code, total=total)
    return made


PEOPLE = strata(north_female=60, north_male=20, south_female=15, south_male=5)


def weighed(people: Strata = PEOPLE) -> Weighting:
    found = weigh("small", SPAN, people, labels=LABELS, populations=populations_of("small"))
    assert isinstance(found, Weighting), found
    return found


def refused(people: Strata = PEOPLE) -> str:
    found = weigh("small", SPAN, people, labels=LABELS, populations=populations_of("small"))
    assert isinstance(found, NotAvailable)
    return found.reason


def test_weighted_people_have_the_shares_of_the_population():
    population(area={"north": 600, "south": 400}, sex={"female": 520, "male": 480})
    found = weighed()
    by_name = dict(zip(found.strata, PEOPLE.people * found.sample.weight, strict=True))
    assert by_name["north|female"] + by_name["north|male"] == pytest.approx(60)
    assert by_name["north|male"] + by_name["south|male"] == pytest.approx(48)
    assert sum(by_name.values()) == pytest.approx(100)
    [north, south, _] = [*found.margins["area"], None][:3]
    assert (north.label, north.n, north.population, north.unweighted) == ("North", 80, 0.6, 0.8)
    assert north.weighted == pytest.approx(0.6)
    assert south.weighted == pytest.approx(0.4)
    assert 0 < found.efficiency < 1
    assert found.largest_gap < 1e-6


def test_who_did_not_say_keeps_their_share():
    population(area={"north": 500, "south": 500})
    found = weighed(strata(north_female=70, south_female=20, x_female=10))
    not_stated = next(row for row in found.margins["area"] if row.code == "-")
    assert (not_stated.population, not_stated.weighted) == (None, pytest.approx(0.1))
    assert next(r for r in found.margins["area"] if r.code == "north").weighted == pytest.approx(
        0.45
    )


def test_newest_population_that_held_by_then_is_used():
    population(holds_from=date(2021, 1, 1), area={"north": 100, "south": 900})
    population(holds_from=date(2022, 12, 1), area={"north": 700, "south": 300})
    population(holds_from=date(2023, 1, 1), area={"north": 1, "south": 999})
    assert weighed().margins["area"][0].population == pytest.approx(0.7)


def test_field_without_a_margin_is_not_weighted_to():
    population(area={"north": 500, "south": 500})
    assert set(weighed().margins) == {"area"}


def test_without_a_population_there_are_no_weights():
    assert refused() == "no population was imported that holds by December 2022"


def test_population_of_later_does_not_hold():
    population(holds_from=date(2023, 1, 1), area={"north": 500, "south": 500})
    assert "no population was imported" in refused()


def test_without_strata_there_are_no_weights():
    nothing = Strata((), ("",), np.array([10]))
    assert refused(nothing) == "the survey names no strata to weight by"


def test_population_of_other_fields_gives_no_weights():
    population(age={"young": 1})
    assert refused() == "the population that was imported has no margins for area, sex"


def test_large_part_of_the_population_that_nobody_stands_for_is_told():
    population(area={"north": 500, "south": 400, "west": 100})
    assert refused() == "nobody of west answered, who are 10% of the population"


def test_small_part_that_nobody_stands_for_is_left_out():
    population(area={"north": 500, "south": 470, "west": 30})
    rows = weighed().margins["area"]
    west = next(row for row in rows if row.code == "west")
    assert (west.n, west.weighted, west.population) == (0, 0.0, 0.03)
    assert sum(row.weighted for row in rows) == pytest.approx(1)


def test_nobody_counts_more_than_four_times_as_much():
    population(area={"north": 35, "south": 35, "west": 30}, sex={"female": 45, "male": 55})
    found = weighed(
        strata(
            north_female=60,
            north_male=20,
            south_female=50,
            south_male=30,
            west_female=36,
            west_male=4,
        )
    )
    # Without the bound the last four would count 4.8 times: others stand in for the rest.
    assert found.largest == pytest.approx(4)
    assert found.trimmed == 4
    assert found.margins["sex"][1].weighted == pytest.approx(0.55)
    assert found.margins["area"][2].weighted == pytest.approx(0.3)


def test_wider_bounds_serve_where_the_narrow_ones_cannot_be_kept():
    population(area={"north": 60, "south": 40}, sex={"female": 62, "male": 38})
    people = strata(north_female=60, north_male=6, south_female=32, south_male=2)
    found = weighed(people)
    assert 4 < found.largest <= 8
    assert found.margins["sex"][1].weighted == pytest.approx(0.38)


def test_margins_that_the_bounds_do_not_allow_give_no_weights():
    population(area={"north": 2, "south": 98}, sex={"female": 10, "male": 90})
    assert "too unlike the population: some would have to count more than 8 times" in refused()


def test_nobody_answered_gives_no_weights():
    population(area={"north": 500, "south": 500})
    assert refused(Strata(("area", "sex"), (), np.array([], dtype=int))) == "nobody answered"
