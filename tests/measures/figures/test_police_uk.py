"""Street files of data.police.uk: real ones, and each oddity by itself."""

import csv
import gzip
from collections import Counter
from datetime import date

import pytest

from measures.figures.parsed import Remark, Unreadable
from measures.figures.police_uk import NO_ROWS, parse
from measures.figures.street_files import COLUMNS

KENT, SWALE, SHEPWAY, MEDWAY = "E23000032", "E07000113", "E07000112", "E06000035"
HEADER = ",".join(COLUMNS)


def row(kind="Burglary", lsoa="Swale 001A", month="2022-01", by="Kent Police", within=None):
    code = "E01024551" if lsoa else ""
    cells = [
        "",
        month,
        by,
        within or by,
        "0.7",
        "51.3",
        "On or near A, B",
        code,
        lsoa,
        kind,
        "",
        "",
    ]
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells)


def street_file(*rows, header=HEADER):
    return "".join(f"{line}\r\n" for line in (header, *rows)).encode()


def values_of(parsed):
    return {(row.area, row.category): row.value for row in parsed.rows if row.value}


def problems_of(content, places):
    with pytest.raises(Unreadable) as caught:
        parse(content, "street.csv", places=places)
    return caught.value.problems


@pytest.mark.shared_data
def test_kent_counts_are_as_expected_in_every_copy(shared_data, places):
    folder = shared_data / "police-uk"
    with (folder / "expected/kent-count-by-month-and-type.csv").open(newline="") as file:
        expected = {
            (line["copy"], line["Month"], line["Crime type"]): int(line["count"])
            for line in csv.DictReader(file)
        }

    found = {
        (path.parent.name, f"{row.starts:%Y-%m}", row.category): row.value
        for path in folder.glob("kent/*/*.csv.gz")
        for row in parse(path.read_bytes(), path.name, places=places).rows
        if row.area == KENT
    }

    assert found == expected


@pytest.mark.shared_data
def test_other_forces_are_as_expected_and_placed(shared_data, places):
    folder = shared_data / "police-uk"
    with (folder / "expected/other-forces-by-type.csv").open(newline="") as file:
        expected = {
            (line["file"], places.force_called(line["Reported by"]), line["Crime type"]): int(
                line["count"]
            )
            for line in csv.DictReader(file)
        }

    found = {
        (path.name, row.area, row.category): row.value
        for path in folder.glob("other-forces/*.csv.gz")
        for row in parse(path.read_bytes(), path.name, places=places).rows
    }

    assert found == expected
    assert {area for _, area, _ in found} >= {"btp", "N92000002", "E23000034", "W15000004"}


@pytest.mark.shared_data
def test_districts_agree_with_a_slow_count_of_the_lines(shared_data, places):
    path = shared_data / "police-uk/kent/copy-2022-07/2022-01-kent-street.csv.gz"
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        slow = Counter(
            (line["LSOA name"].rsplit(" ", 1)[0], line["Crime type"])
            for line in csv.DictReader(file)
        )

    parsed = parse(path.read_bytes(), path.name, places=places)

    districts = places.districts_of(KENT)
    found = {(row.area, row.category): row.value for row in parsed.rows if row.area != KENT}
    assert len(found) == 13 * 14
    for (name, kind), n in slow.items():
        if code := districts.get(name.casefold()):
            assert found[code, kind] == n
    assert sum(found.values()) == sum(
        n for (name, _), n in slow.items() if name.casefold() in districts
    )
    assert any("rows without LSOA: 179 of 16,338," in warning.why for warning in parsed.warnings)


def test_identical_rows_are_counted_each(places):
    same = row("Anti-social behaviour")

    parsed = parse(street_file(same, same, same), "street.csv", places=places)

    assert values_of(parsed)[KENT, "Anti-social behaviour"] == 3
    assert values_of(parsed)[SWALE, "Anti-social behaviour"] == 3


def test_districts_are_found_by_the_names_of_2011(places):
    parsed = parse(
        street_file(row(lsoa="Shepway 014C"), row(lsoa="Medway 007E")), "s", places=places
    )

    assert values_of(parsed) == {
        (KENT, "Burglary"): 2,
        (SHEPWAY, "Burglary"): 1,
        (MEDWAY, "Burglary"): 1,
    }


def test_a_district_without_rows_of_a_type_that_the_force_reported_has_0(places):
    parsed = parse(street_file(row("Robbery"), row("Drugs", "Medway 001A")), "s", places=places)

    zeros = [row for row in parsed.rows if not row.value]
    assert ("Robbery", MEDWAY) in {(row.category, row.area) for row in zeros}
    assert {row.note for row in zeros} == {NO_ROWS}
    assert {row.category for row in parsed.rows} == {"Robbery", "Drugs"}


def test_a_type_that_the_force_did_not_report_has_no_figure(places):
    parsed = parse(street_file(row("Robbery")), "s", places=places)

    assert not [row for row in parsed.rows if row.category == "Anti-social behaviour"]
    assert any(
        "no rows of Anti-social behaviour, Bicycle theft" in warning.why
        and warning.why.endswith("no figure, which is not 0")
        for warning in parsed.warnings
    )


