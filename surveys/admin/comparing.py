"""Two versions side by side, question by question, and what each change means for trends."""

from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from surveys.admin.desk import SEE, page, require, version_in_words
from surveys.admin.differences import marked
from surveys.admin.reading import asked_of, changes_between, version_or_404, versions_of
from surveys.definitions.schema import Definition
from surveys.models.versions import Version
from surveys.versions.compare import Change
from surveys.versions.read import definition_of

# What each kind of change means for whoever draws a line over time.
MEANINGS = {
    "breaking": "Figures before and after are not joined: the line shows a break here.",
    "additive": "What was there is joined as before; what is new begins with the later version.",
    "cosmetic": "Nothing changes for figures over time: before and after are joined.",
}
TONES = {"cosmetic": "plain", "additive": "ready", "breaking": "over"}


@require_safe
def compare_versions(request: HttpRequest, pk: int) -> HttpResponse:
    """What changed between this version and an earlier one, or the one that is chosen."""
    require(request, SEE)
    version = version_or_404(pk)
    others = [other for other in versions_of(version.survey) if other != version]
    other = _chosen(version, others, request.GET.get("with", ""))
    # Always from the lower number to the higher, whichever page it was asked on.
    pair = sorted((version, other), key=lambda one: one.number) if other else []
    changes = changes_between(*pair) if pair else ()
    kind = request.GET.get("kind", "")
    chosen = tuple(change for change in changes if kind in ("", change.kind))
    return page(
        request,
        "compare.html",
        title=f"Compare: {version_in_words(version)}",
        version=version,
        survey=version.survey,
        others=others,
        other=other,
        pair=pair,
        kind=kind,
        n=len(chosen),
        total=len(changes),
        groups=_groups(chosen, [definition_of(one) for one in reversed(pair)]),
        counts=_counts(changes),
    )


def _chosen(version: Version, others: list[Version], number: str) -> Version | None:
    """The version asked for, else the last one published before this one, else the one before."""
    if asked := next((other for other in others if str(other.number) == number), None):
        return asked
    earlier = [other for other in others if other.number < version.number]
    published = [other for other in earlier if other.published_at]
    return next(iter(published or earlier or others), None)


def _groups(changes: tuple[Change, ...], definitions: list[Definition]) -> list[dict[str, Any]]:
    """The changes by question, each with the words that the first of the definitions asks it in."""
    return [
        {
            "field": field,
            "asked": next(filter(None, (asked_of(field, one) for one in definitions)), ""),
            "rows": [_row(change) for change in found],
        }
        for field, found in groupby(changes, key=lambda change: change.field)
    ]


def _row(change: Change) -> dict[str, Any]:
    was, now = marked(change.before, change.after)
    return {"change": change, "tone": TONES[change.kind], "was": was, "now": now}


def _counts(changes: tuple[Change, ...]) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "tone": TONES[kind], "n": n, "meaning": meaning}
        for kind, meaning in MEANINGS.items()
        if (n := sum(change.kind == kind for change in changes))
    ]
