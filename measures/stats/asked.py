"""What is asked of a file of records, and the answers: an estimate for each group and value."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite
from typing import Literal

import numpy as np

from measures.stats.estimates import Estimates, kish_effective, means, ratios, totals
from measures.stats.groups import Flags, Floats
from measures.stats.intervals import logit_interval, t_interval, wilson_effective
from measures.stats.records import Codes, Records, UnreadableError
from measures.stats.sample import Sample

Statistic = Literal["mean", "total", "share", "ratio"]
Interval = Literal["wilson", "logit", "normal"]
# Above this a column of text is taken for names, not for answers.
MOST_VALUES = 50
# How R writes the groups of several columns.
BETWEEN_GROUPS = "."

# As near to 0 or 1 a share is 0 or 1.
CERTAIN = 1e-9


@dataclass(frozen=True)
class Question:
    """A statistic of `what`: a column, COLUMN=VALUE, or for a ratio COLUMN/COLUMN."""

    statistic: Statistic
    what: str
    by: tuple[str, ...] = ()
    interval: Interval = "normal"


@dataclass(frozen=True)
class Line:
    """One estimate. `by` is its group, `value` the code where a column of text was asked for.

    None stands for what can't be known: an interval without degrees of freedom, the deff of one.
    """

    by: str | None
    estimate: float | None
    se: float | None
    low: float | None
    high: float | None
    n: int
    df: int
    deff: float | None
    value: str | None = None

    def as_json(self) -> dict[str, str | float | None]:
        """The keys of the contract; `value` only where there is one."""
        named = {name: getattr(self, name) for name in self.__dataclass_fields__}
        return {name: v for name, v in named.items() if name != "value" or v is not None}


@dataclass(frozen=True, eq=False)
class Variable:
    """What is estimated: `y`, divided by `under` for a ratio; nan where it is missing."""

    value: str | None
    y: Floats
    under: Floats | None = None

    @property
    def is_share(self) -> bool:
        known = self.y[~np.isnan(self.y)]
        return self.under is None and bool(np.all((known == 0) | (known == 1)))


def answers(records: Records, sample: Sample, question: Question) -> Iterator[Line]:
    """A line for each value and group, groups in order; records without a group are in none.

    Missing answers leave the domain. Raises UnreadableError, in words, before the first line.
    """
    variables = _variables(records, question)
    groups = list(_groups(records, question.by))
    if question.interval != "normal" and not (
        question.statistic in ("mean", "share") and all(v.is_share for v in variables)
    ):
        raise UnreadableError(
            f"--interval {question.interval} is for shares: {question.what} is none"
        )
    for label, within in groups:
        for variable in variables:
            yield _line(sample, variable, question, label=label, within=within)


def _variables(records: Records, question: Question) -> list[Variable]:
    what = question.what
    if question.statistic == "ratio":
        over, under = records.split(what, "/")
        return [Variable(None, records.numbers(over), records.numbers(under))]
    if question.statistic == "share" or not records.has(what):
        if "=" not in what and question.statistic != "share":
            raise UnreadableError(records.lacks(what))
        column, value = records.split(what, "=")
        return [_indicator(records, column, value)]
    if not records.is_text(what):
        return [Variable(None, records.numbers(what))]
    codes = records.codes(what)
    if len(codes.levels) > MOST_VALUES:
        raise UnreadableError(
            f"{records.name}: {what} holds {len(codes.levels)} different texts, expected numbers "
            f"or at most {MOST_VALUES} answers"
        )
    return [Variable(level, _is(codes, at)) for at, level in enumerate(codes.levels)]


def _indicator(records: Records, column: str, value: str) -> Variable:
    codes = records.codes(column)
    at = codes.find(value)
    if at is None:
        there = ", ".join(codes.levels[:MOST_VALUES])
        raise UnreadableError(f"{records.name}: no record has {column} {value!r}; it has {there}")
    return Variable(None, _is(codes, at))


def _is(codes: Codes, at: int) -> Floats:
    return np.where(codes.of < 0, np.nan, (codes.of == at).astype(np.float64))


def _groups(records: Records, by: tuple[str, ...]) -> Iterator[tuple[str | None, Flags]]:
    """Each group that has records, by its label; without `by` everybody, under None."""
    if not by:
        yield None, np.ones(len(records), np.bool_)
        return
    columns = [records.codes(column) for column in by]
    # The first column changes quickest, as in R's tables of groups.
    of = np.zeros(len(records), np.int64)
    for codes in reversed(columns):
        of = np.where((of < 0) | (codes.of < 0), -1, of * len(codes.levels) + codes.of)
    for number in np.unique(of[of >= 0]):
        within = of == number
        first = int(np.argmax(within))
        yield BETWEEN_GROUPS.join(codes.levels[codes.of[first]] for codes in columns), within


def _line(
    sample: Sample, variable: Variable, question: Question, *, label: str | None, within: Flags
) -> Line:
    domain = within & ~np.isnan(variable.y)
    if variable.under is not None:
        domain &= ~np.isnan(variable.under)
        found = ratios(sample, variable.y, variable.under, domain=domain)
    elif question.statistic == "total":
        found = totals(sample, variable.y, domain=domain)
    else:
        found = means(sample, variable.y, domain=domain)
    value = float(found.value[0])
    if variable.is_share and question.statistic != "total" and abs(value - round(value)) < CERTAIN:
        # All or none of them: sums of weights leave a rounding error.
        value = float(round(value))
    low, high = _ends(sample, found, question.interval, value=value, domain=domain)
    return Line(
        by=label,
        estimate=_known(value),
        se=_known(found.se[0]),
        low=None if low is None else _known(low),
        high=None if high is None else _known(high),
        n=int(found.n[0]),
        df=found.df,
        deff=_known(found.deff[0]),
        value=variable.value,
    )


def _ends(
    sample: Sample, found: Estimates, interval: Interval, *, value: float, domain: Flags
) -> tuple[float | None, float | None]:
    se = float(found.se[0])
    if not isfinite(value) or found.df < 1:
        return None, None
    if interval == "normal":
        return t_interval(value, se, found.df)
    is_certain = value in (0.0, 1.0)
    if interval == "logit":
        return (None, None) if is_certain else logit_interval(value, se, found.df)
    if se > 0 and not is_certain:
        return wilson_effective(value, value * (1 - value) / se**2, df=found.df)
    if not is_certain:
        # The margins fix it: nothing is left to chance.
        return value, value
    weight = np.where(domain, sample.weight, 0.0)
    return wilson_effective(value, kish_effective(sample.frequency, weight), df=found.df)


def _known(value: float) -> float | None:
    return float(value) if isfinite(value) else None
