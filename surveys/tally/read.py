"""Reading exact counts out of the tallies, for the desk and for what is released."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from surveys.models.versions import Version
from surveys.tally.adding_up import summed
from surveys.tally.cells import NOT_STATED
from surveys.tally.held import Held, breakdowns, held_rows, places
from surveys.tally.periods import Span
from surveys.versions.read import definition_of

Integers = NDArray[np.int64]
EVERYONE = ""
KEYS = 2**32


@dataclass(frozen=True)
class Counted:
    """Exact counts of some cells by span, group, stratum and cell, in that order of axes.

    `groups` are ("",) for everyone, or the codes of one breakdown in the order of the definition
    and "~" for who did not say. `strata` are the weighting cells that have anybody, as
    `surveys.definitions.counters.stratum_of` writes them; `strata_fields` what they are made of.
    `keys` are sums of record keys modulo 2**32, with the same axes as `n`. `synthetic` of the
    people in each span and group (axes: span, group) were made by code.
    """

    spans: tuple[Span, ...]
    groups: tuple[str, ...]
    strata: tuple[str, ...]
    strata_fields: tuple[str, ...]
    cells: tuple[str, ...]
    n: Integers
    keys: Integers
    synthetic: Integers


def read_counts(
    versions: Sequence[Version],
    cells: Sequence[str],
    *,
    spans: Sequence[Span],
    by: str | None = None,
    wave: str | None = None,
) -> Counted:
    """The counts of these cells, by name, over versions that may be joined.

    A cell that a version does not have adds nothing. `by` is a breakdown of the definition: it
    raises LookupError where no version has it. Where versions weight by other fields, all people
    are in one stratum, "".
    """
    groups = _groups(versions, by)
    fields = {definition_of(version).strata for version in versions}
    strata_fields = next(iter(fields)) if len(fields) == 1 else ()
    months = sorted({month for span in spans for month in span.months()})
    found = [
        held_rows(version, cells, months=months, groups=groups, by=by, wave=wave)
        for version in versions
        if by is None or by in breakdowns(version)
    ]
    strata = sorted({one for rows in found for one in rows.strata}) if strata_fields else [EVERYONE]
    shape = (len(spans), len(groups), len(strata), len(cells))
    n, keys = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
    synthetic = np.zeros(shape[:2], np.int64)
    for rows in found:
        at = rows.group_at * len(strata)
        if strata_fields:
            at = at + places(rows.strata, strata)[rows.stratum_at]
        for number, span in enumerate(spans):
            within = np.isin(rows.month_at, places(list(span.months()), months))
            both = summed(at[within], rows.numbers[within], len(groups) * len(strata))
            n[number] += both[:, : len(cells)].reshape(shape[1:])
            keys[number] += both[:, len(cells) :].reshape(shape[1:])
            synthetic[number] += _synthetic(rows, within, len(groups))
    return Counted(
        tuple(spans), groups, tuple(strata), strata_fields, tuple(cells), n, keys % KEYS, synthetic
    )


def _groups(versions: Sequence[Version], by: str | None) -> tuple[str, ...]:
    """The groups of a breakdown, those of the newest version first; who did not say come last."""
    if by is None:
        return (EVERYONE,)
    newest_first = sorted(versions, key=lambda version: version.number, reverse=True)
    codes = [code for one in newest_first for code in breakdowns(one).get(by, {}).values()]
    if not codes:
        raise LookupError(f"{by!r} is no breakdown of this survey")
    return tuple(sorted(dict.fromkeys(codes), key=lambda code: code == NOT_STATED))


def _synthetic(rows: Held, within: NDArray[np.bool_], groups: int) -> Integers:
    """How many of the people in these rows were made by code, by group."""
    made = within & rows.is_synthetic
    return summed(rows.group_at[made], rows.people[made], groups)[:, 0]
