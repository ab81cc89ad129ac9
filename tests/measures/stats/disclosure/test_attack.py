"""What can be concluded from told numbers, worked out on paper and by a slower way."""

from math import ceil, floor

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from measures.stats.disclosure.attack import ContradictionError, too_narrow
from measures.stats.disclosure.rules import OPEN, Rules
from measures.stats.disclosure.solver import Solver
from measures.stats.disclosure.systems import Ceiling, systems_of
from measures.stats.disclosure.tables import Shape
from surveys.tally.periods import Span, parse_span
from tests.measures.stats.disclosure.history import SURVEYS, Records, quarters, release
from tests.measures.stats.disclosure.tables import cell, table

THREE = ("a", "b", "c")


def found(*tables, ceilings=()) -> set[tuple[str, str, int, int]]:
    return {
        (one.target.group, one.target.answer, one.low, one.high)
        for system in systems_of(tables, ceilings)
        for one in too_narrow(system)
        if one.target.is_withheld
    }


def test_withheld_count_beside_a_rounded_base_stays_uncertain():
    # All are 56 to 64, a and b 21 to 29 each: c is 0 to 11, and no more is known.
    assert not found(table({"": {"": 60, "a": 25, "b": 25, "c": None}}, options=THREE))


def test_parts_that_seem_more_than_the_base_give_the_rest_away():
    # All are at most 64, a and b at least 31 each: c is 0 to 2.
    assert found(table({"": {"": 60, "a": 35, "b": 35, "c": None}}, options=THREE)) == {
        ("", "c", 0, 2)
    }


def test_net_gives_its_one_withheld_answer_away():
    # The net is at least 46 and a at most 39: b is 7 to 11.
    shape = Shape(THREE, {"net:ab": ("a", "b")})
    numbers = {"": 100, "a": 35, "b": None, "c": 50, "net:ab": 50}

    assert found(table({"": numbers}, shape=shape)) == {("", "b", 7, 11)}


def test_group_that_is_left_gives_itself_away():
    whole = table({"": {"": 70, "yes": 30, "no": 40}}, period="year-to-2022-Q4")

    def split(yes: int):
        women = {"": 50, "yes": yes, "no": 20}
        men = {"": 25, "yes": None, "no": 20}
        return table({"f": women, "m": men}, by="sex", period="year-to-2022-Q4")

    assert not found(whole, split(30))
    # Everyone's yes is at most 34 and women's at least 31.
    assert ("m", "yes", 0, 3) in found(whole, split(35))


def test_quarter_left_over_from_four_quarters_gives_itself_away():
    quarters_told = [
        table({"": {"": 50, "yes": 30, "no": 20}}, period=f"2022-Q{i}") for i in (1, 2, 3)
    ]
    last = table({"": {"": 30, "yes": None, "no": 25}}, period="2022-Q4")

    def year(yes: int):
        return table({"": {"": yes + 90, "yes": yes, "no": 90}}, period="year-to-2022-Q4")

    # At least 96 less at most 34 × 3 is nothing known; at most 79 less at least 26 × 3 is 1.
    assert not found(*quarters_told, last, year(100))
    assert found(*quarters_told, last, year(75)) == {("", "yes", 0, 1)}


def test_weighted_share_of_all_others_gives_the_rest_away():
    def told(weights):
        numbers = {"": 60, "a": cell("a", 45, share=72), "b": None, "c": cell("c", 10, share=20)}
        return table({"": numbers}, shape=Shape(THREE, weights=weights))

    # With weights of exactly 1, b is 7% to 9% of 56 to 64, so 3.9 to 5.8.
    assert found(told((1.0, 1.0))) == {("", "b", 4, 5)}
    assert not found(told((0.5, 2.0)))


def test_several_answers_do_not_add_up_to_the_base():
    numbers = {"": 60, "a": 35, "b": 35, "c": None}

    assert not found(table({"": numbers}, shape=Shape(THREE, is_single=False)))


def test_without_noise_and_rounding_subtraction_is_exact():
    rules = Rules(d5=False, d6=False)

    assert found(
        table({"": {"": 60, "a": 25, "b": 31, "c": None}}, options=THREE, rules=rules)
    ) == {("", "c", 4, 4)}


def test_recorded_crimes_are_a_limit_that_is_public_anyway():
    told = table({"": {"": None, "yes": None, "no": None}})
    ceiling = [Ceiling(parse_span("2022-Q4"), most=3)]

    # 0 to 3 is what the recorded crimes say; the tables add nothing to it.
    assert not found(told, ceilings=ceiling)


