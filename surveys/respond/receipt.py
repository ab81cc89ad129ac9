"""With the number that they were given, people see, take back or delete what they sent.

The pages keep nothing: no session, no cookie. The number goes from page to page in the forms, and
who has none can do nothing, so the forms need no other token. Each form can be sent once: a browser
keeps what a form held, and who goes back in it later would otherwise open the page again.
"""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.models.codes import LONGEST_TYPED, typed_code
from surveys.models.responses import Response
from surveys.respond.addresses import address_of
from surveys.respond.language import language_asked, language_chosen, render_in, site_languages
from surveys.respond.sent import on_sent
from surveys.responses.buckets import take
from surveys.responses.receipts import find_receipt
from surveys.tally.take_back import PublishedError, erase_own, restore, withdraw
from surveys.versions.read import definition_of

TRIES = 10
FORM = ".form"
SIGNER = TimestampSigner(salt="receipt")
# Shorter than a bucket stands that nobody takes from: until then it is known which was sent.
FORM_LASTS = timedelta(minutes=30)
Act = Callable[[HttpRequest, Response], HttpResponse]


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def receipt(request: HttpRequest) -> HttpResponse:
    """Asks for the number; with a right one, does what is asked with what it leads to."""
    if request.method != "POST":
        return _ask(request, trouble="sent-before" if "again" in request.GET else "")
    if not _is_sent_first(request):
        return HttpResponseRedirect(f"{reverse('receipt')}?again=1", status=303)
    if typed_code(request.POST.get("number", "")) is None:
        return _ask(request, trouble="no-number", status=400)
    # Before looking, or the eleventh try could still be the right one.
    if not _may_try(request):
        return _ask(request, trouble="too-many", status=429)
    response = find_receipt(request.POST.get("number", ""))
    if response is None:
        return _ask(request, trouble="not-found", status=400)
    # Only numbers that lead nowhere are tries: many may share one address.
    _may_try(request, cost=-1)
    act = ACTS.get(request.POST.get("do", ""), _show)
    try:
        return act(request, response)
    except PublishedError:
        # Since the page was shown. It now says what is true.
        return _show(request, response)


def _new_form() -> str:
    """What makes a form one of its own."""
    return SIGNER.sign(secrets.token_urlsafe(12))


def _is_sent_first(request: HttpRequest) -> bool:
    """Whether this form is one of ours, shown not long ago, and was not sent before."""
    form = request.POST.get(FORM, "")
    try:
        SIGNER.unsign(form, max_age=FORM_LASTS)
    except BadSignature:
        return False
    return take("receipt form", form, capacity=1, an_hour=0)


def _may_try(request: HttpRequest, *, cost: float = 1) -> bool:
    return take("receipt", address_of(request), capacity=TRIES, an_hour=TRIES, cost=cost)


def _ask(request: HttpRequest, *, trouble: str = "", status: int = 200) -> HttpResponse:
    """The page with the field for the number; the same for every number that leads nowhere."""
    languages = site_languages()
    context = {
        "language": language_asked(request, languages),
        "languages": languages,
        "exit_url": settings.EXIT_URL,
        "trouble": trouble,
        "one_use": _new_form(),
        "typed": request.POST.get("number", "")[:LONGEST_TYPED],
    }
    return render_in(request, "respond/receipt.html", context, status=status)


def _show(request: HttpRequest, response: Response) -> HttpResponse:
    return _render(request, response, "receipt_shown")


def _take_back(request: HttpRequest, response: Response) -> HttpResponse:
    withdraw(response.pk)
    return _render_now(request, response)


def _put_back(request: HttpRequest, response: Response) -> HttpResponse:
    restore(response.pk)
    return _render_now(request, response)


def _ask_again(request: HttpRequest, response: Response) -> HttpResponse:
    """Deleting can't be undone, so it is asked once more."""
    return _render(request, response, "receipt_delete")


def _delete(request: HttpRequest, response: Response) -> HttpResponse:
    """Says that it is gone, to a second click at the same time too: it is."""
    erase_own(response.pk)
    return _render(request, response, "receipt_now", now="deleted")


def _render_now(request: HttpRequest, response: Response) -> HttpResponse:
    """How it stands after an act; deleted where another browser was quicker."""
    try:
        response.refresh_from_db()
    except Response.DoesNotExist:
        return _render(request, response, "receipt_now", now="deleted")
    return _render(request, response, "receipt_now", now=response.standing)


def _render(request: HttpRequest, response: Response, page: str, **more: Any) -> HttpResponse:
    """A page in the language in which the answers were given, or that was chosen here."""
    languages = definition_of(response.version).languages
    answered_in = response.language if response.language in languages else languages[0]
    # The page that asks for the number has a language, too, which was nobody's choice for this one.
    chosen = language_chosen(request, languages) if "do" in request.POST else None
    language = chosen or answered_in
    own = {"number": request.POST["number"], "one_use": _new_form()}
    context = on_sent(response, language) | own | more
    return render_in(request, f"respond/{page}.html", context)


ACTS: dict[str, Act] = {
    "take-back": _take_back,
    "put-back": _put_back,
    "delete": _ask_again,
    "delete-now": _delete,
}
