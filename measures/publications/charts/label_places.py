"""Where a label can stand in a chart without covering what it speaks of."""

from dataclasses import dataclass, replace

# An average letter of our typeface is this wide, in parts of its height; a little too much, so
# that a label never turns out longer than the room that was found for it.
LETTER = 0.56


@dataclass(frozen=True)
class Box:
    """A rectangle in pixels, from the top left of the plot."""

    left: float
    top: float
    width: float
    height: float

    @classmethod
    def around(cls, words: str, size: float) -> "Box":
        """The room that words of a type size need; where it stands is said by `at`."""
        return cls(0, 0, len(words) * size * LETTER, size)

    def at(self, left: float, top: float) -> "Box":
        return replace(self, left=round(left, 1), top=round(top, 1))

    def distance(self, x: float, y: float) -> float:
        """How far a spot lies outside; 0 inside."""
        aside = max(self.left - x, 0, x - self.left - self.width)
        apart = max(self.top - y, 0, y - self.top - self.height)
        return float((aside**2 + apart**2) ** 0.5)


def clearest(boxes: list[Box], spots: list[tuple[float, float]]) -> Box:
    """The box that keeps furthest from every spot; the first of those that are equally far.

    Beyond 24 pixels nothing looks clearer, so there the order of the boxes decides.
    """
    return max(boxes, key=lambda box: min([24.0, *(box.distance(x, y) for x, y in spots)]))
