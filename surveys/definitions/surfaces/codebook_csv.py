"""The codebook as a table: a row for each variable, and beneath it one for each of its codes.

With it alone an answer can be checked: codes, bounds, forms of dates, how many may be chosen. A
cell is empty where a column does not apply; several things in one cell are parted by `;`.
"""

import csv
from collections.abc import Sequence
from dataclasses import asdict
from io import StringIO

from surveys.definitions.surfaces.codebook import Code, Variable

ASKED = ("name", "number", "page", "kind", "type", "question", "part_of", "hint", "universe")
CODED = ("code", "label", "stored", "missing", "exclusive", "offered")
BOUNDED = ("least", "most", "places", "unit", "forms", "longest", "at_most", "rule")
KEPT = ("required", "sensitive", "own_words", "contact", "computed", "derivation", "nets", "stage")
COLUMNS = ("row", *ASKED, *CODED, *BOUNDED, *KEPT)
# Wording comes from files, so it is not ours to trust.
WORDED = frozenset(["question", "part_of", "hint", "universe", "label", "offered", "unit", "nets"])
FORMULAS = ("=", "+", "-", "@", "\t", "\r")
FLAGS = ("required", "sensitive", "own_words", "contact", "computed")


def codebook_csv(variables: Sequence[Variable]) -> str:
    """The text of the file, with line ends as RFC 4180 has them."""
    written = StringIO()
    table = csv.DictWriter(written, COLUMNS, restval="", lineterminator="\r\n")
    table.writeheader()
    for variable in variables:
        table.writerow(_variable_row(variable))
        table.writerows(_code_row(variable, code) for code in variable.codes)
    return written.getvalue()


def _variable_row(variable: Variable) -> dict[str, str]:
    data = asdict(variable)
    flags = {name: _yes(data[f"is_{name}"]) for name in FLAGS}
    known = {name: data[name] for name in COLUMNS if name in data}
    several = {name: "; ".join(data[name]) for name in ("forms", "nets")}
    found = {"row": "variable", **known, **flags, **several}
    return {name: _cell(name, value) for name, value in found.items()}


def _code_row(variable: Variable, code: Code) -> dict[str, str]:
    return {
        "row": "code",
        "name": variable.name,
        "code": code.code,
        "label": _cell("label", code.label),
        "stored": code.stored,
        "missing": _yes(code.is_missing),
        "exclusive": _yes(code.is_exclusive),
        "offered": _cell("offered", code.offered),
    }


def _cell(name: str, value: object) -> str:
    """The cell; words that a spreadsheet would run as a formula get an apostrophe before them."""
    text = "" if value is None else str(value)
    return f"'{text}" if name in WORDED and text[:1] in FORMULAS else text


def _yes(flag: object) -> str:
    return "yes" if flag else "no"
