"""The released results of a survey, as tables and as rows."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response

from measures.api.asked import AskedView, unknown
from measures.api.result_rows import ResultsSerializer, rows_of, tables_of
from measures.compute.released import read_tables
from measures.models.results import PublishedTable

QUESTION = OpenApiParameter(
    "question", OpenApiTypes.STR, description="One question by its name; all without it."
)
BY = OpenApiParameter(
    "by",
    OpenApiTypes.STR,
    description="A breakdown that the survey declares, such as district; everyone together "
    "without it. Tables are split over four quarters only.",
)
PERIOD = OpenApiParameter(
    "period",
    OpenApiTypes.STR,
    description="A quarter such as 2022-Q4, or year-to-2022-Q4 for the four quarters that end with "
    "it; the newest four quarters without it.",
)


class SurveyResults(AskedView):
    parameters = ("question", "by", "period")

    @extend_schema(
        operation_id="surveys_results",
        parameters=[QUESTION, BY, PERIOD],
        responses=ResultsSerializer,
    )
    def get(self, request: Request, slug: str) -> Response | HttpResponse:
        """The released tables of a survey, frozen since their release.

        A number below 10 is withheld (`status` is `suppressed`); others were shifted a little and
        rounded to 5, so they need not add up. Shares are whole percentages of those who answered,
        told on a base of 50 or more. A consultation is told exactly for everyone together.
        """
        tables = _asked(request, slug)
        # A period is told by one release.
        first = tables.select_related("release__survey")[0]
        form = str(request.accepted_renderer.format)
        etag = f'"{first.release.sha256}-{form}"'
        # Asked each time, and then mostly answered by a 304: nothing changes but by a release.
        headers = {"ETag": etag, "Cache-Control": "no-cache"}
        known = get_conditional_response(request._request, etag=etag)
        if known is not None:
            for name, value in headers.items():
                known[name] = value
            return known
        found = read_tables(tables)
        if form == "csv":
            return Response(rows_of(found), headers=headers)
        return Response(_described(first) | tables_of(found), headers=headers)


def _asked(request: Request, slug: str) -> QuerySet[PublishedTable]:
    """The tables that were asked for, in their order; a 400 lists what there is."""
    released = PublishedTable.objects.filter(release__survey__slug=slug)
    periods = _periods(released)
    if not periods:
        # The same words whether there is such a survey: a discreet one is not to be found out so.
        raise NotFound(f"no results of a survey called {slug!r} have been released")
    # The newest comes first, and of a release its four quarters.
    period = request.query_params.get("period") or periods[0]
    by, question = (request.query_params.get(name) or "" for name in ("by", "question"))
    if period not in periods:
        raise unknown("period", period, known=periods)
    tables = released.filter(period=period).order_by("id")
    if not tables.filter(by=by).exists():
        splits = tables.exclude(by="").order_by("by").values_list("by", flat=True).distinct()
        raise unknown("by", by, known=list(splits), nothing=f"{period} is not split")
    tables = tables.filter(by=by)
    if not question:
        return tables
    questions = list(tables.values_list("question", flat=True))
    if question not in questions:
        raise unknown("question", question, known=questions)
    return tables.filter(question=question)


def _periods(released: QuerySet[PublishedTable]) -> list[str]:
    found = released.order_by("-release__quarter", "-period")
    return list(found.values_list("period", flat=True).distinct())


def _described(first: PublishedTable) -> dict[str, Any]:
    """What holds of all the tables, from the first of them."""
    release = first.release
    return {
        "survey": release.survey.slug,
        "period": first.period,
        "label": first.about["label"],
        "by": first.by,
        "released": timezone.localdate(release.released_at),
        "sha256": release.sha256,
        "left_out": [one for one in release.left_out if one["period"] == first.period],
    }
