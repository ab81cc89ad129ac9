"""A visit in this browser: one cookie with a random token, which leads to one row.

The row is a `Draft`; what the person left to be reached by has a row of its own that only the token
leads to. Nothing else is kept on the device or in Django's own sessions.
"""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from surveys.fieldwork.draft_contact import forget_draft_contact
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.responses.drafts import ChangedMeanwhileError, begin_draft, find_draft

P = ParamSpec("P")

# In `request.META`: what the answer shall do with the cookie, "" for taking it away.
WANTED = "heard.visit"
TOKEN_FIELD = "csrfmiddlewaretoken"  # noqa: S105  # its name only
TOKEN_BYTES = 32
# How often a view answers again at most, for who holds a key down.
TRIES = 20

FORGET = "DELETE FROM surveys_draft WHERE token_hash = %s RETURNING has_contact"


def one_cookie(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Lets a view begin and end the visit: its answer sets the cookie or takes it away."""

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        token = request.META.get(WANTED)
        if token:
            response.set_cookie(
                settings.VISIT_COOKIE_NAME,
                token,
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        elif token is not None and settings.VISIT_COOKIE_NAME in request.COOKIES:
            response.delete_cookie(settings.VISIT_COOKIE_NAME, samesite="Lax")
            response.cookies[settings.VISIT_COOKIE_NAME]["secure"] = settings.SESSION_COOKIE_SECURE
        return response

    return answer


def again_if_changed(
    view: Callable[Concatenate[HttpRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponse]:
    """Answers again, from the draft as it is now, where somebody was quicker to change it.

    So no lock is held while a page is worked out, and of two presses neither undoes the other.
    """

    @wraps(view)
    def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        for _ in range(TRIES):
            try:
                return view(request, *args, **kwargs)
            except ChangedMeanwhileError:
                continue
        return view(request, *args, **kwargs)

    return answer


def start_answering(request: HttpRequest, version: Version, *, language: str) -> Draft:
    """A new draft for this browser; one that it had before is deleted."""
    stop_answering(request)
    token = secrets.token_urlsafe(TOKEN_BYTES)
    request.META[WANTED] = token
    return begin_draft(version, language=language, token_hash=_hash("visit", token))


def draft_in(request: HttpRequest) -> Draft | None:
    """This browser's draft, over or not, of whatever survey; None where there is none any more."""
    token = _token(request)
    return find_draft(_hash("visit", token)) if token else None


def draft_of(request: HttpRequest, code: str) -> Draft | None:
    """This browser's draft of the survey with that code, while it is answered."""
    draft = draft_in(request)
    return draft if draft is not None and is_answering(draft, code) else None


def is_answering(draft: Draft, code: str) -> bool:
    """Whether the draft is of the survey with that code and its answers can go on."""
    return draft.state == Draft.State.ANSWERING and draft.version.survey.code == code


def stop_answering(request: HttpRequest) -> None:
    """Deletes this browser's visit with all that was answered and left, and its cookie."""
    token, key = _token(request), contact_key(request)
    request.META[WANTED] = ""
    if not token:
        return
    with connection.cursor() as cursor:
        cursor.execute(FORGET, [_hash("visit", token)])
        deleted = cursor.fetchone()
    # By a statement of its own: the one above waits for a page that is just storing, and only what
    # begins after that finds the details that were left there.
    if deleted is None or deleted[0]:
        forget_draft_contact(key)


def contact_key(request: HttpRequest) -> bytes:
    """Where what this browser's visitor left to be reached by stands while they answer."""
    return _hash("contact", _token(request))


def device_key(request: HttpRequest) -> bytes:
    """What only this browser's cookie leads to, and nothing in the database."""
    return _hash("device", _token(request))


def go(name: str, *args: object) -> HttpResponseRedirect:
    """On to another page: with 303 the browser asks for it instead of sending the form there."""
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def form_token(request: HttpRequest) -> str:
    """What a form of this visit carries, so that no other site can send one in its name."""
    return _hash("form", _token(request)).hex()


def is_own_form(request: HttpRequest) -> bool:
    """Whether a form was made for this very visit."""
    sent = request.POST.get(TOKEN_FIELD, "")
    return hmac.compare_digest(sent.encode(), form_token(request).encode())


def _token(request: HttpRequest) -> str:
    """That of a visit which this request began, or the one that the browser sent."""
    return str(request.META.get(WANTED, request.COOKIES.get(settings.VISIT_COOKIE_NAME, "")))


def _hash(purpose: str, token: str) -> bytes:
    # The token is random and long: a plain hash can't be turned round, and purposes do not meet.
    return hashlib.sha256(f"{purpose}:{token}".encode()).digest()
