"""Releasing a survey's results: computed, told by the rules, attacked, and then frozen."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, astuple
from typing import Any

from django.db import transaction
from django.utils import timezone

from measures.compute.released import read_tables
from measures.models.results import PublishedCell, PublishedTable, ResultsRelease
from measures.publications.canonical import digest
from measures.publications.result_tables import Draft, draft_results
from measures.publications.result_versions import People, people_in
from measures.publications.true_counts import true_counts
from measures.publications.visitor_tables import visitor_table
from measures.stats.disclosure.fallback import leave_out_until_safe, within_reach
from measures.stats.disclosure.gate import gate
from measures.stats.disclosure.tables import Table
from surveys.models.audit import record
from surveys.models.versions import Survey
from surveys.tally.count import count_new
from surveys.tally.joined import published_of
from surveys.tally.periods import (
    Span,
    four_quarters_to,
    months_later,
    parse_span,
    quarter_span,
)
from surveys.tally.release import hold_totals, record_release

CELLS_AT_ONCE = 5_000
MOST_TRIES = 3
Standing = tuple[People, frozenset[str]]


class CannotReleaseError(Exception):
    """The results can't be released, for the reasons it carries: a line each."""

    def __init__(self, *reasons: str) -> None:
        self.reasons = reasons
        super().__init__("\n".join(reasons))


def release_results(survey: str, quarter: str, *, by: str) -> ResultsRelease:
    """The tables of a survey for a quarter and the year that ends with it, frozen for ever.

    Raises CannotReleaseError: where the quarter is not over, its results were released before,
    nobody answered, or the gate finds that a small number could be worked out.
    """
    [release] = release_several(survey, [quarter], by=by)
    return release


def release_several(survey: str, quarters: Sequence[str], *, by: str) -> list[ResultsRelease]:
    """The results of several quarters, oldest first: all of them are released, or none.

    Each is judged with those before it, as though they had been released one by one.
    """
    spans = [quarter_over(quarter) for quarter in quarters]
    try:
        for version in published_of(survey):
            count_new(version)
        for _ in range(MOST_TRIES):
            drafts, before = _drafts(survey, spans)
            # Not under the lock: people would have to wait with taking back their answers.
            safe = _made_safe(survey, drafts)
            with transaction.atomic():
                _hold(survey, spans)
                if _standing(survey, spans) == before:
                    return [_freeze(draft, by=by) for draft in safe]
    except LookupError as error:
        raise CannotReleaseError(str(error)) from None
    raise CannotReleaseError(
        f"answers of {survey} were taken back or came in, or other quarters of it were released, "
        "each time that they had been judged: try again later"
    )


@transaction.atomic
def _drafts(survey: str, spans: Sequence[Span]) -> tuple[list[Draft], Standing]:
    """What the releases would be, and how things stand while they are judged."""
    _hold(survey, spans)
    return [draft_results(survey, span) for span in spans], _standing(survey, spans)


def _standing(survey: str, spans: Sequence[Span]) -> Standing:
    """Who is in the releases, and what was released before: they are judged with both."""
    released = ResultsRelease.objects.filter(survey__slug=survey).values_list("quarter", flat=True)
    return people_in(survey, spans), frozenset(released)


def _hold(survey: str, spans: Sequence[Span]) -> None:
    """Until the transaction ends nobody counts, takes back or releases anything."""
    hold_totals()
    _refuse_released(survey, spans)


def _made_safe(survey: str, drafts: Sequence[Draft]) -> list[Draft]:
    """The drafts without what could be used to work out a small number.

    Raises CannotReleaseError where the gate is red all the same.
    """
    known, safe = released_before(survey), list[Draft]()
    # What was shown to be safe a moment ago is so still: the same limits are not attacked twice.
    proved = set[bytes]()
    for draft in drafts:
        earlier = within_reach(draft.tables, known)
        left = leave_out_until_safe(draft.tables, earlier, proved=proved)
        safe.append(draft.only(left.tables))
        verdict = gate(safe[-1].tables, earlier, truth=true_counts(), proved=proved)
        if not verdict.is_green:
            raise CannotReleaseError(*map(str, verdict.findings))
        known += safe[-1].tables
    return safe


