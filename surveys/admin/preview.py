"""The page of the desk around a preview, and the list of paths that can be walked in it."""

from collections.abc import Callable
from typing import Any

from csp.constants import SELF
from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.clickjacking import xframe_options_sameorigin

from surveys.admin.desk import SEE, page, require, version_in_words
from surveys.admin.previewed import MOST_PATHS, show_page
from surveys.admin.reading import asked_of, version_or_404
from surveys.definitions.journey import Walk
from surveys.definitions.paths import paths
from surveys.definitions.schema import Definition
from surveys.definitions.ways.domains import UndecidedError
from surveys.questions.base import said
from surveys.respond.language import own_name
from surveys.versions.read import definition_of

ENDINGS = {
    "": "after its last page",
    "finish": "early, and is sent",
    "screen-out": "early, and nothing is stored",
    "safety-exit": "early, with help, and nothing is stored",
}
WIDTHS = {"phone": "Phone", "computer": "Computer"}


@csp_update({"frame-src": [SELF]})  # type: ignore[arg-type]  # its types know requests alone
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Width, language and path to choose, and in a frame what a respondent would see."""
    require(request, SEE)
    version = version_or_404(pk)
    languages = definition_of(version).languages
    chosen = {
        "width": request.GET.get("width", "phone"),
        "language": request.GET.get("language", languages[0]),
        "path": request.GET.get("path", ""),
    }
    if chosen["width"] not in WIDTHS or chosen["language"] not in languages:
        raise Http404
    return page(
        request,
        "preview.html",
        title=f"Preview: {version_in_words(version)}",
        version=version,
        survey=version.survey,
        chosen=chosen,
        widths=_ways(chosen, "width", WIDTHS),
        languages=_ways(chosen, "language", {tag: own_name(tag) for tag in languages}),
        address=f"{reverse('admin:version-preview-page', args=[pk])}?{_query(chosen)}",
        is_nav_sidebar_enabled=False,
    )


def list_paths(request: HttpRequest, pk: int) -> HttpResponse:
    """The ways through a version, each to be walked page by page."""
    require(request, SEE)
    version = version_or_404(pk)
    definition = definition_of(version)
    found: list[Walk] = []
    trouble = ""
    try:
        # One more than is shown tells whether there are more.
        found.extend(paths(definition, cap=MOST_PATHS + 1))
    except UndecidedError as error:
        trouble = f"Not every path could be worked out: {error}"
    return page(
        request,
        "paths.html",
        title=f"Paths: {version_in_words(version)}",
        version=version,
        survey=version.survey,
        rows=[_path(definition, walked, n) for n, walked in enumerate(found[:MOST_PATHS], 1)],
        is_capped=len(found) > MOST_PATHS,
        trouble=trouble,
    )


def _path(definition: Definition, walked: Walk, number: int) -> dict[str, Any]:
    """A path in words: how long it is, the answers that lead along it, and how it ends."""
    language = definition.languages[0]
    fields = {name: definition.by_name[name] for name in walked.answers}
    return {
        "number": number,
        "pages": len(walked.stops),
        "questions": sum(bool(q.fields) for stop in walked.stops for q in stop.questions),
        "decided": [
            (
                asked_of(name, definition) or name,
                _part_of(name, definition),
                field.show(walked.answers[name], language),
            )
            for name, field in fields.items()
            if not field.is_computed
        ],
        "ending": ENDINGS[walked.ending.outcome if walked.ending else ""],
    }


def _part_of(name: str, definition: Definition) -> str:
    """The words of a row, where a field is one of several of its question."""
    field = definition.by_name[name]
    return str(said(field.ask, definition.languages[0])) if "." in name else ""


def framed(wrap: Callable[..., Any]) -> Callable[..., Any]:
    """The previewed pages behind the desk's door: of all pages, the only ones that may be framed.

    And by pages of this site alone: everywhere else `frame-ancestors 'none'` and DENY stand.
    """
    return csp_replace({"frame-ancestors": [SELF]})(xframe_options_sameorigin(wrap(show_page)))


def _ways(chosen: dict[str, str], key: str, values: dict[str, str]) -> list[dict[str, Any]]:
    """Links to the same preview with one thing chosen otherwise."""
    return [
        {"name": name, "query": _query(chosen | {key: value}), "is_current": chosen[key] == value}
        for value, name in values.items()
    ]


def _query(chosen: dict[str, str]) -> str:
    return urlencode({key: value for key, value in chosen.items() if value})
