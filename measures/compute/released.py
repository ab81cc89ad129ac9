"""What was released of the surveys, read from the published cells: nothing else is ever counted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal, cast

from django.db.models import Prefetch, QuerySet

from measures.compute.values import ResultsFile, ShareFound
from measures.definitions.schema import SurveyShare
from measures.models.results import PublishedCell, PublishedTable, ResultsRelease
from measures.stats.periods import Period
from measures.stats.published import PublishedShare
from measures.stats.values import NotAvailable, Suppressed
from surveys.tally.periods import Span, four_quarters_to, months_later, quarter_key, quarter_span
from surveys.versions.compare import trend

EVERYONE = ANSWERED = ""
SUPPRESSED = PublishedCell.Status.SUPPRESSED
# As they were released: in the order of the groups, then of the answers.
CELLS = Prefetch("cells", PublishedCell.objects.order_by("id"))
Bound = Literal["at most", "at least"]


@dataclass(frozen=True)
class ReleasedTable:
    """One frozen table; `cells` by group and answer, "" for everyone and for all who answered."""

    release: ResultsFile
    period: str
    question: str
    by: str
    about: Mapping[str, Any]
    rules: Mapping[str, bool]
    cells: Mapping[tuple[str, str], PublishedCell]


def four_quarters_by(month: date) -> Period:
    """The newest four whole quarters that had ended by the end of a month.

    Worked: by November 2022 it is the year ending September 2022, by December the year to then.
    """
    ended = quarter_span(months_later(month, -2))
    span = four_quarters_to(ended)
    return Period.of_months(span.first, span.last)


def read_tables(tables: QuerySet[PublishedTable]) -> list[ReleasedTable]:
    """The tables with their cells, in the order in which they were released."""
    found = tables.select_related("release__survey").prefetch_related(CELLS).order_by("id")
    return [_table(table, table.cells.all()) for table in found]


def _table(table: PublishedTable, cells: Iterable[PublishedCell]) -> ReleasedTable:
    return ReleasedTable(
        release=results_file(table.release),
        period=table.period,
        question=table.question,
        by=table.by,
        about=table.about,
        rules=table.release.rules,
        cells={(cell.group, cell.answer): cell for cell in cells},
    )


def results_file(release: ResultsRelease) -> ResultsFile:
    """Which release it is, for whoever tells a number of it."""
    return ResultsFile(release.survey.slug, release.quarter, release.released_at, release.sha256)


def released_share(
    share: SurveyShare, period: Period, *, as_of: datetime
) -> ShareFound | Suppressed | NotAvailable:
    """A measure's share over four quarters, as it had been released at a moment."""
    span = Span(period.starts, period.last_month)
    release = ResultsRelease.objects.filter(
        survey__slug=share.survey, quarter=quarter_key(span.last), released_at__lte=as_of
    ).first()
    if release is None:
        return NotAvailable(_why_no_release(share, span))
    tables = release.tables.filter(period=span.key, question=share.question, by=EVERYONE)
    for table in read_tables(tables):
        if share.net in table.about["nets"]:
            return _share(table, share, period=period)
    return NotAvailable(_why_left_out(release, share, span))


def _share(table: ReleasedTable, share: SurveyShare, *, period: Period) -> ShareFound | Suppressed:
    published = published_share(table, f"net:{share.net}")
    if isinstance(published, Suppressed):
        return published
    net = table.about["nets"][share.net]
    return ShareFound(
        period=period,
        share=published,
        is_synthetic=table.about["is_synthetic"],
        release=table.release,
        series=net["series"],
        broke=net["broke"],
    )


def published_share(table: ReleasedTable, answer: str) -> PublishedShare | Suppressed:
    """An answer's cell for everyone, with the base it is of."""
    base, part = table.cells[EVERYONE, ANSWERED], table.cells[EVERYONE, answer]
    # No answers at all are withheld like few: to tell the two apart would be to publish a zero.
    if base.n is None:
        return Suppressed("about 10 people or fewer, or none, answered")
    if part.status == SUPPRESSED and part.share is None:
        return Suppressed("about 10 people or fewer gave one of the answers")
    return PublishedShare(
        count=part.n,
        base=base.n,
        percent=part.share,
        bound=cast(Bound, part.bound) if part.bound else None,
        low=part.low,
        high=part.high,
        is_weighted=table.about["weighting"] is not None,
    )


def _why_no_release(share: SurveyShare, span: Span) -> str:
    if not trend(share.survey, share.question, net=share.net):
        return "no published survey asks for it"
    return f"the results of the survey for the {span.label} have not been released"


def _why_left_out(release: ResultsRelease, share: SurveyShare, span: Span) -> str:
    for one in release.left_out:
        is_of_all = not one["by"] and one["question"] in ("", share.question)
        if one["period"] == span.key and is_of_all:
            return str(one["why"])
    return f"the results released for the {span.label} do not hold it"
