"""Published surveys, their definitions, and responses sent by other systems."""

import json
from typing import Any

from django.db import transaction
from django.http import Http404
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView
from rest_framework_api_key.models import APIKey
from rest_framework_api_key.permissions import KeyParser

from surveys.api.keys import HasKnownKey, readable_version
from surveys.api.problems import Conflict, KeyReused, WrongAnswers, pointer
from surveys.fieldwork.contact import keep_contact
from surveys.models.versions import Survey, Version
from surveys.responses.answers import Cleaned, clean_answers
from surveys.responses.submit import NonceReusedError, Stored, is_stored, submit
from surveys.versions.read import (
    current_version,
    definition_of,
    listed_versions,
    published_versions,
)

LONGEST_KEY = 200
ENDS = "these answers end the survey, which is not for this person: nothing is stored"


class SurveySerializer(serializers.Serializer[Any]):
    slug = serializers.CharField(help_text="Names the survey in this API.")
    version = serializers.IntegerField()
    title = serializers.DictField(child=serializers.CharField(), help_text="By language.")
    languages = serializers.ListField(child=serializers.CharField())
    url = serializers.CharField(help_text="Where a person answers it.")


class SurveyDetailSerializer(SurveySerializer):
    sha256 = serializers.CharField(help_text="Of the canonical JSON of the definition.")
    definition = serializers.JSONField(help_text="Questions, options and conditions.")


class ResponseSerializer(serializers.Serializer[Any]):
    version = serializers.IntegerField(min_value=1)
    language = serializers.CharField(max_length=35, default="en")
    answers = serializers.DictField(help_text="By field name: a code, codes, number or text.")

    def validate(self, data: dict[str, Any]) -> dict[str, Any]:
        """Nothing else: what is not known would be lost in silence."""
        unknown = sorted(set(self.initial_data) - set(self.fields))
        if unknown:
            raise serializers.ValidationError(dict.fromkeys(unknown, "unknown member"))
        return data


class StoredSerializer(serializers.Serializer[Any]):
    id = serializers.UUIDField()


class SurveyList(APIView):
    @extend_schema(responses=SurveySerializer(many=True), operation_id="surveys_list")
    def get(self, request: Request) -> Response:
        """Open surveys that are listed publicly."""
        return Response([_summary(version) for version in listed_versions()])


class SurveyDetail(APIView):
    @extend_schema(responses=SurveyDetailSerializer, operation_id="surveys_retrieve")
    def get(self, request: Request, slug: str) -> Response:
        """The definition of a survey, as it was sealed; one that is not listed needs a key."""
        version = readable_version(request, slug)
        definition = json.loads(version.document)
        return Response(_summary(version) | {"sha256": version.sha256, "definition": definition})


class SurveyResponses(APIView):
    permission_classes = [HasKnownKey]

    @extend_schema(
        operation_id="responses_create",
        request=ResponseSerializer,
        parameters=[
            OpenApiParameter(
                "Idempotency-Key",
                OpenApiTypes.STR,
                OpenApiParameter.HEADER,
                required=True,
                description="The same key stores once and answers the same.",
            )
        ],
        responses={
            201: StoredSerializer,
            400: OpenApiResponse(description="A pointer per wrong answer"),
            409: OpenApiResponse(description="The survey takes no answers now"),
            401: OpenApiResponse(description="A key is needed"),
            403: OpenApiResponse(description="The key is not known"),
            404: OpenApiResponse(description="No published survey has this slug"),
            422: OpenApiResponse(
                description="The key was used for other answers; contact details, which are never "
                "kept with the answers, are not compared"
            ),
        },
    )
    def post(self, request: Request, slug: str) -> Response:
        """Stores one response, exactly once for each Idempotency-Key."""
        nonce = _nonce(request)
        sent = ResponseSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        # What was stored before the survey closed gets its answer after it, too.
        version = _version(slug, sent.validated_data["version"], closed_is_fine=is_stored(nonce))
        definition = definition_of(version)
        language = sent.validated_data["language"]
        if language not in definition.languages:
            raise WrongAnswers(
                [_error(["language"], f"expected one of {', '.join(definition.languages)}")]
            )
        answers = sent.validated_data["answers"]
        cleaned = clean_answers(definition, answers, today=timezone.localdate())
        if cleaned.wrong:
            raise WrongAnswers(
                [_error(["answers", n], e.message(language)) for n, e in cleaned.wrong.items()]
            )
        if cleaned.stores_nothing:
            raise WrongAnswers([_error(["answers"], ENDS)])
        try:
            stored = _store(version, cleaned, nonce=nonce, language=language)
        except NonceReusedError as error:
            raise KeyReused from error
        return Response({"id": stored.id}, status=status.HTTP_201_CREATED)


@transaction.atomic
def _store(version: Version, cleaned: Cleaned, *, nonce: str, language: str) -> Stored:
    """The answers, and apart from them what was left to be reached by; both once."""
    stored = submit(version, cleaned, nonce=nonce, language=language, channel="api")
    if stored.is_new:
        keep_contact(version.survey, cleaned.contact, language=language)
    return stored


def _nonce(request: Request) -> str:
    """The client's key, within what this client sent: two clients may use the same one."""
    key = request.headers.get("Idempotency-Key", "")
    if not key or len(key) > LONGEST_KEY:
        raise WrongAnswers(
            [{"header": "Idempotency-Key", "detail": f"expected 1 to {LONGEST_KEY} characters"}]
        )
    client = APIKey.objects.get_from_key(KeyParser().get(request) or "")
    return f"api:{client.prefix}:{key}"


def _version(slug: str, number: int, *, closed_is_fine: bool) -> Version:
    survey = Survey.objects.filter(slug=slug).first()
    if survey is None or current_version(survey) is None:
        raise Http404
    is_open = Survey.objects.open_now().filter(pk=survey.pk).exists()
    if not is_open and not closed_is_fine:
        raise Conflict("This survey takes no answers now.")
    version = published_versions().filter(survey=survey, number=number).first()
    if version is None:
        raise WrongAnswers([_error(["version"], f"{slug} has no published version {number}")])
    return version


def _error(members: list[str], detail: str) -> dict[str, str]:
    return {"pointer": pointer(*members), "detail": detail}


def _summary(version: Version) -> dict[str, Any]:
    definition = definition_of(version)
    return {
        "slug": version.survey.slug,
        "version": version.number,
        "title": definition.title,
        "languages": list(definition.languages),
        "url": f"/s/{version.survey.code}/",
    }