def newest_over() -> Span:
    """The newest quarter that is over."""
    today = timezone.localdate()
    return quarter_span(months_later(quarter_span(today).first, -1))


def quarter_over(text: str) -> Span:
    """The quarter of this name. Raises CannotReleaseError where it is none, or not over."""
    try:
        span = parse_span(text)
    except ValueError:
        raise CannotReleaseError(_expected(text)) from None
    if span != quarter_span(span.last):
        raise CannotReleaseError(_expected(text))
    if span > newest_over():
        raise CannotReleaseError(
            f"{span.key} is not over: its results can be released once {span.label} have passed"
        )
    return span


def _expected(text: str) -> str:
    return f"{text!r} is no quarter: results are released by quarter, such as 2022-Q4"


def _refuse_released(survey: str, spans: Sequence[Span]) -> None:
    """What was released stays as it is (D9)."""
    wanted = [span.key for span in spans]
    found = ResultsRelease.objects.filter(survey__slug=survey, quarter__in=wanted)
    if reasons := [
        f"the results of {survey} for {release.quarter} were released on "
        f"{timezone.localdate(release.released_at):%-d %B %Y} and stay as they are: later answers "
        "and corrections come with the next quarter"
        for release in found
    ]:
        raise CannotReleaseError(*reasons)


def released_before(survey: str) -> list[Table]:
    """All released tables of a survey as a visitor gets them."""
    tables = PublishedTable.objects.filter(release__survey__slug=survey)
    return [visitor_table(table) for table in read_tables(tables)]


def _freeze(draft: Draft, *, by: str) -> ResultsRelease:
    release = ResultsRelease.objects.create(
        survey=Survey.objects.get(slug=draft.survey),
        quarter=draft.quarter.key,
        rules=draft.rules.as_json(),
        left_out=list(draft.left_out),
        sha256=digest(json.dumps(list(_written(draft)), sort_keys=True, ensure_ascii=False)),
        released_at=timezone.now(),
        released_by=by,
    )
    tables = PublishedTable.objects.bulk_create(
        PublishedTable(
            release=release,
            period=table.period.key,
            question=table.question,
            by=table.by,
            about=about,
        )
        for table, about in draft.entries
    )
    PublishedCell.objects.bulk_create(_cells(tables, draft.tables), batch_size=CELLS_AT_ONCE)
    _hold_back(draft, by=by)
    record(
        by,
        "release results",
        subject=str(release),
        tables=len(tables),
        left_out=len(draft.left_out),
        sha256=release.sha256,
    )
    return release


def _written(draft: Draft) -> Iterator[Mapping[str, Any]]:
    """The tables in order, as the checksum is taken of them."""
    for table, about in draft.entries:
        yield {
            "period": table.period.key,
            "question": table.question,
            "by": table.by,
            "about": about,
            "cells": [
                [group, *astuple(cell)] for group, cells in table.columns.items() for cell in cells
            ],
        }


def _cells(rows: Sequence[PublishedTable], tables: Sequence[Table]) -> Iterator[PublishedCell]:
    for row, table in zip(rows, tables, strict=True):
        for group, cells in table.columns.items():
            for cell in cells:
                yield PublishedCell(table=row, group=group, **asdict(cell))


def _hold_back(draft: Draft, *, by: str) -> None:
    """From now on nobody can take back answers of the months that a number was told of."""
    for span in (draft.quarter, four_quarters_to(draft.quarter)):
        of_span = [table for table in draft.tables if table.period == span]
        if any(_tells(table) for table in of_span):
            record_release(draft.survey, first=span.first, last=span.last, by=by)


def _tells(table: Table) -> bool:
    return any(cell.n is not None for cells in table.columns.values() for cell in cells)
