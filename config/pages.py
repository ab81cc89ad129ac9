"""Pages of the site as a whole: home, help, notices, health."""

import redis
from csp.decorators import csp_update
from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularSwaggerSplitView
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from measures.publications.read import latest_statement
from surveys.questions.base import said
from surveys.versions.helplines import all_helplines
from surveys.versions.read import definition_of, listed_versions


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What is open now and what was published last."""
    surveys = []
    for version in listed_versions():
        definition = definition_of(version)
        surveys.append(
            {
                "title": said(definition.title, "en"),
                "url": reverse("respond-start", args=[version.survey.code]),
                "minutes": definition.minutes,
            }
        )
    context = {"surveys": surveys, "statement": latest_statement()}
    return render(request, "pages/home.html", context)


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """Who can help."""
    return render(request, "pages/help.html", {"helplines": all_helplines("en")})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What is kept, how long, and who sees it."""
    return render(request, "pages/privacy.html", {"settings": settings})


@require_safe
def cookies(request: HttpRequest) -> HttpResponse:
    """The one cookie, and when it is set."""
    return render(request, "pages/cookies.html", {"name": settings.SESSION_COOKIE_NAME})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """How accessible the site is, and what to do where it is not."""
    return render(request, "pages/accessibility.html")


# Swagger UI sets styles from its script; only this page, which shows nothing private, allows it.
api_docs = csp_update({"style-src": ["'self'", "'unsafe-inline'"]})(
    SpectacularSwaggerSplitView.as_view(url_name="schema")
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
