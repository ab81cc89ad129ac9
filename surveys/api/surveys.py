"""Published surveys, their definitions, and responses sent by other systems."""

import json
from contextlib import suppress
from typing import Any

from django.db import transaction
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import timezone
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from surveys.api.door import door, open_door
from surveys.api.keys import BringsKey, Key, readable_version
from surveys.api.problems import Conflict, JsonOnly, KeyReused, WrongAnswers
from surveys.api.sent import Sent, json_of, read_sent, wrong_answer, wrong_member
from surveys.fieldwork.contact import keep_contact
from surveys.models.versions import Version
from surveys.responses.answers import Cleaned, clean_answers
from surveys.responses.submit import Guard, NonceReusedError, NotStoredError, Stored, submit
from surveys.versions.read import (
    definition_of,
    listed_versions,
    once_published,
    published_versions,
    sealed,
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
    """For the documentation; `surveys.api.sent` reads it."""

    version = serializers.IntegerField(min_value=1)
    language = serializers.CharField(max_length=35, default="en")
    answers = serializers.DictField(help_text="By field name: a code, codes, number or text.")


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
    permission_classes = [BringsKey]
    content_negotiation_class = JsonOnly

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
            403: OpenApiResponse(description="A key is needed that is known and valid"),
            404: OpenApiResponse(description="No published survey has this slug"),
            413: OpenApiResponse(description="Longer than any response can be"),
            415: OpenApiResponse(description="Not JSON"),
            422: OpenApiResponse(
                description="The key was used for other answers; contact details, which are never "
                "kept with the answers, are not compared"
            ),
        },
    )
    def post(self, request: Request, slug: str) -> HttpResponse:
        """Stores one response, exactly once for each Idempotency-Key."""
        # What BringsKey found.
        key: Any = request.auth
        nonce = _nonce(request, key)
        sent = read_sent(json_of(request._request))
        try:
            stored = _take(key, slug, sent, nonce=nonce)
        except NonceReusedError as error:
            raise KeyReused from error
        return JsonResponse({"id": stored.id}, status=status.HTTP_201_CREATED)


def _nonce(request: Request, holder: Key) -> str:
    """The client's key, within what this client sent: two clients may use the same one."""
    key = request.META.get("HTTP_IDEMPOTENCY_KEY", "")
    if not key or len(key) > LONGEST_KEY:
        raise WrongAnswers(
            [{"header": "Idempotency-Key", "detail": f"expected 1 to {LONGEST_KEY} characters"}]
        )
    return f"api:{holder.prefix}:{key}"


def _take(key: Key, slug: str, sent: Sent, *, nonce: str) -> Stored:
    """Stores what was sent by one statement, which also sees whether it may be stored.

    Only where that did not work is it asked what the matter is: the key first, so that whoever may
    not send here learns nothing of the survey.
    """
    version = once_published(slug, sent.version)
    if version is not None:
        guard = open_door(key, slug, version.pk)
        with suppress(WrongAnswers, NotStoredError):
            return _store(version, _cleaned(version, sent), sent, nonce=nonce, guard=guard)
    version = _version(key, slug, sent.version, nonce=nonce)
    return _store(version, _cleaned(version, sent), sent, nonce=nonce)


def _version(key: Key, slug: str, number: int, *, nonce: str) -> Version:
    """The version that takes these answers now, or took them when they were sent before."""
    at = door(key, slug, number, nonce=nonce)
    if not at.is_known_key:
        raise PermissionDenied
    if at.version_pk is not None and (at.was_stored or (at.is_published and at.is_in_time)):
        return sealed(at.version_pk).version
    if not published_versions().filter(survey__slug=slug).exists():
        raise Http404
    if not at.is_in_time:
        raise Conflict("This survey takes no answers now.")
    raise WrongAnswers([wrong_member("version", f"{slug} has no published version {number}")])


def _cleaned(version: Version, sent: Sent) -> Cleaned:
    """The answers as they are stored; raises WrongAnswers with a pointer to each wrong one."""
    definition = definition_of(version)
    if sent.language not in definition.languages:
        there_is = ", ".join(definition.languages)
        raise WrongAnswers([wrong_member("language", f"expected one of {there_is}")])
    cleaned = clean_answers(definition, sent.answers, today=timezone.localdate())
    if cleaned.wrong:
        raise WrongAnswers(
            [wrong_answer(name, e.message(sent.language)) for name, e in cleaned.wrong.items()]
        )
    if cleaned.stores_nothing:
        raise WrongAnswers([wrong_member("answers", ENDS)])
    return cleaned


def _store(
    version: Version, cleaned: Cleaned, sent: Sent, *, nonce: str, guard: Guard | None = None
) -> Stored:
    """The answers, and apart from them what was left to be reached by; both once."""
    language = sent.language
    if not cleaned.contact:
        return submit(version, cleaned, nonce=nonce, language=language, channel="api", guard=guard)
    with transaction.atomic():
        stored = submit(
            version, cleaned, nonce=nonce, language=language, channel="api", guard=guard
        )
        if stored.is_new:
            keep_contact(version.survey, cleaned.contact, language=language)
        return stored


def _summary(version: Version) -> dict[str, Any]:
    definition = definition_of(version)
    return {
        "slug": version.survey.slug,
        "version": version.number,
        "title": definition.title,
        "languages": list(definition.languages),
        "url": f"/s/{version.survey.code}/",
    }
