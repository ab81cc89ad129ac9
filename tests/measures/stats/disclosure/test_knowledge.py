"""What the attacker concludes is always true: no rule is stronger than he thinks."""

import pytest

from measures.stats.disclosure.knowledge import behind, limits, most_withheld
from measures.stats.disclosure.rules import ALL, Rules
from tests.measures.stats.disclosure.history import (
    SURVEYS,
    Records,
    chosen_of,
    counts_of,
    quarters,
    release,
)

RULES = [ALL, *(Rules(**{rule: False}) for rule in ("d4", "d5", "d6", "d7", "d8"))]


@pytest.mark.parametrize(
    ("told", "rules", "expected"),
    [
        (20, ALL, (16, 24)),
        (10, ALL, (10, 14)),
        (20, Rules(d5=False), (18, 22)),
        (10, Rules(d5=False), (10, 12)),
        (20, Rules(d6=False), (18, 22)),
        (0, Rules(d4=False), (0, 4)),
        (20, Rules(d5=False, d6=False), (20, 20)),
    ],
)
def test_count_behind_a_told_number(told, rules, expected):
    assert behind(told, rules) == expected


def test_withheld_count_is_at_most_11_since_11_may_have_been_shifted_below_10():
    assert most_withheld(ALL) == 11
    assert most_withheld(Rules(d5=False)) == 9


@pytest.mark.parametrize("rules", RULES, ids=lambda rules: str(rules.as_json()))
@pytest.mark.parametrize("survey", SURVEYS, ids=lambda survey: survey.slug)
def test_true_counts_meet_every_limit(survey, rules):
    records = Records(survey, seed=3)
    checked = 0
    for quarter in quarters()[3:5]:
        for table in release(records, quarter, rules=rules):
            for group, cells in table.columns.items():
                counts = counts_of(records, table, chosen_of(records, table, group))
                for limit in limits(table, cells):
                    value = limit.of_part * counts[limit.answer] + limit.of_base * counts[""]
                    assert limit.low - 1e-6 <= value <= limit.high + 1e-6, (
                        table.name,
                        group,
                        limit,
                    )
                    checked += 1
    assert checked > 70
