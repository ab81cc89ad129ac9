"""Which statements a reader may see, and their bundles."""

import json
from datetime import date, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from measures.models.statements import Statement
from measures.stats.periods import year_ending


def visible() -> QuerySet[Statement]:
    """Published editions, newest first; drafts too, but only in the demonstration."""
    statements = Statement.objects.order_by("-period", "-edition")
    if settings.DEMONSTRATION:
        return statements
    return statements.filter(state=Statement.State.PUBLISHED)


def statement_for(month: date, *, edition: int | None = None) -> Statement | None:
    """The edition asked for, or the newest that may be seen; None where there is none."""
    found = visible().filter(period=month)
    return (found if edition is None else found.filter(edition=edition)).first()


def newest_of_each_period() -> list[Statement]:
    """One statement a period, newest period first, without bundles."""
    return list(visible().distinct("period").defer("bundle"))


def bundle_of(statement: Statement) -> dict[str, Any]:
    """The bundle as data."""
    bundle: dict[str, Any] = json.loads(statement.bundle)
    return bundle


def editions_of(month: date) -> list[Statement]:
    """The visible editions of a period, newest first, without bundles."""
    return list(visible().filter(period=month).defer("bundle"))


def newest_statement() -> Statement | None:
    """The newest edition of the newest period that may be seen."""
    return visible().first()


def latest_statement() -> dict[str, Any] | None:
    """Title, address and first sentence of the newest visible statement, for the home page."""
    statement = newest_statement()
    if statement is None:
        return None
    told = bundle_of(statement)["summary"]
    return {
        "title": title_for(statement.period),
        "url": reverse("statement", args=[statement.period]),
        "lead": told[0] if told else "",
    }


def title_for(month: date) -> str:
    """The title of the statement for the year that ends with `month`."""
    return f"Statement for the {year_ending(month).label}"


def published_shares(slug: str, *, as_of: datetime) -> list[dict[str, Any]]:
    """What statements said of a survey's share, oldest year first, one row a year.

    Only what was published is a point of such a series: nothing is counted afresh for it. The
    years that a statement compares with are points too, unless a statement of that year or a
    newer one says them.
    """
    newest = visible().filter(as_of__lte=as_of).distinct("period")
    points: dict[str, dict[str, Any]] = {}
    own: dict[str, dict[str, Any]] = {}
    for statement in reversed(newest):
        # A statement that is older than the measure says nothing of it.
        for measure in (one for one in bundle_of(statement)["measures"] if one["slug"] == slug):
            for comparison in measure["comparisons"]:
                points |= _share_point(statement, comparison["value"])
            own |= _share_point(statement, measure["current"])
    return [point for _, point in sorted((points | own).items())]


def _share_point(statement: Statement, value: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """One year of a share as a row, by its last day."""
    ends, published = value["period"]["ends"], statement.published_at
    row = {
        "period": ends[: len("2022-11")],
        "kind": "rolling-year",
        "starts": value["period"]["starts"],
        "ends": ends,
        "value": value.get("percent"),
        "low": value.get("low"),
        "high": value.get("high"),
        "status": value["status"],
        "shown": value["shown"],
        "released": timezone.localdate(published) if published else None,
        "source": title_for(statement.period),
        "sha256": statement.sha256,
    }
    return {ends: row}
