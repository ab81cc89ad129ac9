"""Whatever stands in the cells: a definition that can be stored, or XlsformError with places."""

import re

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from surveys.definitions.importing import Imported
from surveys.definitions.schema import Definition
from surveys.definitions.xlsform import XlsformError
from surveys.definitions.xlsform.loading import import_sheets
from surveys.definitions.xlsform.workbook import RawSheet

NAMES = ["a", "b", "c", "_1", "all", "nonce", "g.h", "1", ""]
EXPRESSIONS = [
    "${a} = 'yes'", "${b} != ''", "selected(${a}, 'no')", ". > 1", ". <= today()", ". < today()",
    "count-selected(.) <= 0", "string-length(.) < 0", "date('9999-12-31') < .", ". > 1e400",
    "if(${a} = 'yes', ${b}, 'x')", "if(1)", "coalesce(${c}, ${c})", "1 div 0", "int(1 div 0)",
    "'x' = ", "((", "${", "${a", "yes", "${a} + ${b}", "pulldata('x')", "not(${c})", "${c} = ${c}",
    "selected(., 'yes') and . != 'no'", ". >= 5 and . <= 3", "jr:choice-name(${a}, '${a}')",
]  # fmt: skip
TYPES = [
    "text", "integer", "decimal", "date", "time", "datetime", "note", "calculate", "acknowledge",
    "select_one yn", "select_multiple yn", "rank yn", "select_one yn or_other", "select_one nope",
    "select_one_external yn", "range", "begin group", "end group", "begin repeat", "end repeat",
    "start", "today", "hidden", "geopoint", "nonsense", "", "select_one",
]  # fmt: skip
COLUMNS: dict[str, list[str]] = {
    "type": TYPES,
    "name": NAMES,
    "label": ["A", "B ${a}", "**C** <b>d</b>", "{{a|x}}", "${nobody}", "<a href>", "&#xD800;", ""],
    "label::Français (fr)": ["É", "", "${a}"],
    "label::Nowhere": ["x", ""],
    "relevant": ["", "", *EXPRESSIONS],
    "constraint": ["", "", *EXPRESSIONS],
    "constraint_message": ["", "No ${b}"],
    "calculation": ["", *EXPRESSIONS],
    "required": ["", "yes", "TRUE()", "${a}"],
    "readonly": ["", "yes"],
    "choice_filter": ["", "", "f = ${a}", "true()", "f", "zz = 1"],
    "parameters": ["", "start=0 end=5 step=0", "start=nan end=inf", "randomize=true", "start=9"],
    "appearance": ["", "field-list", "table-list", "label", "list-nolabel", "likert", "ex:x", "w1"],
    "default": ["", "", "", "1"],
    "heard_kind": ["", "", "", "page", "matrix", "statements", "computed", "points", "consent"],
    "heard_missing": ["", "", "yn", "zz"],
    "heard_more": ["", "", '{"stage": "treatment"}', '{"show_if": {"a": 1}}', "{", "[]"],
    "heard_was": ["", "", '{"ask": "x"}', "1"],
    "heard_stage": ["", "", "treatment", "x"],
}
CHOICES: dict[str, list[str]] = {
    "list_name": ["yn", "yn", "zz", ""],
    "name": ["yes", "no", "-99", "a b", "yes", ""],
    "label": ["Yes", "No", "", "${a}"],
    "f": ["", "yes", "1"],
    "heard_missing": ["", "", "dont-know", "x"],
    "heard_exclusive": ["", "yes"],
    "heard_more": ["", "", '{"pence": 3}', '{"show_if": {"a": {"is": "yes"}}}'],
}
ANY_CELL = st.one_of(st.text(max_size=6), st.sampled_from([*EXPRESSIONS, *TYPES, *NAMES]))


@st.composite
def tables(draw: st.DrawFn, name: str, columns: dict[str, list[str]]) -> RawSheet:
    """A sheet with some of the columns, in whose cells mostly stands what could."""
    headers = draw(st.lists(st.sampled_from(sorted(columns)), unique=True, min_size=3))
    first = [header for header in ("type", "name", "label", "list_name") if header in columns]
    headers = list(dict.fromkeys([*first, *headers]))

    def cell(header: str) -> st.SearchStrategy[str]:
        return st.one_of(
            st.sampled_from(columns[header]), st.sampled_from(columns[header]), ANY_CELL
        )

    rows = draw(st.lists(st.tuples(*map(cell, headers)), max_size=9))
    return RawSheet(name, (tuple(headers), *rows))


FORMS = st.tuples(
    tables("survey", COLUMNS),
    tables("choices", CHOICES),
    st.one_of(
        st.just(RawSheet("settings", (("form_title", "default_language"), ("T", "fr")))),
        st.just(RawSheet("heard", (("key", "content"), ("minutes", "3")))),
        tables("external_choices", CHOICES),
        st.builds(
            RawSheet,
            st.sampled_from(["heard", "settings", "Other"]),
            st.lists(st.tuples(ANY_CELL, ANY_CELL), max_size=3).map(tuple),
        ),
    ),
)


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(FORMS)
def test_no_form_raises_anything_else(sheets: tuple[RawSheet, ...]):
    for lenient in (False, True):
        imported, told = _tried(sheets, lenient=lenient)

        if imported is not None:
            Definition.model_validate(imported.data)
            assert lenient or not imported.dropped
        assert imported is not None or told
        assert all(re.match(r"form\.xlsx: \S", line) for line in told)


def _tried(
    sheets: tuple[RawSheet, ...], *, lenient: bool
) -> tuple[Imported | None, tuple[str, ...]]:
    """What was made of a form, or why it was refused; any other error fails the test."""
    try:
        return import_sheets(list(sheets), file_name="form.xlsx", lenient=lenient), ()
    except XlsformError as error:
        return None, tuple(map(str, error.troubles))
