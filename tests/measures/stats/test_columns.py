"""Letters beside the columns of a table."""

import pytest

from measures.stats.columns import ColumnTests, compare_columns
from measures.stats.values import Estimate, NotAvailable


def share(part: int, n: int, effective: float | None = None) -> Estimate:
    return Estimate(part / n, n=n, effective_n=effective or n)


def found_in(*shares: Estimate | NotAvailable) -> ColumnTests:
    found = compare_columns(shares, design="probability")
    assert isinstance(found, ColumnTests)
    return found


def test_letters_say_whose_share_is_above_whose() -> None:
    found = found_in(share(160, 200), share(110, 200), share(150, 200))
    assert found.letters == ("a", "b", "c")
    assert found.higher_than == ("b", "", "b")


def test_many_columns_make_a_finding_harder() -> None:
    alone = found_in(share(112, 200), share(92, 200))
    beside = found_in(share(112, 200), share(92, 200), share(102, 200))
    assert alone.higher_than == ("b", "")
    assert beside.higher_than == ("", "", "")
    assert beside.p[0, 1] == pytest.approx(3 * alone.p[0, 1])


def test_effective_bases_are_what_counts() -> None:
    weighted = found_in(share(112, 200, effective=60), share(92, 200, effective=60))
    assert weighted.higher_than == ("", "")


def test_column_of_few_answers_takes_no_part_and_keeps_its_letter_free() -> None:
    found = found_in(share(160, 200), share(2, 29), NotAvailable("nobody"), share(110, 200))
    assert found.letters == ("a", "", "", "d")
    assert found.higher_than == ("d", "", "", "")
    # Also where only the weights leave a base too small.
    assert found_in(share(160, 200), share(90, 200), share(20, 90, effective=25)).letters[2] == ""


def test_design_without_a_sample_forbids_tests() -> None:
    found = compare_columns([share(160, 200), share(110, 200)], design="self-selected")
    assert isinstance(found, NotAvailable)
    assert "can't be tested" in found.reason


def test_one_column_has_nothing_to_stand_beside() -> None:
    found = compare_columns([share(160, 200), share(2, 9)], design="probability")
    assert found == NotAvailable("fewer than two columns have 30 answers or more")
    many = compare_columns([share(160, 200)] * 27, design="probability")
    assert many == NotAvailable("columns are compared where there are at most 26")
