"""What a listed survey takes and holds: the schema of its answers, and its codebook."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.templatetags.static import static
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.negotiation import DefaultContentNegotiation
from rest_framework.renderers import BaseRenderer, JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from surveys.api.keys import readable_version
from surveys.definitions.schema import Definition
from surveys.definitions.surfaces.answer_schema import answer_schema
from surveys.definitions.surfaces.codebook import codebook
from surveys.definitions.surfaces.codebook_csv import codebook_csv
from surveys.definitions.surfaces.codebook_html import codebook_page
from surveys.definitions.surfaces.ddi import ddi_codebook
from surveys.versions.read import definition_of


class _TextRenderer(BaseRenderer):
    """A text that the view has made; a problem stays the JSON that its content type says."""

    charset = "utf-8"

    def render(
        self,
        data: Any,
        accepted_media_type: str | None = None,
        renderer_context: Mapping[str, Any] | None = None,
    ) -> str | bytes:
        return data if isinstance(data, (str, bytes)) else json.dumps(data, ensure_ascii=False)


class SchemaRenderer(JSONRenderer):
    media_type = "application/schema+json"


class PageRenderer(_TextRenderer):
    media_type = "text/html"
    format = "html"


class TableRenderer(_TextRenderer):
    media_type = "text/csv"
    format = "csv"


class DdiRenderer(_TextRenderer):
    media_type = "application/xml"
    format = "ddi"


class KnownFormats(DefaultContentNegotiation):
    """Another `format` than there is gets a 400 that names those there are, not a bare 404."""

    def filter_renderers(
        self,
        renderers: Iterable[BaseRenderer],
        form: str,
    ) -> list[BaseRenderer]:
        by_format = {str(renderer.format): renderer for renderer in renderers}
        if form not in by_format:
            there_is = ", ".join(by_format)
            raise ValidationError({"format": [f"{form!r} is not known; there is {there_is}"]})
        return [by_format[form]]


class AnswersSchema(APIView):
    renderer_classes = [SchemaRenderer, JSONRenderer]

    @extend_schema(
        operation_id="answers_schema_retrieve",
        responses={200: OpenApiResponse(OpenApiTypes.OBJECT, "JSON Schema 2020-12")},
    )
    def get(self, request: Request, slug: str) -> Response:
        """What `answers` of a response may hold today: a schema that takes what is taken here."""
        return Response(
            answer_schema(
                definition_of(readable_version(request, slug)), today=timezone.localdate()
            )
        )


class Codebook(APIView):
    renderer_classes = [JSONRenderer, PageRenderer, TableRenderer, DdiRenderer]
    content_negotiation_class = KnownFormats

    @extend_schema(
        operation_id="codebook_retrieve",
        parameters=[
            OpenApiParameter("language", OpenApiTypes.STR, description="One of the survey's own."),
        ],
        responses={
            200: OpenApiResponse(
                OpenApiTypes.OBJECT,
                "The variables; as a page, as a table or as DDI-Codebook 2.5 by "
                "?format=html, csv or ddi",
            )
        },
    )
    def get(self, request: Request, slug: str) -> Response:
        """What each variable of a listed survey holds, and whom it was asked of."""
        definition = definition_of(readable_version(request, slug))
        language = _language(request, definition)
        return Response(_codebook(definition, language, str(request.accepted_renderer.format)))


def _codebook(definition: Definition, language: str, form: str) -> Any:
    if form == "html":
        return codebook_page(definition, language, stylesheet=static("heard.css"))
    if form == "ddi":
        return ddi_codebook(definition)
    variables = codebook(definition, language)
    if form == "csv":
        return codebook_csv(variables)
    return {"language": language, "variables": [asdict(variable) for variable in variables]}


def _language(request: Request, definition: Definition) -> str:
    language = str(request.query_params.get("language", definition.languages[0]))
    if language not in definition.languages:
        there_is = ", ".join(definition.languages)
        raise ValidationError({"language": [f"{language!r} is not known; there is {there_is}"]})
    return language
