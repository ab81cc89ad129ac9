"""Records as Parquet: columns of their own types, lists of codes as lists."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import polars as pl

from surveys.definitions.surfaces.codebook import Variable
from surveys.responses.records import Records

ROWS_A_GROUP = 100_000
WHOLE_DAY = ("YYYY-MM-DD",)


def write_parquet(records: Records, lines: Sequence[Path], made: Path) -> None:
    """Makes the file of the lines, a group of rows at a time.

    Where the answer is a list, a number or a day, why there is none stands in a column beside it,
    `name~missing`; elsewhere the missing code stands in the column itself.
    """
    schema = dict.fromkeys(records.columns, pl.String)
    read = pl.scan_csv(list(lines), schema=schema, low_memory=True)
    columns = [column for variable in records.variables for column in _columns(variable)]
    read.select(*_about(records), *columns).sink_parquet(made, row_group_size=ROWS_A_GROUP)


def _about(records: Records) -> Iterator[pl.Expr]:
    for what, name in records.about.items():
        if what == "version":
            yield pl.col(name).cast(pl.Int16)
        else:
            yield pl.col(name) == "yes" if what == "synthetic" else pl.col(name)


def _columns(variable: Variable) -> Iterator[pl.Expr]:
    """The column of a variable, and the one beside it that says why there is no answer."""
    missing = [code.code for code in variable.codes if code.is_missing]
    why = pl.col(variable.name).is_in(missing)
    # Only what is a value is made one: a missing code is no number.
    typed = _typed(variable, pl.when(~why).then(pl.col(variable.name)))
    if typed is None:
        yield pl.col(variable.name)
        return
    yield typed
    if missing:
        yield pl.when(why).then(pl.col(variable.name)).alias(f"{variable.name}~missing")


def _typed(variable: Variable, value: pl.Expr) -> pl.Expr | None:
    """The values in their own type; None where text is what they are."""
    match variable.type:
        case "codes" | "ranked codes":
            return value.str.split(";")
        case "whole number":
            return value.cast(pl.Int64)
        case "decimal number":
            return value.cast(pl.Float64)
        case "date" if variable.forms == WHOLE_DAY:
            return value.str.to_date("%Y-%m-%d")
    return None
