"""Shares from 0% to 100%, a bar each, with the band where chance may put them."""

from dataclasses import dataclass

import altair as alt

from measures.publications.charts.drawing import (
    INK,
    MARGIN,
    SLATE,
    TEAL,
    TYPE,
    WIDTH,
    drawn,
)


@dataclass(frozen=True)
class ShareBar:
    """A share in percent with its interval, under its own label."""

    label: str
    percent: int
    low: int | None
    high: int | None
    is_current: bool


def draw_shares(bars: list[ShareBar], *, name: str, title: str, described: str) -> str:
    """An SVG of shares from 0% to 100%: a bar each, and a light band where chance may put it."""
    rows = [
        {
            "label": bar.label,
            "percent": bar.percent,
            "low": bar.low,
            "high": bar.high,
            "colour": TEAL if bar.is_current else SLATE,
            "shown": f"{bar.percent}%",
        }
        for bar in bars
    ]
    base = alt.Chart(alt.InlineData(values=rows)).encode(
        y=alt.Y("label:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False))
    )
    x = alt.X("percent:Q", scale=alt.Scale(domain=[0, 100]), title=None, axis=_percent_axis())
    bar = base.mark_bar(height=18).encode(x=x, color=alt.Color("colour:N", scale=None))
    band = base.mark_bar(height=34, opacity=0.25, color=SLATE).encode(
        x=alt.X("low:Q"), x2=alt.X2("high:Q")
    )
    label = base.mark_text(align="left", dx=8, fontWeight="bold", color=INK, fontSize=TYPE)
    at = alt.X("edge:Q", scale=alt.Scale(domain=[0, 100]))
    label = label.transform_calculate(edge="max(datum.percent, datum.high || 0)").encode(
        x=at, text="shown:N"
    )
    chart = alt.layer(band, bar, label)
    padding = MARGIN | {"left": 90, "right": 60}
    return drawn(
        chart,
        padding,
        size=(WIDTH, 60 + 50 * len(bars)),
        name=name,
        title=title,
        described=described,
    )


def _percent_axis() -> alt.Axis:
    return alt.Axis(
        values=[0, 25, 50, 75, 100],
        labelExpr="datum.value + '%'",
        labelOverlap=False,
        labelFlush=False,
    )
