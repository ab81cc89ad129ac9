"""What goes first where a release would tell too much, and that no more goes than has to."""

from dataclasses import replace

from measures.stats.disclosure.fallback import leave_out_until_safe, within_reach
from measures.stats.disclosure.gate import gate
from measures.stats.disclosure.tables import Shape
from tests.measures.stats.disclosure.tables import cell, table

YEAR = "year-to-2022-Q4"
WHOLE = table({"": {"": 70, "yes": 30, "no": 40}}, period=YEAR)
MEN = {"": 25, "yes": None, "no": 20}


def split(yes: int):
    return table({"f": {"": 50, "yes": yes, "no": 20}, "m": MEN}, by="sex", period=YEAR)


def test_safe_tables_are_released_as_they_are():
    found = leave_out_until_safe([WHOLE, split(30)], [])

    assert (found.tables, found.left_out) == ((WHOLE, split(30)), ())


def test_split_that_tells_too_much_is_left_out_with_the_reason():
    found = leave_out_until_safe([WHOLE, split(35)], [])

    assert found.tables == (WHOLE,)
    [words] = found.left_out
    assert words.startswith(f"a-survey: q by sex in {YEAR}: with it, ")
    assert "among m is known to be 0 to 3" in words
    assert gate(found.tables).is_green


def test_what_was_released_before_counts():
    found = leave_out_until_safe([split(35)], [WHOLE])

    assert found.tables == ()


def test_weighted_percentages_go_before_the_table_does():
    shape = Shape(("a", "b", "c"), {"net:ab": ("a", "b")}, weights=(1.0, 1.0))
    numbers = {
        "": 60,
        "a": cell("a", 45, share=72),
        "b": None,
        "c": cell("c", 10, share=20),
        "net:ab": cell("net:ab", 50, share=80),
    }
    told = table({"": numbers}, shape=shape)

    [safe] = leave_out_until_safe([told], []).tables

    # Those of the single answers are enough.
    assert [(one.answer, one.n, one.share) for one in safe.columns[""]] == [
        ("", 60, None),
        ("a", 45, None),
        ("b", None, None),
        ("c", 10, None),
        ("net:ab", 50, 80),
    ]


def test_other_surveys_and_quarters_long_gone_are_out_of_reach():
    near, far = (replace(WHOLE, quarter=quarter) for quarter in ("2021-Q1", "2020-Q4"))
    other = replace(WHOLE, survey="another")

    assert within_reach([WHOLE], [near, far, other]) == [near]
