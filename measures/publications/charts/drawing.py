"""The face that all charts share, and the step from a description to an SVG."""

from typing import Any

import altair as alt
import vl_convert

from measures.publications.charts.svg import dress

TEAL, SLATE, INK, LINE = "#0b6b66", "#4a5b63", "#16262e", "#c9d3d1"
PAPER = "#ffffff"
FONT = "Atkinson Hyperlegible Next, arial, sans-serif"
# In a row and on a phone the picture shrinks to three quarters, where type of 15 is still 11.
WIDTH, HEIGHT, TYPE = 420, 230, 15
MARGIN = {"left": 62, "right": 18, "top": 14, "bottom": 34}

# Altair's fluent methods return unions that no type checker follows.
Chart = Any


def drawn(
    chart: Chart,
    padding: dict[str, int],
    *,
    size: tuple[int, int],
    name: str,
    title: str,
    described: str,
) -> str:
    width, height = size
    described_chart = chart.properties(
        width=width - padding["left"] - padding["right"],
        height=height - padding["top"] - padding["bottom"],
        padding=padding,
        autosize=alt.AutoSizeParams(type="none"),
    )
    spec: dict[str, Any] = _theme(described_chart).to_dict()
    return dress(vl_convert.vegalite_to_svg(spec), name=name, title=title, described=described)


def _theme(chart: Chart) -> Chart:
    return (
        chart.configure(font=FONT, background=PAPER)
        .configure_view(stroke=None)
        .configure_axis(
            labelFont=FONT,
            labelFontSize=TYPE,
            labelColor=SLATE,
            labelLimit=0,
            gridColor=LINE,
            gridWidth=1,
            domainColor=SLATE,
            tickColor=SLATE,
        )
        .configure_axisY(domain=False, ticks=False, labelPadding=8)
        .configure_axisX(labelPadding=6)
    )
