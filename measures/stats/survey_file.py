"""A file of records as a sample: which columns say how it was drawn, and what it is weighted to."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from measures.stats.calibration import CannotCalibrateError, post_stratify, rake
from measures.stats.groups import Floats, Whole
from measures.stats.records import Codes, Records, UnreadableError
from measures.stats.sample import (
    CannotEstimateError,
    LonelyStratumError,
    Sample,
    drawn_parts,
    units,
)


@dataclass(frozen=True)
class Design:
    """The columns that say how records were drawn; margins are totals by value, by column."""

    weights: str | None = None
    strata: str | None = None
    psu: str | None = None
    fpc: str | None = None
    poststratify: tuple[str, Mapping[str, float]] | None = None
    rake: Sequence[tuple[str, Mapping[str, float]]] = ()


def sample_of(records: Records, design: Design) -> Sample:
    """The records as a sample, with weights that fit the margins.

    Without weights each record weighs 1, or with an fpc as many as it stands for by it. Records of
    weight 0 stay in the design and out of every estimate. Raises UnreadableError, in words.
    """
    strata = _codes(records, design.strata)
    psu = _codes(records, design.psu)
    drawn = Sample(
        frequency=np.ones(len(records)),
        weight=_weights(records, design.weights),
        stratum=strata.of if strata else None,
        psu=psu.of if psu else None,
        fpc=records.complete_numbers(design.fpc) if design.fpc else None,
    )
    try:
        if design.fpc and not design.weights:
            drawn = replace(drawn, weight=1 / drawn_parts(drawn))
        # Once before anything is worked out, so that what is wrong is told in the file's words.
        units(drawn)
    except LonelyStratumError as error:
        raise UnreadableError(_lonely(records, design, strata, error.stratum)) from error
    except CannotEstimateError as error:
        raise UnreadableError(f"{records.name}: {error}") from error
    if not drawn.population > 0:
        raise UnreadableError(f"{records.name}: no record weighs anything")
    return _calibrated(records, drawn, design)


def _codes(records: Records, column: str | None) -> Codes | None:
    return records.complete_codes(column) if column else None


def _weights(records: Records, column: str | None) -> Floats:
    if not column:
        return np.ones(len(records))
    found = records.complete_numbers(column)
    records.refuse(column, rows=found < 0, expected="a weight of 0 or more")
    return found


def _lonely(records: Records, design: Design, strata: Codes | None, stratum: int) -> str:
    unit = f"one {design.psu}" if design.psu else "one record"
    where = f"stratum {strata.levels[stratum]!r} of {design.strata}" if strata else "the file"
    return (
        f"{records.name}: {where} has only {unit}, so its spread can't be known: join it with "
        "a stratum like it"
    )


def _calibrated(records: Records, sample: Sample, design: Design) -> Sample:
    try:
        if design.poststratify:
            column, totals = design.poststratify
            sample = post_stratify(sample, *_margin(records, sample, column, totals=totals))
        if design.rake:
            margins = [_margin(records, sample, column, totals=t) for column, t in design.rake]
            sample = rake(sample, margins).sample
    except CannotCalibrateError as error:
        raise UnreadableError(f"{records.name}: {error}") from error
    return sample


def _margin(
    records: Records, sample: Sample, column: str, *, totals: Mapping[str, float]
) -> tuple[Whole, Floats]:
    """The cell of each record and the totals of the cells, refused by value where they differ."""
    codes = records.complete_codes(column)
    cell_of = {codes.find(value): cell for cell, value in enumerate(totals)}
    weighed = np.bincount(codes.of, weights=sample.weight, minlength=len(codes.levels))
    problems = [
        f"{records.name}: {column} {level!r} has no total in its margin"
        for at, level in enumerate(codes.levels)
        if at not in cell_of and weighed[at] > 0
    ]
    for value in totals:
        at = codes.find(value)
        if at is None or weighed[at] == 0:
            problems.append(
                f"{records.name}: no record has {column} {value!r}, which has a total in its margin"
            )
    if problems:
        raise UnreadableError(*problems)
    cells = np.array([cell_of.get(at, 0) for at in range(len(codes.levels))], dtype=np.int64)
    return cells[codes.of], np.array(list(totals.values()), dtype=np.float64)
