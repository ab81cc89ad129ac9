"""The closed set of a release."""

from measures.stats.disclosure.allowed import Facts, tables_allowed
from surveys.tally.periods import parse_span

QUARTER = parse_span("2022-Q4")


def allowed(survey: str = "hate-crime") -> set[tuple[str, str, str]]:
    facts = Facts(survey, ["overall", "sex"], ["district", "sex"])
    found = tables_allowed(facts, QUARTER)
    assert len(found) == len(set(found))
    return {(one.period.key, one.question, one.by) for one in found}


def test_whole_is_told_by_quarter_and_by_four_quarters_and_splits_by_four_only():
    assert allowed() == {
        ("2022-Q4", "overall", ""),
        ("year-to-2022-Q4", "overall", ""),
        ("2022-Q4", "sex", ""),
        ("year-to-2022-Q4", "sex", ""),
        ("year-to-2022-Q4", "overall", "district"),
        ("year-to-2022-Q4", "overall", "sex"),
        ("year-to-2022-Q4", "sex", "district"),
    }


def test_survey_of_rape_survivors_is_never_told_by_place():
    assert {by for _, _, by in allowed("rape")} == {"", "sex"}
