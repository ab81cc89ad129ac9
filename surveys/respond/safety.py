"""Leaving at once: nothing of the visit stays on the server, and the browser is told to forget."""

import logging

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.respond.session import one_cookie, stop_answering

logger = logging.getLogger(__name__)


# A plain link must work without a script, so leaving is a GET that ends things.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the visit, then goes to the one configured address."""
    try:
        stop_answering(request)
    except DatabaseError:
        # Nobody is kept here for that: without its cookie the visit is out of reach, and soon over.
        logger.exception("a visit could not be deleted at leaving")
    response = HttpResponseRedirect(settings.EXIT_URL, status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    # Those of the public site tell that somebody was there.
    for name in (settings.POLICY_COOKIE_NAME, settings.VISITED_COOKIE_NAME):
        if name in request.COOKIES:
            response.delete_cookie(name, samesite="Lax")
            response.cookies[name]["secure"] = settings.SESSION_COOKIE_SECURE
    response["Referrer-Policy"] = "no-referrer"
    return response
