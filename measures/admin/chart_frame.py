"""What the desk's charts share: their width, the words beside a row, the rules behind it."""

from collections.abc import Sequence

from measures.publications.charts.canvas import Canvas, wrapped
from measures.publications.charts.theme import THEME

WIDTH = 880
# A row's words, then its base; the plot begins after both.
LABEL_WIDTH = 236
PLOT = 308
BASE_ENDS = PLOT - 26
WORDS_SIZE, SMALL = 14, 13


def head_of_bases(canvas: Canvas, y: float) -> None:
    """What the numbers between a row's words and its bar are."""
    canvas.text(BASE_ENDS, y, words="Answers", align="right", colour=THEME.slate, size=SMALL)


def label_of_row(
    canvas: Canvas,
    y: float,
    *,
    label: str,
    base: str = "",
    is_bold: bool = False,
    width: int = LABEL_WIDTH,
) -> None:
    """A row's words in the column on the left, in two lines at most, and its base."""
    words = wrapped(label, width - 16, size=WORDS_SIZE)
    up = 9 if "\n" in words else 0
    canvas.text(0, y - up, words=words, size=WORDS_SIZE, is_bold=is_bold)
    if base:
        canvas.text(BASE_ENDS, y, words=base, align="right", colour=THEME.slate, size=WORDS_SIZE)


def percent_rules(
    canvas: Canvas, ticks: Sequence[tuple[float, str]], *, top: float, bottom: float
) -> None:
    """Rules from top to bottom at each x, its words above."""
    for x, words in ticks:
        canvas.rule((x, top), (x, bottom))
        canvas.text(x, top - 12, words=words, align="center", colour=THEME.slate, size=SMALL)
