"""Start, questions, check, send, done: plain pages that need no script."""

from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from surveys.definitions.journey import Stop, walk
from surveys.definitions.schema import EndIf
from surveys.fieldwork.contact import keep_contact
from surveys.models.versions import Survey, Version
from surveys.questions.base import said
from surveys.respond.forms import fields_at, form_of, read_page
from surveys.respond.language import (
    language_asked,
    language_chosen,
    render_in,
    site_languages,
)
from surveys.respond.pages import (
    on_check,
    on_done,
    on_ending,
    on_every_page,
    on_question,
    on_start,
)
from surveys.respond.session import (
    Mark,
    leave_mark,
    mark_of,
    start_answering,
    stop_answering,
    withdrawn_draft_of,
)
from surveys.respond.visit import Visit, keep, visit_of
from surveys.responses.answers import clean_answers
from surveys.responses.drafts import change_language
from surveys.responses.submit import submit, version_sent_to
from surveys.versions.read import current_version, definition_of


# Starting needs no token: it stores nothing that anyone said, and a GET must not make a session.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, code: str) -> HttpResponse:
    """What it is about, before the first question; posting begins."""
    version = _open_version(code)
    if version is None:
        return _not_available(request)
    definition = definition_of(version)
    language = language_asked(request, definition.languages)
    if request.method != "POST":
        context = on_start(version, language, begin_url=request.path)
        return render_in(request, "respond/start.html", context)
    start_answering(request, version, language=language)
    return _go("respond-page", code, walk(definition, {}).stops[0].number)


# One transaction: leaving, sending or a second POST waits for this one or finds nothing.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of questions, if it is on this person's path."""
    visit = visit_of(request, code)
    if visit is None:
        return _expired(request, code)
    stop = visit.stop(number)
    if stop is None:
        return _go("respond-check", code)
    if request.method != "POST":
        return _show_page(request, visit, stop, form=form_of(stop, visit.answers), wrong={})
    form = dict(request.POST.lists())
    if language := language_chosen(request, visit.definition.languages):
        change_language(visit.draft, language)
        return _show_page(request, visit, stop, form=form, wrong={})
    sent = read_page(visit.definition, stop, form, today=timezone.localdate())
    if sent.wrong:
        return _show_page(request, visit, stop, form=form, wrong=sent.wrong)
    after = visit.with_answers(stop, sent.answers)
    ending = after.walked.ending
    if ending is not None and ending.outcome != "finish":
        return _end(request, after, ending)
    keep(request, after)
    return _next(request, stop, before=visit, after=after)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def check(request: HttpRequest, code: str) -> HttpResponse:
    """All answers before they are sent, each with a link to change it."""
    visit = visit_of(request, code)
    if visit is None:
        return _expired(request, code)
    if request.method == "POST":
        if language := language_chosen(request, visit.definition.languages):
            change_language(visit.draft, language)
        return _go("respond-check", code)
    context = on_check(
        visit,
        nonce=visit.draft.pk.hex,
        submit_url=reverse("respond-send", args=[code]),
        back_url=reverse("respond-page", args=[code, visit.path[-1].number]),
        change=lambda number: reverse("respond-page", args=[code, number]) + "?to=check",
    )
    return render_in(request, "respond/check.html", context)


# The nonce, which only the check page of this draft shows, stands in for the token: a second
# click may arrive after the first one ended the session, and must find its receipt.
@csrf_exempt
@never_cache
@require_POST
@transaction.atomic
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Stores the answers once, what was left to be reached by apart from them; ends the session."""
    visit = visit_of(request, code)
    if visit is None:
        sent_to = version_sent_to(request.POST.get("nonce", ""))
        if sent_to is None:
            return _expired(request, code)
        return _thank(request, sent_to, language_asked(request, definition_of(sent_to).languages))
    draft = visit.draft
    if request.POST.get("nonce") != draft.pk.hex:
        raise SuspiciousOperation("the nonce is not of this draft")
    cleaned = clean_answers(
        visit.definition, visit.answers, today=timezone.localdate(), were_right=True
    )
    if cleaned.wrong:
        wrong = set(cleaned.wrong)
        return _go("respond-page", code, _first_with(visit.path, wrong).number)
    if cleaned.ending is not None and cleaned.stores_nothing:
        return _end(request, visit, cleaned.ending)
    stored = submit(
        draft.version,
        cleaned,
        nonce=draft.pk.hex,
        language=draft.language,
        channel="web",
        order_seed=draft.order_seed,
    )
    if stored.is_new:
        keep_contact(draft.version.survey, cleaned.contact, language=draft.language)
    stop_answering(request)
    return _thank(request, draft.version, draft.language)


@never_cache
@require_GET
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and what happens next: for who comes from sending, and for nobody else."""
    over = _visit_that_is_over(request, code)
    if over is None or over[0].how != "sent":
        return _expired(request, code)
    mark, version = over
    language = language_asked(request, definition_of(version).languages, before=mark.language)
    return render_in(request, "respond/done.html", on_done(version, language))


