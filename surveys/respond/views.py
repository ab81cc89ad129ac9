"""Start, questions, check, send, done: plain pages that need no script.

All of them are free of Django's token, which would need a session: a page of questions carries one
of its visit instead, and sending the nonce of its draft.
"""

from typing import Any, TypeGuard

from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from surveys.definitions.journey import Stop, walk
from surveys.definitions.schema import EndIf
from surveys.fieldwork.contact import keep_contact
from surveys.models.codes import new_code
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.respond import one_page
from surveys.respond.concern import answer_calls, new_calls
from surveys.respond.forms import fields_at, form_of, read_page
from surveys.respond.language import (
    language_asked,
    language_chosen,
    page_in,
    render_in,
)
from surveys.respond.over import expired, not_available
from surveys.respond.pages import (
    on_check,
    on_interruption,
    on_question,
    on_start,
    progress_at,
)
from surveys.respond.ready import is_same_for_all, place_of, ready_page, shown_at
from surveys.respond.saving import save
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
from surveys.respond.suspicion import signs_of
from surveys.respond.visit import Visit, end, keep, speak, visit_with
from surveys.responses.answers import Cleaned, clean_answers
from surveys.responses.drafts import (
    change_language,
    show_once,
)
from surveys.responses.receipts import lookup_of
from surveys.responses.submit import NonceReusedError, submit
from surveys.versions.read import definition_of, open_version


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, before the first question; posting begins.

    A GET makes no cookie, and posting needs no token: it stores nothing that anyone said.
    """
    version = open_version(code)
    if version is None:
        return not_available(request)
    definition = definition_of(version)
    if definition.is_one_page:
        return one_page.answer(request, version)
    language = language_asked(request, definition.languages)
    if request.method != "POST":
        if definition.interruption:
            return _show_before(request, version, "interruption", language=language)
        return _show_before(request, version, "start", language=language)
    start_answering(request, version, language=language)
    if definition.interruption:
        return go("respond-about", code)
    return go("respond-page", code, _first_page(version))


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
@again_if_changed
def about(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, after the page that interrupts, and for nobody who did not come by it.

    So who goes back in this browser once the visit is over finds that page and no more.
    """
    draft = draft_in(request)
    if not _may_go_on(draft, request, code):
        return go("respond-start", code)
    version = draft.version
    languages = definition_of(version).languages
    if request.method == "POST":
        if language := language_chosen(request, languages):
            change_language(draft, language)
        return go("respond-page", code, _first_page(version))
    language = language_asked(request, languages, before=draft.language)
    return _show_before(request, version, "start", language=language)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
@again_if_changed
def page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of questions, if it is on this person's path."""
    draft = draft_in(request)
    if not _may_go_on(draft, request, code):
        return expired(request, code, draft)
    visit = visit_with(request, draft)
    stop = visit.stop(number)
    if stop is None:
        return go("respond-check", code)
    if request.method != "POST":
        return _show_page(request, visit, stop, form=form_of(stop, visit.answers), wrong={})
    form = dict(request.POST.lists())
    if language := language_chosen(request, visit.definition.languages):
        speak(request, visit, language)
        return _show_page(request, visit, stop, form=form, wrong={})
    sent = read_page(visit.definition, stop, form, today=timezone.localdate())
    # Who stops here may leave open what must be answered to go on.
    is_paused = ".save" in form and {e.reason for e in sent.wrong.values()} == {"required"}
    if sent.wrong and not is_paused:
        return _show_page(request, visit, stop, form=form, wrong=sent.wrong)
    after = visit.with_answers(stop, sent.answers)
    ending = after.walked.ending
    if ending is not None and ending.outcome != "finish":
        return _end(request, after, ending)
    if calls := new_calls(visit, after, stop):
        # Help comes before anything else that was asked for.
        answer_calls(after, calls)
        keep(request, after, before=visit)
        return _pause(request, stop, code)
    if ".save" in form:
        # Both at once: of several presses none comes between the two that another does.
        with transaction.atomic():
            keep(request, after, before=visit)
            return save(request, after)
    keep(request, after, before=visit)
    return _next(request, stop, before=visit, after=after)


@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@one_cookie
@again_if_changed
def check(request: HttpRequest, code: str) -> HttpResponse:
    """All answers before they are sent, each with a link to change it."""
    draft = draft_in(request)
    if not _may_go_on(draft, request, code):
        return expired(request, code, draft)
    visit = visit_with(request, draft)
    if request.method == "POST":
        if ".save" in request.POST:
            return save(request, visit)
        if language := language_chosen(request, visit.definition.languages):
            speak(request, visit, language)
        return go("respond-check", code)
    context = on_check(
        visit,
        nonce=visit.draft.nonce,
        submit_url=reverse("respond-send", args=[code]),
        back_url=reverse("respond-page", args=[code, visit.path[-1].number]),
        change=lambda number: reverse("respond-page", args=[code, number]) + "?to=check",
    )
    return render_in(request, "respond/check.html", context | {"form_token": form_token(request)})


