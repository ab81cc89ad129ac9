"""Who holds a key, and what that opens."""

from django.http import Http404, HttpRequest
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework_api_key.permissions import HasAPIKey

from surveys.models.versions import Survey, Version
from surveys.versions.read import current_version, listed_versions


class HasKnownKey(HasAPIKey):
    """A key that this service gave out; one that PostgreSQL can't even look up is not."""

    def get_key(self, request: HttpRequest) -> str | None:
        key = super().get_key(request)
        return key if key and key.isascii() and key.isprintable() else None


def readable_version(request: Request, slug: str) -> Version:
    """The current version of a survey that is listed, or of any for who may send answers to it."""
    version = listed_versions().filter(survey__slug=slug).first()
    if version is None and HasKnownKey().has_permission(request, APIView()):
        survey = Survey.objects.filter(slug=slug).first()
        version = current_version(survey) if survey else None
    if version is None:
        raise Http404
    return version
