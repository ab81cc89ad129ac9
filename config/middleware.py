"""What every request and answer goes through, and no library does."""

import json
from collections.abc import Callable
from functools import cache

import csp.constants
from csp.utils import build_policy
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.translation import override

from surveys.respond.language import language_preferred, locale_of, site_languages


def isolate_origin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps other sites from embedding ours, ours from asking for sensors, errors from caches."""

    def add_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        # Errors and redirects hold addresses: a cached one would tell that somebody was here.
        if response.status_code not in (200, 304):
            response.setdefault("Cache-Control", "no-store")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return add_headers


def allow_little(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The content security policy of the settings, with what a view's decorators of django-csp say.

    The library's own middleware puts the same text together for every answer anew, which costs as
    much as reading a page's answers.
    """

    def add_policy(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        own = {name: getattr(response, f"_csp_{name}", None) for name in ("update", "replace")}
        response.setdefault(csp.constants.HEADER, _policy(json.dumps(own)))
        return response

    return add_policy


@cache
def _policy(own: str) -> str:
    return str(build_policy(**json.loads(own)))


def refuse_other_encodings(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Answers 400 to a body in another encoding than UTF-8.

    Django would decode a form with whatever Python codec the sender names, `unicode_escape` and
    `rot13` among them.
    """

    def look_first(request: HttpRequest) -> HttpResponse:
        charset = (request.content_params or {}).get("charset", "utf-8")
        if charset.lower() not in ("utf-8", "utf8"):
            return HttpResponse("Expected UTF-8.\n", status=400, content_type="text/plain")
        return get_response(request)

    return look_first


def speak_as_addressed(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Welsh below /cy/ and English elsewhere, whatever the browser prefers; no cookie says which.

    Only where a survey is answered do our own words follow the browser until the page has a
    language of its own: an error there may be all that somebody sees.
    """
    languages = site_languages()

    def speak(request: HttpRequest) -> HttpResponse:
        room = request.path_info.split("/", 2)[1:2]
        if room == ["s"]:
            language = locale_of(language_preferred(request, languages) or languages[0])
        else:
            below = [tag for tag in languages[1:] if room == [tag]]
            language = below[0] if below else settings.LANGUAGE_CODE
        with override(language):
            return get_response(request)

    return speak
