"""A share over time in the size of a card: a line and its newest value."""

from collections.abc import Sequence

from measures.admin.chart_series import runs, short
from measures.admin.chart_trend import told
from measures.admin.figures_in_words import percent
from measures.compute.tables import Point
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.theme import THEME

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 116, 4, 60, 8, 26
# A scale of fewer points would make chance look like change.
SHORTEST_SCALE = 0.4


def draw_small(points: Sequence[Point], *, name: str, title: str) -> str:
    """An SVG of the points, oldest first, without a scale: the ends are named."""
    shares = [told(point) for point in points]
    known = [(at, share) for at, share in enumerate(shares) if share is not None]
    low = min(share.value if share.low is None else share.low for _, share in known)
    high = max(share.value if share.high is None else share.high for _, share in known)
    spare = max(0.0, SHORTEST_SCALE - (high - low)) / 2
    low, high = low - spare, high + spare

    def place(at: int, value: float) -> tuple[float, float]:
        x = LEFT + (WIDTH - LEFT - RIGHT) * at / max(len(points) - 1, 1)
        return x, TOP + (HEIGHT - TOP - BOTTOM) * (1 - (value - low) / (high - low))

    canvas = Canvas(WIDTH, HEIGHT)
    canvas.rule((LEFT, HEIGHT - BOTTOM), (WIDTH - RIGHT, HEIGHT - BOTTOM))
    for run in runs([not one.is_break for one in points], [one is not None for one in shares]):
        banded = [
            (place(at, one.low)[0], place(at, one.low)[1], place(at, one.high)[1])
            for at in run
            if (one := shares[at]) and one.low is not None and one.high is not None
        ]
        if len(banded) > 1:
            canvas.band(banded, colour=THEME.slate, opacity=0.16)
        spots = [place(at, one.value) for at in run if (one := shares[at])]
        if len(spots) > 1:
            canvas.path(spots, colour=THEME.slate, width=2.5)
    (first, oldest), (last, newest) = known[0], known[-1]
    x, y = place(last, newest.value)
    canvas.dot(x, y, colour=THEME.teal, size=110)
    canvas.text(x + 11, y, words=percent(newest.value), colour=THEME.teal, size=17, is_bold=True)
    below = HEIGHT - BOTTOM + 15
    canvas.text(
        place(first, 0)[0], below, words=short(points[first].span), colour=THEME.slate, size=13
    )
    canvas.text(
        x, below, words=short(points[last].span), align="right", colour=THEME.slate, size=13
    )
    described = (
        f"From {percent(oldest.value)} in the {points[first].span.label} "
        f"to {percent(newest.value)} in the {points[last].span.label}."
    )
    return canvas.drawn(name=name, title=title, described=described)
