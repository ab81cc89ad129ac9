"""The first page of the explorer: each survey with its headline and how it went so far."""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from measures.admin.asked import Survey
from measures.admin.chart_small import draw_small
from measures.admin.chart_trend import told
from measures.admin.headlines import Headline, headline_of, line_to_tell
from measures.admin.spans import newest, years
from measures.compute.tables import answer_series, answer_table
from measures.publications.charts.tint import tinted
from surveys.tally.periods import Span

# As many rolling years as a small chart can show.
MOST_YEARS = 13


@dataclass(frozen=True)
class Card:
    """A survey in one look; without answers only its name and where to go."""

    label: str
    address: str
    asked: str
    period: str = ""
    headline: Headline | None = None
    chart: str = ""
    is_synthetic: bool = False


def cards_of(surveys: list[Survey]) -> list[Card]:
    """A card a survey, in the order given."""
    return [_card(survey) for survey in surveys]


def _card(survey: Survey) -> Card:
    address = f"{reverse('results')}?{urlencode({'survey': survey.slug})}"
    if survey.months is None:
        return Card(survey.label, address, survey.headline.words)
    span = newest(survey.months)
    table = answer_table(survey.slug, survey.headline.name, span=span)
    at = line_to_tell(table, survey.headline)
    answer, spans = table.answers[at], _spans(survey, span)
    series = answer_series(survey.slug, survey.headline.name, answer=answer.code, spans=spans)
    before = span.year_before()
    has_before = before in spans
    compared = (
        answer_series(survey.slug, survey.headline.name, answer=answer.code, spans=[before, span])
        if has_before
        else None
    )
    has_line = sum(1 for point in series.points if told(point)) > 1
    name = f"card-{survey.slug}"
    label = f"{survey.label}: “{answer.label}” in rolling years"
    svg = draw_small(series.points, name=name, title=label) if has_line else ""
    return Card(
        survey.label,
        address,
        table.asked,
        period=span.label,
        headline=headline_of(table, at, before=compared),
        chart=tinted(svg) if svg else "",
        is_synthetic=table.is_synthetic,
    )


def _spans(survey: Survey, span: Span) -> list[Span]:
    if survey.months is None:
        return []
    return years(survey.months)[-MOST_YEARS:] or [span]
