"""How much better the likeliest count is guessed with the tables than without."""

import pytest

from measures.stats.disclosure.posterior import guess, total
from measures.stats.disclosure.rules import ALL, Rules
from measures.stats.disclosure.systems import systems_of
from tests.measures.stats.disclosure.history import (
    SURVEYS,
    Records,
    quarters,
    release,
    truth_of,
)

NOTHING_HIDDEN = Rules(d4=False, d5=False, d6=False, d8=False)


def guessed(survey, rules):
    records = Records(survey, seed=0)
    tables = [table for quarter in quarters() for table in release(records, quarter, rules=rules)]
    truth = truth_of({survey.slug: records})
    return total([guess(system, truth) for system in systems_of(tables)])


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda survey: survey.slug)
def test_rules_leave_little_to_gain_and_exact_counts_much(survey):
    under_the_rules, without = guessed(survey, ALL), guessed(survey, NOTHING_HIDDEN)

    assert under_the_rules.counts > 200
    # The same small counts, guessed without the tables: the yardstick is the same.
    assert (without.counts, without.before) == (under_the_rules.counts, under_the_rules.before)
    assert under_the_rules.gain < 0.10 < without.gain
