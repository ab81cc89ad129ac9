"""Two years of three surveys: green under all rules, red without any one of them."""

from functools import cache

import pytest

from measures.stats.disclosure import gate as judging
from measures.stats.disclosure.gate import Verdict, gate
from measures.stats.disclosure.posterior import Guessed
from measures.stats.disclosure.rules import ALL, Rules
from tests.measures.stats.disclosure.history import (
    SURVEYS,
    Records,
    facts_of,
    quarters,
    release,
    safe_history,
    same_releases,
    truth_of,
)

DOMESTIC_ABUSE, HATE_CRIME, RAPE = SURVEYS


@cache
def history(slug: str):
    """The records of a survey and its safe releases: made once, a few seconds each."""
    records = Records(next(one for one in SURVEYS if one.slug == slug), seed=0)
    return records, safe_history(records)


def judged(slug: str, rules: Rules) -> Verdict:
    records, safe = history(slug)
    tables = same_releases(records, safe, rules=rules)
    return gate(tables, facts={slug: facts_of(records)}, truth=truth_of({slug: records}))


@pytest.mark.parametrize("survey", SURVEYS, ids=lambda survey: survey.slug)
def test_two_years_under_all_rules_are_green(survey):
    verdict = judged(survey.slug, ALL)

    assert verdict.findings == ()
    # It looked at hundreds of withheld and small counts, and could have guessed hundreds.
    assert verdict.attacked > 500
    assert verdict.guesses[survey.slug].counts > 200


def test_little_is_left_out():
    """Safety is not reached by telling nothing."""
    records, safe = history(HATE_CRIME.slug)
    everything = [t for quarter in quarters() for t in release(records, quarter)]

    assert len(safe) >= 0.9 * len(everything)
    told = [c for table in safe for cells in table.columns.values() for c in cells if c.n]
    assert len(told) > 300


@pytest.mark.parametrize(
    ("rule", "survey", "kind", "words"),
    [
        ("d1", RAPE, "closed set", "none of the breakdowns that the survey declares"),
        ("d2", RAPE, "closed set", "the four that end with it"),
        ("d3", RAPE, "closed set", "never told by place"),
        # The attack itself, not only the form of the cells, must find these.
        ("d4", RAPE, "bounds", "is known to be"),
        ("d5", HATE_CRIME, "bounds", "is known to be"),
        ("d6", RAPE, "bounds", "is known to be"),
        ("d7", RAPE, "bounds", "is known to be"),
        ("d8", RAPE, "bounds", "is known to be"),
        ("d9", RAPE, "frozen", "released more than once"),
    ],
)
def test_gate_turns_red_without_any_one_rule(rule, survey, kind, words):
    verdict = judged(survey.slug, Rules(**{rule: False}))

    assert not verdict.is_green
    assert any(one.kind == kind and words in one.words for one in verdict.findings)


@pytest.mark.parametrize(("counts", "findings"), [(99, 0), (100, 1)])
def test_of_few_counts_lucky_guesses_are_chance(monkeypatch, counts, findings):
    guessed = {"rape": Guessed(counts, before=0, after=50)}
    monkeypatch.setattr(judging, "_guesses", lambda *_: guessed)

    assert len(gate([], truth=lambda *_: 0).findings) == findings


def test_exact_counts_are_guessed():
    verdict = judged(RAPE.slug, Rules(d4=False, d5=False, d6=False))

    assert [one.table for one in verdict.findings if one.kind == "guesses"] == ["rape"]
