"""The spans that a reader of the desk can pick, from the months in which people answered."""

from collections.abc import Iterator
from datetime import date
from typing import Literal

from surveys.tally.periods import Span, four_quarters_to, month_span, months_later, quarter_span

Step = Literal["quarter", "year", "month"]
# First and last month with an answer that was counted.
Months = tuple[date, date]


def quarters(months: Months) -> list[Span]:
    """Every quarter with an answer, oldest first."""
    found, last = [quarter_span(months[0])], quarter_span(months[1])
    while found[-1] < last:
        found.append(quarter_span(months_later(found[-1].first, 3)))
    return found


def years(months: Months) -> list[Span]:
    """Every four quarters that answers cover from the first month to the last, oldest first.

    A year that the answers begin or end within would be told from fewer months than it says.
    """
    ending = [four_quarters_to(quarter) for quarter in quarters(months)]
    return [year for year in ending if months[0] <= year.first and year.last <= months[1]]


def whole_quarters(months: Months) -> list[Span]:
    """The quarters that answers do not begin or end within; all of them where that leaves none."""
    found = quarters(months)
    return [one for one in found if months[0] <= one.first and one.last <= months[1]] or found


def single_months(months: Months) -> list[Span]:
    """Every month from the first to the last, oldest first."""
    return list(_months(months))


def newest(months: Months) -> Span:
    """The newest whole year where there is one, else the newest quarter."""
    whole = years(months)
    return whole[-1] if whole else quarters(months)[-1]


def series_spans(months: Months | None, step: Step) -> list[Span]:
    """What a series goes through, oldest first: quarters, months, or years ending each quarter."""
    if months is None:
        return []
    kinds = {"quarter": whole_quarters, "year": years, "month": single_months}
    return kinds[step](months) or whole_quarters(months)


def neighbours(span: Span, months: Months) -> tuple[Span | None, Span | None]:
    """The span before and the one after it of the same kind, where answers reach."""
    length = len(list(span.months()))
    step = 1 if length == 1 else 3
    before, after = (
        Span(months_later(span.first, by), months_later(span.last, by)) for by in (-step, step)
    )
    return (
        before if before.last >= months[0] else None,
        after if after.first <= months[1] and after.last <= _quarter_end(months) else None,
    )


def _quarter_end(months: Months) -> date:
    return quarter_span(months[1]).last


def _months(months: Months) -> Iterator[Span]:
    month = months[0]
    while month <= months[1]:
        yield month_span(month)
        month = months_later(month, 1)
