"""Statements as data."""

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from measures.api.asked import AskedView, month_in
from measures.models.statements import Statement
from measures.publications.addresses import parse_edition
from measures.publications.csv_file import render_csv
from measures.publications.read import bundle_of, newest_of_each_period, statement_for, title_for


class StatementSerializer(serializers.Serializer[Any]):
    period = serializers.CharField(help_text="The last month of the twelve, such as 2022-11.")
    title = serializers.CharField()
    edition = serializers.IntegerField()
    state = serializers.ChoiceField(["draft", "published"])
    published_at = serializers.DateTimeField(allow_null=True)
    as_of = serializers.DateTimeField(help_text="Figures as they were known then.")
    sha256 = serializers.CharField(help_text="Of the bundle, as the page's .json gives it.")
    url = serializers.CharField(help_text="The page for people.")


class StatementList(AskedView):
    @extend_schema(responses=StatementSerializer(many=True), operation_id="statements_list")
    def get(self, request: Request) -> Response:
        """The newest edition of every statement, newest period first."""
        return Response([_summary(one) for one in newest_of_each_period()])


class StatementDetail(AskedView):
    parameters = ("edition",)

    @extend_schema(
        operation_id="statements_retrieve",
        parameters=[
            OpenApiParameter(
                "period",
                OpenApiTypes.STR,
                OpenApiParameter.PATH,
                description="The last month of the twelve, such as 2022-11.",
            ),
            OpenApiParameter("edition", OpenApiTypes.INT, description="The newest without it."),
        ],
        responses=OpenApiTypes.OBJECT,
    )
    def get(self, request: Request, period: str) -> Response | HttpResponse:
        """One statement: its numbers, words, typed claims, sources and charts."""
        month = month_in(period, name="period")
        statement = statement_for(month, edition=_asked_edition(request))
        if statement is None:
            raise Http404
        bundle = bundle_of(statement)
        headers = {"ETag": f'"{statement.sha256}"'}
        if request.accepted_renderer.format == "csv":
            return HttpResponse(render_csv(bundle), content_type="text/csv; charset=utf-8")
        return Response(_summary(statement) | bundle, headers=headers)


def _asked_edition(request: Request) -> int | None:
    text = request.query_params.get("edition")
    if not text:
        return None
    try:
        return parse_edition(text)
    except ValueError as error:
        raise ValidationError({"edition": [str(error)]}) from None


def _summary(statement: Statement) -> dict[str, Any]:
    return {
        "period": f"{statement.period:%Y-%m}",
        "title": title_for(statement.period),
        "edition": statement.edition,
        "state": statement.state,
        "published_at": statement.published_at,
        "as_of": statement.as_of,
        "sha256": statement.sha256,
        "url": reverse("statement", args=[statement.period]),
    }
