"""The engine beside R survey 4.1-1 on real survey files, every row that is in scope."""

import re

import pytest

from tests.measures.stats.r_survey import Found, Row, ask, is_out_of_scope, rows

pytestmark = pytest.mark.shared_data

ESTIMATE, STANDARD_ERROR = 1e-6, 1e-4
# Of 88 rows, 3 quantiles and 2 beta intervals are out of scope.
IN_SCOPE = 83
TESTS = 8


@pytest.fixture(scope="module")
def answered(shared_data) -> list[tuple[Row, Found]]:
    surveys = shared_data / "surveys"
    return [(row, ask(surveys, row)) for row in rows(surveys) if not is_out_of_scope(row)]


def test_no_row_is_left_out_by_mistake(answered) -> None:
    assert len(answered) == IN_SCOPE


def test_estimates_and_errors_agree(answered) -> None:
    for row, found in answered:
        assert found.estimate == pytest.approx(row.estimate, rel=ESTIMATE), row
        if row.se is not None:
            assert found.se == pytest.approx(row.se, rel=STANDARD_ERROR, abs=0), row


def test_intervals_freedom_bases_and_design_effects_agree(answered) -> None:
    for row, found in answered:
        told = [(found.low, row.ci95_low), (found.high, row.ci95_high), (found.deff, row.deff)]
        told += [(found.df, row.design_df), (found.n, row.n)]
        # A row leaves empty what R does not print with that statistic.
        for ours, theirs in told:
            assert theirs is None or ours == pytest.approx(theirs, rel=1e-5), row


def test_tests_of_independence_agree_in_freedom_and_probability(answered) -> None:
    tests = [(row, found) for row, found in answered if row.note.startswith("p = ")]
    assert len(tests) == TESTS

    for row, found in tests:
        freedom = [float(n) for n in re.findall(r"df=([\d.]+)", row.domain)]
        assert found.freedom == pytest.approx(freedom, rel=1e-6), row
        if found.p is not None:
            assert found.p == pytest.approx(float(row.note.removeprefix("p = ")), rel=1e-5), row
