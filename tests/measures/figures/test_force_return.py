"""A return from the force, typed by a person."""

from datetime import date
from pathlib import Path

import pytest

from measures.figures.force_return import COLUMNS, parse
from measures.figures.parsed import Remark, Unreadable

KENT = "E23000032"
HEADER = ",".join(COLUMNS)
FACTS = Path(__file__).resolve().parents[3] / "measures" / "facts" / "kent-force-return.csv"


def returned(*lines, header=HEADER):
    return "\n".join((header, *lines, "")).encode()


def line(measure="robbery", area=KENT, start="2021-12", end="2022-11", count="1310", source="S"):
    return f"{measure},{area},{start},{end},{count},{source},A note"


def problems_of(content, places):
    with pytest.raises(Unreadable) as caught:
        parse(content, "return.csv", places=places)
    return caught.value.problems


def test_months_and_days_are_periods(places):
    content = returned(line(), "", line(start="2022-11-01", end="2022-11-07", count="0"))

    first, second = parse(content, "return.csv", places=places).rows

    assert (first.starts, first.ends) == (date(2021, 12, 1), date(2022, 11, 30))
    assert (first.area, first.category, first.value) == (KENT, "robbery", 1310)
    assert (first.label, first.where, first.note) == ("robbery", "line 2", "A note")
    assert (second.starts, second.ends) == (date(2022, 11, 1), date(2022, 11, 7))
    assert (second.value, second.where) == (0, "line 4")


def test_the_file_is_named_by_its_areas_and_sources(places):
    other = line(measure="knife", source="Another paper.")

    parsed = parse(returned(line(source="A paper"), other), "return.csv", places=places)

    assert (parsed.publisher, parsed.title) == (
        "Force return for Kent",
        "A paper; Another paper.",
    )
    assert [row.note for row in parsed.rows] == [
        "Source: A paper. A note",
        "Source: Another paper. A note",
    ]


def test_a_line_that_repeats_another_is_set_aside(places):
    parsed = parse(returned(line(), line(start="2021-12-01")), "return.csv", places=places)

    assert len(parsed.rows) == 1
    assert parsed.set_aside == (Remark("line 3", "repeats line 2"),)


def test_columns_may_come_in_another_order_and_after_a_byte_order_mark(places):
    content = returned(f"A note,S,1310,2022-11,2021-12,{KENT},robbery", header=_reversed())

    parsed = parse(b"\xef\xbb\xbf" + content, "return.csv", places=places)

    assert [row.value for row in parsed.rows] == [1310]


def _reversed():
    return ",".join(reversed(COLUMNS))


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (
            line(area="E23000099"),
            "area 'E23000099' is not known: expected a code such as E23000032",
        ),
        (line(area="Kent"), "area 'Kent' is not known: expected a code such as E23000032"),
        (
            line(count="-3"),
            "count '-3': expected a whole number from 0 up, without commas",
        ),
        (
            line(count="12.5"),
            "count '12.5': expected a whole number from 0 up, without commas",
        ),
        (line(count=""), "count '': expected a whole number from 0 up, without commas"),
        (
            line(count='"1,310"'),
            "count '1,310': expected a whole number from 0 up, without commas",
        ),
        (
            line(measure="Robbery!"),
            "measure 'Robbery!': expected its short name, such as violence-with-injury",
        ),
        (
            line(start="01/12/2021"),
            "period_start '01/12/2021': expected a day such as 2022-11-30 "
            "or a month such as 2022-11",
        ),
        (
            line(end="2022-02-30"),
            "period_end '2022-02-30': expected a day such as 2022-11-30 or a month such as 2022-11",
        ),
        (line(end="2021-11"), "period_end 2021-11 is before period_start 2021-12"),
        (line(source=""), "source is empty: expected where the count comes from"),
        (
            line(source="x" * 500),
            "source and note: expected at most 500 characters together",
        ),
        (f"robbery,{KENT}", "expected 7 cells, found 2"),
    ],
)
def test_a_wrong_line_is_told_by_its_number(places, bad, problem):
    content = returned(line(measure="knife"), bad)

    assert problems_of(content, places) == [f"return.csv: line 3: {problem}"]


def test_all_wrong_lines_are_told_at_once(places):
    content = returned(line(area="x"), line(), line(count="9"), line(count="?"))

    assert [problem.split(": ")[1] for problem in problems_of(content, places)] == [
        "line 2",
        "line 4",
        "line 5",
    ]


def test_two_counts_for_the_same_thing_are_refused(places):
    content = returned(line(), line(count="1311"))

    assert problems_of(content, places) == [
        "return.csv: line 3: count 1311, but line 2 says 1310 for the same measure, area and period"
    ]


@pytest.mark.parametrize(
    ("header", "problem"),
    [
        (
            HEADER.replace("count", "number"),
            "missing columns count; unexpected columns number",
        ),
        (f"{HEADER},note", "columns given twice note"),
        (f"{HEADER},", "unexpected columns (no name)"),
    ],
)
def test_a_wrong_header_names_its_columns(places, header, problem):
    assert problems_of(returned(line(), header=header), places) == [
        f"return.csv: line 1: {problem}: expected {', '.join(COLUMNS)}"
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (b"", f"return.csv: line 1: missing columns {', '.join(COLUMNS)}: expected "),
        (returned(), "return.csv: expected figures below the header, found none"),
        (returned('"robbery'), "return.csv: line 2: not CSV ("),
        (returned(line()).decode().encode("utf-16"), "return.csv: expected text in UTF-8"),
        (returned(*[line()] * 50, line(source="\0")), "return.csv: expected text in UTF-8"),
    ],
)
def test_files_that_hold_no_return_are_refused(places, content, problem):
    assert problems_of(content, places)[0].startswith(problem)


def test_the_return_of_the_demonstration_says_what_is_stated_and_what_derived(places):
    parsed = parse(FACTS.read_bytes(), FACTS.name, places=places)

    assert {(row.category, f"{row.ends:%Y-%m}"): row.value for row in parsed.rows} == {
        ("violence-with-injury", "2022-11"): 18_212,
        ("violence-with-injury", "2021-11"): 17_119,
        ("violence-with-injury", "2019-06"): 20_241,
        ("robbery", "2022-11"): 1_310,
        ("robbery", "2021-11"): 1_139,
        ("robbery", "2019-06"): 1_982,
        ("cyber-organisations", "2022-11"): 80,
        ("cyber-organisations", "2021-11"): 86,
    }
    assert "15 March 2023" in parsed.title
    for row in parsed.rows:
        expected = "Derived" if f"{row.ends:%Y-%m}" == "2021-11" else "Stated"
        assert row.note.startswith(expected)
