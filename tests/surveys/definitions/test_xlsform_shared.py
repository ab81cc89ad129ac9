"""Forms that others wrote and used: each loads, or is refused by sheet, row and column."""

import csv
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from surveys.definitions.loader import build_definition
from surveys.definitions.places import Marked
from surveys.definitions.xlsform import XlsformError, read_xlsform
from surveys.definitions.xlsform.notes import Notes
from surveys.definitions.xlsform.sheets import plain, read_table
from surveys.definitions.xlsform.tree import Group, Item, read_tree
from surveys.definitions.xlsform.workbook import read_workbook

pytestmark = pytest.mark.shared_data


@pytest.fixture
def forms(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "xlsform").glob("*.xls*"))


def test_every_form_loads_or_is_refused_with_its_places(forms):
    assert forms
    for path in forms:
        for trouble in _troubles(path):
            assert re.match(rf"{re.escape(path.name)}: \w+, row \d+, column \S", trouble), trouble


def _troubles(path: Path) -> list[str]:
    """Why a form is refused; nothing where it loads whole."""
    try:
        imported = read_xlsform(path.read_bytes(), file_name=path.name)
    except XlsformError as error:
        return list(map(str, error.troubles))
    return list(map(str, imported.dropped))


def test_every_form_loads_leniently_and_can_be_stored(forms):
    for path in forms:
        imported = read_xlsform(path.read_bytes(), file_name=path.name, lenient=True)

        problems = build_definition(Marked(imported.data)).problems

        assert not [problem for problem in problems if problem.level == "error"], path.name


def test_the_counts_agree_with_what_pyxform_makes_of_the_forms(shared_data):
    folder = shared_data / "xlsform"
    with (folder / "expected-pyxform.csv").open(encoding="utf-8", newline="") as lines:
        expected = [row for row in csv.DictReader(lines) if row["converts"] == "yes"]

    for row in expected:
        counted = dict(_counts(folder / row["file"]))
        # These two calculate in settings and in a sheet of entities, and mark a map by osm.
        if row["file"] in ("pyxform-case_insensitivity.xlsx", "pyxform-xlsform_spec_test.xlsx"):
            del counted["calculate"], counted["uploads"]
        assert counted == {key: int(row[key]) for key in counted}, row["file"]


def _counts(path: Path) -> Iterator[tuple[str, int]]:
    raw = read_workbook(path.read_bytes(), path.name)
    notes = Notes(path.name)
    survey = read_table(next(sheet for sheet in raw if plain(sheet.name) == "survey"), notes)
    items, groups = read_tree(survey, notes)
    rows = [one.row for one in (*items, *groups)]
    bases = [item.type.base for item in items]
    # A group of ours for each text beside a choice, as pyxform makes a question of it.
    others = sum(item.type.has_other for item in items)
    for column, key in (
        ("relevant", "relevant"),
        ("constraint", "constraint"),
        ("calculation", "calculate"),
        ("required", "required"),
    ):
        count = sum(bool(row.text(column)) for row in rows)
        yield key, count + others if key == "relevant" else count
    yield "repeats", sum(group.is_repeat for group in groups)
    yield "groups", len(groups)
    near = sum(item.type.base == "select_one" and not item.type.is_external for item in items)
    files = sum("chosen from the file" in item.type.why for item in items)
    yield "select1", near + files + _headings(items, groups, "select_one")
    yield "select", bases.count("select_multiple") + _headings(items, groups, "select_multiple")
    yield "ranges", bases.count("range")
    yield "triggers", bases.count("acknowledge")
    yield "uploads", sum("takes no files" in item.type.why for item in items)


def _headings(items: list[Item], groups: list[Group], base: str) -> int:
    """pyxform adds a question to each table, for the labels above it."""
    return sum(
        group.is_table and any(group in i.groups and i.type.base == base for i in items)
        for group in groups
    )
