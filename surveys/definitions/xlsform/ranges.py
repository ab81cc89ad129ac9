"""The type `range`: a slider from one number to another in steps, from the column `parameters`."""

import re
from dataclasses import dataclass

from surveys.definitions.xlsform.scope import Type
from surveys.definitions.xlsform.tree import Item

# As many points as are shown as a scale; more are typed as a number.
MOST_POINTS = 11


@dataclass(frozen=True)
class Range:
    start: float
    end: float
    step: float

    @property
    def is_whole(self) -> bool:
        return all(number.is_integer() for number in (self.start, self.end, self.step))

    def points(self) -> list[int]:
        """Its numbers, where they are few and can be codes; else none."""
        if not self.is_whole or self.start < 0 or self.step < 1 or self.end <= self.start:
            return []
        found = range(int(self.start), int(self.end) + 1, int(self.step))
        return list(found) if 2 <= len(found) <= MOST_POINTS else []


def parameters(text: str) -> dict[str, str]:
    """`start=1 end=10;step=2` by name."""
    pairs = re.findall(r"([\w-]+)\s*=\s*('[^']*'|\"[^\"]*\"|[^\s;,]+)", text)
    return {name.lower(): value.strip("'\"") for name, value in pairs}


def range_of(item: Item) -> Range | None:
    """The range of a row; None where its parameters are no numbers."""
    given = parameters(item.row.text("parameters"))
    try:
        found = Range(
            *(float(given.get(k, d)) for k, d in (("start", 1), ("end", 10), ("step", 1)))
        )
    except ValueError:
        return None
    numbers = (found.start, found.end, found.step)
    return found if all(abs(number) < 10**9 for number in numbers) else None


def as_scale(item: Item) -> tuple[Type, dict[str, tuple[str, ...]]]:
    """What a range becomes: a scale with codes, else a number."""
    found = range_of(item)
    if found is None:
        return "left-out", {}
    if points := found.points():
        return "one", {str(point): (str(point),) for point in points}
    return ("whole" if found.is_whole else "decimal"), {}
