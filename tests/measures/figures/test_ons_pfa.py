"""Table P1 of ONS police force area workbooks: real ones, and each oddity by itself."""

import csv
from datetime import date

import pytest

from measures.figures.ons_pfa import parse
from measures.figures.parsed import Remark, Unreadable
from tests.measures.figures.workbook_files import workbook

KENT = "E23000032"
TITLE = "Table P1:  Police recorded crime …, number of offences, year ending June 20191,2"

# Two header lines, a spacer, glued footnotes, a line break, a text number, and notes below.
OLD_LAYOUT = [
    [TITLE],
    [None],
    ["England and Wales"],
    [None, None, "Total recorded crime (excluding fraud3)", "Victim-based crime"],
    ["Area Code", "Area Name", None, None, "Violence with\ninjury4", "All other theft offences"],
    [None, None, "Numbers"],
    ["K04000001", "ENGLAND AND WALES6", 500, None, 60, 50],
    [KENT, "Kent 7,8", 50.0, None, "1,310 ", 7],
    [None, "British Transport Police", 5, None, 0, 1],
    ["Source: Home Office - Police recorded crime "],
    ["4. Drivers are counted apart."],
    ["7. Kent counted late."],
]
# One header line further down, notes in brackets and on a sheet of their own.
NEW_LAYOUT = [
    ["Table P1: Police recorded crime …, number of offences, year ending March 2023 [note 1]"],
    ["This worksheet contains one table."],
    ["Some shorthand is used in this table. [x] indicates data are unavailable."],
    ["Link to Notes page"],
    ["Source: Police recorded crime from the Home Office"],
    ["Area code", "Area name", "Total recorded crime\n (excluding fraud) \n[note 2]", "Robbery"],
    ["E92000001", "England", 900, 80],
    [KENT, "Kent [note 5]", "160,259 ", "1,234 [r]"],
    ["[z]", "British Transport Police", 6, "[x]"],
]
NEW_SHEETS = {
    "Cover sheet": [
        ["Release date", "20 July 2023"],
        ["Next release date: 19 October 2023"],
        ["Table P1: Police recorded crime …, year ending March 2023"],
    ],
    "Notes": [["Note number", "Note text"], ["note 5", "Kent changed its system."]],
    "Table P1": NEW_LAYOUT,
}


def table(*area_lines, header=("Area Code", "Area Name", "Robbery"), title=TITLE):
    return workbook({"Table P1 ": [[title], list(header), *map(list, area_lines)]})


def problems_of(content, places):
    with pytest.raises(Unreadable) as caught:
        parse(content, "tables.xlsx", places=places)
    return caught.value.problems


@pytest.mark.shared_data
def test_kent_line_of_every_real_workbook_is_as_expected(shared_data, places):
    folder = shared_data / "ons-recorded-crime"
    with (folder / "expected-kent-table-p1.csv").open(newline="") as file:
        expected = sorted(tuple(line.values()) for line in csv.DictReader(file))

    found = [
        (f"{row.ends:%Y-%m}", row.category, str(row.value))
        for path in folder.glob("*.xlsx")
        for row in parse(path.read_bytes(), path.name, places=places).rows
        if row.area == KENT
    ]

    assert sorted(found) == expected


@pytest.mark.shared_data
def test_real_workbooks_give_every_force_region_and_category(shared_data, places):
    for path in (shared_data / "ons-recorded-crime").glob("*.xlsx"):
        parsed = parse(path.read_bytes(), path.name, places=places)

        # England and Wales, both countries, 9 regions, 43 forces, British Transport Police.
        assert len({row.area for row in parsed.rows}) == 56
        assert len(parsed.rows) == 56 * 23
        assert (parsed.set_aside, parsed.warnings) == ((), ())
        assert {(row.ends - row.starts).days for row in parsed.rows} == {364}
        assert all(row.label == row.category for row in parsed.rows)
        of = {(row.area, row.category): row.value for row in parsed.rows}
        for category in {row.category for row in parsed.rows}:
            assert of["K04000001", category] == (
                of["E92000001", category] + of["W92000004", category] + of["btp", category]
            )


@pytest.mark.shared_data
def test_only_the_corrected_workbook_says_when_it_came_out(shared_data, places):
    folder = shared_data / "ons-recorded-crime"
    released = {
        path.name: parse(path.read_bytes(), path.name, places=places).released_at
        for path in folder.glob("*.xlsx")
    }

    corrected = "policeforceareadatatablesyearendingjune2018corrected.xlsx"
    assert {name for name, day in released.items() if day} == {corrected}
    assert released[corrected] == date(2019, 2, 6)


def test_two_header_lines_spacers_and_glued_footnotes(places):
    content = workbook({"Notes": [["About"]], "Table P1 ": OLD_LAYOUT})

    parsed = parse(content, "tables.xlsx", places=places)

    assert {(row.area, row.category): row.value for row in parsed.rows} == {
        ("K04000001", "Total recorded crime (excluding fraud)"): 500,
        ("K04000001", "Violence with injury"): 60,
        ("K04000001", "Other theft offences"): 50,
        (KENT, "Total recorded crime (excluding fraud)"): 50,
        (KENT, "Violence with injury"): 1310,
        (KENT, "Other theft offences"): 7,
        ("btp", "Total recorded crime (excluding fraud)"): 5,
        ("btp", "Violence with injury"): 0,
        ("btp", "Other theft offences"): 1,
    }
    kent = next(row for row in parsed.rows if (row.area, row.value) == (KENT, 1310))
    assert (kent.starts, kent.ends) == (date(2018, 7, 1), date(2019, 6, 30))
    assert (kent.label, kent.where) == ("Violence with injury", "Table P1 E8")
    assert kent.note == "Kent counted late. Drivers are counted apart."
    theft = next(row for row in parsed.rows if row.value == 7)
    assert theft.label == "All other theft offences"
    assert parsed.title.endswith("number of offences, year ending June 2019")


