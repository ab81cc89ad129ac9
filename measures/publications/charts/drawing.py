"""The step from a description of a chart to an SVG, and the sizes that public charts share."""

from functools import cache
from typing import Any

import altair as alt
import vl_convert

from measures.publications.charts.svg import dress
from measures.publications.charts.theme import THEME, Chart

TEAL, SLATE, INK, LINE = THEME.teal, THEME.slate, THEME.ink, THEME.line
PAPER, FONT, TYPE = THEME.paper, THEME.font, THEME.type
WIDTH, HEIGHT = 420, 230
MARGIN = {"left": 62, "right": 18, "top": 14, "bottom": 34}


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
    spec: dict[str, Any] = THEME.dress(described_chart).to_dict()
    return dress(vl_convert.vegalite_to_svg(spec), name=name, title=title, described=described)


def rendered(whole: dict[str, Any], *, name: str, title: str, described: str) -> str:
    """An SVG of a picture that is described in Vega-Lite's own terms, with the face of all."""
    spec = {**_face(), "autosize": {"type": "none"}, **whole}
    return dress(vl_convert.vegalite_to_svg(spec), name=name, title=title, described=described)


@cache
def _face() -> dict[str, Any]:
    """What a description of any chart begins with: its language, typeface and colours."""
    empty = THEME.dress(alt.Chart(alt.InlineData(values=[])).mark_point()).to_dict()
    return {key: empty[key] for key in ("$schema", "config")}
