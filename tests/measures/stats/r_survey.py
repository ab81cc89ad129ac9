"""The rows of expected-estimates.csv, which R survey 4.1-1 computed, and the same question here.

A row says in R's words how the records were drawn (`design`), what was asked (`estimand`) and of
whom (`domain`).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import polars as pl

from measures.stats.asked import Question, answers
from measures.stats.association import rao_scott
from measures.stats.estimates import difference, domain_means, kish_effective, means, totals
from measures.stats.intervals import t_interval
from measures.stats.records import Records, read_records
from measures.stats.sample import Sample
from measures.stats.survey_file import Design, sample_of

STYPE = {"E": 4421.0, "H": 755.0, "M": 1018.0}
SCHOOL_WIDE = {"No": 1072.0, "Yes": 5122.0}


@dataclass(frozen=True)
class Row:
    dataset: str
    design: str
    estimand: str
    domain: str
    estimate: float
    se: float | None
    ci95_low: float | None
    ci95_high: float | None
    design_df: int | None
    n: int | None
    deff: float | None
    note: str


@dataclass(frozen=True)
class Found:
    """What the engine makes of a row; None where it was not asked for that."""

    estimate: float
    se: float | None = None
    low: float | None = None
    high: float | None = None
    df: int | None = None
    n: int | None = None
    deff: float | None = None
    p: float | None = None
    freedom: tuple[float, ...] = ()


def rows(surveys: Path) -> list[Row]:
    table = pl.read_csv(surveys / "expected-estimates.csv", infer_schema=False)
    numbers = ["estimate", "se", "ci95_low", "ci95_high", "deff"]
    casts = [pl.col(name).cast(pl.Float64) for name in numbers]
    casts += [pl.col(name).cast(pl.Int64) for name in ("design_df", "n")]
    words = pl.selectors.string().fill_null("")
    return [Row(**row) for row in table.with_columns(casts).with_columns(words).to_dicts()]


def is_out_of_scope(row: Row) -> bool:
    """docs/statistics.md says why."""
    return row.estimand.startswith("quantile") or row.domain == "beta"


def ask(surveys: Path, row: Row) -> Found:
    """What this engine makes of a row's question."""
    (file,) = surveys.glob(f"{row.dataset}.csv*")
    records, sample = _sample(file, "raked" if row.design == "raked weights" else row.design)
    for pattern, answer in ASKED.items():
        if match := re.fullmatch(pattern, row.estimand):
            return answer(records, sample, row, *match.groups())
    raise LookupError(f"nothing here answers {row.estimand!r}")


@lru_cache
def _sample(file: Path, design: str) -> tuple[Records, Sample]:
    records = read_records(file)
    named = dict(re.findall(r"(strata|psu|weights|fpc)=(\w+)", design))
    if design == "raked":
        named = {"psu": "dnum", "weights": "pw", "fpc": "fpc"}
    poststratify = ("stype", STYPE) if "post-stratified" in design else None
    rake = [("stype", STYPE), ("sch.wide", SCHOOL_WIDE)] if "raked" in design else []
    return records, sample_of(records, Design(**named, poststratify=poststratify, rake=rake))


def _of_column(
    records: Records, sample: Sample, row: Row, statistic: str, column: str, by: str | None
) -> Found:
    """mean or total of ~column, perhaps by ~group; R names the answers of a factor "stypeE"."""
    groups = tuple(by.split(" + ")) if by else ()
    group, _, rest = row.domain.rpartition(":")
    value = (rest if ":" in row.domain or not by else "").removeprefix(column)
    lines = answers(records, sample, Question(statistic, column, by=groups))
    label = (group or row.domain) if by else None
    (line,) = [one for one in lines if one.by == label and (one.value or "") == value]
    return _told(line)


def _share(records: Records, sample: Sample, row: Row, column: str, code: str = "") -> Found:
    """svyciprop, whose `domain` is the kind of interval, or one code of factor(column)."""
    kind = {"logit": "logit", "xlogit": "logit"}.get(row.domain, "normal")
    wanted = code or ("1" if row.estimand.startswith("prop") else row.domain.partition(")")[2])
    question = Question("share", f"{column}={wanted}", interval=kind)
    (line,) = answers(records, sample, question)
    return _told(line)


def _ratio(records: Records, sample: Sample, row: Row, what: str) -> Found:
    (line,) = answers(records, sample, Question("ratio", what))
    return _told(line)


def _test(records: Records, sample: Sample, row: Row, kind: str, a: str, b: str) -> Found:
    found = rao_scott(sample, records.codes(a).of, records.codes(b).of)
    if kind == "F":
        return Found(found.f, p=found.p, freedom=(found.ndf, found.ddf))
    return Found(found.chi_squared, p=found.p_first_order, freedom=(1,))


def _pearson(records: Records, sample: Sample, row: Row, a: str, b: str) -> Found:
    found = rao_scott(sample, records.codes(a).of, records.codes(b).of)
    return Found(found.chi_squared, freedom=(2,))


def _kish(records: Records, sample: Sample, row: Row) -> Found:
    effective = kish_effective(sample.frequency, sample.weight)
    return Found(effective, n=sample.n, deff=sample.n / effective)


def _difference(
    records: Records, sample: Sample, row: Row, column: str, by: str, one: str, other: str
) -> Found:
    y, codes = records.numbers(column), records.codes(by)
    domains = np.where(np.isnan(y), -1, codes.of)
    found = domain_means(sample, y, domains, count=len(codes.levels))
    apart = difference(found, codes.levels.index(one), codes.levels.index(other))
    low, high = t_interval(apart.value, apart.se, apart.df)
    return Found(apart.value, apart.se, low, high, df=apart.df)


def _raked_weight(records: Records, sample: Sample, row: Row) -> Found:
    stype, school_wide = row.domain.split()
    inside = _is(records, "stype", stype) & _is(records, "sch.wide", school_wide)
    return Found(float(means(sample, sample.weight, domain=inside).value[0]))


def _count(records: Records, sample: Sample, row: Row, a: str, b: str) -> Found:
    _, code_a, _, code_b = row.domain.split()
    inside = _is(records, a, code_a) & _is(records, b, code_b)
    return Found(float(totals(sample, np.ones(sample.rows), domain=inside).value[0]))


def _is(records: Records, column: str, code: str) -> np.ndarray:
    codes = records.codes(column)
    return codes.of == codes.find(code)


def _told(line) -> Found:
    return Found(line.estimate, line.se, line.low, line.high, line.df, line.n, line.deff)


ASKED: dict[str, Callable[..., Found]] = {
    r"mean ~factor\((\w+)\)": _share,
    r"(mean|total) ~([\w.]+)(?: by ~(.+))?": _of_column,
    r'proportion ~I\((\S+) == "(\w+)"\)': _share,
    r"proportion ~(\w+)": _share,
    r"ratio (\S+)": _ratio,
    r"Rao-Scott (F|Chisq) ~(\S+) \+ (\S+)": _test,
    r"Pearson chi-squared (\w+) x (\w+)": _pearson,
    r"Kish effective sample size": _kish,
    r"difference in (\w+) mean (\w+) (\w+) minus (\w+)": _difference,
    r"mean raked weight": _raked_weight,
    r"count (\w+) x (\w+)": _count,
}
