"""The page on cookies, where the one optional one is accepted or rejected, script or not."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from config.choices import (
    choice_of,
    is_from_here,
    keep_choice,
    keep_cookie,
    objects_to_counting,
)
from config.pages import show
from config.visits import count_visit, is_counted, this_month

SENT = {"yes": True, "no": False}


# Django's token would need a session, which is a cookie more: `is_from_here` stands in for it.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """All cookies, and what was chosen in this browser; a POST chooses."""
    if request.method == "POST":
        return _choose(request)
    return _show(request, outcome=_outcome(request))


@csrf_exempt
@never_cache
@require_POST
def visit(request: HttpRequest) -> HttpResponse:
    """Counts a browser once a month, where it brings its owner's agreement along."""
    if not is_from_here(request):
        return HttpResponse(status=403)
    response = HttpResponse(status=204)
    last = request.COOKIES.get(settings.VISITED_COOKIE_NAME, "")
    if choice_of(request) and not is_counted(last):
        count_visit(last=last)
        keep_cookie(response, settings.VISITED_COOKIE_NAME, this_month())
    return response


def _choose(request: HttpRequest) -> HttpResponse:
    """Keeps the choice; our script is told so in JSON, a form is led back to the page."""
    is_script = request.headers.get("Accept", "").startswith("application/json")
    usage = SENT.get(request.POST.get("usage", ""))
    outcome = "refused" if not is_from_here(request) else "empty" if usage is None else ""
    if usage is None or outcome:
        status = 403 if outcome == "refused" else 400
        if is_script:
            return JsonResponse({"problem": outcome}, status=status)
        return _show(request, outcome=outcome, status=status)
    response: HttpResponse
    if is_script:
        response = JsonResponse({"usage": usage})
    else:
        response = HttpResponseRedirect(f"{request.path}?saved=yes", status=303)
    keep_choice(response, usage=usage)
    return response


def _outcome(request: HttpRequest) -> str:
    """What the page says first: `saved` or `blocked` after a choice, else nothing."""
    if "saved" not in request.GET:
        return ""
    if choice_of(request) is not None:
        return "saved"
    # An address with `saved` may be a link that somebody sent to somebody else.
    return "blocked" if is_from_here(request) else ""


def _show(request: HttpRequest, *, outcome: str, status: int = 200) -> HttpResponse:
    choice = choice_of(request)
    objects = objects_to_counting(request)
    context: dict[str, Any] = {
        "outcome": outcome,
        "choice": choice,
        "objects": objects,
        "is_no": choice is False or (choice is None and objects),
        "names": {
            "visit": _breakable(settings.VISIT_COOKIE_NAME),
            "staff": _breakable(settings.SESSION_COOKIE_NAME),
            "policy": _breakable(settings.POLICY_COOKIE_NAME),
            "visited": _breakable(settings.VISITED_COOKIE_NAME),
        },
        "minutes": settings.DRAFT_LONGEST_MINUTES,
    }
    return show(request, "cookies", context, status=status)


def _breakable(name: str) -> SafeString:
    """A name that may go on in a new line after `_`, or the table would not fit on a phone."""
    return format_html_join(SafeString("_<wbr>"), "{}", ((part,) for part in name.split("_")))
