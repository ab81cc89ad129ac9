"""Compact tables: they say what the original files say, and which files those were."""

from dataclasses import replace
from datetime import date

import pytest

from measures.figures.parsed import Document, Parsed, Row, Unreadable
from measures.figures.published_facts import STATED, Fact, parse, write

KENT = "E23000032"
SOURCES = ("ons-pfa", "police-uk")
MONTH = (date(2022, 1, 1), date(2022, 1, 31))
FIRST = Document(
    "police-uk",
    "2022-01-kent-street.csv.gz",
    "a" * 64,
    Parsed(
        publisher="data.police.uk",
        title="Street-level crime, Kent Police, 2022-01",
        licence="Open Government Licence v3.0",
        released_at=date(2022, 7, 10),
        rows=(
            Row(KENT, "Robbery", *MONTH, value=130, label="Robbery"),
            Row("E07000105", "Robbery", *MONTH, value=0, label="Robbery", note="No row, “none”"),
        ),
    ),
)
SECOND = Document(
    "ons-pfa",
    "tables.xlsx",
    "b" * 64,
    replace(
        FIRST.parsed,
        title="Police recorded crime",
        rows=(
            Row(
                KENT,
                "Other theft offences",
                date(2018, 4, 1),
                date(2019, 3, 31),
                value=-5,
                label="All other theft offences",
                category_code="49",
                where="Table P1 U47",
            ),
        ),
    ),
)


def text_of(*documents):
    return write(Fact(document, STATED) for document in documents)


def problems_of(text, places):
    with pytest.raises(Unreadable) as caught:
        parse(text.encode(), "facts.csv", places=places, sources=SOURCES)
    return caught.value.problems


def test_a_table_gives_back_the_files_that_it_was_made_of(places):
    content = text_of(FIRST, SECOND).encode()

    assert parse(content, "facts.csv", places=places, sources=SOURCES) == [FIRST, SECOND]


def test_every_row_has_its_source_licence_release_date_and_checksum():
    lines = text_of(FIRST, SECOND).splitlines()[1:]

    assert len(lines) == 3
    for line in lines:
        assert "Open Government Licence v3.0,2022-07-10,stated," in line
        assert "a" * 64 in line or "b" * 64 in line


def test_a_file_without_release_date_makes_no_facts():
    undated = replace(FIRST, parsed=replace(FIRST.parsed, released_at=None))

    with pytest.raises(ValueError, match="has no release date"):
        text_of(undated)


@pytest.mark.parametrize(
    ("said", "instead", "problem"),
    [
        (f"police-uk,{KENT},", f"elsewhere,{KENT},", "source 'elsewhere': expected ons-pfa, p"),
        (f"police-uk,{KENT},", "police-uk,Kent,", "area 'Kent' is not known: expected a code"),
        (",130,", ",many,", "value 'many': expected a whole number"),
        (",Robbery,,2022-01-01", ",,,2022-01-01", "category is empty"),
        (
            "2022-01-01,2022-01-31,130",
            "2022-01-01,January,130",
            "ends 'January': expected a day such as 2022-11-30",
        ),
        (
            "2022-01-01,2022-01-31,130",
            "2022-02-01,2022-01-31,130",
            "ends 2022-01-31 is before starts 2022-02-01",
        ),
        ("a" * 64, "a" * 63, "sha256: expected the 64 hexadecimal digits"),
    ],
)
def test_a_wrong_cell_is_told_by_line(places, said, instead, problem):
    wrong = text_of(FIRST).replace(said, instead, 1)

    (told, *_) = problems_of(wrong, places)

    assert told.startswith(f"facts.csv: line 2: {problem}")


def test_rows_that_disagree_about_their_file_are_refused(places):
    head, first, second = text_of(FIRST).splitlines()
    wrong = "\n".join((head, first, second.replace("2022-07-10", "2022-07-11"))) + "\n"

    assert problems_of(wrong, places) == [
        "facts.csv: line 3: released differs from line 2, which has the same source and sha256"
    ]


def test_a_street_file_is_no_table_of_facts(places):
    assert problems_of("Crime ID,Month\n1,2\n", places)[0].startswith(
        "facts.csv: line 1: missing columns source, area"
    )
