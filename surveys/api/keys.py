"""Who holds a key, and what that opens."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import Http404, HttpRequest
from django.utils import timezone
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView
from rest_framework_api_key.crypto import Sha512ApiKeyHasher
from rest_framework_api_key.models import APIKey
from rest_framework_api_key.permissions import KeyParser

from surveys.models.versions import Survey, Version
from surveys.versions.read import current_version, listed_versions

HASHER = Sha512ApiKeyHasher()


@dataclass(frozen=True)
class Key:
    """A key as it came: `prefix` names its holder, and only `hashed` is kept of the rest."""

    prefix: str
    hashed: str


class BringsKey(BasePermission):
    """Lets in who brings a key; whether it is a known one is for the view to ask (door.py)."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        request.auth = key_of(request)
        return request.auth is not None


def key_of(request: HttpRequest | Request) -> Key | None:
    """The key that came with a request, if it looks like one of ours; nothing is looked up."""
    text = KeyParser().get(request) or ""
    prefix, dot, _secret = text.partition(".")
    # A key that PostgreSQL can't even look up is none of ours.
    if not dot or not text.isascii() or not text.isprintable():
        return None
    # Random enough to need no salt, so that the same key always has the same hash.
    return Key(prefix, HASHER.encode(text, ""))


def is_known(key: Key) -> bool:
    """Whether this service gave the key out, and it was neither revoked nor has expired."""
    found = APIKey.objects.get_usable_keys().filter(prefix=key.prefix, hashed_key=key.hashed)
    in_time = Q(expiry_date__isnull=True) | Q(expiry_date__gte=timezone.now())
    return found.filter(in_time).exists()


def readable_version(request: Request, slug: str) -> Version:
    """The current version of a survey that is listed, or of any for who may send answers to it."""
    version = listed_versions().filter(survey__slug=slug).first()
    key = key_of(request) if version is None else None
    if key is not None and is_known(key):
        survey = Survey.objects.filter(slug=slug).first()
        version = current_version(survey) if survey else None
    if version is None:
        raise Http404
    return version