def test_the_accessible_layout_of_later_years(places):
    parsed = parse(workbook(NEW_SHEETS), "tables.xlsx", places=places)

    assert {(row.area, row.category): row.value for row in parsed.rows} == {
        ("E92000001", "Total recorded crime (excluding fraud)"): 900,
        ("E92000001", "Robbery"): 80,
        (KENT, "Total recorded crime (excluding fraud)"): 160259,
        (KENT, "Robbery"): 1234,
        ("btp", "Total recorded crime (excluding fraud)"): 6,
    }
    assert parsed.released_at == date(2023, 7, 20)
    robbery = next(row for row in parsed.rows if row.value == 1234)
    assert robbery.note == "Marked [r] by the publisher. Kent changed its system."
    assert parsed.set_aside == (
        Remark("Table P1 D9", "British Transport Police, Robbery: holds “[x]”"),
    )


@pytest.mark.parametrize("cell", ["..", "-", "N/A", "NA", "+", ":", "*", "*↑", "[c]", 12.5])
def test_a_cell_without_a_whole_number_is_set_aside_and_never_0(places, cell):
    parsed = parse(table([KENT, "Kent", cell], ["E23000033", "Sussex", 8]), "t", places=places)

    assert [(row.area, row.value) for row in parsed.rows] == [("E23000033", 8)]
    assert parsed.set_aside == (Remark("Table P1 C3", f"Kent, Robbery: holds “{cell}”"),)


def test_an_empty_cell_is_set_aside(places):
    parsed = parse(table([KENT, "Kent"], ["E23000033", "Sussex", 8]), "t", places=places)

    assert parsed.set_aside == (Remark("Table P1 C3", "Kent, Robbery: is empty"),)


def test_a_total_that_leaves_a_force_out_is_set_aside(places):
    parsed = parse(
        table(
            ["K04000001", "England and Wales", 80],
            ["K04000001", "England and Wales (excluding Greater Manchester Police)", 70],
        ),
        "t",
        places=places,
    )

    assert [row.value for row in parsed.rows] == [80]
    assert [remark.where for remark in parsed.set_aside] == ["Table P1 row 4"]


def test_an_unknown_name_for_a_known_code_is_a_warning(places):
    parsed = parse(table([KENT, "Kent and Essex", 8]), "t", places=places)

    assert parsed.warnings == (
        Remark("Table P1 row 3", "E23000032 is called Kent and Essex, known as Kent"),
    )


def test_a_title_that_the_contents_contradict_is_a_warning(places):
    sheets = {**NEW_SHEETS, "Cover sheet": [["Table P1: crime, year ending March 2022"]]}

    parsed = parse(workbook(sheets), "tables.xlsx", places=places)

    assert "contents say March 2022" in parsed.warnings[0].why


def test_unknown_areas_are_told_by_sheet_and_row_all_at_once(places):
    content = table(["E23000099", "Wessex", 8], [KENT, "Kent", 3], [None, "Mercia", 9])

    assert problems_of(content, places) == [
        "tables.xlsx: Table P1 row 3: area Wessex with the code E23000099 is not known: "
        "expected a code of surveys/content/places.csv",
        "tables.xlsx: Table P1 row 5: area Mercia with the code (none) is not known: "
        "expected a code of surveys/content/places.csv",
    ]


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            workbook({"Notes": [["x"]], "Table P2": [["y"]]}),
            "no sheet Table P1: expected it among the sheets (Notes, Table P2)",
        ),
        (
            table(header=("Code", "Area", "Robbery")),
            "Table P1: expected a header line with Area Code and Area Name",
        ),
        (
            table([KENT, "Kent", 8], title="Table P1: Police recorded crime"),
            'Table P1: expected a title that ends like "year ending June 2019"',
        ),
        (
            table([KENT, "Kent", 8], title="Table P1: rate of offences, year ending June 2019"),
            "Table P1: expected numbers of offences, found: "
            "Table P1: rate of offences, year ending June 2019",
        ),
        (
            table([KENT, "Kent", 8, 9], header=("Area Code", "Area Name", "Robbery", "Robbery4")),
            "Table P1 D2: expected one column for Robbery, this is the second",
        ),
        (
            table([KENT, "Kent", 8, 9]),
            "Table P1 D3: a figure in a column without a heading",
        ),
        (
            table([KENT, "Kent", 8], [KENT, "Kent", 9]),
            "Table P1 row 4: Kent again, expected one line for it (row 3)",
        ),
        (table([KENT, "Kent", ".."]), "Table P1: expected figures, found none"),
    ],
)
def test_other_layouts_are_refused_by_sheet_and_place(places, content, problem):
    assert problems_of(content, places) == [f"tables.xlsx: {problem}"]


@pytest.mark.shared_data
def test_an_old_workbook_that_is_cut_short_is_refused(shared_data, places):
    whole = (shared_data / "xlsform" / "kpi-MCH_v1.xls").read_bytes()

    (problem,) = problems_of(whole[:-100], places)

    assert problem.startswith("tables.xlsx: not a workbook (")


@pytest.mark.parametrize("content", [b"", b"Area Code,Area Name\n", workbook(NEW_SHEETS)[:900]])
def test_a_file_that_is_no_workbook_is_refused(places, content):
    (problem,) = problems_of(content, places)

    assert problem.startswith("tables.xlsx: not a workbook (")
    assert problem.endswith("): expected an .xlsx, .xls or .ods file")
