"""What a chart over time is laid out by: where periods and values lie, and the words beneath."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from measures.admin.chart_frame import SMALL, WIDTH
from measures.publications.charts.canvas import Canvas
from measures.publications.charts.label_places import LETTER
from measures.publications.charts.theme import THEME
from surveys.tally.periods import Span

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 330, 52, 96, 24, 48


@dataclass(frozen=True)
class Plot:
    """So many points in order from left to right, and values from `low` to `high`."""

    points: int
    low: float
    high: float

    def x(self, at: float) -> float:
        room = WIDTH - LEFT - RIGHT
        return LEFT + room * (at / (self.points - 1) if self.points > 1 else 0.5)

    def y(self, value: float) -> float:
        room = HEIGHT - TOP - BOTTOM
        return TOP + room * (1 - (value - self.low) / (self.high - self.low))


def draw_frame(canvas: Canvas, plot: Plot, ticks: Sequence[tuple[float, str]]) -> None:
    """The rules across, each with its value at the left."""
    for value, words in ticks:
        y = plot.y(value)
        canvas.rule((LEFT, y), (WIDTH - RIGHT, y))
        canvas.text(LEFT - 10, y, words=words, align="right", colour=THEME.slate, size=SMALL)


def draw_periods(canvas: Canvas, plot: Plot, spans: Sequence[Span]) -> None:
    """The periods along the bottom, so few that their names keep apart; years beneath them."""
    labels = [short(span) for span in spans]
    room = (WIDTH - LEFT - RIGHT) / max(len(spans) - 1, 1)
    needed = max(len(label) for label in labels) * SMALL * LETTER + 14
    every = max(1, -(-int(needed) // max(int(room), 1)))
    bottom = HEIGHT - BOTTOM
    # Counted from the newest, which is always named.
    for at in range(len(spans) - 1, -1, -every):
        canvas.rule((plot.x(at), bottom), (plot.x(at), bottom + 5), colour=THEME.slate)
        canvas.text(
            plot.x(at),
            bottom + 18,
            words=labels[at],
            align="center",
            colour=THEME.slate,
            size=SMALL,
        )


def short(span: Span) -> str:
    """ "Oct–Dec 22", "Nov 22", "to Dec 22" for a year."""
    if span.first == span.last:
        return f"{span.last:%b %y}"
    if len(list(span.months())) == 12:
        return f"to {span.last:%b %y}"
    return f"{span.first:%b}–{span.last:%b %y}"


def runs(joined: Sequence[bool], known: Sequence[bool]) -> list[list[int]]:
    """The places of points that a line may join: it ends at a break and at what is not known.

    `joined` says of each point whether it can be compared with the one before.
    """
    found: list[list[int]] = []
    for at, (is_joined, is_known) in enumerate(zip(joined, known, strict=True)):
        if not is_known:
            continue
        if found and is_joined and found[-1][-1] == at - 1:
            found[-1].append(at)
        else:
            found.append([at])
    return found


def apart(heights: Sequence[float], *, least: float) -> list[float]:
    """The heights moved down, each at least so far below the one before, in the order given."""
    placed = list(heights)
    for (before, _), (at, _) in pairwise(sorted(enumerate(heights), key=lambda one: one[1])):
        placed[at] = max(placed[at], placed[before] + least)
    return placed
