"""A share over time as a line, its interval a light band, breaks and what is not told as gaps."""

from collections.abc import Sequence
from math import ceil, floor

from measures.admin.chart_frame import SMALL, WIDTH
from measures.admin.chart_series import (
    BOTTOM,
    HEIGHT,
    LEFT,
    TOP,
    Plot,
    draw_frame,
    draw_periods,
    runs,
)
from measures.admin.figures_in_words import percent
from measures.compute.tables import Point
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.theme import THEME
from measures.stats.claims import judge_base
from measures.stats.values import Estimate

# A scale of fewer points would make chance look like change.
SHORTEST_SCALE = 40


def told(point: Point) -> Estimate | None:
    """The share of a point where its base is enough to tell one."""
    if not isinstance(point.share, Estimate):
        return None
    return None if judge_base(point.answered, point.effective).is_too_small else point.share


def draw_trend(points: Sequence[Point], *, name: str, title: str, described: str) -> str:
    """An SVG of the points, oldest first."""
    canvas = Canvas(WIDTH, HEIGHT)
    shares = [told(point) for point in points]
    plot = _plot(shares)
    draw_frame(canvas, plot, [(at / 100, f"{at}%") for at in _ticks(plot)])
    draw_periods(canvas, plot, [point.span for point in points])
    together = runs([not point.is_break for point in points], [one is not None for one in shares])
    for run in together:
        _draw_run(canvas, plot, [(at, one) for at in run if (one := shares[at])])
    _mark_gaps(canvas, plot, points, shares)
    if together:
        _name_newest(canvas, plot, shares, together[-1][-1])
    return canvas.drawn(name=name, title=title, described=described)


def _draw_run(canvas: Canvas, plot: Plot, run: Sequence[tuple[int, Estimate]]) -> None:
    spots = [(plot.x(at), plot.y(share.value)) for at, share in run]
    edges = [
        (plot.x(at), plot.y(share.low), plot.y(share.high))
        for at, share in run
        if share.low is not None and share.high is not None
    ]
    if len(edges) > 1:
        canvas.band(edges, colour=THEME.slate, opacity=0.18)
    elif edges:
        x, low, high = edges[0]
        canvas.rect(x - 4, high, width=8, height=low - high, colour=THEME.slate, opacity=0.18)
    if len(spots) > 1:
        canvas.path(spots, colour=THEME.slate, width=2.5)
    for x, y in spots:
        canvas.dot(x, y, colour=THEME.slate)


def _mark_gaps(
    canvas: Canvas, plot: Plot, points: Sequence[Point], shares: Sequence[Estimate | None]
) -> None:
    bottom = HEIGHT - BOTTOM
    for at, (point, share) in enumerate(zip(points, shares, strict=True)):
        if point.is_break:
            x = plot.x(at - 0.5)
            canvas.rule((x, TOP - 10), (x, bottom), colour=THEME.amber, width=1.5, dash=(5, 4))
            canvas.text(x + 6, TOP - 8, words="break: see below", colour=THEME.amber, size=SMALL)
        if share is None:
            canvas.text(
                # Clear of the scale, where the first point is the one.
                max(plot.x(at), LEFT + 18),
                bottom - 10,
                words="[low]",
                align="center",
                colour=THEME.slate,
                size=SMALL,
            )


def _name_newest(canvas: Canvas, plot: Plot, shares: Sequence[Estimate | None], at: int) -> None:
    if (newest := shares[at]) is not None:
        x, y = plot.x(at), plot.y(newest.value)
        canvas.dot(x, y, colour=THEME.teal, size=150)
        words = percent(newest.value)
        canvas.text(x + 14, y, words=words, colour=THEME.teal, size=20, is_bold=True)


def _plot(shares: Sequence[Estimate | None]) -> Plot:
    """A scale that holds all bands in whole tens, and is never stretched beyond use."""
    known = [share for share in shares if share is not None]
    low = min((one.value if one.low is None else one.low for one in known), default=0)
    high = max((one.value if one.high is None else one.high for one in known), default=1)
    bottom, top = 10 * floor(low * 10), 10 * ceil(high * 10)
    while top - bottom < SHORTEST_SCALE:
        bottom, top = max(0, bottom - 10), min(100, top + 10)
    step = _step(bottom, top)
    return Plot(len(shares), floor(bottom / step) * step / 100, ceil(top / step) * step / 100)


def _ticks(plot: Plot) -> range:
    low, high = round(plot.low * 100), round(plot.high * 100)
    return range(low, high + 1, _step(low, high))


def _step(low: int, high: int) -> int:
    return 20 if high - low > 60 else 10
