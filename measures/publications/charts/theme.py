"""The one face of all charts: colours, typeface and axes, for pages, PDF and desk alike."""

from dataclasses import dataclass
from typing import Any

# Altair's fluent methods return unions that no type checker follows.
Chart = Any


@dataclass(frozen=True)
class Theme:
    """Colours by what they are for, and the type.

    `better` and `worse` run from a little to completely, for scales that have a middle. On the desk
    a chart takes other colours in the dark, by the names of these (_desk_results.scss): each colour
    has one meaning.
    """

    ink: str = "#16262e"
    slate: str = "#4a5b63"
    teal: str = "#0b6b66"
    line: str = "#c9d3d1"
    paper: str = "#ffffff"
    amber: str = "#9a5200"
    red: str = "#a1262a"
    middle: str = "#dde5e3"
    better: tuple[str, ...] = ("#b2d8d4", "#4f9c97", "#0a6a65")
    worse: tuple[str, ...] = ("#f3d5ad", "#d3944c", "#995100")
    font: str = "Atkinson Hyperlegible Next, arial, sans-serif"
    # In a row and on a phone the picture shrinks to three quarters, where type of 15 is still 11.
    type: int = 15

    def names(self) -> dict[str, str]:
        """Each colour with the name it goes by in a stylesheet: `better-3` for completely."""
        plain = ("ink", "slate", "teal", "line", "paper", "amber", "red", "middle")
        found = {getattr(self, name): name for name in plain}
        for side in ("better", "worse"):
            found |= {colour: f"{side}-{n}" for n, colour in enumerate(getattr(self, side), 1)}
        return found

    def dress(self, chart: Chart) -> Chart:
        """The chart with this face on."""
        return (
            chart.configure(font=self.font, background=self.paper)
            .configure_view(stroke=None)
            .configure_axis(
                labelFont=self.font,
                labelFontSize=self.type,
                labelColor=self.slate,
                labelLimit=0,
                gridColor=self.line,
                gridWidth=1,
                domainColor=self.slate,
                tickColor=self.slate,
            )
            .configure_axisY(domain=False, ticks=False, labelPadding=8)
            .configure_axisX(labelPadding=6)
        )


THEME = Theme()