def test_recorded_crimes_narrow_what_the_tables_leave_open():
    told = table({"": {"": 20, "a": 20, "b": None, "c": None}}, options=THREE)
    ceiling = [Ceiling(parse_span("2022-Q4"), most=20)]

    # a is at least 16, so of the 20 at most 4 are left.
    assert not found(told)
    assert ("", "b", 0, 4) in found(told, ceilings=ceiling)


def test_exact_total_of_a_consultation_is_not_held_against_its_splits():
    whole = table({"": {"": 40, "yes": 37, "no": 3}}, period="year-to-2022-Q4", policy=OPEN)
    split = table(
        {"f": {"": 20, "yes": None, "no": None}, "m": {"": 20, "yes": None, "no": None}},
        by="sex",
        period="year-to-2022-Q4",
        policy=OPEN,
    )

    assert not [one for one in found(whole, split) if one[1] == "no"]


def test_same_period_told_of_other_people_contradicts():
    tables = [
        table({"": {"": 60, "yes": 40, "no": 20}}),
        table({"": {"": 90, "yes": 70, "no": 20}}),
    ]

    with pytest.raises(ContradictionError):
        found(*tables)


def test_fast_search_finds_what_a_search_for_each_target_finds():
    # Not made safe: with these records there is something to find.
    records = Records(SURVEYS[2], seed=2)
    tables = [table for quarter in quarters() for table in release(records, quarter)]
    chosen = [t for t in tables if t.question == "whole-experience" and t.by in ("", "sex")]
    system = next(systems_of(chosen))

    fast = {(id(one.target), one.low, one.high) for one in too_narrow(system)}

    assert fast == set(_one_by_one(system))
    assert fast


def _one_by_one(system):
    limits = LinearConstraint(system.matrix, system.low, system.high)
    for target in system.targets:
        objective = np.zeros(system.matrix.shape[1])
        objective[target.unknowns] = 1
        least, most = (sign * milp(sign * objective, constraints=limits).fun for sign in (1, -1))
        low, high = ceil(least - 1e-6), floor(most + 1e-6)
        if high - low < 5 and (target.is_withheld or low < 10):
            yield id(target), low, high


def test_what_was_proved_is_not_attacked_again_and_what_was_found_is(monkeypatch):
    def system(a: int):
        [one] = systems_of([table({"": {"": 60, "a": a, "b": a, "c": None}}, options=THREE)])
        return one

    proved = set[bytes]()
    assert not too_narrow(system(25), proved=proved)
    # The same unknowns and targets, but other limits: nothing was proved of these.
    assert too_narrow(system(35), proved=proved)
    assert too_narrow(system(35), proved=proved)

    monkeypatch.setattr(Solver, "least", lambda *_: pytest.fail("attacked again"))
    assert not too_narrow(system(25), proved=proved)


def test_part_of_the_targets_proves_nothing_of_the_rest():
    [one] = systems_of([table({"": {"": 60, "a": 35, "b": 35, "c": None}}, options=THREE)])
    safe = {target.place for target in one.targets if target.answer != "c"}
    proved = set[bytes]()

    too_narrow(one, among=safe, proved=proved)

    assert not proved
    assert too_narrow(one, proved=proved)


def test_only_tables_with_months_in_common_are_one_system():
    def told(period: str):
        return table({"": {"": 60, "yes": 30, "no": 30}}, period=period)

    apart = [told("2019-Q2"), told("2022-Q4")]
    assert len(list(systems_of(apart))) == 2
    # A ceiling over all of them ties the two together, as do tables of what lies between.
    through = Ceiling(Span(parse_span("2019-Q2").first, parse_span("2022-Q4").last), most=200)
    assert len(list(systems_of(apart, [through]))) == 1
    [tied] = systems_of([told("2022-Q1"), told("2022-Q4"), told("year-to-2022-Q4")])
    assert len(tied.tables) == 3


def test_solver_finds_the_least_value_from_wherever_it_stands():
    chance = np.random.default_rng(3)
    tables = [table({"": {"": 60, "yes": 40, "no": 20}}, period=f"2022-Q{i}") for i in (1, 2, 3, 4)]
    system = next(
        systems_of(
            [*tables, table({"": {"": 240, "yes": 155, "no": 85}}, period="year-to-2022-Q4")]
        )
    )
    solver = Solver(system.matrix, system.low, system.high, most=1e4)

    for _ in range(20):
        objective = chance.normal(size=system.matrix.shape[1])
        limits = LinearConstraint(system.matrix, system.low, system.high)
        expected = milp(objective, constraints=limits).fun
        assert objective @ solver.least(objective) == pytest.approx(expected, abs=1e-6)
