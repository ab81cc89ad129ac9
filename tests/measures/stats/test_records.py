"""Reading a file of records: what is a number, a code or missing, and what is refused by line."""

import gzip
from pathlib import Path

import numpy as np
import pytest

from measures.stats.records import Records, UnreadableError, read_margin, read_records


@pytest.fixture
def file(tmp_path):
    def write(text: str, name: str = "answers.csv") -> Path:
        path = tmp_path / name
        raw = text.encode("utf-8")
        path.write_bytes(gzip.compress(raw) if name.endswith(".gz") else raw)
        return path

    return write


def test_columns_are_found_by_names_with_dots_and_odd_signs(file) -> None:
    records = read_records(file('"","sch.wide","a/b","x=y"\n"1","No",1,2\n"2","Yes",3,4\n'))

    assert records.codes("sch.wide").levels == ("No", "Yes")
    assert records.split("x=y=4", "=") == ("x=y", "4")
    assert records.split("a/b/sch.wide", "/") == ("a/b", "sch.wide")


def test_a_packed_file_with_a_mark_of_byte_order_is_the_same(file) -> None:
    records = read_records(file("\ufeffy,z\r\n1,2\r\n", "answers.csv.gz"))

    assert records.numbers("y").tolist() == [1]


@pytest.mark.parametrize("missing", ["", "NA", "NaN", " ", '"NA"'])
def test_what_is_missing(file, missing: str) -> None:
    records = read_records(file(f"y,z\n1.5,a\n{missing},b\n-2e3,c\n"))

    assert records.numbers("y") == pytest.approx([1.5, np.nan, -2000], nan_ok=True)
    assert records.codes("y").of.tolist()[1] == -1
    assert not records.is_text("y")


def test_codes_are_in_order_and_1_0_is_1(file) -> None:
    records = read_records(file("y,z\n10.0,10.0\n-1.0,x\n9,1\n10,1\n"))

    numbers, texts = records.codes("y"), records.codes("z")
    assert (numbers.levels, numbers.of.tolist()) == (("-1", "9", "10"), [2, 0, 1, 2])
    assert texts.levels == ("1", "10.0", "x")
    assert (numbers.find("9.0"), numbers.find("x"), texts.find("10")) == (1, None, 1)


def test_a_cell_that_is_no_number_is_refused_by_line(file) -> None:
    records = read_records(file('y,z\n1,1\n"1,234",2\nsoon,3\n'))

    with pytest.raises(UnreadableError) as refusal:
        records.numbers("y")
    assert refusal.value.problems == ("answers.csv, line 3: y is '1,234', expected a number",)


@pytest.mark.parametrize(("cell", "told"), [("", "nothing"), ("NA", "nothing"), ("inf", "'inf'")])
def test_a_cell_that_must_be_there_is_refused_by_line(file, cell: str, told: str) -> None:
    records = read_records(file(f"w,z\n1,1\n{cell},2\n"))

    with pytest.raises(UnreadableError, match=f"line 3: w is {told}, expected a number in every"):
        records.complete_numbers("w")


def test_a_column_that_is_not_there_is_told_with_those_that_are(file) -> None:
    records = read_records(file("y,z\n1,2\n"))

    with pytest.raises(UnreadableError, match="no column 'x'; it has y, z"):
        records.numbers("x")
    with pytest.raises(UnreadableError, match="no column 'x'"):
        records.split("x=1", "=")
    with pytest.raises(UnreadableError, match="expected COLUMN=…"):
        records.split("x", "=")


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (b"y,z\n1,2,3\n", "expected a CSV file in UTF-8 with a header"),
        (b"", "expected a CSV file"),
        (b"y,z\n", "no record below the header"),
        (b"y,y\n1,2\n", "two columns 'y'"),
        (b"y,z\n\xe9t\xe9,2\n", "UTF-8"),
        (b"\x1f\x8b\x08not gzip", "expected a CSV file"),
    ],
)
def test_a_file_that_is_none_is_refused(tmp_path, raw: bytes, says: str) -> None:
    path = tmp_path / "answers.csv"
    path.write_bytes(raw)

    with pytest.raises(UnreadableError, match=says) as refusal:
        read_records(path)
    assert all("\n" not in problem for problem in refusal.value.problems)
    assert str(refusal.value).startswith("answers.csv")


def test_a_file_that_is_not_there_is_told(tmp_path) -> None:
    with pytest.raises(UnreadableError, match="there is no such file"):
        read_records(tmp_path / "answers.csv")
    with pytest.raises(UnreadableError, match=r"folder|directory|CSV"):
        read_records(tmp_path)


def test_a_margins_file(file) -> None:
    assert read_margin(file('"value","total"\n"No",1072\n"Yes",5122.5\n')) == {
        "No": 1072,
        "Yes": 5122.5,
    }


def test_a_margins_file_is_refused_with_every_line_that_is_wrong(file) -> None:
    with pytest.raises(UnreadableError) as refusal:
        read_margin(file("value,total\na,1\na,2\nb,0\n", "ages.csv"))
    assert refusal.value.problems == (
        "ages.csv, line 3: 'a' has a total already",
        "ages.csv, line 4: total is 0, expected a number above 0",
    )
    with pytest.raises(UnreadableError, match="no column 'total'"):
        read_margin(file("value,n\na,1\n", "ages.csv"))


def test_lines_are_counted_where_there_are_many(file) -> None:
    lines = ["y"] + ["1"] * 5000 + ["x"]
    records: Records = read_records(file("\n".join(lines) + "\n"))

    with pytest.raises(UnreadableError, match="line 5002"):
        records.numbers("y")
