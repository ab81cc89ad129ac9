"""Rolling years as a line, the newest named, the baseline a dashed rule with its label."""

from itertools import pairwise
from typing import Literal

import altair as alt

from measures.publications.charts.drawing import (
    FONT,
    HEIGHT,
    INK,
    MARGIN,
    PAPER,
    SLATE,
    TEAL,
    TYPE,
    WIDTH,
    drawn,
)
from measures.publications.charts.label_places import Box, clearest
from measures.publications.charts.scale import Scale, YearPoint
from measures.publications.charts.theme import Chart
from measures.stats.rounding import with_commas

# Years that end further apart than this are not joined: nothing is known of what lies between.
LONGEST_STEP_IN_DAYS = 372


def draw_years(
    years: list[YearPoint], *, baseline: YearPoint | None, name: str, title: str, described: str
) -> str:
    """An SVG of rolling years, oldest first, the last of them in the accent colour.

    `name` makes the ids of this picture different from those of others on the same page.
    """
    scale, runs = Scale.of(years, baseline), _runs(years)
    layers, spots = [_line(runs), _points(years)], _along(runs, scale)
    rule = _along_rule(scale.y(baseline.value), scale) if baseline else []
    newest = _last_box(years[-1], scale, keep_off=spots + rule)
    layers.append(_text(with_commas(years[-1].value), newest, colour=TEAL, bold=True))
    if baseline:
        layers += _baseline(baseline, scale, keep_off=spots + _inside(newest))
    return _render(alt.layer(*layers), scale, name=name, title=title, described=described)


def _runs(years: list[YearPoint]) -> list[list[YearPoint]]:
    runs: list[list[YearPoint]] = []
    for point in years:
        if runs and (point.ends - runs[-1][-1].ends).days <= LONGEST_STEP_IN_DAYS:
            runs[-1].append(point)
        else:
            runs.append([point])
    return runs


def _rows(runs: list[list[YearPoint]]) -> alt.InlineData:
    return alt.InlineData(
        values=[
            {"ends": point.ends.isoformat(), "value": point.value, "run": index}
            for index, run in enumerate(runs)
            for point in run
        ]
    )


def _line(runs: list[list[YearPoint]]) -> Chart:
    return (
        alt.Chart(_rows(runs))
        .mark_line(color=SLATE, strokeWidth=2.5)
        .encode(x="ends:T", y="value:Q", detail="run:N")
    )


def _points(years: list[YearPoint]) -> Chart:
    rows = [
        {
            "ends": point.ends.isoformat(),
            "value": point.value,
            "colour": TEAL if point is years[-1] else SLATE,
            "size": 130 if point is years[-1] else 45,
        }
        for point in years
    ]
    return (
        alt.Chart(alt.InlineData(values=rows))
        .mark_circle(opacity=1)
        .encode(
            x="ends:T",
            y="value:Q",
            color=alt.Color("colour:N", scale=None),
            size=alt.Size("size:Q", scale=None),
        )
    )


def _text(words: str, box: Box, *, colour: str, bold: bool = False) -> Chart:
    weight: Literal["bold", "normal"] = "bold" if bold else "normal"
    return (
        alt.Chart(alt.InlineData(values=[{"words": words}]))
        .mark_text(
            align="left",
            baseline="top",
            color=colour,
            fontSize=TYPE,
            font=FONT,
            fontWeight=weight,
            # A halo, so that no line runs through the words; `dress` puts it behind them.
            stroke=PAPER,
            strokeWidth=4,
            strokeJoin="round",
        )
        .encode(x=alt.value(box.left), y=alt.value(box.top), text="words:N")
    )


def _last_box(point: YearPoint, scale: Scale, *, keep_off: list[tuple[float, float]]) -> Box:
    """Where the newest number stands: above, below or before its point, whichever is clear."""
    box, x, y = (
        Box.around(with_commas(point.value), TYPE),
        scale.x(point.ends),
        scale.y(point.value),
    )
    centred = min(max(x - box.width / 2, 0), scale.width - box.width + MARGIN["right"])
    spots = [
        box.at(centred, y - box.height - 9),
        box.at(centred, y + 12),
        box.at(x - box.width - 12, y - box.height / 2),
    ]
    inside = [spot for spot in spots if 0 <= spot.top <= scale.height - box.height]
    return clearest(inside, keep_off)


def _inside(box: Box) -> list[tuple[float, float]]:
    """Spots within a label, for the next one to keep away from."""
    return [(box.left + box.width * part / 4, box.top + box.height / 2) for part in range(5)]


def _along_rule(level: float, scale: Scale) -> list[tuple[float, float]]:
    return [(x, level) for x in range(0, scale.width, 8)]


def _along(runs: list[list[YearPoint]], scale: Scale) -> list[tuple[float, float]]:
    """Spots on the line, close enough to each other that no label slips between them."""
    spots = []
    for run in runs:
        places = [(scale.x(point.ends), scale.y(point.value)) for point in run]
        spots += places
        for (x, y), (next_x, next_y) in pairwise(places):
            spots += [
                (x + (next_x - x) * part / 12, y + (next_y - y) * part / 12)
                for part in range(1, 12)
            ]
    return spots


def _baseline(
    baseline: YearPoint, scale: Scale, *, keep_off: list[tuple[float, float]]
) -> list[Chart]:
    rule = (
        alt.Chart(alt.InlineData(values=[{"value": baseline.value}]))
        .mark_rule(strokeDash=[6, 4], color=INK, strokeWidth=1.5)
        .encode(y="value:Q")
    )
    words = f"{baseline.ends:%B %Y} baseline {with_commas(baseline.value)}"
    level, box = scale.y(baseline.value), Box.around(words, TYPE)
    spots = [
        box.at(left, top)
        for top in (level - box.height - 3, level + 6)
        for left in (scale.width - box.width, (scale.width - box.width) / 2, 0)
        if 0 <= top <= scale.height - box.height
    ]
    return [rule, _text(words, clearest(spots, keep_off), colour=INK)]


def _render(chart: Chart, scale: Scale, *, name: str, title: str, described: str) -> str:
    days = [f"{year}-01-01" for year in scale.years]
    x = alt.X(
        scale=alt.Scale(domain=[scale.first.isoformat(), scale.last.isoformat()], type="utc"),
        axis=alt.Axis(
            values=days,
            format="%Y",
            formatType="utc",
            grid=False,
            labelOverlap=False,
            labelFlush=False,
            title=None,
        ),
    )
    y = alt.Y(
        scale=alt.Scale(domain=[0, scale.top], nice=False),
        axis=alt.Axis(
            values=list(range(0, scale.top + 1, scale.step)),
            format=",d",
            labelOverlap=False,
            labelFlush=False,
            title=None,
        ),
    )
    return drawn(
        chart.encode(x=x, y=y),
        MARGIN,
        size=(WIDTH, HEIGHT),
        name=name,
        title=title,
        described=described,
    )
