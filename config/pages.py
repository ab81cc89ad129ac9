"""Pages of the site as a whole: home, help, notices, health."""

from datetime import date
from typing import Any

import redis
from csp.decorators import csp_update
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse, translate_url
from django.utils.translation import get_language
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from measures.publications.read import latest_statement
from surveys.models.versions import Version
from surveys.questions.texts import Borrowed, direction, said
from surveys.respond.language import Choice, locale_of, own_name, site_languages
from surveys.versions.helplines import all_helplines
from surveys.versions.read import definition_of, listed_versions

# Of the accessibility statement. Reviewed means: somebody read it beside the pages and the tests.
STATEMENT_PREPARED = date(2026, 11, 22)
STATEMENT_REVIEWED = date(2026, 11, 23)


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is open now and what was published last."""
    language = _language()
    surveys = [_survey_row(version, language) for version in listed_versions()]
    return show(request, "home", {"surveys": surveys, "statement": latest_statement()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Who can help."""
    lines = all_helplines(_language())
    oldest = min(line.reviewed for line in lines)
    context = {
        "helplines": lines,
        "reviewed": oldest,
        "minutes": settings.DRAFT_IDLE_MINUTES,
    }
    return show(request, "help", context)


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, how long, and who sees it."""
    return show(request, "privacy", {"settings": settings, **_contact()})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: how accessible the site is, and what to do where it is not."""
    days = {"prepared": STATEMENT_PREPARED, "reviewed": STATEMENT_REVIEWED}
    return show(request, "accessibility", {"settings": settings, **days, **_contact()})


def _contact() -> dict[str, str]:
    return {"contact_email": settings.CONTACT_EMAIL}


def _survey_row(version: Version, language: str) -> dict[str, Any]:
    """A survey as the home page lists it; who reads Welsh there goes on in Welsh."""
    definition = definition_of(version)
    is_spoken = language in definition.languages
    title_in = language if is_spoken else definition.languages[0]
    title = said(definition.title, title_in)
    start = reverse("respond-start", args=[version.survey.code])
    # Whoever reads English here may prefer another language to answer in.
    is_chosen = is_spoken and language != site_languages()[0]
    return {
        "title": Borrowed.where_it_differs(title, title_in, wanted=language),
        "url": f"{start}?language={language}" if is_chosen else start,
        "minutes": definition.minutes,
    }


def _language() -> str:
    """That of the address asked for, as a survey would call it."""
    language = get_language() or settings.LANGUAGE_CODE
    return language if language in site_languages() else site_languages()[0]


def show(
    request: HttpRequest, page: str, context: dict[str, Any], *, status: int = 200
) -> HttpResponse:
    """A page of the site, with its addresses in all its languages."""
    current = _language()
    choices = [
        Choice(
            tag=language,
            name=own_name(language),
            direction=direction(language),
            address=translate_url(request.path, locale_of(language)),
            is_current=language == current,
        )
        for language in site_languages()
    ]
    speech = {"tag": current, "direction": direction(current), "choices": choices}
    return render(request, f"pages/{page}.html", context | {"speech": speech}, status=status)


# Swagger UI sets styles from its script; only this page, which shows nothing private, allows it.
api_docs = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(
        url_name="schema", template_name="pages/api_docs.html", title="API"
    )
)


@extend_schema(exclude=True)
class ApiIndex(APIView):
    """Where the parts of the API are."""

    def get(self, request: Request) -> Response:
        site = request.build_absolute_uri
        names = ("surveys", "measures", "statements", "figures", "areas", "schema", "docs")
        return Response({name: site(f"/api/v1/{name}/") for name in names})


@extend_schema(exclude=True)
class NoSuchAddress(APIView):
    """Whatever is asked here is not there."""

    def initial(self, request: Request, *args: object, **kwargs: object) -> None:
        raise NotFound("There is nothing at this address; /api/v1/docs/ lists what there is.")


@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """The process answers."""
    return JsonResponse({"status": "ok"})


@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """The database answers; Redis is told too, but answers are taken without it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return JsonResponse({"database": "ok", "redis": "ok" if _redis_answers() else "unreachable"})


def _redis_answers() -> bool:
    try:
        return bool(redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=1).ping())
    except redis.RedisError:
        return False
