"""The page of help after a page whose answers call for it, and the form to ask to be contacted."""

from datetime import date
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.fieldwork.concerns import Contact, ask_for_contact, has_asked_for_contact
from surveys.questions.base import said
from surveys.questions.email import EmailQuestion
from surveys.questions.phone import PhoneQuestion
from surveys.questions.text import is_storable
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.concern import calls_at, key_of, language_of, private_key_of
from surveys.respond.language import language_chosen, render_in
from surveys.respond.pages import on_every_page
from surveys.respond.session import again_if_changed, form_token, is_own_form, one_cookie
from surveys.respond.visit import Visit, speak, visit_of

NOTHING = {"en": "-"}
REACHED_BY: dict[str, PhoneQuestion | EmailQuestion] = {
    "phone": PhoneQuestion(name="reach", kind="phone", ask=NOTHING, purpose=NOTHING),
    "email": EmailQuestion(name="reach", kind="email", ask=NOTHING, purpose=NOTHING),
}
LONGEST = 300


class WrongContactError(ValueError):
    """What was left can't be used; by field what the person is told."""

    def __init__(self, messages: dict[str, Any]) -> None:
        super().__init__(", ".join(messages))
        self.messages = messages


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
@again_if_changed
def pause(request: HttpRequest, code: str) -> HttpResponse:
    """Help first; then the way on, and for who wants it, a way to be contacted."""
    visit = visit_of(request, code)
    calls = calls_at(visit, _number(request)) if visit else []
    if visit is None or not calls:
        # Whatever there is to say about this visit, the check page says it.
        return _go(reverse("respond-check", args=[code]))
    if request.method != "POST":
        return _show(request, visit, calls)
    if not is_own_form(request):
        return _go(request.get_full_path())
    if language := language_chosen(request, visit.definition.languages):
        speak(request, visit, language)
        return _show(request, visit, calls, form=request.POST.dict())
    guard = visit.definition.safeguarding
    if guard is None or not guard.contact:
        return _go(_next_url(request, visit))
    try:
        contact = contact_in(request.POST.dict(), visit.language)
    except WrongContactError as error:
        return _show(request, visit, calls, form=request.POST.dict(), wrong=error.messages)
    ask_for_contact(
        visit.draft.version.survey,
        _key(request, visit, calls),
        contact=contact,
        language=language_of(visit),
    )
    # Seen on the page that the browser asks for anew: pressing twice leaves one request.
    return _go(request.get_full_path())


def contact_in(form: dict[str, str], language: str) -> Contact:
    """How to contact somebody, out of the form; raises WrongContactError."""
    wrong: dict[str, Any] = {}
    how, reach = form.get("how", ""), form.get("reach", "").strip()
    when = form.get("when", "").replace("\r\n", "\n").strip()
    if how not in REACHED_BY:
        wrong["how"] = _("Choose whether we should call you or write an email")
    if not reach:
        wrong["reach"] = _("Enter a phone number or an email address")
    elif how in REACHED_BY:
        try:
            reach = str(REACHED_BY[how].clean(reach, today=date.min))
        except WrongAnswerError as error:
            wrong["reach"] = error.message(language)
    if not is_storable(when):
        wrong["when"] = WrongAnswerError("not-text").message(language)
    elif len(when) > LONGEST:
        wrong["when"] = WrongAnswerError("too-long", over=len(when) - LONGEST).message(language)
    if wrong:
        raise WrongContactError(wrong)
    return Contact(how, reach, when=when, may_leave_message=form.get("message") == "yes")


def _key(request: HttpRequest, visit: Visit, calls: list[int]) -> UUID:
    guard = visit.definition.safeguarding
    is_anonymous = guard is None or guard.anonymous
    return private_key_of(request) if is_anonymous else key_of(visit.draft, calls[0])


def _show(
    request: HttpRequest,
    visit: Visit,
    calls: list[int],
    *,
    form: dict[str, str] | None = None,
    wrong: dict[str, Any] | None = None,
) -> HttpResponse:
    guard = visit.definition.safeguarding
    if guard is None:
        raise ValueError("a survey without calls for help has no page for them")
    number = _number(request)
    context = on_every_page(visit.draft.version, visit.language) | {
        "words": [said(guard.calls[call].say, visit.language) for call in calls],
        "is_anonymous": guard.anonymous,
        "offers_contact": guard.contact,
        "has_asked": guard.contact and has_asked_for_contact(_key(request, visit, calls)),
        "given": {"message": "no"} | (form or {}),
        "wrong": wrong or {},
        "errors": [{"id": name, "message": text} for name, text in (wrong or {}).items()],
        "back_url": reverse("respond-page", args=[visit.code, number]) if number else "",
        "next_url": _next_url(request, visit),
        "months_kept": settings.CONCERN_MONTHS,
        "form_token": form_token(request),
    }
    return render_in(request, "respond/pause.html", context, status=400 if wrong else 200)


def _next_url(request: HttpRequest, visit: Visit) -> str:
    """The page after the one that called for help; for a change, back to the check page."""
    following = [stop.number for stop in visit.path if stop.number > _number(request)]
    if not following or request.GET.get("to") == "check":
        return reverse("respond-check", args=[visit.code])
    return reverse("respond-page", args=[visit.code, following[0]])


def _number(request: HttpRequest) -> int:
    """The page that called for help; 0 where the address names none."""
    given = request.GET.get("page", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0


def _go(address: str) -> HttpResponseRedirect:
    return HttpResponseRedirect(address, status=303)
