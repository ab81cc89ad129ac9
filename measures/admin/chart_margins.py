"""Shares before and after weighting: two dots a row, and the way between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from measures.admin.chart_frame import (
    PLOT,
    WIDTH,
    head_of_bases,
    label_of_row,
    percent_rules,
)
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.theme import THEME

TOP, ROW, BOTTOM, RIGHT = 56, 32, 8, 48


@dataclass(frozen=True)
class Shift:
    """A code's share as the answers came and weighted, from 0 to 1; `base` are the answers."""

    label: str
    before: float
    after: float
    base: str


def draw_shifts(shifts: Sequence[Shift], *, name: str, title: str, described: str) -> str:
    """An SVG with a row for each code; the teal dot is where the weights lead."""
    canvas = Canvas(WIDTH, TOP + len(shifts) * ROW + BOTTOM)
    most = _most(shifts)
    whole = (WIDTH - PLOT - RIGHT) * 100 / most
    ticks = [(PLOT + whole * at / 100, f"{at}%") for at in _ticks(most)]
    percent_rules(canvas, ticks, top=TOP - 6, bottom=canvas.height - BOTTOM)
    # In a line of its own, or it would run into the 0% of the axis.
    head_of_bases(canvas, TOP - 38)
    for at, shift in enumerate(shifts):
        _draw(canvas, shift, TOP + at * ROW + ROW / 2, whole=whole)
    return canvas.drawn(name=name, title=title, described=described)


def _draw(canvas: Canvas, shift: Shift, y: float, *, whole: float) -> None:
    label_of_row(canvas, y, label=shift.label, base=shift.base, is_bold=False)
    before, after = PLOT + shift.before * whole, PLOT + shift.after * whole
    canvas.rule((before, y), (after, y), colour=THEME.slate, width=2)
    canvas.dot(after, y, colour=THEME.teal, size=130)
    canvas.dot(before, y, colour=THEME.slate, size=60)


def _most(shifts: Sequence[Shift]) -> int:
    highest = max((max(one.before, one.after) for one in shifts), default=0)
    return min(100, max(10, 10 * ceil(10 * highest + 1e-9)))


def _ticks(most: int) -> range:
    return range(0, most + 1, 5 if most <= 25 else 10 if most <= 50 else 20)
