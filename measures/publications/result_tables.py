"""The tables of one quarter's results as they would be told: each allowed one, or why not."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor
from typing import Any

from measures.compute.columns import Column
from measures.compute.tables import ResultTable, answer_tables
from measures.compute.weighting import Weighting
from measures.publications.result_about import about_of, response_rate
from measures.publications.result_versions import Asked, asked_in, fieldwork_of
from measures.stats.claims import may_claim
from measures.stats.disclosure.allowed import EVERYONE, Allowed, Facts, tables_allowed
from measures.stats.disclosure.publish import Cell, Exact, Weighted, publish_counts
from measures.stats.disclosure.rules import ALL, Policy, Rules
from measures.stats.disclosure.tables import Shape, Table
from measures.stats.values import Estimate
from surveys.tally.periods import Span, four_quarters_to, quarter_span
from surveys.tally.tabulated import Tabulation

TELLS_TOO_MUCH = "withheld to protect people: with it, a small number could be worked out"


@dataclass(frozen=True)
class Draft:
    """What the results of a quarter would be: tables in order, and what the rules left out."""

    survey: str
    quarter: Span
    rules: Rules
    entries: tuple[tuple[Table, Mapping[str, Any]], ...]
    left_out: tuple[Mapping[str, str], ...]

    @property
    def tables(self) -> tuple[Table, ...]:
        return tuple(table for table, _about in self.entries)

    def only(self, safe: Sequence[Table]) -> "Draft":
        """The draft with these of its tables, whose cells may tell less than before."""
        kept = {table.name: table for table in safe}
        gone = [table for table in self.tables if table.name not in kept]
        return replace(
            self,
            entries=tuple(
                (kept[table.name], about) for table, about in self.entries if table.name in kept
            ),
            left_out=(*self.left_out, *(_left_out(table, TELLS_TOO_MUCH) for table in gone)),
        )


def draft_results(survey: str, quarter: Span, *, rules: Rules = ALL) -> Draft:
    """All tables that the rules allow for a quarter, told by the rules, from the counts of now.

    Raises LookupError, in words, where the survey was never published or nobody answered it.
    """
    asked = asked_in(survey, quarter)
    facts = Facts(survey, tuple(asked.layouts), asked.breakdowns)
    allowed = tables_allowed(facts, quarter, rules=rules)
    spans = _whole_spans(survey, quarter)
    left_out = [_no_year(survey, quarter)] if four_quarters_to(quarter) not in spans else []
    entries, rates = [], {span: response_rate(survey, span) for span in spans}
    for table in _computed(survey, [one for one in allowed if one.period in spans]):
        told = _told(table, asked, quarter=quarter, rules=rules)
        if why := _why_not(table):
            left_out.append(_left_out(told, why))
            continue
        entries.append(
            (told, about_of(table, told.shape, policy=asked.policy, rate=rates[table.span]))
        )
    return Draft(survey, quarter, rules, tuple(entries), tuple(left_out))


def _whole_spans(survey: str, quarter: Span) -> tuple[Span, ...]:
    """The quarter, and its four quarters where people were asked in all of them."""
    year, asked = four_quarters_to(quarter), fieldwork_of(survey)
    if asked.first <= year.first and asked.last >= year.last:
        return (quarter, year)
    return (quarter,)


def _no_year(survey: str, quarter: Span) -> dict[str, str]:
    year, asked = four_quarters_to(quarter), fieldwork_of(survey)
    # A survey that began too late says so, even where its newest month has no answer yet.
    begins, ends = f"from {asked.first:%B %Y}", f"until {asked.last:%B %Y}"
    told = begins if asked.first > year.first else ends
    why = f"people were asked {told} only, which is not the whole {year.label}"
    return {"period": year.key, "question": "", "by": "", "why": why}


def _computed(survey: str, allowed: Sequence[Allowed]) -> Iterator[ResultTable]:
    """The tables in the order of the questions, each split's read from the tallies together."""
    together: dict[tuple[Span, str], list[str]] = defaultdict(list)
    for one in allowed:
        together[one.period, one.by].append(one.question)
    found = {
        Allowed(span, table.question, by): table
        for (span, by), questions in together.items()
        for table in map(_told_once, answer_tables(survey, questions, span=span, by=by or None))
    }
    for one in allowed:
        yield found[one]


def _told_once(table: ResultTable) -> ResultTable:
    """A split without everyone's column: the table that is not split tells that."""
    groups = [column for column in table.columns if column.group != EVERYONE or not table.by]
    return replace(table, columns=tuple(groups))


def _why_not(table: ResultTable) -> str:
    """Why a table is not released: four quarters must have asked the same throughout."""
    if table.since == table.span or table.span != four_quarters_to(quarter_span(table.span.last)):
        return ""
    asked = f"only answers from {table.since.first:%B %Y} on can be joined"
    changed = f", since the question changed then ({table.broke})" if table.broke else ""
    return f"{asked}{changed}: there are no four quarters of them yet"


def _left_out(table: Table, why: str) -> dict[str, str]:
    return {"period": table.period.key, "question": table.question, "by": table.by, "why": why}


def _told(table: ResultTable, asked: Asked, *, quarter: Span, rules: Rules) -> Table:
    shape = _shape(table, asked.layouts[table.question])
    return Table(
        survey=table.survey,
        quarter=quarter.key,
        period=table.span,
        question=table.question,
        by=table.by,
        shape=shape,
        columns={
            column.group: _cells(table, column, shape, policy=asked.policy, rules=rules)
            for column in table.columns
        },
        policy=asked.policy,
        rules=rules,
        release=quarter.key,
    )


def _shape(table: ResultTable, layout: Tabulation) -> Shape:
    weights = None
    if isinstance(table.weighting, Weighting):
        # Outwards, so that every weight lies between what is told.
        smallest, largest = table.weighting.smallest, table.weighting.largest
        weights = (floor(100 * smallest) / 100, ceil(100 * largest) / 100)
    code_of = {line.cells: line.code for line in layout.lines if line.kind == "option"}
    return Shape(
        options=tuple(line.code for line in layout.lines if line.kind == "option"),
        nets={
            line.code: tuple(code_of[(cell,)] for cell in line.cells)
            for line in layout.lines
            if line.kind == "net"
        },
        is_single=layout.is_single,
        weights=weights,
    )


def _cells(
    table: ResultTable, column: Column, shape: Shape, *, policy: Policy, rules: Rules
) -> list[Cell]:
    answers = zip(table.answers, column.cells, strict=True)
    shares = [
        told.share.value if isinstance(told.share, Estimate) else None for told in column.cells
    ]
    return publish_counts(
        [Exact(answer.code, told.n, told.key) for answer, told in answers],
        Exact("", column.answered, column.answered_key),
        rules=rules,
        policy=policy,
        split=bool(table.by),
        weighted=Weighted(shares, *shape.weights) if shape.weights else None,
        effective=column.effective if may_claim(table.design).margin_of_error else None,
    )
