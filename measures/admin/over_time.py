"""A question over time: the share of one answer, and whether the number of answers holds."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from measures.admin.asked import Asked
from measures.admin.chart_series import short
from measures.admin.chart_trend import told
from measures.admin.chart_xmr import draw_xmr
from measures.admin.charts import Picture, picture_of_series
from measures.admin.figures_in_words import base, interval, percent
from measures.admin.headlines import line_to_tell, trend_headline
from measures.admin.picking import Picked
from measures.compute.tables import Answer, Point, Series, answer_series, answer_table
from measures.compute.weighting import Weighting
from measures.publications.charts.tint import tinted
from measures.stats.claims import judge_base, may_claim
from measures.stats.periods import Period
from measures.stats.signals import Signal
from measures.stats.xmr import CannotChartError, Reading, Rebase, XmrChart, xmr_chart
from surveys.tally.periods import Span, months_later


@dataclass(frozen=True)
class Row:
    """A period of the series as its table has it."""

    label: str
    key: str
    percent: str
    interval: str
    answered: str
    marker: str
    break_reason: str


@dataclass(frozen=True)
class Counts:
    """The chart of the number of answers: signals in words, or why there is no chart."""

    picture: Picture | None
    signals: tuple[str, ...] = ()
    rebased: tuple[str, ...] = ()
    is_provisional: bool = False
    why_not: str = ""


def over_time(picked: Picked) -> dict[str, Any]:
    """Headline, chart and table of the answer that is told, and the chart of counts."""
    # The newest span's own table knows which answers there are to follow, and the design.
    table = answer_table(
        picked.survey.slug,
        picked.question.name,
        span=picked.spans()[-1],
        is_weighted=picked.is_weighted,
    )
    at = line_to_tell(table, picked.question, picked.answer)
    series = answer_series(
        picked.survey.slug,
        picked.question.name,
        answer=table.answers[at].code,
        spans=picked.spans(),
        is_weighted=picked.is_weighted,
    )
    picture = picture_of_series(series)
    return {
        "series": series,
        "told": series.answer,
        "headline": trend_headline(series),
        "pictures": [picture] if picture else [],
        "answers": [
            (answer.label, picked.address(answer=answer.code), answer == series.answer)
            for answer in sorted(table.answers, key=lambda one: _place(one, picked.question))
            if answer.kind != "missing"
        ],
        "steps": [
            (label, picked.address(step=step, rebase="", because=""), step == picked.step)
            for step, label in (("quarter", "quarters"), ("year", "years"), ("month", "months"))
        ],
        "rows": [_row(point) for point in reversed(series.points)],
        "counts": counts_of(series, rebase=picked.rebase, because=picked.because),
        "claim": may_claim(table.design).words,
        "has_weights": not picked.is_weighted or isinstance(table.weighting, Weighting),
        "without_rebase": picked.address(rebase="", because=""),
    }


def _place(answer: Answer, asked: Asked) -> tuple[bool, bool]:
    """Nets before options, and the net that is told first before the others."""
    return answer.kind != "net", answer.code != asked.headline


def counts_of(series: Series, *, rebase: str, because: str) -> Counts:
    """The numbers of answers with the limits of chance; `rebase` is the key of a period."""
    spans = [point.span for point in series.points]
    readings = [Reading(_period(one.span), one.answered) for one in series.points]
    try:
        rebased = _rebased(spans, rebase, because)
        chart = xmr_chart(readings, rebased=rebased)
    except CannotChartError as error:
        return Counts(None, why_not=str(error))
    return Counts(
        _picture(chart, spans),
        signals=tuple(_in_words(signal, chart, spans) for signal in chart.signals),
        rebased=tuple(f"{spans[one.at].label}: {one.reason}" for one in rebased),
        is_provisional=chart.stretches[-1].is_provisional,
    )


def _in_words(signal: Signal, chart: XmrChart, spans: list[Span]) -> str:
    """The signal, with its periods as short as the chart has them."""
    words = signal.words
    for at in signal.places:
        words = words.replace(chart.readings[at].period.label, short(spans[at]))
    return words


def _rebased(spans: list[Span], rebase: str, because: str) -> list[Rebase]:
    if not rebase:
        return []
    at = next((n for n, span in enumerate(spans) if span.key == rebase), None)
    if at is None:
        raise CannotChartError(f"limits can't begin anew at {rebase}: it is none of the periods")
    return [Rebase(at, because)]


def _picture(chart: XmrChart, spans: list[Span]) -> Picture:
    newest = chart.stretches[-1]
    found = len(chart.signals)
    title = (
        "The number of answers only varies as chance would have it"
        if not found
        else "The number of answers changed beyond chance"
    )
    alternative = (
        f"A line of {len(spans)} counts. Since {spans[newest.first].label} their mean is "
        f"{newest.mean:,.0f}, their limits {newest.low:,.0f} and {newest.high:,.0f}; "
        f"{found} {'sign' if found == 1 else 'signs'} of change."
    )
    svg = draw_xmr(chart, spans, name="counts", title=title, described=alternative)
    subtitle = (
        "Answers to this question in each period; dashed are the limits within which counts vary "
        "by chance (mean ± 2.66 mean moving ranges), large dots lie outside or run together"
    )
    return Picture(title, subtitle, alternative, tinted(svg))


def _period(span: Span) -> Period:
    return Period(span.first, months_later(span.last, 1) - timedelta(days=1))


def _row(point: Point) -> Row:
    share = told(point)
    return Row(
        label=point.span.label,
        key=point.span.key,
        percent=percent(share.value) if share else "–",
        interval=interval(share) if share else "",
        answered=base(point.answered),
        marker=judge_base(point.answered, point.effective).marker,
        break_reason=point.reason if point.is_break else "",
    )