# The nonce, which only the check page of this draft shows, stands in for the token.
@csrf_exempt
@never_cache
@require_POST
@one_cookie
@again_if_changed
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Stores the answers once, what was left to be reached by apart from them; ends the visit."""
    draft = draft_in(request)
    if draft is not None and draft.version.survey.code == code and draft.state == Draft.State.SENT:
        # A second click, after the first one was through.
        return go("respond-done", code)
    if draft is None or not is_answering(draft, code):
        return expired(request, code, draft)
    if request.POST.get("nonce") != draft.nonce:
        raise SuspiciousOperation("the nonce is not of this draft")
    visit = visit_with(request, draft)
    cleaned = clean_answers(
        visit.definition, visit.answers, today=timezone.localdate(), were_right=True
    )
    if cleaned.wrong:
        return go("respond-page", code, _first_with(visit.path, set(cleaned.wrong)).number)
    if cleaned.ending is not None and cleaned.stores_nothing:
        return _end(request, visit, cleaned.ending)
    try:
        _store(request, visit, cleaned, signs=signs_of(request, draft))
    except NonceReusedError:
        # What was kept under a number went on on two devices, and the other one sent first.
        end(request, draft, Draft.State.SENT)
    return go("respond-done", code)


def _may_go_on(draft: Draft | None, request: HttpRequest, code: str) -> TypeGuard[Draft]:
    """Whether this is the visit to that survey; what is posted must come from a page of it."""
    if draft is None or not is_answering(draft, code):
        return False
    return request.method != "POST" or is_own_form(request)


@transaction.atomic
def _store(request: HttpRequest, visit: Visit, cleaned: Cleaned, *, signs: tuple[str, ...]) -> None:
    """The response, what it can be reached by, and the end of the visit: all or nothing."""
    draft, number = visit.draft, new_code()
    stored = submit(
        draft.version,
        cleaned,
        nonce=draft.nonce,
        language=draft.language,
        channel="web",
        order_seed=draft.order_seed,
        signs=signs,
        lookup=lookup_of(number),
    )
    if stored.is_new:
        keep_contact(draft.version.survey, cleaned.contact, language=draft.language)
    shown = show_once(draft, number, key=device_key(request)) if stored.is_new else ""
    end(request, draft, Draft.State.SENT, number=shown)


def _first_page(version: Version) -> int:
    return walk(definition_of(version), {}).stops[0].number


def _show_page(
    request: HttpRequest, visit: Visit, stop: Stop, *, form: Any, wrong: Any
) -> HttpResponse:
    back_url = _back_url(request, visit, stop)
    token = form_token(request)

    def rendered(token: str) -> str:
        context = on_question(visit, stop, form=form, wrong=wrong, back_url=back_url)
        return page_in(request, "respond/question.html", context | {"form_token": token})

    if form or wrong or request.GET or not is_same_for_all(visit, stop):
        return HttpResponse(rendered(token), status=400 if wrong else 200)
    shown = [visit.language, progress_at(visit, stop), back_url, *shown_at(visit, stop)]
    return HttpResponse(
        ready_page(
            visit.draft.version,
            *shown,
            render=lambda: rendered(place_of("token")),
            late={"token": token},
        )
    )


def _show_before(
    request: HttpRequest, version: Version, page: str, *, language: str
) -> HttpResponse:
    """A page before the first question, the same for all who read this language."""
    code, begin_url, token = version.survey.code, request.path, form_token(request)

    def rendered(token: str) -> str:
        if page == "interruption":
            context = on_interruption(version, language, begin_url=begin_url)
            begun_url = reverse("respond-about", args=[code])
        else:
            context = on_start(version, language, begin_url=begin_url)
            context["return_url"] = reverse("respond-return", args=[code])
            begun_url = reverse("respond-page", args=[code, _first_page(version)])
        context |= {"begun_url": begun_url, "form_token": token}
        return page_in(request, f"respond/{page}.html", context)

    if set(request.GET) - {"language"}:
        return HttpResponse(rendered(token))
    text = ready_page(
        version,
        page,
        language,
        begin_url,
        render=lambda: rendered(place_of("token")),
        late={"token": token},
    )
    return HttpResponse(text)


def _back_url(request: HttpRequest, visit: Visit, stop: Stop) -> str:
    """The page before, or the check page for who came from there.

    The first page has none: beginning again at the start page deletes what was answered, so that
    nobody who presses Start on a shared device sees the answers of another.
    """
    if request.GET.get("to") == "check":
        return reverse("respond-check", args=[visit.code])
    at = visit.path.index(stop)
    return reverse("respond-page", args=[visit.code, visit.path[at - 1].number]) if at else ""


def _next(request: HttpRequest, stop: Stop, *, before: Visit, after: Visit) -> HttpResponseRedirect:
    """The next page; for a change from the check page, only a page that the change opened."""
    code = before.code
    following = [s.number for s in after.path if s.number > stop.number]
    if request.GET.get("to") != "check":
        return go("respond-page", code, following[0]) if following else go("respond-check", code)
    known = {s.number for s in before.path}
    opened = next((number for number in following if number not in known), None)
    if opened is None:
        return go("respond-check", code)
    return HttpResponseRedirect(
        reverse("respond-page", args=[code, opened]) + "?to=check", status=303
    )


def _pause(request: HttpRequest, stop: Stop, code: str) -> HttpResponseRedirect:
    """On to the page of help; it leads on to where this page would have."""
    query = {"page": stop.number} | ({"to": "check"} if request.GET.get("to") == "check" else {})
    address = f"{reverse('respond-pause', args=[code])}?{urlencode(query)}"
    return HttpResponseRedirect(address, status=303)


def _first_with(path: tuple[Stop, ...], names: set[str]) -> Stop:
    """The first page that asks one of these fields."""
    return next(stop for stop in path if names & {field.name for field in fields_at(stop)})


def _end(request: HttpRequest, visit: Visit, ending: EndIf) -> HttpResponseRedirect:
    """On to the words of an ending: what was answered and left is deleted first."""
    number = visit.path[-1].number - 1
    which = visit.definition.pages[number].end_if.index(ending)
    end(request, visit.draft, Draft.State.ENDED, ended_at_page=number, ending=which)
    return go("respond-ended", visit.code)
