"""Shares as bars from zero, each with the light band where chance may put it."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from measures.admin.chart_frame import (
    LABEL_WIDTH,
    PLOT,
    WIDTH,
    head_of_bases,
    label_of_row,
    percent_rules,
)
from measures.admin.figures_in_words import percent
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.label_places import Box
from measures.publications.charts.theme import THEME

TOP, BAR, BAND, ROW, BOTTOM = 40, 16, 26, 40, 8
VALUE_WIDTH = 76


@dataclass(frozen=True)
class Bar:
    """A share from 0 to 1 with its interval; None where it can't be told, which `words` say.

    `is_current` gives it the accent colour, `is_whole` says that it is everyone together.
    """

    label: str
    share: float | None
    low: float | None = None
    high: float | None = None
    base: str = ""
    words: str = ""
    is_current: bool = False
    is_whole: bool = False


def draw_bars(
    bars: Sequence[Bar],
    *,
    compared_to: float | None = None,
    name: str,
    title: str,
    described: str,
) -> str:
    """An SVG of the bars; `compared_to` is a dashed rule through all of them."""
    canvas = Canvas(WIDTH, TOP + len(bars) * ROW + BOTTOM)
    most, room = _most(bars), WIDTH - PLOT - VALUE_WIDTH
    ticks = [(PLOT + room * at / most, f"{at}%") for at in _ticks(most)]
    percent_rules(canvas, ticks, top=TOP - 6, bottom=canvas.height - BOTTOM)
    if any(bar.base for bar in bars):
        head_of_bases(canvas, TOP - 18)
    if compared_to is not None:
        # Beneath the bars and their numbers, which it would run through.
        x = PLOT + compared_to * room * 100 / most
        bottom = canvas.height - BOTTOM
        canvas.rule((x, TOP - 6), (x, bottom), colour=THEME.ink, width=1.5, dash=(5, 4))
    for n, bar in enumerate(bars):
        _draw(canvas, bar, TOP + n * ROW + ROW / 2, whole=room * 100 / most)
    return canvas.drawn(name=name, title=title, described=described)


def _draw(canvas: Canvas, bar: Bar, y: float, *, whole: float) -> None:
    width = LABEL_WIDTH if bar.base else PLOT
    label_of_row(canvas, y, label=bar.label, base=bar.base, is_bold=bar.is_whole, width=width)
    if bar.share is None:
        _words(canvas, PLOT + 8, y, words=bar.words)
        return
    colour = THEME.teal if bar.is_current else THEME.slate
    canvas.rect(PLOT, y - BAR / 2, width=max(bar.share * whole, 1), height=BAR, colour=colour)
    end = bar.share
    if bar.low is not None and bar.high is not None:
        end = bar.high
        canvas.rect(
            PLOT + bar.low * whole,
            y - BAND / 2,
            width=(bar.high - bar.low) * whole,
            height=BAND,
            colour=colour,
            opacity=0.25,
        )
    _words(canvas, PLOT + end * whole + 8, y, words=percent(bar.share), is_bold=True)


def _words(canvas: Canvas, x: float, y: float, *, words: str, is_bold: bool = False) -> None:
    """Words on paper of their own, so that no rule runs through them."""
    room = Box.around(words, THEME.type).width
    canvas.rect(x - 4, y - ROW / 2 + 6, width=room + 4, height=ROW - 12, colour=THEME.paper)
    colour = THEME.ink if is_bold else THEME.slate
    size = THEME.type if is_bold else 14
    canvas.text(x, y, words=words, colour=colour, size=size, is_bold=is_bold)


def _most(bars: Sequence[Bar]) -> int:
    """Where the axis ends: the next step above all bars and bands."""
    highest = max((bar.high or bar.share or 0 for bar in bars), default=0)
    return min(100, max(20, 10 * ceil(highest * 10 + 1e-9)))


def _ticks(most: int) -> range:
    return range(0, most + 1, 20 if most > 50 else 10)