def test_rows_elsewhere_or_nowhere_count_for_the_force_and_are_told(places):
    content = street_file(
        row(), row(lsoa="Bexley 001A"), row(lsoa="Bexley 002B"), row(lsoa=""), row(within="Essex")
    )

    parsed = parse(content, "s", places=places)

    assert values_of(parsed) == {(KENT, "Burglary"): 5, (SWALE, "Burglary"): 2}
    assert parsed.warnings[:3] == (
        Remark(
            "Kent Police 2022-01",
            "rows without LSOA: 1 of 5, counted for the force, in no district",
        ),
        Remark(
            "Kent Police 2022-01",
            "rows outside its districts: 2 (Bexley 2), counted for the force, in no district",
        ),
        Remark(
            "Kent Police 2022-01",
            "rows that fall within another force, as the file says: 1, "
            "counted for the force that reported them",
        ),
    )


def test_several_months_and_forces_in_one_file(places):
    content = street_file(
        row(), row(month="2022-02"), row(by="Police Service of Northern Ireland", lsoa="")
    )

    parsed = parse(content, "s", places=places)

    assert {(row.area, row.starts, row.ends) for row in parsed.rows if row.value} == {
        (KENT, date(2022, 1, 1), date(2022, 1, 31)),
        (SWALE, date(2022, 1, 1), date(2022, 1, 31)),
        (KENT, date(2022, 2, 1), date(2022, 2, 28)),
        (SWALE, date(2022, 2, 1), date(2022, 2, 28)),
        ("N92000002", date(2022, 1, 1), date(2022, 1, 31)),
    }
    assert parsed.title == (
        "Street-level crime, Kent Police, Police Service of Northern Ireland, 2022-01 to 2022-02"
    )


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(street_file(row())),
        b"\xef\xbb\xbf" + street_file(row()),
        street_file(row(), "", ""),
        street_file(row()).replace(b"\r\n", b"\n"),
        street_file(row().replace("A, B", "Heol Tŷ, B")),
    ],
    ids=["gzip", "byte order mark", "empty lines at the end", "Unix lines", "Welsh"],
)
def test_spellings_of_the_same_file(places, content):
    parsed = parse(content, "street.csv", places=places)

    assert values_of(parsed) == {(KENT, "Burglary"): 1, (SWALE, "Burglary"): 1}


def test_a_last_line_without_its_end_is_a_warning(places):
    parsed = parse(street_file(row()).rstrip(), "street.csv", places=places)

    assert parsed.warnings[-1] == Remark("last line", "has no line end: the file may be cut short")


def test_a_header_with_other_columns_names_them(places):
    header = HEADER.replace("Crime type", "Type").replace(",Context", "")

    (problem,) = problems_of(street_file(row(), header=header), places)

    assert problem.startswith(
        "street.csv: line 1: missing columns Crime type, Context; unexpected columns Type: "
        "expected Crime ID, Month, Reported by"
    )


@pytest.mark.shared_data
def test_an_outcomes_file_is_refused(shared_data, places):
    path = next((shared_data / "police-uk/kent-outcomes").glob("*.csv.gz"))

    assert problems_of(path.read_bytes(), places) == [
        "street.csv: line 1: an outcomes file: expected a street file, with Crime type"
    ]


def test_every_line_without_month_force_or_type_is_told(places):
    content = street_file(
        row(), row(month="January"), row(by="Kent Polis"), row(kind="Swale 001A"), row(kind="")
    )

    expected = (
        "expected a month such as 2022-01, a force named in surveys/content/places.csv "
        "and a crime type of data.police.uk"
    )
    told = "Month {}, Reported by {}, Crime type {}"
    assert problems_of(content, places) == [
        f"street.csv: line {line}: {told.format(*cells)}: {expected}"
        for line, cells in (
            (3, ("January", "Kent Police", "Burglary")),
            (4, ("2022-01", "Kent Polis", "Burglary")),
            (5, ("2022-01", "Kent Police", "Swale 001A")),
            (6, ("2022-01", "Kent Police", "(empty)")),
        )
    ]


def test_many_bad_lines_are_counted(places):
    problems = problems_of(street_file(*[row(kind="Arson")] * 1030), places)

    assert len(problems) == 21
    assert problems[-1] == "street.csv: and 1,010 more such lines"


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (
            gzip.compress(street_file(row()))[:-12],
            "street.csv: a gzip file that is cut short or damaged",
        ),
        (
            street_file(row()).decode().encode("utf-16"),
            "street.csv: expected text in UTF-8, found UTF-16 or a binary file",
        ),
        (
            street_file(row(), row().replace("A, B", "Café, B")).decode().encode("cp1252"),
            "street.csv: line 3: expected text in UTF-8, found another encoding",
        ),
        (street_file(), "street.csv: expected rows below the header, found none"),
        (
            street_file(row(), "more," + row()),
            "street.csv: line 3: Month (empty), Reported by 2022-01, Crime type Swale 001A: "
            "expected a month such as 2022-01, a force named in surveys/content/places.csv and a "
            "crime type of data.police.uk",
        ),
        (
            b"x" * 200_000,
            "street.csv: line 1: not CSV (field larger than field limit (131072))",
        ),
    ],
    ids=["cut gzip", "UTF-16", "cp1252", "no rows", "a cell too many", "one long word"],
)
def test_damaged_files_are_refused(places, content, problem):
    assert problems_of(content, places) == [problem]


def test_lines_that_end_as_on_an_old_mac_are_refused(places):
    (problem,) = problems_of(street_file(row()).replace(b"\r\n", b"\r"), places)

    assert problem.startswith("street.csv: line 1: not CSV (")


def test_a_quote_that_never_ends_is_refused(places):
    (problem,) = problems_of(street_file(row().replace("On or near", '"On or near')), places)

    assert problem.startswith("street.csv: ")
