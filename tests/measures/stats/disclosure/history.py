"""Two years of three invented surveys, like those of the office in size, and their releases."""

from collections.abc import Iterator
from copy import copy
from dataclasses import dataclass, replace
from datetime import date

import numpy as np

from measures.stats.disclosure.allowed import Facts, tables_allowed
from measures.stats.disclosure.fallback import leave_out_until_safe
from measures.stats.disclosure.posterior import Truth
from measures.stats.disclosure.publish import Cell, Exact, Weighted, publish_counts
from measures.stats.disclosure.rules import ALL, Rules
from measures.stats.disclosure.systems import Months, System
from measures.stats.disclosure.tables import Shape, Table
from surveys.tally.periods import Span, four_quarters_to, months_later, quarter_span

BEGIN = date(2021, 1, 1)
MONTHS = 24
DISTRICTS = tuple(f"E070001{i:02}" for i in range(5, 18))
# Like Kent's: the largest has twice the people of the smallest.
SIZES = np.linspace(1, 2, len(DISTRICTS))
SATISFACTION = tuple("1234567")
SATISFIED = (0.26, 0.24, 0.2, 0.08, 0.08, 0.07, 0.07)
QUESTIONS = {"whole-experience": SATISFACTION, "kept-informed": ("yes", "no")}
NETS = {"whole-experience": {"net:satisfied": ("1", "2", "3"), "net:dissatisfied": ("5", "6", "7")}}
MISSING = "~dont-know"


@dataclass(frozen=True)
class Survey:
    slug: str
    a_month: int
    breakdowns: tuple[str, ...]
    weights: tuple[float, float] | None  # of women and of men


# The nearer the weights of hate-crime are to 1, the more its weighted shares tell of the counts.
SURVEYS = (
    Survey("domestic-abuse", 60, ("district", "sex"), weights=(0.8, 1.5)),
    Survey("hate-crime", 20, ("district", "sex"), weights=(0.98, 1.06)),
    # Declares its districts, as a survey might: the rules leave them out.
    Survey("rape", 8, ("district", "sex"), weights=None),
)


class Records:
    """The answers of one survey, a line a person."""

    def __init__(self, survey: Survey, *, seed: int) -> None:
        chance = np.random.default_rng([seed, survey.a_month])
        n = survey.a_month * MONTHS
        self.survey = survey
        self.month = np.repeat(np.arange(MONTHS), survey.a_month)
        self.key = chance.integers(0, 2**32, n)
        district = chance.choice(len(DISTRICTS), n, p=SIZES / SIZES.sum())
        sex = chance.choice(["female", "male", "~"], n, p=[0.72, 0.25, 0.03])
        self.groups = {"district": np.array(DISTRICTS)[district], "sex": sex}
        told = [*SATISFACTION, MISSING]
        self.answers = {
            "whole-experience": chance.choice(told, n, p=[*(0.97 * np.array(SATISFIED)), 0.03]),
            "kept-informed": chance.choice(["yes", "no", MISSING], n, p=[0.9, 0.08, 0.02]),
        }
        women, men = survey.weights or (1, 1)
        self.weight = np.where(sex == "male", men, women)

    def with_one_more(self, month: date) -> "Records":
        """A copy in which the first person answered again, late, in this month."""
        late = copy(self)
        late.month = np.append(self.month, _index(month))
        late.key = np.append(self.key, 123_456_789)
        late.groups = {name: np.append(codes, codes[0]) for name, codes in self.groups.items()}
        late.answers = {name: np.append(codes, codes[0]) for name, codes in self.answers.items()}
        late.weight = np.append(self.weight, self.weight[0])
        return late

    def within(self, span: Span) -> np.ndarray:
        first, last = _index(span.first), _index(span.last)
        return (self.month >= first) & (self.month <= last)


def _index(month: date) -> int:
    return (month.year - BEGIN.year) * 12 + month.month - 1


def release(records: Records, quarter: Span, *, rules: Rules = ALL) -> Iterator[Table]:
    """The tables of one survey for one quarter; by four quarters once there are four."""
    for allowed in tables_allowed(facts_of(records), quarter, rules=rules):
        if allowed.period.first < BEGIN:
            continue
        yield table_of(
            records,
            quarter,
            period=allowed.period,
            question=allowed.question,
            by=allowed.by,
            rules=rules,
        )


def facts_of(records: Records) -> Facts:
    return Facts(records.survey.slug, list(QUESTIONS), records.survey.breakdowns)


def table_of(
    records: Records, quarter: Span, *, period: Span, question: str, by: str, rules: Rules
) -> Table:
    shape = Shape(QUESTIONS[question], NETS.get(question, {}), weights=records.survey.weights)
    groups = sorted(set(records.groups[by]) - {"~"}) if by else [""]
    empty = Table(records.survey.slug, quarter.key, period, question, by, shape, {}, rules=rules)
    columns = {group: _column(records, empty, chosen_of(records, empty, group)) for group in groups}
    return replace(empty, columns=columns)


