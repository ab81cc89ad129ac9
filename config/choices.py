"""What somebody chose about the one optional cookie, and how a browser says it without a word.

docs/decisions/0012-one-optional-cookie.md has the reasons.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

SAID = {"usage:yes": True, "usage:no": False}
KEPT_FOR = 365 * 24 * 60 * 60


def choice_of(request: HttpRequest) -> bool | None:
    """Whether visits from this browser may be counted; None where nothing was chosen."""
    return SAID.get(request.COOKIES.get(settings.POLICY_COOKIE_NAME, ""))


def objects_to_counting(request: HttpRequest) -> bool:
    """Whether the browser asks every site not to follow anyone: a no, until something is chosen.

    Global Privacy Control (W3C, `Sec-GPC`) and its forerunner "Do Not Track" (`DNT`).
    """
    return request.headers.get("Sec-GPC") == "1" or request.headers.get("DNT") == "1"


def keep_choice(response: HttpResponse, *, usage: bool) -> None:
    """Has the browser keep the choice; a no takes the optional cookie away."""
    words = {said: text for text, said in SAID.items()}
    keep_cookie(response, settings.POLICY_COOKIE_NAME, words[usage])
    if not usage:
        response.delete_cookie(settings.VISITED_COOKIE_NAME, samesite="Lax")
        response.cookies[settings.VISITED_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE


def keep_cookie(response: HttpResponse, name: str, value: str) -> None:
    """A cookie for a year that our own script may read and no other site gets with a form."""
    response.set_cookie(
        name,
        value,
        max_age=KEPT_FOR,
        secure=settings.SESSION_COOKIE_SECURE,
        samesite="Lax",
    )


def is_from_here(request: HttpRequest) -> bool:
    """Whether a page of this very site sent the request, as the browser tells it.

    Needs no token, so no session and no cookie. What no header vouches for is not from here.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    try:
        told = urlsplit(request.headers.get("Origin") or request.headers.get("Referer", ""))
    except ValueError:
        return False
    here = f"{request.scheme}://{request.get_host()}"
    return f"{told.scheme}://{told.netloc}" in (here, *settings.CSRF_TRUSTED_ORIGINS)
