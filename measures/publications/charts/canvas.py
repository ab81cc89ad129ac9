"""A chart laid out to the pixel: shapes where they are put, each kind above the one before.

For charts whose words and bars must stand beside each other, which no axis would place so.
"""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from measures.publications.charts.drawing import rendered
from measures.publications.charts.label_places import LETTER
from measures.publications.charts.theme import THEME

Align = Literal["left", "center", "right"]
Rows = list[dict[str, Any]]
# From the bottom to the top. Each kind is told to Vega-Lite as it is: to have Altair check layers
# that never change takes ten times as long as to draw them.
KINDS = ("area", "rule", "rect", "line", "circle", "text")


@dataclass
class Canvas:
    """A picture of so many pixels; x runs from the left, y from the top.

    Bands lie at the bottom, then rules, rectangles, paths, dots and words, whatever came first.
    """

    width: int
    height: int
    # The shapes of a kind that are drawn alike are one layer.
    layers: dict[tuple[str, tuple[tuple[str, Any], ...]], Rows] = field(default_factory=dict)
    runs: int = 0

    def rect(
        self, x: float, y: float, *, width: float, height: float, colour: str, opacity: float = 1
    ) -> None:
        row = {"x": x, "y": y, "x2": x + width, "y2": y + height, "colour": colour}
        self._add("rect", [row], opacity=opacity)

    def rule(
        self,
        start: tuple[float, float],
        end: tuple[float, float],
        *,
        colour: str = THEME.line,
        width: float = 1,
        dash: tuple[int, ...] = (),
    ) -> None:
        row = {"x": start[0], "y": start[1], "x2": end[0], "y2": end[1], "colour": colour}
        self._add("rule", [row], strokeWidth=width, **({"strokeDash": dash} if dash else {}))

    def text(
        self,
        x: float,
        y: float,
        *,
        words: str,
        colour: str = THEME.ink,
        size: float = THEME.type,
        align: Align = "left",
        is_bold: bool = False,
    ) -> None:
        """Words whose middle stands at the height y; a line break begins a new line below."""
        row = {"x": x, "y": y, "words": words, "colour": colour}
        weight = "bold" if is_bold else "normal"
        self._add("text", [row], align=align, fontWeight=weight, fontSize=size)

    def dot(self, x: float, y: float, *, colour: str, size: float = 40) -> None:
        self._add("circle", [{"x": x, "y": y, "colour": colour, "size": size}])

    def path(self, spots: Sequence[tuple[float, float]], *, colour: str, width: float = 2) -> None:
        """A line through the spots in their order."""
        self.runs += 1
        rows = [{"x": x, "y": y, "order": n, "run": self.runs} for n, (x, y) in enumerate(spots)]
        self._add("line", rows, color=colour, strokeWidth=width)

    def band(
        self, spots: Sequence[tuple[float, float, float]], *, colour: str, opacity: float
    ) -> None:
        """The area between two heights, at each x."""
        self.runs += 1
        rows = [{"x": x, "y": low, "y2": high, "run": self.runs} for x, low, high in spots]
        self._add("area", rows, color=colour, opacity=opacity)

    def drawn(self, *, name: str, title: str, described: str) -> str:
        """The picture as an SVG with its words for a screen reader."""
        found = sorted(self.layers.items(), key=lambda one: KINDS.index(one[0][0]))
        layers = [self._layer(kind, dict(alike), rows) for (kind, alike), rows in found]
        whole = {"layer": layers, "width": self.width, "height": self.height, "padding": 0}
        return rendered(whole, name=name, title=title, described=described)

    def _add(self, kind: str, rows: Rows, **alike: Any) -> None:
        self.layers.setdefault((kind, tuple(alike.items())), []).extend(rows)

    def _layer(self, kind: str, alike: dict[str, Any], rows: Rows) -> dict[str, Any]:
        x = {"axis": None, "scale": {"domain": [0, self.width], "zero": False}}
        y = {"axis": None, "scale": {"domain": [self.height, 0], "zero": False}}
        mark, encoding = MARKS[kind]
        if kind == "text":
            mark = mark | {"lineHeight": alike["fontSize"] + 3}
        return {
            "data": {"values": rows},
            "mark": {"type": kind} | mark | alike,
            "encoding": {"x": _number("x", **x), "y": _number("y", **y)} | encoding,
        }


def _number(name: str, **more: Any) -> dict[str, Any]:
    return {"field": name, "type": "quantitative"} | more


def _name(name: str, **more: Any) -> dict[str, Any]:
    return {"field": name, "type": "nominal"} | more


COLOUR = {"color": _name("colour", scale=None)}
FAR_SIDE = {"x2": {"field": "x2"}, "y2": {"field": "y2"}}
# Of each kind what Vega-Lite is told besides x, y and what its shapes have alike.
MARKS: dict[str, tuple[dict[str, Any], dict[str, Any]]] = {
    "area": ({"line": False}, {"y2": {"field": "y2"}, "detail": _name("run")}),
    "rule": ({}, FAR_SIDE | COLOUR),
    "rect": ({}, FAR_SIDE | COLOUR),
    "line": ({"strokeJoin": "round"}, {"order": _number("order"), "detail": _name("run")}),
    "circle": ({"opacity": 1}, COLOUR | {"size": _number("size", scale=None)}),
    "text": (
        {"baseline": "middle", "lineBreak": "\n", "font": THEME.font},
        COLOUR | {"text": _name("words")},
    ),
}


def wrapped(words: str, width: float, *, size: float = THEME.type, lines: int = 2) -> str:
    """The words in lines that are no wider than so many pixels; cut short where lines run out."""
    # An average letter is a little over half as wide as the type is high.
    room = max(1, int(width / (size * LETTER)))
    found = textwrap.wrap(words, room)
    if len(found) <= lines:
        return "\n".join(found)
    kept = found[:lines]
    return "\n".join([*kept[:-1], kept[-1][: room - 1].rstrip(" ,;:") + "…"])
