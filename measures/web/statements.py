"""The pages and files of statements, rendered from their bundles alone."""

import hashlib
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from measures.models.statements import Statement
from measures.publications.addresses import parse_edition
from measures.publications.csv_file import render_csv
from measures.publications.read import (
    bundle_of,
    editions_of,
    newest_of_each_period,
    statement_for,
    title_for,
)
from measures.stats.periods import year_ending
from measures.web.rows import row_of, table_of
from measures.web.source_lines import sources_of


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    """Every statement that may be seen, newest first."""
    statements = [
        {"title": title_for(one.period), "statement": one, "key": f"{one.period:%Y-%m}"}
        for one in newest_of_each_period()
    ]
    context = {"section": "statements", "statements": statements}
    return render(request, "measures/archive.html", context)


@require_safe
def page(request: HttpRequest, month: date, edition: int | None = None) -> HttpResponse:
    """One statement: what a resident would repeat, every measure, every source."""
    statement = _statement(month, edition)
    response = render(request, "measures/statement.html", _context(statement))
    # The words around a bundle change with its state and with the templates.
    seal = f"{statement.sha256}-{hashlib.sha256(response.content).hexdigest()[:12]}"
    return _conditional(request, response, seal=seal)


@require_safe
def as_json(request: HttpRequest, month: date) -> HttpResponse:
    """The bundle, to the byte."""
    return _file(request, month, content_type="application/json", kind="json")


@require_safe
def as_csv(request: HttpRequest, month: date) -> HttpResponse:
    """All figures of the statement as a table."""
    return _file(request, month, content_type="text/csv; charset=utf-8", kind="csv")


RENDERERS: dict[str, Callable[[Statement], bytes]] = {
    "json": lambda statement: statement.bundle.encode(),
    "csv": lambda statement: render_csv(bundle_of(statement)),
}


def _file(request: HttpRequest, month: date, *, content_type: str, kind: str) -> HttpResponse:
    statement = _statement(month, _asked_edition(request))
    response = HttpResponse(RENDERERS[kind](statement), content_type=content_type)
    name = f"statement-{month:%Y-%m}-edition-{statement.edition}.{kind}"
    response["Content-Disposition"] = f'inline; filename="{name}"'
    return _conditional(request, response, seal=f"{statement.sha256}")


def _asked_edition(request: HttpRequest) -> int | None:
    text = request.GET.get("edition")
    try:
        return parse_edition(text) if text else None
    except ValueError as error:
        raise Http404(str(error)) from None


def _statement(month: date, edition: int | None) -> Statement:
    statement = statement_for(month, edition=edition)
    if statement is None:
        raise Http404("no statement for this month may be seen")
    return statement


def _conditional(request: HttpRequest, response: HttpResponse, *, seal: str) -> HttpResponse:
    """304 where the reader has these bytes already."""
    etag = f'"{seal}"'
    response["ETag"] = etag
    # Ask each time, since a correction must show at once; the answer is then 304 and nothing else.
    response["Cache-Control"] = "no-cache"
    return get_conditional_response(request, etag=etag, response=response) or response


def _context(statement: Statement) -> dict[str, Any]:
    bundle = bundle_of(statement)
    sources = sources_of(bundle)
    measures = {measure["slug"]: measure for measure in bundle["measures"]}
    return {
        "section": "statements",
        "statement": statement,
        "is_draft": statement.state == Statement.State.DRAFT,
        "bundle": bundle,
        "key": bundle["period"],
        "as_of": datetime.fromisoformat(bundle["as_of"]),
        "priorities": [
            {
                **priority,
                "rows": [row_of(measures[slug], sources) for slug in priority["measures"]],
            }
            for priority in bundle["priorities"]
        ],
        "table": [table_of(measure) for measure in bundle["measures"]],
        "columns": _columns(statement.period),
        "sources": sources.values(),
        "holds_ogl": any("Government Licence" in one["licence"] for one in sources.values()),
        "editions": editions_of(statement.period),
    }


def _columns(month: date) -> dict[str, str]:
    """The heads of the table of all figures."""
    current = year_ending(month)
    return {"current": capfirst(current.label), "before": capfirst(current.year_before().label)}
