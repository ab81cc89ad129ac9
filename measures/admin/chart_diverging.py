"""A scale with two sides: bars that part at the middle, and the net beside them."""

from collections.abc import Sequence
from dataclasses import dataclass

from measures.admin.chart_frame import PLOT, SMALL, WIDTH, head_of_bases, label_of_row
from measures.admin.figures_in_words import whole_percent
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.theme import THEME

TOP, BAR, GAP, BOTTOM = 34, 26, 16, 14
NET_WIDTH = 72
# Narrower than this, a number would not fit its part of the bar.
FITS = 30


@dataclass(frozen=True)
class Parted:
    """A bar: the shares (0 to 1) of the points from the worst to the best, and the net.

    `parts` is None where too few answered; `words` then say so.
    """

    label: str
    base: str
    parts: tuple[float, ...] | None
    net: float | None
    words: str = ""


def draw_parted(
    bars: Sequence[Parted], *, net_label: str, name: str, title: str, described: str
) -> str:
    """An SVG of the bars, each around the middle of the scale."""
    canvas = Canvas(WIDTH, TOP + len(bars) * (BAR + GAP) + BOTTOM)
    scale = _Scale.of(bars)
    head_of_bases(canvas, 12)
    if net_label:
        canvas.text(WIDTH, 12, words=net_label, align="right", colour=THEME.slate, size=SMALL)
    for n, bar in enumerate(bars):
        _row(canvas, bar, scale, top=TOP + n * (BAR + GAP), is_bold=n == 0)
    return canvas.drawn(name=name, title=title, described=described)


@dataclass(frozen=True)
class _Scale:
    """Where the middle stands, and how many pixels all of the answers are wide."""

    zero: float
    whole: float

    @classmethod
    def of(cls, bars: Sequence[Parted]) -> "_Scale":
        known = [bar.parts for bar in bars if bar.parts is not None]
        worse = max((worse_of(parts) for parts in known), default=0.5)
        better = max((1 - worse_of(parts) for parts in known), default=0.5)
        room = WIDTH - PLOT - NET_WIDTH
        whole = room / max(worse + better, 1e-9)
        return cls(PLOT + worse * whole, whole)


def worse_of(parts: Sequence[float]) -> float:
    """What lies left of the middle: the worse half, with half of a point in the middle."""
    half, is_odd = divmod(len(parts), 2)
    return sum(parts[:half]) + (parts[half] / 2 if is_odd else 0)


def colours(points: int) -> list[str]:
    """The colours of so many points, from the worst to the best."""
    half, is_odd = divmod(points, 2)
    steps = {1: (2,), 2: (1, 2), 3: (0, 1, 2)}[half]
    worse = [THEME.worse[step] for step in reversed(steps)]
    return [*worse, *([THEME.middle] if is_odd else []), *(THEME.better[step] for step in steps)]


def _row(canvas: Canvas, bar: Parted, scale: "_Scale", *, top: float, is_bold: bool) -> None:
    middle = top + BAR / 2
    label_of_row(canvas, middle, label=bar.label, base=bar.base, is_bold=is_bold)
    if bar.parts is None:
        canvas.text(PLOT, middle, words=bar.words, colour=THEME.slate, size=14)
        return
    # Behind the bar, so that it never runs through a number.
    canvas.rule((scale.zero, top - GAP / 2), (scale.zero, top + BAR + GAP / 2), colour=THEME.slate)
    _draw(canvas, bar.parts, scale, top=top)
    if bar.net is not None:
        words = f"{whole_percent(bar.net)}%"
        canvas.text(WIDTH, middle, words=words, align="right", colour=THEME.teal, is_bold=True)


def _draw(canvas: Canvas, parts: Sequence[float], scale: _Scale, *, top: float) -> None:
    x = scale.zero - worse_of(parts) * scale.whole
    for share, colour in zip(parts, colours(len(parts)), strict=True):
        width = share * scale.whole
        if width > 1:
            # A hair of paper keeps neighbours apart for who sees no colours.
            canvas.rect(x, top, width=width - 1, height=BAR, colour=colour)
        if width >= FITS:
            is_strong = colour in (THEME.worse[-1], THEME.better[-1])
            canvas.text(
                x + (width - 1) / 2,
                top + BAR / 2 + 1,
                words=f"{whole_percent(share)}",
                align="center",
                colour=THEME.paper if is_strong else THEME.ink,
                size=14,
            )
        x += width
