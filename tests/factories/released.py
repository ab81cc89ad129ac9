"""Results of surveys as though they had been released, for what is made of them."""

from datetime import date, datetime
from typing import Any

from measures.models.results import PublishedCell, PublishedTable, ResultsRelease
from measures.stats.disclosure.tables import Shape
from measures.stats.published import PublishedShare
from measures.stats.rounding import round_to
from measures.stats.values import Suppressed
from surveys.models.versions import Survey
from surveys.tally.periods import Span, four_quarters_to, quarter_span
from tests.factories.figures import RELEASED
from tests.factories.results import published_share

QUESTION, NET = "whole-experience", "satisfied"
SCALE = ("1", "2", "3", "4", "5", "6", "7")


def release_satisfaction(
    slug: str, last: date, *, satisfied: int, answered: int, **more: Any
) -> ResultsRelease:
    """The satisfied among those who answered, over four quarters to the one that holds `last`.

    `more` may hold `at`, `is_sample`, `is_synthetic`, `series`, `broke` and `weighting`.
    """
    told = published_share(satisfied, answered, is_sample=more.pop("is_sample", slug != "rape"))
    release = make_results(slug, last, at=more.pop("at", RELEASED))
    span = four_quarters_to(quarter_span(last))
    table = add_table(release, span, **more)
    add_cells(table, told, answered=answered)
    return release


def make_results(
    slug: str,
    last: date,
    *,
    at: datetime = RELEASED,
    left_out: tuple[dict[str, str], ...] = (),
    sha256: str = "a" * 64,
) -> ResultsRelease:
    """A release of the quarter that holds `last`, with nothing in it yet."""
    survey, _ = Survey.objects.get_or_create(slug=slug)
    return ResultsRelease.objects.create(
        survey=survey,
        quarter=quarter_span(last).key,
        rules={},
        left_out=list(left_out),
        sha256=sha256,
        released_at=at,
        released_by="a test",
    )


def add_table(release: ResultsRelease, span: Span, *, by: str = "", **more: Any) -> PublishedTable:
    """The table of the satisfaction question over a span, without cells."""
    net = {"series": more.get("series", 1), "broke": more.get("broke", "")}
    groups = more.get("groups", [{"code": "", "label": "Everyone"}])
    about = {
        "asked": "How satisfied or dissatisfied were you with the whole experience?",
        "by_label": "",
        "label": span.label,
        "since": None,
        "broke": "",
        "policy": "sensitive",
        "design": "probability",
        "may_claim": "A random sample.",
        "answers": [
            {"code": f"net:{NET}", "label": "Satisfied", "kind": "net"},
            *({"code": code, "label": f"Point {code}", "kind": "option"} for code in SCALE),
        ],
        "groups": groups,
        "weighting": more.get("weighting"),
        "response_rate": None,
        "is_synthetic": more.get("is_synthetic", False),
        "nets": {NET: net},
        "shape": Shape(SCALE, {f"net:{NET}": SCALE[:3]}).as_json(),
    }
    question = more.get("question", QUESTION)
    return PublishedTable.objects.create(
        release=release, period=span.key, question=question, by=by, about=about
    )


def add_cells(
    table: PublishedTable, told: PublishedShare | Suppressed, *, answered: int, group: str = ""
) -> None:
    """The base and the net of a group, as told; each point of the scale is withheld."""
    withheld = {"status": "suppressed"}
    has_base = answered >= 10
    base = {"status": "published", "n": round_to(answered, 5)} if has_base else withheld
    part: dict[str, Any] = withheld
    if isinstance(told, PublishedShare):
        part = {
            "status": "published" if told.count is not None else "suppressed",
            "n": told.count,
            "share": told.percent,
            "low": told.low,
            "high": told.high,
            "bound": told.bound or "",
        }
    cells = {"": base, f"net:{NET}": part} | dict.fromkeys(SCALE, withheld)
    PublishedCell.objects.bulk_create(
        PublishedCell(table=table, group=group, answer=answer, **told)
        for answer, told in cells.items()
    )
