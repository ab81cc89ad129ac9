"""The table of one question: exact counts, weighted shares and how sure they are.

For staff only, and for what is then released through the rules of disclosure.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby
from typing import Literal

from measures.compute.asked import Asked, AskedIn
from measures.compute.columns import Column, Told
from measures.compute.weighting import Weighting
from measures.stats.claims import Design
from measures.stats.values import Estimate, NotAvailable
from surveys.tally.joined import Joined, joined_in, series_of
from surveys.tally.periods import Span
from surveys.tally.store import months_tallied
from surveys.tally.tabulated import Tabulation, breakdown_of, tabulated
from surveys.versions.read import definition_of

__all__ = ["Column", "Told"]

EVERYONE = ""
NOT_STATED = "~"


@dataclass(frozen=True)
class Answer:
    """A line of the table. `code` is an option's, `net:satisfied`, or `~dont-know`."""

    code: str
    label: str
    kind: Literal["option", "net", "missing"]


@dataclass(frozen=True)
class ResultTable:
    """One question over one span, for everyone (the first column) and for each group.

    `weighting` is what it was weighted by, or why it was not. `design` decides what may be
    claimed: without a probability sample or a census there is no interval. `since` is the span's
    part that is comparable where the question changed within it, `broke` says what changed.
    """

    survey: str
    question: str
    asked: str
    by: str
    by_label: str
    span: Span
    design: Design
    answers: tuple[Answer, ...]
    columns: tuple[Column, ...]
    weighting: Weighting | NotAvailable
    is_synthetic: bool
    since: Span
    broke: str


@dataclass(frozen=True)
class Point:
    """One span of a series; `is_break` where it can't be compared with the point before."""

    span: Span
    answered: int
    effective: float
    share: Estimate | NotAvailable
    is_break: bool
    reason: str


@dataclass(frozen=True)
class Series:
    """The share of one answer over time, oldest first."""

    survey: str
    question: str
    asked: str
    answer: Answer
    group: str
    points: tuple[Point, ...]
    is_synthetic: bool


def answer_table(
    survey: str, question: str, *, span: Span, by: str | None = None, is_weighted: bool = True
) -> ResultTable:
    """The table of a question of a survey, by its slug and the question's field name.

    Raises LookupError, in words, where the survey was never published, does not ask the question,
    the question counts nothing, or `by` is none of its breakdowns.
    """
    [table] = answer_tables(survey, [question], span=span, by=by, is_weighted=is_weighted)
    return table


def answer_tables(
    survey: str,
    questions: Sequence[str],
    *,
    span: Span,
    by: str | None = None,
    is_weighted: bool = True,
) -> tuple[ResultTable, ...]:
    """The tables of some questions, in their order, with as few looks at the tallies as can be.

    Raises LookupError as `answer_table` does.
    """
    months = cache(months_tallied)
    joined = {
        question: joined_in(series_of(survey, question, by=by), span, months=months)
        for question in questions
    }
    tables: dict[str, ResultTable] = {}
    for versions, since in {(one.versions, one.since) for one in joined.values()}:
        alike = {
            q: one for q, one in joined.items() if (one.versions, one.since) == (versions, since)
        }
        asked = Asked(survey, versions, tuple(alike))
        [found] = asked.counted([since], by=by, is_weighted=is_weighted)
        for question, one in alike.items():
            tables[question] = _table(asked, question, found, span=span, by=by, joined=one)
    return tuple(tables[question] for question in questions)


def _table(
    asked: Asked, question: str, found: AskedIn, *, span: Span, by: str | None, joined: Joined
) -> ResultTable:
    layout, columns = asked.layout(question), found.columns[question]
    split = breakdown_of(asked.definition, by) if by else None
    labels = {EVERYONE: "Everyone", **(split.groups if split else {})}
    return ResultTable(
        survey=asked.survey,
        question=question,
        asked=layout.asked,
        by=by or "",
        by_label=split.label if split else "",
        span=span,
        design=asked.definition.design,
        answers=tuple(Answer(one.code, one.label, one.kind) for one in layout.lines),
        columns=tuple(
            replace(column, label=labels.get(column.group, column.group))
            for column in (columns if split else columns[:1])
        ),
        weighting=found.weighting,
        is_synthetic=found.synthetic > 0,
        since=joined.since,
        broke=joined.broke,
    )


def answer_series(
    survey: str, question: str, *, answer: str, spans: Sequence[Span], is_weighted: bool = True
) -> Series:
    """The share of one answer, by its code in the table, in each span; raises as above."""
    segments = series_of(survey, question)
    newest = tabulated(definition_of(segments[-1].versions[-1]), question)
    line = next((one for one in newest.lines if one.code == answer), None)
    if line is None:
        known = ", ".join(one.code for one in newest.lines)
        raise LookupError(f"{question!r} has no answer {answer!r}; expected one of {known}")
    months = cache(months_tallied)
    points: list[Point] = []
    synthetic, joined = 0, [joined_in(segments, span, months=months) for span in spans]
    for _, alike in groupby(joined, key=lambda one: one.series):
        together = list(alike)
        asked = Asked(survey, together[0].versions, (question,))
        found = asked.counted([one.since for one in together], is_weighted=is_weighted)
        for n, (one, of_span) in enumerate(zip(together, found, strict=True)):
            is_break = bool(points) and n == 0
            column = of_span.columns[question][0]
            layout = asked.layout(question)
            points.append(_point(one, layout, column, answer, is_break=is_break))
            synthetic += of_span.synthetic
    return Series(
        survey=survey,
        question=question,
        asked=newest.asked,
        answer=Answer(line.code, line.label, line.kind),
        group=EVERYONE,
        points=tuple(points),
        is_synthetic=synthetic > 0,
    )


def _point(
    joined: Joined, layout: Tabulation, column: Column, answer: str, *, is_break: bool
) -> Point:
    at = next((i for i, line in enumerate(layout.lines) if line.code == answer), None)
    share = NotAvailable("it was no answer then") if at is None else column.cells[at].share
    reason = joined.broke if is_break else ""
    return Point(joined.since, column.answered, column.effective, share, is_break, reason)
