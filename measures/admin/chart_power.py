"""The smallest change that answers tell, by their number: a curve between chance and change."""

from collections.abc import Callable, Sequence
from math import ceil, exp, log

from measures.admin.chart_frame import SMALL, WIDTH
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.label_places import LETTER
from measures.publications.charts.theme import THEME

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 360, 56, 24, 28, 56
STEPS = 60
TICKS = (50, 100, 200, 300, 500, 1000, 2000, 3000, 5000, 10_000, 100_000, 1_000_000)


def draw_power(
    smallest: Callable[[int], float | None],
    *,
    asked: int,
    reach: tuple[int, int],
    name: str,
    title: str,
    described: str,
) -> str:
    """An SVG of the smallest rise in percentage points, by answers from `reach` to `reach`.

    `asked` is the number of answers whose point is marked. The scale of answers is logarithmic.
    """
    canvas = Canvas(WIDTH, HEIGHT)
    sizes = _sizes(*reach)
    curve = [(n, points) for n in sizes if (points := smallest(n)) is not None]
    most = _most([points for _n, points in curve])
    spots = [(_x(n, reach), _y(points, most)) for n, points in curve]
    bottom = HEIGHT - BOTTOM
    canvas.band([(x, y, bottom) for x, y in spots], colour=THEME.middle, opacity=0.7)
    _frame(canvas, reach, most)
    canvas.path(spots, colour=THEME.slate, width=2.5)
    _name_sides(canvas, spots)
    if (points := smallest(asked)) is not None:
        words = f"{asked:,} answers: {points:.1f} percentage points"
        _mark(canvas, (_x(asked, reach), _y(points, most)), words, curve=spots)
    return canvas.drawn(name=name, title=title, described=described)


def _x(n: float, reach: tuple[int, int]) -> float:
    first, last = reach
    return LEFT + (WIDTH - LEFT - RIGHT) * log(n / first) / log(last / first)


def _y(points: float, most: int) -> float:
    return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * points / most


def _sizes(first: int, last: int) -> Sequence[int]:
    """Numbers of answers at even steps of the scale."""
    step = log(last / first) / STEPS
    return sorted({round(first * exp(step * at)) for at in range(STEPS + 1)})


def _most(points: Sequence[float]) -> int:
    """Where the axis of percentage points ends."""
    return max(5, 5 * ceil(max(points, default=0) / 5))


def _frame(canvas: Canvas, reach: tuple[int, int], most: int) -> None:
    bottom, step = HEIGHT - BOTTOM, 5 if most <= 25 else 10
    for points in range(0, most + 1, step):
        y = _y(points, most)
        canvas.rule((LEFT, y), (WIDTH - RIGHT, y))
        canvas.text(LEFT - 10, y, words=f"{points}", align="right", colour=THEME.slate, size=SMALL)
    for n in TICKS:
        if reach[0] <= n <= reach[1]:
            x = _x(n, reach)
            canvas.rule((x, bottom), (x, bottom + 5), colour=THEME.slate)
            canvas.text(
                x, bottom + 18, words=f"{n:,}", align="center", colour=THEME.slate, size=SMALL
            )
    middle = (LEFT + WIDTH - RIGHT) / 2
    canvas.text(
        middle,
        bottom + 40,
        words="answers each time",
        align="center",
        colour=THEME.slate,
        size=SMALL,
    )


def _name_sides(canvas: Canvas, spots: Sequence[tuple[float, float]]) -> None:
    """The words above the curve, and those below it."""
    if not spots:
        return
    canvas.text(WIDTH - RIGHT - 8, TOP + 22, words="told as a change", align="right", is_bold=True)
    x, y = spots[len(spots) // 12]
    canvas.text(x + 12, (y + HEIGHT - BOTTOM) / 2 + 20, words="may be chance", colour=THEME.slate)


def _mark(
    canvas: Canvas,
    spot: tuple[float, float],
    words: str,
    *,
    curve: Sequence[tuple[float, float]],
) -> None:
    """The point that was asked for, its words above the curve and within the picture."""
    x, y = spot
    canvas.rule((x, y), (x, HEIGHT - BOTTOM), colour=THEME.teal, width=1.5, dash=(5, 4))
    canvas.dot(x, y, colour=THEME.teal, size=110)
    start = max(LEFT, min(x + 12, WIDTH - RIGHT - len(words) * THEME.type * LETTER))
    # The curve falls: where the words begin it is at its highest behind them.
    behind = [height for at, height in curve if at <= start]
    above = min([y, *behind[-1:]])
    canvas.text(start, above - 16, words=words, colour=THEME.teal, is_bold=True)
