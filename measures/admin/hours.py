"""Arrivals by the hour as a small chart of bars: its shapes, its title and its words."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from measures.stats.periods import in_words
from measures.stats.rounding import with_commas
from surveys.tally.arrivals import Arrivals

WIDTH = 960
HEIGHT = 150
LEFT = 40
FOOT = 28
HEAD = 8
GAP = 3
# At these hours of the clock a line tells the time, and at midnight the day.
MARKED = (0, 6, 12, 18)


@dataclass(frozen=True)
class Bar:
    """One hour: where its bar stands, and what it says."""

    x: float
    y: float
    width: float
    height: float
    n: int
    words: str


@dataclass(frozen=True)
class Mark:
    """A word below the bars; a day begins at a `is_day` one."""

    x: float
    words: str
    is_day: bool


@dataclass(frozen=True)
class HourChart:
    """A chart of WIDTH by HEIGHT; `top` is the number at its upper line."""

    title: str
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    top: int
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    head: int = HEAD
    foot: int = HEIGHT - FOOT


def hour_chart(arrived: Arrivals) -> HourChart:
    """The bars of the last hours, zero at the foot and the busiest hour at the top."""
    top = max((n for _, n in arrived.hours), default=0)
    step = (WIDTH - LEFT) / len(arrived.hours)
    room = HEIGHT - FOOT - HEAD
    bars = tuple(
        Bar(
            x=round(LEFT + at * step, 1),
            y=round(HEIGHT - FOOT - room * n / max(top, 1), 1),
            width=round(step - GAP, 1),
            height=round(room * n / max(top, 1), 1),
            n=n,
            words=hour_in_words(hour),
        )
        for at, (hour, n) in enumerate(arrived.hours)
    )
    return HourChart(title_of(arrived), bars, _marks(arrived, step), top)


def title_of(arrived: Arrivals) -> str:
    """ "71 responses in the last 48 hours, most on 5 March 2023 between 7pm and 8pm (9)" """
    n, hours = arrived.total, len(arrived.hours)
    if not n:
        return f"No response came in the last {hours} hours"
    told = f"{with_commas(n)} response{'' if n == 1 else 's'} in the last {hours} hours"
    busiest, most = max(arrived.hours, key=lambda one: one[1])
    if most == n == 1:
        return told
    return f"{told}, most {hour_in_words(busiest)} ({with_commas(most)})"


def hour_in_words(hour: datetime) -> str:
    """ "on 5 March 2023 between 7pm and 8pm", by the clock in London."""
    begins = timezone.localtime(hour)
    ends = timezone.localtime(hour + timedelta(hours=1))
    return f"on {in_words(begins.date())} between {clock(begins)} and {clock(ends)}"


def clock(at: datetime) -> str:
    """ "9am", "noon", "midnight", "7pm" """
    names = {0: "midnight", 12: "noon"}
    return names.get(at.hour) or f"{at.hour % 12}{'am' if at.hour < 12 else 'pm'}"


def _marks(arrived: Arrivals, step: float) -> tuple[Mark, ...]:
    found = []
    for at, (hour, _) in enumerate(arrived.hours):
        local = timezone.localtime(hour)
        if local.hour in MARKED:
            is_day = local.hour == 0
            words = f"{local:%a} {local.day}" if is_day else clock(local)
            found.append(Mark(round(LEFT + at * step, 1), words, is_day))
    return tuple(found)
