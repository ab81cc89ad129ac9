"""Headers that every answer carries and no library sets."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse


def isolate_origin(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Keeps other sites from embedding ours and ours from asking for sensors."""

    def add_headers(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
        return response

    return add_headers
