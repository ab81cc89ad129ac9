"""Results on the desk: a survey, a question, a breakdown and a period are picked and seen."""

from dataclasses import replace
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from measures.admin.asked import Survey, survey_with_results, surveys_with_results
from measures.admin.charts import pictures_of
from measures.admin.desk import SEE_RESULTS, may, name_of, page, require, typed
from measures.admin.headlines import headline_of, highest_first, line_to_tell
from measures.admin.links import links_of
from measures.admin.notes import notes_of
from measures.admin.over_time import over_time
from measures.admin.picking import Picked, pick
from measures.admin.result_rows import Grid, grid_of
from measures.admin.saved_views import ADD_VIEW
from measures.admin.survey_cards import cards_of
from measures.admin.which_survey import links_to_surveys, published_surveys
from measures.compute.channels import ChannelEffect, channel_effect
from measures.compute.tables import ResultTable, Series, answer_series, answer_table
from measures.compute.weighting import Weighting
from surveys.models.audit import record
from surveys.tally.joined import published_of
from surveys.tally.judging import set_aside_now


@require_safe
def explore(request: HttpRequest) -> HttpResponse:
    """What was picked, as headline, chart and table; looking is recorded."""
    require(request, SEE_RESULTS)
    slug = typed(request.GET, "survey")
    if not slug:
        return _front(request)
    survey = _survey(slug)
    if survey is None:
        return _front(request, unknown=slug)
    if survey.months is None:
        record(name_of(request), "explore results", subject=survey.slug)
        return page(
            request,
            "no_answers.html",
            title=survey.label,
            room="results",
            survey=survey.slug,
        )
    return _result(request, pick(survey, request.GET))


def _survey(slug: str) -> Survey | None:
    try:
        return survey_with_results(slug)
    except LookupError:
        return None


def _front(request: HttpRequest, *, unknown: str = "") -> HttpResponse:
    """Every survey with its headline, to begin with."""
    surveys = surveys_with_results()
    for survey in surveys:
        record(name_of(request), "explore results", subject=survey.slug, question="headline")
    return page(
        request,
        "front.html",
        title="Results",
        room="results",
        status=404 if unknown else 200,
        unknown=unknown,
        cards=cards_of(surveys),
    )


def _result(request: HttpRequest, picked: Picked) -> HttpResponse:
    record(name_of(request), "explore results", subject=picked.survey.slug, **_told(picked))
    context: dict[str, Any] = {
        "picked": picked,
        "links": links_of(picked),
        "surveys": links_to_surveys("results", published_surveys(), current=picked.survey.slug),
        "may_save": may(request, ADD_VIEW),
    }
    try:
        context |= over_time(picked) if picked.show == "trend" else _answers(picked)
    except LookupError as error:
        # Such as a version that did not ask for it then: said on the page, with all there is.
        context["problem"] = str(error.args[0])
    return page(
        request,
        "explorer.html",
        title=picked.survey.label,
        room="results",
        survey=picked.survey.slug,
        **context,
    )


def _told(picked: Picked) -> dict[str, str]:
    """What the audit log keeps of a look."""
    told = picked.query()
    del told["survey"]
    return told


def _answers(picked: Picked) -> dict[str, Any]:
    """Headline, charts, table and notes of the question over the span."""
    table = answer_table(
        picked.survey.slug,
        picked.question.name,
        span=picked.span,
        by=picked.by or None,
        is_weighted=picked.is_weighted,
    )
    at = line_to_tell(table, picked.question, picked.answer)
    if picked.is_sorted:
        table = highest_first(table, at)
    aside = set_aside_now(published_of(picked.survey.slug)[-1].survey)
    return {
        "table": table,
        "has_weights": not picked.is_weighted or isinstance(table.weighting, Weighting),
        "told": table.answers[at],
        "headline": headline_of(table, at, before=_year_before(picked, table.answers[at].code)),
        "pictures": pictures_of(table, picked.question, at),
        "grid": _with_links(picked, table, table.answers[at].code),
        "notes": notes_of(
            table,
            picked.question,
            aside=aside,
            is_weighted=picked.is_weighted,
            channels=_channels(picked),
        ),
    }


def _channels(picked: Picked) -> str:
    """What to be careful of since people answered in different ways; of the headline only."""
    if picked.question != picked.survey.headline:
        return ""
    effect = channel_effect(picked.survey.slug, picked.span)
    return effect.warning if isinstance(effect, ChannelEffect) else ""


def _with_links(picked: Picked, table: ResultTable, told: str) -> Grid:
    """The table, each answer leading on: to the groups compared by it, or to it over time."""
    grid = grid_of(table, first_net=picked.question.headline)
    show = "answers" if grid.is_split else "trend"
    lines = (
        line
        if line.kind == "missing"
        else replace(
            line,
            address=picked.address(answer=line.code, show=show),
            is_told=line.code == told,
        )
        for line in grid.lines
    )
    return replace(grid, lines=tuple(lines))


def _year_before(picked: Picked, answer: str) -> Series | None:
    """The answer a year before and now; None where that is before the first answers."""
    then = picked.span.year_before()
    if picked.survey.months is None or then.first < picked.survey.months[0]:
        return None
    return answer_series(
        picked.survey.slug,
        picked.question.name,
        answer=answer,
        spans=[then, picked.span],
        is_weighted=picked.is_weighted,
    )
