"""Where days and counts lie in a plot."""

from dataclasses import dataclass
from datetime import date

from measures.publications.charts.drawing import HEIGHT, MARGIN, WIDTH


@dataclass(frozen=True)
class YearPoint:
    """The count of the year that ended on a day."""

    ends: date
    value: int


@dataclass(frozen=True)
class Scale:
    """Where days and counts lie in the plot, in pixels from its top left."""

    first: date
    last: date
    top: int
    step: int
    width: int = WIDTH - MARGIN["left"] - MARGIN["right"]
    height: int = HEIGHT - MARGIN["top"] - MARGIN["bottom"]

    @classmethod
    def of(cls, years: list[YearPoint], baseline: YearPoint | None) -> "Scale":
        points = [*years, *([baseline] if baseline else [])]
        step = round_step(max(1, *(point.value for point in points)))
        top = step * (max(point.value for point in points) // step + 1)
        first, last = min(p.ends for p in points), max(p.ends for p in points)
        return cls(date(first.year, 1, 1), date(last.year, 12, 31), top, step)

    def x(self, day: date) -> float:
        return self.width * (day - self.first).days / (self.last - self.first).days

    def y(self, value: float) -> float:
        return self.height * (1 - value / self.top)

    @property
    def years(self) -> list[int]:
        """The years to name, so few that their names keep apart."""
        span = range(self.first.year, self.last.year + 1)
        return list(span)[:: max(1, -(-len(span) // 6))]


def round_step(highest: int) -> int:
    """The distance of the ticks: 1, 2 or 5 times a power of ten, giving three to six of them."""
    power = 1
    while True:
        for step in (power, 2 * power, 5 * power):
            if highest // step < 5:
                return step
        power *= 10
