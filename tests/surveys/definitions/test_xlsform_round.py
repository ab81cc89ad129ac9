"""What goes out comes back: the same canonical text, and edits made in between win."""

import io
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from python_calamine import CalamineWorkbook
from pyxform.xls2xform import convert

from surveys.definitions.fingerprint import canonical, fingerprint
from surveys.definitions.loader import load_definition
from surveys.definitions.schema import Definition
from surveys.definitions.xlsform import XlsformError, read_xlsform, write_xlsform
from surveys.definitions.xlsform.loading import import_sheets
from surveys.definitions.xlsform.workbook import RawSheet, read_workbook
from tests.factories.definitions import definitions
from tests.factories.sheets import packed
from tests.factories.surveys import small_definition

CONTENT = Path(__file__).resolve().parents[3] / "surveys" / "content"
BUILT_IN = sorted(path for path in CONTENT.glob("*/*.yaml"))


def read_back(data: bytes, *, file_name: str = "out.xlsx") -> Definition:
    return Definition.model_validate(read_xlsform(data, file_name=file_name).data)


def edited(data: bytes, sheet: str, row: int, **cells: str) -> bytes:
    """The workbook with cells of one row changed; `label__en` is the column label::English (en)."""
    sheets = []
    for raw in read_workbook(data, "out.xlsx"):
        rows = [list(cells) for cells in raw.rows]
        if raw.name == sheet:
            for name, text in cells.items():
                column = name.replace("label__en", "label::English (en)")
                rows[row - 1][rows[0].index(column)] = text
        sheets.append(RawSheet(raw.name, tuple(map(tuple, rows))))
    return packed(sheets)


def row_of(data: bytes, sheet: str, name: str) -> int:
    """The row of a sheet that bears a name."""
    raw = next(raw for raw in read_workbook(data, "out.xlsx") if raw.name == sheet)
    column = raw.rows[0].index("name")
    return next(n for n, cells in enumerate(raw.rows, start=1) if cells[column] == name)


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.parent.name)
def test_the_built_in_surveys_come_back_with_their_hash(path):
    definition = load_definition(path.read_text(encoding="utf-8"), draft=True)

    back = read_back(write_xlsform(definition))

    assert fingerprint(canonical(back)) == fingerprint(canonical(definition))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(definitions())
def test_any_definition_comes_back_with_its_hash(definition):
    assert canonical(read_back(write_xlsform(definition))) == canonical(definition)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(definitions())
def test_other_tools_can_convert_what_is_written(definition):
    assert convert(write_xlsform(definition), validate=False, file_type=".xlsx").xform


@pytest.mark.parametrize("path", BUILT_IN, ids=lambda path: path.parent.name)
def test_other_tools_can_convert_the_built_in_surveys(path):
    definition = load_definition(path.read_text(encoding="utf-8"), draft=True)

    converted = convert(write_xlsform(definition), validate=False, file_type=".xlsx")

    assert definition.survey in converted.xform


def test_the_same_definition_gives_the_same_file():
    assert write_xlsform(small_definition()) == write_xlsform(small_definition())


def test_conditions_and_bounds_are_written_for_other_tools():
    book = CalamineWorkbook.from_filelike(io.BytesIO(write_xlsform(small_definition())))
    rows = book.get_sheet_by_name("survey").to_python()
    by_name = {row[1]: dict(zip(rows[0], row, strict=True)) for row in rows}

    assert by_name["reasons"]["constraint"].startswith("count-selected(.) <= 2")
    assert by_name["calls"]["relevant"] == "${reported} = 'yes'"
    assert by_name["calls"]["constraint"] == ". >= 0 and . <= 20"
    assert by_name["page-4"]["relevant"] == "${overall} = '3'"


def test_a_label_that_was_edited_in_the_workbook_is_the_new_one():
    data = write_xlsform(small_definition())

    back = read_back(edited(data, "survey", row_of(data, "survey", "area"), label__en="Your area?"))

    assert back.by_name["area"].ask == {"en": "Your area?"}
    assert back.by_name["area"].sensitive


def test_a_condition_that_was_edited_in_the_workbook_wins_over_our_column():
    data = write_xlsform(small_definition())
    row = row_of(data, "survey", "calls")

    back = read_back(edited(data, "survey", row, relevant="${area} = 'north'"))

    assert back.by_name["calls"].show_if == {"area": {"is": "north"}}


def test_an_option_that_was_edited_in_the_workbook_is_the_new_one():
    data = write_xlsform(small_definition())

    back = read_back(edited(data, "choices", row_of(data, "choices", "rude"), label__en="Brusque"))

    labels = [option.label for option in back.by_name["reasons"].options]
    assert {"en": "Brusque"} in labels


def test_an_edit_that_cannot_be_carried_is_refused_by_its_row():
    data = write_xlsform(small_definition())
    row = row_of(data, "survey", "calls")

    with pytest.raises(XlsformError) as caught:
        read_xlsform(
            edited(data, "survey", row, relevant="regex(${words}, 'x')"), file_name="o.xlsx"
        )

    assert str(caught.value) == (
        f"o.xlsx: survey, row {row}, column relevant: uses regex(), which has no counterpart"
    )


def test_a_text_longer_than_a_cell_comes_back_whole():
    long = "x " * 40_000 + "end"
    definition = small_definition(**{"What would help?": f'"{long}"'})

    assert canonical(read_back(write_xlsform(definition))) == canonical(definition)


@pytest.mark.parametrize(
    "text", ["=1+1", "_x0041_", "${nobody}", "{{area|there}}", "<b>", "a & b", " ", "'", "ab", "-"]
)
def test_odd_texts_come_back(text):
    data = small_definition().model_dump(mode="json", exclude_defaults=True)
    data["pages"][3]["questions"][0]["ask"] = {"en": text}
    if "{{" not in text:
        data["pages"][3]["questions"][0]["options"][0]["label"] = {"en": text}
    data["done"] = {"en": text.replace("{{", "{")}
    definition = Definition.model_validate(data)

    assert canonical(read_back(write_xlsform(definition))) == canonical(definition)


def test_a_form_of_ours_knows_its_name_and_number_and_can_be_given_another():
    data = write_xlsform(small_definition())

    assert read_xlsform(data, file_name="x.xlsx").is_ours
    assert read_xlsform(data, file_name="x.xlsx").data["survey"] == "small"
    assert read_xlsform(data, file_name="x.xlsx", survey="copy").data["survey"] == "copy"


@pytest.mark.parametrize(
    ("cell", "told"),
    [
        ("{", "is no JSON object, as Heard writes one here"),
        ("[1]", "is no JSON object, as Heard writes one here"),
        ('{"nonsense": 1}', "unknown key"),
    ],
)
def test_our_own_columns_are_not_believed_blindly(cell, told):
    sheets = [
        RawSheet(
            "survey",
            (("type", "name", "label", "heard_more"), ("text", "a", "A", cell)),
        )
    ]

    with pytest.raises(XlsformError, match=told):
        import_sheets(sheets, file_name="f.xlsx")