def chosen_of(records: Records, table: Table, group: str) -> np.ndarray:
    """The people that a column of a table is about."""
    within = records.within(table.period)
    return within & (records.groups[table.by] == group) if table.by else within


def counts_of(records: Records, table: Table, chosen: np.ndarray) -> dict[str, int]:
    """The true counts behind a column, that of all who answered under ""."""
    return {code: int(who.sum()) for code, who in _people(records, table, chosen).items()}


def _people(records: Records, table: Table, chosen: np.ndarray) -> dict[str, np.ndarray]:
    answers = records.answers[table.question]
    answered = chosen & (answers != MISSING)
    codes = {code: (code,) for code in table.shape.options} | dict(table.shape.nets)
    parts = {code: answered & np.isin(answers, options) for code, options in codes.items()}
    return {"": answered} | parts | {MISSING: chosen & (answers == MISSING)}


def _column(records: Records, table: Table, chosen: np.ndarray) -> list[Cell]:
    people = _people(records, table, chosen)
    base, *told = (exact(code, records, who) for code, who in people.items())
    weighted = None
    if table.shape.weights and base.n:
        total = records.weight[people[""]].sum()
        shares = [float(records.weight[people[one.answer]].sum() / total) for one in told]
        weighted = Weighted(shares, *table.shape.weights)
    return publish_counts(
        told,
        base,
        rules=table.rules,
        split=bool(table.by),
        weighted=weighted,
        effective=0.9 * base.n,
    )


def exact(code: str, records: Records, who: np.ndarray) -> Exact:
    return Exact(code, int(who.sum()), int(records.key[who].sum()))


def quarters() -> list[Span]:
    return [quarter_span(months_later(BEGIN, 3 * i)) for i in range(MONTHS // 3)]


def safe_history(records: Records) -> list[Table]:
    """Two years of releases, each made safe beside all before it."""
    released: list[Table] = []
    for quarter in quarters():
        released += leave_out_until_safe(list(release(records, quarter)), released).tables
    return released


def same_releases(records: Records, safe: list[Table], *, rules: Rules) -> list[Table]:
    """The same releases under other rules: what was left out stays out, what is ruled out comes in.

    With D9 off the last quarter is released once more, after somebody answered late.
    """
    kept = {(table.period, table.question, table.by): table for table in safe}
    allowed = {
        (one.period, one.question, one.by)
        for quarter in quarters()
        for one in tables_allowed(facts_of(records), quarter)
    }
    tables = []
    for quarter in quarters():
        for table in release(records, quarter, rules=rules):
            place = (table.period, table.question, table.by)
            if place in kept:
                tables.append(_with_shares_of(kept[place], table))
            elif place not in allowed:
                tables.append(table)
    if not rules.d1:
        tables += [_custom(records, quarter, rules=rules) for quarter in quarters()[3:]]
    if not rules.d9:
        late = records.with_one_more(quarters()[-1].last)
        tables += release(late, quarters()[-1], rules=rules)
    return tables


def _with_shares_of(safe: Table, table: Table) -> Table:
    """The table without the percentages that were taken out of the safe one."""
    columns = {}
    for group, cells in table.columns.items():
        base, *told = safe.columns[group]
        has_percentages = base.n is not None and base.n >= 50
        gone = {cell.answer for cell in told if has_percentages and cell.n and not cell.share}
        columns[group] = [replace(c, share=None) if c.answer in gone else c for c in cells]
    return replace(table, columns=columns)


def _custom(records: Records, quarter: Span, *, rules: Rules) -> Table:
    """A table that somebody made up: sex within each half of the county."""
    records.groups["half-and-sex"] = np.char.add(
        np.where(records.groups["district"] < DISTRICTS[6], "east-", "west-"), records.groups["sex"]
    )
    year = four_quarters_to(quarter)
    return table_of(
        records, quarter, period=year, question="whole-experience", by="half-and-sex", rules=rules
    )


def truth_of(all_records: dict[str, Records]) -> Truth:
    """The true counts behind the tables."""

    def count(system: System, group: str, months: Months, answer: str) -> int:
        records = all_records[system.tables[0].survey]
        table = next((t for t in system.tables if t.by), system.tables[0])
        within = np.any([records.within(Span(month, month)) for month in months], axis=0)
        chosen = within & (records.answers[table.question] == answer)
        if table.by:
            named = set(system.groups) - {"~"}
            groups = records.groups[table.by]
            chosen &= ~np.isin(groups, list(named)) if group == "~" else groups == group
        return int(chosen.sum())

    return count
