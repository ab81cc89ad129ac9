"""Records for SPSS: numbers with labels, and why there is no answer as missing values.

A code that is a number keeps it; other codes are numbered in the order of the codebook. Of a
question with several answers each option is a variable: chosen or not, or the place it was given.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl
import pyreadstat

from surveys.definitions.surfaces.codebook import Code, Variable
from surveys.questions.base import said
from surveys.responses.records import Records
from surveys.responses.sav_names import sav_names, within

# What stands for a missing code, unless an answer could be as low.
MISSING = {"does-not-apply": -97, "dont-know": -98, "prefer-not-to-say": -99}
# As long as the format takes them, in bytes.
LONGEST_LABEL = 255
LONGEST_VALUE_LABEL = 120
ABOUT_LABELS = {
    "response_id": "Which response it is",
    "version": "Version of the questionnaire",
    "wave": "Wave",
    "month": "Month of the answer",
    "language": "Language of the answer",
    "channel": "How it was answered",
    "synthetic": "Made by code",
}
WHOLE_DAY = ("YYYY-MM-DD",)
# A line each, which the format has 80 bytes for.
NOTES = [
    "Codes that are not numbers are numbered in the order of the codebook.",
    "The codebook of this version has every question in full.",
]


@dataclass(frozen=True)
class _Column:
    """A variable of the file; `name` is not yet as SPSS takes it."""

    name: str
    value: pl.Expr
    label: str
    measure: str = "nominal"
    labels: Mapping[int, str] = field(default_factory=dict)
    missing: tuple[int, ...] = ()


def write_sav(records: Records, lines: Sequence[Path], made: Path) -> None:
    """Makes the file of the lines; all of it is held in memory, as numbers."""
    columns = [*_about(records), *(one for v in records.variables for one in _columns(v))]
    names = sav_names([column.name for column in columns])
    named = dict(zip(names, columns, strict=True))
    schema = dict.fromkeys(records.columns, pl.String)
    read = pl.scan_csv(list(lines), schema=schema, low_memory=True)
    values = [column.value.alias(name) for name, column in named.items()]
    table = read.select(values).collect(engine="streaming")
    definition = records.definition
    pyreadstat.write_sav(
        table,
        str(made),
        file_label=within(said(definition.title, definition.languages[0]), 64),
        column_labels={name: within(c.label, LONGEST_LABEL) for name, c in named.items()},
        row_compress=True,
        note=NOTES,
        variable_value_labels={
            name: {n: within(label, LONGEST_VALUE_LABEL) for n, label in c.labels.items()}
            for name, c in named.items()
            if c.labels
        },
        missing_ranges={name: list(c.missing) for name, c in named.items() if c.missing},
        variable_measure={name: c.measure for name, c in named.items()},
    )


def _about(records: Records) -> Iterator[_Column]:
    for what, name in records.about.items():
        value = pl.col(name).fill_null("")
        if what == "version":
            yield _Column(name, pl.col(name).cast(pl.Int16), ABOUT_LABELS[what], "scale")
        elif what == "synthetic":
            made = (pl.col(name) == "yes").cast(pl.Int8)
            yield _Column(name, made, ABOUT_LABELS[what], labels={0: "no", 1: "yes"})
        else:
            yield _Column(name, value, ABOUT_LABELS[what])


def _columns(variable: Variable) -> Iterator[_Column]:
    match variable.type:
        case "code":
            yield _coded(variable)
        case "codes" | "ranked codes":
            yield from _several(variable)
        case "whole number" | "decimal number":
            yield _number(variable)
        case "text":
            words = pl.col(variable.name).fill_null("")
            yield _Column(variable.name, words, _label(variable))
        case _:
            yield from _moment(variable)


def _coded(variable: Variable) -> _Column:
    numbers = _numbered([code for code in variable.codes if not code.is_missing])
    away = _away(variable)
    value = _replaced(variable.name, numbers | away)
    measure = "ordinal" if variable.kind in ("scale", "matrix", "row") else "nominal"
    labels = _labels(variable, numbers | away)
    return _Column(variable.name, value, _label(variable), measure, labels, tuple(away.values()))


def _several(variable: Variable) -> Iterator[_Column]:
    """A variable for each option, which says in all of them why there is no answer."""
    away = _away(variable)
    given = pl.col(variable.name).str.split(";")
    is_away = pl.col(variable.name).is_in(list(away))
    is_ranked = variable.type == "ranked codes"
    for code in (code for code in variable.codes if not code.is_missing):
        told: pl.Expr
        if is_ranked:
            place = given.list.eval(pl.element() == code.code).list.arg_max() + 1
            told = pl.when(given.list.contains(code.code)).then(place)
        else:
            told = given.list.contains(code.code)
        value = pl.when(is_away).then(_replaced(variable.name, away)).otherwise(told.cast(pl.Int32))
        yield _Column(
            f"{variable.name}_{code.code}",
            value,
            f"{code.label}: {_label(variable)}",
            "ordinal" if is_ranked else "nominal",
            ({} if is_ranked else {0: "Not chosen", 1: "Chosen"}) | _labels(variable, away),
            tuple(away.values()),
        )


def _number(variable: Variable) -> _Column:
    away = _away(variable)
    value = (
        pl.when(pl.col(variable.name).is_in(list(away)))
        .then(_replaced(variable.name, away).cast(pl.Float64))
        .otherwise(pl.col(variable.name).cast(pl.Float64, strict=False))
    )
    unit = f" ({variable.unit})" if variable.unit else ""
    return _Column(
        variable.name,
        value,
        f"{_label(variable)}{unit}",
        "scale",
        _labels(variable, away),
        tuple(away.values()),
    )


def _moment(variable: Variable) -> Iterator[_Column]:
    """A date or a time, and beside it why there is none: those types have no missing values."""
    away = _away(variable)
    given = pl.when(~pl.col(variable.name).is_in(list(away))).then(pl.col(variable.name))
    whole = variable.type == "date" and variable.forms == WHOLE_DAY
    value = given.str.to_date("%Y-%m-%d") if whole else given.fill_null("")
    yield _Column(variable.name, value, _label(variable), "scale" if whole else "nominal")
    if away:
        why = _replaced(variable.name, away)
        label = f"Why there is none: {_label(variable)}"
        yield _Column(f"{variable.name}_missing", why, label, labels=_labels(variable, away))


def _replaced(name: str, numbers: Mapping[str, int]) -> pl.Expr:
    old, new = list(numbers), list(numbers.values())
    return pl.col(name).replace_strict(old, new, default=None, return_dtype=pl.Int32)


def _numbered(codes: list[Code]) -> dict[str, int]:
    """The number of each code: its own where all have one."""
    own = [code.code for code in codes]
    if all(code.isdecimal() and str(int(code)) == code and len(code) < 10 for code in own):
        return {code: int(code) for code in own}
    return {code: i for i, code in enumerate(own, start=1)}


def _away(variable: Variable) -> dict[str, int]:
    """The number of each missing code, below every answer that there can be."""
    least = float(variable.least) if variable.type.endswith("number") else 0.0
    shift = 0
    while least <= -97 - shift:
        shift = shift * 10 + 900
    return {c.code: MISSING[c.code] - shift for c in variable.codes if c.is_missing}


def _labels(variable: Variable, numbers: Mapping[str, int]) -> dict[int, str]:
    said_of = {code.code: code.label for code in variable.codes}
    return {number: said_of[code] for code, number in numbers.items()}


def _label(variable: Variable) -> str:
    return f"{variable.question} {variable.part_of}".strip()
