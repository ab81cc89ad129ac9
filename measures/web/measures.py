"""The pages of single measures: what they count, and what the newest statement says of them."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from measures.definitions.loader import definitions
from measures.definitions.schema import Measure
from measures.publications.read import bundle_of, newest_statement
from measures.stats.periods import in_words
from measures.web.rows import row_of
from measures.web.source_lines import sources_of

DIRECTIONS = {
    "lower-is-better": "Lower is better.",
    "higher-is-better": "Higher is better.",
    "neither": "Neither more nor less is better: it depends on what the police do as much as on "
    "what happens.",
}


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """Every measure by its priority, with its newest published number."""
    bundle, rows = _newest()
    known = definitions()
    priorities = [
        {
            "heading": priority.heading,
            "key": priority.key,
            "measures": [
                {"measure": known.measure(slug), "row": rows.get(slug)}
                for slug in priority.measures
            ],
        }
        for priority in known.priorities
    ]
    context = {"section": "measures", "priorities": priorities, "bundle": bundle}
    return render(request, "measures/index.html", context)


@require_safe
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """One measure: chart, table, definition in plain words, sources."""
    measure = definitions().measure(slug)
    if measure is None:
        raise Http404(f"there is no measure {slug!r}")
    bundle, rows = _newest()
    context = {
        "section": "measures",
        "measure": measure,
        "bundle": bundle,
        "row": rows.get(slug),
        "statement_url": reverse("statement", args=[bundle["period"]]) if bundle else "",
        "facts": _facts(measure),
    }
    return render(request, "measures/measure.html", context)


@require_safe
def how(request: HttpRequest) -> HttpResponse:
    """How a figure is made, as the documentation tells it."""
    text = Path(settings.BASE_DIR / "docs" / "how-a-figure-is-made.md").read_text("utf-8")
    _title, _, body = text.partition("\n")
    # The page has the title as its heading, so the sections come a level up.
    body = body.replace("\n## ", "\n# ")
    context = {"section": "measures", "text": body}
    return render(request, "measures/how.html", context)


def _newest() -> tuple[dict[str, Any] | None, dict[str, dict[str, Any]]]:
    """The bundle of the newest statement that may be seen, and its rows by measure."""
    statement = newest_statement()
    if statement is None:
        return None, {}
    bundle = bundle_of(statement)
    sources = sources_of(bundle)
    return bundle, {one["slug"]: row_of(one, sources) for one in bundle["measures"]}


def _facts(measure: Measure) -> list[dict[str, str]]:
    """The definition as pairs of a question and its answer in plain words."""
    baseline = measure.baseline
    pairs = {
        "What is counted": str(measure.plain),
        "What is not": str(measure.excludes or ""),
        "Where it comes from": str(measure.comes_from),
        "What it stands in for": _proxy(measure),
        "Which way is better": DIRECTIONS[measure.direction],
        "Baseline": f"The {baseline.period.label}. {baseline.why}" if baseline else "",
        "Definition written by": measure.written_by,
        "Checked by": measure.checked_by or "Not yet checked by a second person",
        "To be reviewed by": in_words(measure.review_by),
    }
    return [{"question": name, "answer": answer} for name, answer in pairs.items() if answer]


def _proxy(measure: Measure) -> str:
    if measure.proxy is None:
        return ""
    return f"{capfirst(str(measure.proxy.stands_for))}. {measure.proxy.why}"
