"""Leaving at once: nothing of the visit stays on the server, and the browser is told to forget."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.respond.session import stop_answering


# A plain link must work without a script, so leaving is a GET that ends things.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Ends the draft and the session, then goes to the one configured address."""
    stop_answering(request)
    response = HttpResponseRedirect(settings.EXIT_URL, status=303)
    response["Clear-Site-Data"] = '"cache", "storage"'
    response["Referrer-Policy"] = "no-referrer"
    return response