@never_cache
@require_GET
def ended(request: HttpRequest, code: str) -> HttpResponse:
    """Why the survey ended before its last page; nothing was stored and nothing is left."""
    over = _visit_that_is_over(request, code)
    if over is None or over[0].how != "ended":
        return _expired(request, code)
    mark, version = over
    definition = definition_of(version)
    language = language_asked(request, definition.languages, before=mark.language)
    ending = definition.pages[mark.page].end_if[mark.which]
    words = said(ending.say or {}, language)
    context = on_ending(version, language, ending=ending, words=words)
    return render_in(request, "respond/ended.html", context)


def refuse_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: on a survey the session is over, elsewhere Django's own page."""
    match = request.resolver_match
    if match is not None and (match.url_name or "").startswith("respond-"):
        return _expired(request, match.kwargs["code"])
    return csrf_failure(request, reason=reason)


def _open_version(code: str) -> Version | None:
    survey = Survey.objects.open_now().filter(code=code).first()
    return None if survey is None else current_version(survey)


def _published_version(code: str) -> Version | None:
    """The version of a survey that is or was open, for who was there before it closed."""
    survey = Survey.objects.filter(code=code).first()
    return None if survey is None else current_version(survey)


def _visit_that_is_over(request: HttpRequest, code: str) -> tuple[Mark, Version] | None:
    """How this browser's visit to the survey with that code ended lately, and its version."""
    mark = mark_of(request)
    if mark is None:
        return None
    versions = Version.objects.select_related("survey")
    version = versions.filter(pk=mark.version_pk, survey__code=code).first()
    return None if version is None else (mark, version)


def _show_page(
    request: HttpRequest, visit: Visit, stop: Stop, *, form: Any, wrong: Any
) -> HttpResponse:
    back_url = _back_url(request, visit, stop)
    context = on_question(visit, stop, form=form, wrong=wrong, back_url=back_url)
    return render_in(request, "respond/question.html", context, status=400 if wrong else 200)


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
        return _go("respond-page", code, following[0]) if following else _go("respond-check", code)
    known = {s.number for s in before.path}
    opened = next((number for number in following if number not in known), None)
    if opened is None:
        return _go("respond-check", code)
    return HttpResponseRedirect(
        reverse("respond-page", args=[code, opened]) + "?to=check", status=303
    )


def _first_with(path: tuple[Stop, ...], names: set[str]) -> Stop:
    """The first page that asks one of these fields."""
    return next(stop for stop in path if names & {field.name for field in fields_at(stop)})


def _end(request: HttpRequest, visit: Visit, ending: EndIf) -> HttpResponseRedirect:
    """On to the words of an ending: the answers and the session are deleted first."""
    number = visit.path[-1].number - 1
    which = visit.definition.pages[number].end_if.index(ending)
    stop_answering(request)
    leave_mark(request, Mark("ended", visit.draft.version_id, visit.language, number, which))
    return _go("respond-ended", visit.code)


def _thank(request: HttpRequest, version: Version, language: str) -> HttpResponseRedirect:
    """On to the thanks, with a mark that lasts a few minutes: the visit has ended."""
    leave_mark(request, Mark("sent", version.pk, language))
    return _go("respond-done", version.survey.code)


def _go(name: str, *args: object) -> HttpResponseRedirect:
    # 303: the browser asks for the next page anew instead of sending the form there again.
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def _not_available(request: HttpRequest) -> HttpResponse:
    """The same for unknown, closed and not yet open: the answer tells a guesser nothing."""
    languages = site_languages()
    context = {
        "language": language_asked(request, languages),
        "languages": languages,
        "exit_url": settings.EXIT_URL,
    }
    return render_in(request, "respond/closed.html", context, status=404)


def _expired(request: HttpRequest, code: str) -> HttpResponse:
    """These pages are closed: in the language of the visit, and with how it ended if we know."""
    if withdrawn := withdrawn_draft_of(request, code):
        stop_answering(request)
        leave_mark(request, Mark("withdrawn", withdrawn.version_id, withdrawn.language))
    over = _visit_that_is_over(request, code)
    mark, version = over or (None, _published_version(code))
    if version is None:
        return _not_available(request)
    before = mark.language if mark else ""
    language = language_asked(request, definition_of(version).languages, before=before)
    context = on_every_page(version, language) | {
        "here": reverse("respond-check", args=[code]),
        "how": mark.how if mark else "",
    }
    if _open_version(code) is not None:
        context["begin_url"] = reverse("respond-start", args=[code]) + f"?language={language}"
    return render_in(request, "respond/expired.html", context, status=410)
