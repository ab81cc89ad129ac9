"""What may be claimed, and the words for it."""

import pytest

from measures.stats.claims import change_in_words, judge_base, may_claim
from measures.stats.differences import Difference
from measures.stats.values import NotAvailable


def test_who_chose_to_answer_stands_for_nobody_else() -> None:
    claim = may_claim("self-selected")
    assert not claim.margin_of_error
    assert not claim.of_population
    assert "of nobody else" in claim.words
    assert may_claim("probability").of_population
    assert may_claim("census").margin_of_error


@pytest.mark.parametrize(
    ("answered", "effective", "marker"),
    [
        (29, None, "[low]"),
        (30, None, "[u]"),
        (99, None, "[u]"),
        (100, None, ""),
        (120, 80.0, "[u]"),
        (120, 29.9, "[low]"),
        # Weights can also make answers tell more; the people are still no more than they are.
        (29, 45.0, "[low]"),
        (0, 0.0, "[low]"),
    ],
)
def test_base_is_judged_by_the_smaller_one(
    answered: int, effective: float | None, marker: str
) -> None:
    base = judge_base(answered, effective)
    assert base.marker == marker
    assert base.is_too_small == (marker == "[low]")
    assert bool(base.words) == bool(marker)


def test_base_says_which_one_is_small() -> None:
    assert judge_base(60).words == "fewer than 100 answers: treat with care"
    assert judge_base(120, 80).words == "fewer than 100 in the effective base: treat with care"


@pytest.mark.parametrize(
    ("difference", "words"),
    [
        (Difference(0.03, 0.01, 0.05), "up 3 percentage points"),
        (Difference(-0.012, -0.02, -0.001), "down 1 percentage point"),
        (Difference(0.20, -0.01, 0.41), "no clear change"),
        (Difference(0.0, -0.01, 0.01), "no clear change"),
        (Difference(0.004, 0.001, 0.007), "up less than 1 percentage point"),
        # Halves go away from zero, also where a float falls short of one: 0.145 is 0.14499….
        (Difference(0.145, 0.1, 0.2), "up 15 percentage points"),
        (NotAvailable("nobody answered"), "change not known: nobody answered"),
    ],
)
def test_words_of_a_difference(difference: Difference | NotAvailable, words: str) -> None:
    assert change_in_words(difference) == words
