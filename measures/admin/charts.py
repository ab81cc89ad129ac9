"""The charts of a page: which are drawn of a table or a series, and the words that go with them."""

from dataclasses import dataclass

from measures.admin.asked import Asked
from measures.admin.chart_bars import Bar, draw_bars
from measures.admin.chart_diverging import Parted, colours, draw_parted
from measures.admin.chart_trend import draw_trend, told
from measures.admin.figures_in_words import base, percent, whole_percent
from measures.admin.headlines import share_told
from measures.compute.tables import Column, ResultTable, Series
from measures.publications.charts.theme import THEME
from measures.publications.charts.tint import tinted
from measures.stats.claims import SMALLEST_BASE, may_claim


@dataclass(frozen=True)
class Key:
    """What a colour of a chart stands for, by the name of the colour in the stylesheet."""

    colour: str
    label: str


@dataclass(frozen=True)
class Picture:
    """A chart with its words; `keys` name its colours where labels beside them have no room."""

    title: str
    subtitle: str
    alternative: str
    svg: str
    keys: tuple[Key, ...] = ()


def pictures_of(table: ResultTable, asked: Asked, at: int) -> list[Picture]:
    """The charts of a table: one answer by group, and all answers of a scale around its middle."""
    columns = list(table.columns)
    if not any(share_told(column, at) for column in columns[1:]):
        # Bars of nothing but refusals would say no more than the table.
        columns = columns[:1]
    is_scale = bool(asked.scale) and len(asked.scale) == len(options_of(table))
    found = []
    if len(columns) > 1:
        found.append(_by_group(table, columns, at))
    if is_scale:
        found.append(_around_the_middle(table, columns, asked))
    elif len(columns) == 1:
        found.append(_by_answer(table))
    return found


def picture_of_series(series: Series) -> Picture | None:
    """The line of a series; None where no point can be told."""
    known = [(point.span, share) for point in series.points if (share := told(point))]
    if not known:
        return None
    (first, oldest), (last, newest) = known[0], known[-1]
    title = f"“{series.answer.label}” in each period"
    has_band = newest.low is not None
    alternative = (
        f"A line of {len(known)} periods: {percent(oldest.value)} in {first.label}, "
        f"{percent(newest.value)} in {last.label}."
    )
    return Picture(
        title,
        "Share of those who answered" + (_band() if has_band else ""),
        alternative,
        tinted(draw_trend(series.points, name="trend", title=title, described=alternative)),
    )


def options_of(table: ResultTable) -> list[int]:
    """The places of what could be chosen: no nets, no missing codes."""
    return [at for at, one in enumerate(table.answers) if one.kind == "option"]


def too_few(column: Column) -> str:
    """Why no share of a column is told."""
    return "too few answers" if column.answered < SMALLEST_BASE else "too few once weighted"


def _by_group(table: ResultTable, columns: list[Column], at: int) -> Picture:
    everyone, label = columns[0], table.answers[at].label
    shares = [(one, share_told(one, at)) for one in columns]
    bars = [
        Bar(
            one.label,
            share.value if share else None,
            low=share.low if share else None,
            high=share.high if share else None,
            base=base(one.answered),
            words=too_few(one),
            is_current=one is everyone,
            is_whole=one is everyone,
        )
        for one, share in shares
    ]
    known = [f"{one.label} {percent(share.value)}" for one, share in shares if share]
    whole = share_told(everyone, at)
    title = f"“{label}” by {table.by.replace('-', ' ')}"
    alternative = f"Bars: {'; '.join(known)}." if known else "No group has enough answers."
    svg = draw_bars(
        bars,
        compared_to=whole.value if whole else None,
        name="groups",
        title=title,
        described=alternative,
    )
    claim = may_claim(table.design)
    subtitle = (
        f"Share of those who answered in each group, {table.since.label}; "
        "the dashed rule is everyone together"
    )
    return Picture(
        title, subtitle + (_band() if claim.margin_of_error else ""), alternative, tinted(svg)
    )


def _by_answer(table: ResultTable) -> Picture:
    everyone = table.columns[0]
    bars = []
    for at in options_of(table):
        share, label = share_told(everyone, at), table.answers[at].label
        bars.append(
            Bar(
                label,
                share.value if share else None,
                low=share.low if share else None,
                high=share.high if share else None,
                words=f"{everyone.cells[at].n:,}: {too_few(everyone)}",
                is_current=True,
            )
        )
    known = [f"{bar.label} {percent(bar.share)}" for bar in bars if bar.share is not None]
    title = "What people answered"
    alternative = f"Bars: {'; '.join(known)}." if known else "There are too few answers."
    svg = draw_bars(bars, name="answers", title=title, described=alternative)
    band = _band() if may_claim(table.design).margin_of_error else ""
    subtitle = f"Share of those who answered, {table.since.label}{band}"
    return Picture(title, subtitle, alternative, tinted(svg))


def _around_the_middle(table: ResultTable, columns: list[Column], asked: Asked) -> Picture:
    places = worst_first(table, asked)
    net = next((at for at, one in enumerate(table.answers) if one.code == asked.headline), None)
    # Who can't be told is named by the chart of groups already.
    shown = [one for one in columns if one is columns[0] or share_told(one, places[0])]
    bars = [_parted(column, places, net) for column in shown]
    title = "All answers, from one end of the scale to the other"
    known = [f"{bar.label} {whole_percent(bar.net)}%" for bar in bars if bar.net is not None]
    net_label = table.answers[net].label if net is not None else ""
    alternative = (
        f"Bars around the middle of the scale. {net_label}: {'; '.join(known)}."
        if known
        else "Bars around the middle of the scale."
    )
    svg = draw_parted(bars, net_label=net_label, name="scale", title=title, described=alternative)
    names = THEME.names()
    return Picture(
        title,
        f"Percentages of those who answered, {table.since.label}",
        alternative,
        tinted(svg),
        keys=tuple(
            Key(names[colour], table.answers[at].label)
            for colour, at in zip(colours(len(places)), places, strict=True)
        ),
    )


def worst_first(table: ResultTable, asked: Asked) -> list[int]:
    """The places of a scale's points with the side of the first net last."""
    places = options_of(table)
    net = next((one for one in asked.nets if one.code == asked.headline), None)
    is_first_better = net is None or asked.scale[0] in net.codes
    return places[::-1] if is_first_better else places


def _parted(column: Column, places: list[int], net: int | None) -> Parted:
    shares = [share_told(column, at) for at in places]
    known = [share.value for share in shares if share is not None]
    whole = share_told(column, net) if net is not None else None
    return Parted(
        column.label,
        base(column.answered),
        tuple(known) if len(known) == len(places) else None,
        whole.value if whole else None,
        words=too_few(column),
    )


def _band() -> str:
    return "; the light band is the 95% interval"
