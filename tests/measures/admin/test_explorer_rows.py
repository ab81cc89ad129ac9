"""The table of a question: what is told of each base, and which columns are compared."""

from dataclasses import replace

from measures.admin.figures_in_words import percent
from measures.admin.headlines import highest_first
from measures.admin.result_rows import Grid, grid_of
from measures.compute.tables import NOT_STATED
from measures.stats.values import Estimate
from tests.factories.tables import options_table, satisfaction_table

HIGH = ("North", (60, 20, 10, 5, 3, 1, 1))
LOW = ("South", (10, 10, 10, 10, 10, 20, 30))
SMALL = ("West", (8, 4, 3, 2, 1, 1, 1))


def line(grid: Grid, code: str):
    return next(one for one in grid.lines if one.code == code)


def test_grid_of_everyone_tells_share_interval_number_and_bases():
    grid = grid_of(satisfaction_table())
    satisfied = line(grid, "net:satisfied").cells[0]
    # 200 of 250 and its Wilson interval, 0.7460 to 0.8449.
    assert (satisfied.percent, satisfied.interval, satisfied.n) == ("80%", "75 to 84", "200")
    assert {foot.label: foot.values for foot in grid.feet} == {
        "Answers in the base": ("250",),
        "Skipped or not asked": ("2",),
        "All responses": ("260",),
    }
    assert not grid.is_split
    assert grid.compared == ""


def test_grid_leaves_missing_codes_outside_the_shares():
    cell = line(grid_of(satisfaction_table()), "~dont-know").cells[0]
    assert (cell.n, cell.percent, cell.interval) == ("8", "", "")


def test_grid_letters_say_which_column_is_above_which():
    grid = grid_of(satisfaction_table(HIGH, LOW))
    assert [head.letter for head in grid.heads] == ["", "a", "b"]
    assert [cell.above for cell in line(grid, "net:satisfied").cells] == ["", "b", ""]
    assert [cell.above for cell in line(grid, "net:dissatisfied").cells] == ["", "", "a"]


def test_grid_letters_name_a_column_that_only_some_lines_compare():
    table = satisfaction_table(HIGH, LOW)
    everyone, high, low = table.columns
    first = low.cells[0]
    assert isinstance(first.share, Estimate)
    # Weights that differ among those few only: of this answer the column knows too little.
    unsure = replace(first, share=replace(first.share, effective_n=20.0))
    low = replace(low, cells=(unsure, *low.cells[1:]))
    third = replace(high, group="third", label="Third")
    grid = grid_of(replace(table, columns=(everyone, high, low, third)))
    assert [head.letter for head in grid.heads] == ["", "a", "b", "c"]


def test_grid_tells_counts_and_no_share_of_a_base_below_30():
    grid = grid_of(satisfaction_table(HIGH, LOW, SMALL))
    assert [head.marker for head in grid.heads] == ["", "", "", "[low]"]
    cell = line(grid, "net:satisfied").cells[3]
    assert (cell.n, cell.percent, cell.interval, cell.above) == ("15", "", "", "")
    assert grid.heads[3].letter == ""
    assert [marker for marker, _ in grid.markers] == ["[low]"]


def test_grid_marks_a_base_below_100_to_be_treated_with_care():
    grid = grid_of(satisfaction_table(("East", (30, 10, 5, 5, 5, 3, 2)), LOW))
    assert [head.marker for head in grid.heads] == ["", "[u]", ""]
    assert line(grid, "net:satisfied").cells[1].percent == "75%"


def test_grid_of_self_selected_answers_has_neither_intervals_nor_letters():
    grid = grid_of(satisfaction_table(HIGH, LOW, design="self-selected"))
    assert {cell.interval for one in grid.lines for cell in one.cells} == {""}
    assert {cell.above for one in grid.lines for cell in one.cells} == {""}
    assert "can't be tested" in grid.compared


def test_grid_does_not_compare_those_who_did_not_say():
    table = satisfaction_table(HIGH, LOW, ("Not stated", LOW[1]))
    unsaid = replace(table.columns[3], group=NOT_STATED)
    grid = grid_of(replace(table, columns=(*table.columns[:3], unsaid)))
    assert [head.letter for head in grid.heads] == ["", "a", "b", ""]
    assert line(grid, "net:satisfied").cells[1].above == "b"


def test_grid_puts_the_net_asked_for_first_and_missing_codes_last():
    codes = [one.code for one in grid_of(satisfaction_table(), first_net="net:dissatisfied").lines]
    assert codes[7:] == ["net:dissatisfied", "net:satisfied", "~dont-know"]


def test_highest_first_leaves_who_cannot_be_told_to_the_end():
    table = highest_first(satisfaction_table(SMALL, LOW, HIGH), 7)
    assert [column.label for column in table.columns] == ["Everyone", "North", "South", "West"]


def test_grid_of_a_plain_choice():
    grid = grid_of(options_table({"Web": 90, "Phone": 30}))
    assert [(one.label, one.cells[0].percent) for one in grid.lines[:2]] == [
        ("Web", "75%"),
        ("Phone", "25%"),
    ]


def test_percent_never_rounds_somebody_to_nobody():
    assert [percent(share) for share in (0.0, 0.004, 0.005, 0.745, 1.0)] == [
        "0%",
        "under 1%",
        "1%",
        "75%",
        "100%",
    ]
