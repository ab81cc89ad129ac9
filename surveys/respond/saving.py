"""Stopping now and going on later: a number instead of an account.

docs/decisions/0010-number-instead-of-account.md says who can open what is kept, and who can't.
"""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.models.codes import spaced, typed_code
from surveys.models.versions import Version
from surveys.questions.words import phrase, spoken
from surveys.respond.addresses import address_of
from surveys.respond.forms import fields_at
from surveys.respond.kept import (
    find_saved,
    give_number,
    keep_no_more,
    kept_until,
    remember,
    secret_of,
)
from surveys.respond.language import language_asked, render_in
from surveys.respond.over import expired, not_available
from surveys.respond.pages import on_every_page
from surveys.respond.session import (
    again_if_changed,
    device_key,
    draft_in,
    form_token,
    go,
    is_answering,
    is_own_form,
    one_cookie,
    start_answering,
)
from surveys.respond.visit import Visit, keep, visit_with
from surveys.responses.buckets import take
from surveys.responses.drafts import keep_draft, take_number
from surveys.versions.read import definition_of, open_version

# How many wrong numbers one address may try in an hour: among 10^16 that finds none.
TRIES_AN_HOUR = 10
# How many numbers one address gets in an hour: each costs work and is kept for days, and a library
# has one address for all who sit there.
NUMBERS_AN_HOUR = 60

WRONG = {
    "format": phrase("Enter a number of 16 digits"),
    "unknown": phrase("Nothing is kept under this number"),
}


def save(request: HttpRequest, visit: Visit) -> HttpResponse:
    """On to the person's number, made now if the visit has none; what was posted is stored."""
    if not visit.definition.may_be_saved:
        raise SuspiciousOperation("the answers to this survey are not kept under a number")
    if not visit.draft.saved and not _new_number(request, visit):
        return _wait(request, visit.draft.version, visit.language, back_url=_furthest(visit))
    return go("respond-saved", visit.code)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
@again_if_changed
def saved(request: HttpRequest, code: str) -> HttpResponse:
    """The number, the first time it is asked for; posting gives another, or keeps nothing more."""
    draft = draft_in(request)
    if draft is None or not is_answering(draft, code):
        return expired(request, code, draft)
    if request.method == "POST" and not is_own_form(request):
        return expired(request, code, draft)
    if not definition_of(draft.version).may_be_saved:
        return not_available(request)
    visit = visit_with(request, draft)
    if request.method == "POST":
        return _change(request, visit)
    until = kept_until(request, draft)
    if until is None:
        return HttpResponseRedirect(_furthest(visit), status=303)
    number = take_number(draft, key=device_key(request)) if request.method == "GET" else ""
    context = on_every_page(draft.version, draft.language) | {
        "number": spaced(number),
        "until": until,
        "return_url": request.build_absolute_uri(reverse("respond-return", args=[code])),
        "go_on_url": _furthest(visit),
        "form_token": form_token(request),
    }
    return render_in(request, "respond/saved.html", context)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
def come_back(request: HttpRequest, code: str) -> HttpResponse:
    """Going on with a number, on any device; wrong, expired and foreign ones are told alike."""
    version = open_version(code)
    if version is None or not definition_of(version).may_be_saved:
        return not_available(request)
    language = language_asked(request, definition_of(version).languages)
    if request.method != "POST":
        return _ask(request, version, language)
    if _is_from_elsewhere(request):
        return _ask(request, version, language, status=403)
    number = typed_code(request.POST.get("number", ""))
    if number is None:
        return _ask(request, version, language, wrong="format", status=400)
    # Before looking, or the eleventh try could still be the right one.
    if not _may_try(request):
        return _wait(request, version, language, back_url=reverse("respond-return", args=[code]))
    visit = _go_on(request, code, secret_of(number))
    if visit is None:
        return _ask(request, version, language, wrong="unknown", status=400)
    # Only wrong numbers are tries: many who come back may share one address.
    _may_try(request, cost=-1)
    return HttpResponseRedirect(_furthest(visit), status=303)


@transaction.atomic
def _go_on(request: HttpRequest, code: str, secret: bytes) -> Visit | None:
    """A new visit that goes on with what is kept; None where nothing is.

    Its draft is sent under the nonce of the first one: on two devices at once, whoever sends first.
    """
    found = find_saved(secret, code)
    if found is None:
        return None
    kept = found.kept
    draft = start_answering(request, kept.version, language=kept.language)
    draft.order_seed, draft.helped, draft.kept_nonce = kept.order_seed, kept.helped, kept.nonce
    remember(request, draft, secret)
    keep_draft(draft, "order_seed", "helped", "kept_nonce", "saved")
    visit = Visit(draft, kept.answers | found.contact)
    keep(request, visit)
    return visit


def _change(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Another number in place of the one there was, or none."""
    if ".forget" in request.POST:
        keep_no_more(request, visit.draft)
        return HttpResponseRedirect(_furthest(visit), status=303)
    if not _new_number(request, visit):
        return _wait(request, visit.draft.version, visit.language, back_url=_furthest(visit))
    return go("respond-saved", visit.code)


def _may_try(request: HttpRequest, *, cost: float = 1) -> bool:
    address = address_of(request)
    return take("return", address, capacity=TRIES_AN_HOUR, an_hour=TRIES_AN_HOUR, cost=cost)


def _new_number(request: HttpRequest, visit: Visit) -> bool:
    if not take("save", address_of(request), capacity=NUMBERS_AN_HOUR, an_hour=NUMBERS_AN_HOUR):
        return False
    give_number(request, visit.draft, visit.own_answers, contact=visit.contact)
    return True


def _furthest(visit: Visit) -> str:
    """The page after the last one with an answer: the last that was reached, or the check page."""
    answered = [
        stop.number
        for stop in visit.path
        if any(field.name in visit.answers for field in fields_at(stop))
    ]
    last = max(answered, default=0)
    following = next((stop.number for stop in visit.path if stop.number > last), None)
    if following is None:
        return reverse("respond-check", args=[visit.code])
    return reverse("respond-page", args=[visit.code, following])


def _ask(
    request: HttpRequest, version: Version, language: str, *, wrong: str = "", status: int = 200
) -> HttpResponse:
    code = version.survey.code
    error = spoken(WRONG[wrong], language) if wrong else ""
    context: dict[str, Any] = on_every_page(version, language) | {
        "error": error,
        "errors": [{"id": "number", "message": error}] if error else [],
        "is_unknown": wrong == "unknown",
        "days": settings.SAVED_DAYS,
        # What was typed is there to be mended.
        "typed": request.POST.get("number", "")[:40],
        "begin_url": f"{reverse('respond-start', args=[code])}?language={language}",
    }
    return render_in(request, "respond/return.html", context, status=status)


def _wait(request: HttpRequest, version: Version, language: str, *, back_url: str) -> HttpResponse:
    context = on_every_page(version, language) | {"back_url": back_url}
    return render_in(request, "respond/wait.html", context, status=429)


def _is_from_elsewhere(request: HttpRequest) -> bool:
    """Whether another site sent the form: its owner would have people answer into their own copy.

    There is no visit yet whose token the form could carry, so the browser is asked where it comes
    from; one too old to say so is believed.
    """
    if site := request.headers.get("Sec-Fetch-Site"):
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and origin.partition("://")[2] != request.get_host()
