"""Outcome rates against the published output of another program, and codes that are refused."""

import pytest

from measures.stats.rates import FORMULAS, USUAL_CODES, outcome_of, outcome_rates

# The example in the README of R's outcomerate 1.0 (rOpenSci): I 4, P 2, and one each of R, NC, O,
# UH, UO and NE, with e = 0.9 worked out from them.
OUTCOMERATE = {"1.1": 4, "1.2": 2, "2.11": 1, "2.2": 1, "2.36": 1, "3.1": 1, "3.9": 1, "4.1": 1}
PUBLISHED = {
    "RR1": 0.364,
    "RR2": 0.545,
    "RR3": 0.370,
    "RR4": 0.556,
    "RR5": 0.444,
    "RR6": 0.667,
    "COOP1": 0.500,
    "COOP2": 0.750,
    "COOP3": 0.571,
    "COOP4": 0.857,
    "REF1": 0.091,
    "REF2": 0.093,
    "REF3": 0.111,
    "CON1": 0.727,
    "CON2": 0.741,
    "CON3": 0.889,
}


def test_rates_are_those_of_outcomerate() -> None:
    rates = outcome_rates(OUTCOMERATE)
    assert rates.eligible == pytest.approx(0.9)
    assert rates.values == pytest.approx(PUBLISHED, abs=0.0005)


def test_rates_are_worked_out_for_every_formula_of_the_standard() -> None:
    assert [formula.name for formula in FORMULAS] == list(PUBLISHED)


def test_eligible_part_that_is_given_is_used() -> None:
    # All of the unknown eligible: RR3 is RR1; none of them: RR3 is RR5.
    everything = outcome_rates(OUTCOMERATE, eligible=1.0).values
    nothing = outcome_rates(OUTCOMERATE, eligible=0.0).values
    assert everything["RR3"] == everything["RR1"]
    assert nothing["RR3"] == nothing["RR5"]


def test_eligible_part_is_from_0_to_1() -> None:
    with pytest.raises(ValueError, match="from 0 to 1"):
        outcome_rates(OUTCOMERATE, eligible=1.2)


def test_nothing_to_divide_by_is_no_rate_and_not_zero() -> None:
    rates = outcome_rates({"3.1": 40})
    assert rates.values["RR5"] is None
    assert rates.completion is None
    # All of the unknown may be eligible, and nobody answered: that is a rate.
    assert rates.values["RR1"] == 0


def test_completion_is_of_those_who_began() -> None:
    # 60 completed, 15 answered in part, 25 broke off; who refused before never began.
    rates = outcome_rates({"1.1": 60, "1.2": 15, "2.12": 25, "2.11": 300})
    assert rates.completion == pytest.approx(0.6)


@pytest.mark.parametrize(
    ("code", "outcome"),
    [
        *[("1.1", "I"), ("1.2", "P"), ("2.11", "R"), ("2.112", "R"), ("2.12", "R"), ("2.2", "NC")],
        *[("2.25", "NC"), ("2.36", "O"), ("3.1", "UH"), ("3.2", "UR"), ("3.21", "UR")],
        *[("3.3", "UO"), ("3.9", "UO"), ("4.1", "NE"), ("4.8", "NE")],
    ],
)
def test_outcome_of_a_code(code: str, outcome: str) -> None:
    assert outcome_of(code) == outcome


@pytest.mark.parametrize(
    "code", ["", "1", "1.0", "1.3", "2.0", "2.4", "3.0", "5.1", "1.1111", "1,1", " 1.1"]
)
def test_code_that_the_standard_has_not_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="no final disposition; expected a code"):
        outcome_of(code)


def test_usual_codes_are_codes() -> None:
    assert {outcome_of(code) for code in USUAL_CODES} == {
        *("I", "P", "R", "NC", "O", "UH", "UR", "UO", "NE")
    }
