"""An XmR chart: counts over time, their mean and limits, and what lies outside chance."""

from collections.abc import Sequence
from math import floor

from measures.admin.chart_frame import SMALL, WIDTH
from measures.admin.chart_series import HEIGHT, RIGHT, Plot, apart, draw_frame, draw_periods, runs
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.scale import round_step
from measures.publications.charts.theme import THEME
from measures.stats.xmr import Stretch, XmrChart
from surveys.tally.periods import Span


def draw_xmr(
    chart: XmrChart, spans: Sequence[Span], *, name: str, title: str, described: str
) -> str:
    """An SVG of the readings with their stretches; signalled ones stand out by colour and size."""
    canvas = Canvas(WIDTH, HEIGHT)
    values = [reading.value for reading in chart.readings]
    plot, step = _plot(values, chart.stretches)
    ticks = range(round(plot.low), round(plot.high) + 1, step)
    draw_frame(canvas, plot, [(at, f"{at:,}") for at in ticks])
    draw_periods(canvas, plot, spans)
    for stretch in chart.stretches:
        _draw_limits(canvas, plot, stretch)
    _name_limits(canvas, plot, chart.stretches[-1])
    starts = {stretch.first for stretch in chart.stretches}
    known = [value is not None for value in values]
    for run in runs([at not in starts for at in range(len(values))], known):
        _draw_run(canvas, plot, [(at, v) for at in run if (v := values[at]) is not None])
    for at in chart.signalled:
        if (value := values[at]) is not None:
            canvas.dot(plot.x(at), plot.y(value), colour=THEME.red, size=130)
    return canvas.drawn(name=name, title=title, described=described)


def _draw_limits(canvas: Canvas, plot: Plot, stretch: Stretch) -> None:
    left, right = plot.x(stretch.first) - 4, plot.x(stretch.last) + 4
    low, high = plot.y(stretch.low), plot.y(stretch.high)
    canvas.rect(left, high, width=right - left, height=low - high, colour=THEME.slate, opacity=0.1)
    mean = plot.y(stretch.mean)
    canvas.rule((left, mean), (right, mean), colour=THEME.slate, width=1.5)
    for y in (low, high):
        canvas.rule((left, y), (right, y), colour=THEME.amber, width=1.5, dash=(5, 4))


def _name_limits(canvas: Canvas, plot: Plot, stretch: Stretch) -> None:
    named = [
        (stretch.high, f"upper {stretch.high:,.0f}", THEME.amber),
        (stretch.mean, f"mean {stretch.mean:,.0f}", THEME.slate),
        (stretch.low, f"lower {stretch.low:,.0f}", THEME.amber),
    ]
    heights = apart([plot.y(value) for value, _, _ in named], least=16)
    for y, (_, words, colour) in zip(heights, named, strict=True):
        canvas.text(WIDTH - RIGHT + 12, y, words=words, colour=colour, size=SMALL)


def _draw_run(canvas: Canvas, plot: Plot, run: Sequence[tuple[int, float]]) -> None:
    spots = [(plot.x(at), plot.y(value)) for at, value in run]
    if len(spots) > 1:
        canvas.path(spots, colour=THEME.slate, width=1.5)
    for x, y in spots:
        canvas.dot(x, y, colour=THEME.slate, size=30)


def _plot(values: Sequence[float | None], stretches: Sequence[Stretch]) -> tuple[Plot, int]:
    """A scale that holds readings and limits, and the distance of its rules.

    From zero where that is near: lines may begin elsewhere, and far from it nothing would be seen.
    """
    known = [value for value in values if value is not None]
    highest = max([*known, *(one.high for one in stretches), 1])
    lowest = min([*known, *(one.low for one in stretches)])
    lowest -= (highest - lowest) / 2
    step = round_step(int(highest - max(lowest, 0)) + 1)
    bottom = max(0, step * floor(lowest / step))
    return Plot(len(values), bottom, step * (int(highest) // step + 1)), step
