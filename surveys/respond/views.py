"""Start, questions, check, send, done: plain pages that need no script."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature, TimestampSigner
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import resolve, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.csrf import csrf_failure
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from surveys.definitions.journey import Stop, journey, prune
from surveys.models.responses import Draft
from surveys.models.versions import Survey, Version
from surveys.questions.base import Answer, Question, said
from surveys.respond.forms import errors_of, fields_of, form_of, read_page
from surveys.respond.session import draft_of, start_answering, stop_answering
from surveys.responses.answers import clean_answers
from surveys.responses.drafts import keep_answers
from surveys.responses.submit import is_stored, submit
from surveys.versions.helplines import helplines_for
from surveys.versions.read import current_version, definition_of

SENT = TimestampSigner(salt="sent")
SENT_SECONDS = 600


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
    language = definition.languages[0]
    if request.method != "POST":
        context = _common(version, language)
        context |= {"start": said(definition.start, language), "begin_url": request.path}
        return render(request, "respond/start.html", context)
    draft = start_answering(request, version, language=language)
    return _go("respond-page", code, journey(definition, _answers(draft))[0].number)


# One transaction: leaving, sending or a second POST waits for this one or finds nothing.
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def page(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One page of questions, if it is on this person's path."""
    draft = draft_of(request, code)
    if draft is None:
        return _expired(request, code)
    definition = definition_of(draft.version)
    answers = _answers(draft)
    path = journey(definition, answers)
    stop = next((stop for stop in path if stop.number == number), None)
    if stop is None:
        return _go("respond-check", code)
    if request.method != "POST":
        return _show_page(request, draft, path, stop, form=form_of(stop, answers), wrong={})
    form = dict(request.POST.lists())
    sent = read_page(stop, form, today=_today())
    if sent.wrong:
        return _show_page(request, draft, path, stop, form=form, wrong=sent.wrong)
    asked = {question.name for question in stop.questions}
    kept = {name: answer for name, answer in answers.items() if name not in asked} | sent.answers
    keep_answers(draft, kept)
    return _next(request, code, stop, before=path, after=journey(definition, kept))


@never_cache
@require_GET
def check(request: HttpRequest, code: str) -> HttpResponse:
    """All answers before they are sent, each with a link to change it."""
    draft = draft_of(request, code)
    if draft is None:
        return _expired(request, code)
    path = journey(definition_of(draft.version), _answers(draft))
    rows = _rows(draft, path, code)
    return render(
        request,
        "respond/check.html",
        _common(draft.version, draft.language)
        | {
            "rows": rows,
            "skipped": sum(not row["answer"] for row in rows),
            "nonce": draft.pk.hex,
            "submit_url": reverse("respond-send", args=[code]),
            "back_url": reverse("respond-page", args=[code, path[-1].number]),
        },
    )


# The nonce, which only the check page of this draft shows, stands in for the token: a second
# click may arrive after the first one ended the session, and must find its receipt.
@csrf_exempt
@never_cache
@require_POST
@transaction.atomic
def send(request: HttpRequest, code: str) -> HttpResponse:
    """Stores the answers once and ends the session."""
    draft = draft_of(request, code)
    if draft is None:
        return _thank(code) if is_stored(request.POST.get("nonce", "")) else _expired(request, code)
    if request.POST.get("nonce") != draft.pk.hex:
        raise SuspiciousOperation("the nonce is not of this draft")
    definition = definition_of(draft.version)
    cleaned = clean_answers(definition, _answers(draft), today=_today())
    if cleaned.wrong:
        wrong = set(cleaned.wrong)
        path = journey(definition, _answers(draft))
        first = next(s for s in path if wrong & {question.name for question in s.questions})
        return _go("respond-page", code, first.number)
    submit(draft.version, cleaned, nonce=draft.pk.hex, language=draft.language, channel="web")
    stop_answering(request)
    return _thank(code)


@never_cache
@require_GET
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and what happens next: for who comes from sending, and for nobody else."""
    version = _published_version(code)
    if version is None:
        return _not_available(request)
    try:
        sent = SENT.unsign(request.GET.get("sent", ""), max_age=SENT_SECONDS)
    except BadSignature:
        sent = ""
    if sent != code:
        return _expired(request, code)
    definition = definition_of(version)
    language = definition.languages[0]
    context = _common(version, language) | {"done": said(definition.done, language)}
    return render(request, "respond/done.html", context)


def refuse_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form without its token: on a survey the session is over, elsewhere Django's own page."""
    match = resolve(request.path_info)
    if (match.url_name or "").startswith("respond-"):
        return _expired(request, match.kwargs["code"])
    return csrf_failure(request, reason=reason)


def _open_version(code: str) -> Version | None:
    survey = Survey.objects.open_now().filter(code=code).first()
    return None if survey is None else current_version(survey)


def _published_version(code: str) -> Version | None:
    """The version of a survey that is or was open, for who was there before it closed."""
    survey = Survey.objects.filter(code=code).first()
    return None if survey is None else current_version(survey)


def _answers(draft: Draft) -> dict[str, Answer]:
    """The draft's answers: clean already, since only `keep_answers` writes them."""
    return draft.read()  # type: ignore[return-value]  # JSON that clean answers became


def _today() -> date:
    return timezone.localdate()


def _common(version: Version, language: str) -> dict[str, Any]:
    """What every page of a survey shows."""
    definition = definition_of(version)
    return {
        "survey": {
            "title": said(definition.title, language),
            "discreet": definition.discreet,
            "sensitive": definition.policy == "sensitive",
            "minutes": definition.minutes,
        },
        "exit_url": settings.EXIT_URL,
        "helplines": helplines_for(definition.helplines, language),
    }


def _show_page(
    request: HttpRequest, draft: Draft, path: tuple[Stop, ...], stop: Stop, *, form: Any, wrong: Any
) -> HttpResponse:
    code = draft.version.survey.code
    language = draft.language
    title = definition_of(draft.version).pages[stop.number - 1].title
    asked = _questions(path)
    first = next((q for q in stop.questions if q.takes_answer), None)
    context = _common(draft.version, language) | {
        "heading": said(title, language) if title and len(stop.questions) > 1 else "",
        "progress": (
            _("Question %(at)d of about %(of)d") % {"at": asked.index(first) + 1, "of": len(asked)}
            if first
            else ""
        ),
        "back_url": _back_url(request, code, path, stop),
        "errors": errors_of(stop, wrong, language=language),
        "fields": fields_of(stop, form, wrong, language=language),
    }
    return render(request, "respond/question.html", context, status=400 if wrong else 200)


def _questions(path: tuple[Stop, ...]) -> list[Question]:
    """What is asked on the path; pages that only inform do not count as questions."""
    return [question for stop in path for question in stop.questions if question.takes_answer]


def _back_url(request: HttpRequest, code: str, path: tuple[Stop, ...], stop: Stop) -> str:
    """The page before, or the check page for who came from there.

    The first page has none: beginning again at the start page deletes what was answered, so that
    nobody who presses Start on a shared device sees the answers of another.
    """
    if request.GET.get("to") == "check":
        return reverse("respond-check", args=[code])
    position = path.index(stop)
    return reverse("respond-page", args=[code, path[position - 1].number]) if position else ""


def _next(
    request: HttpRequest,
    code: str,
    stop: Stop,
    *,
    before: tuple[Stop, ...],
    after: tuple[Stop, ...],
) -> HttpResponseRedirect:
    """The next page; for a change from the check page, only a page that the change opened."""
    following = [s.number for s in after if s.number > stop.number]
    if request.GET.get("to") != "check":
        return _go("respond-page", code, following[0]) if following else _go("respond-check", code)
    known = {s.number for s in before}
    opened = next((number for number in following if number not in known), None)
    if opened is None:
        return _go("respond-check", code)
    return HttpResponseRedirect(
        reverse("respond-page", args=[code, opened]) + "?to=check", status=303
    )


def _rows(draft: Draft, path: tuple[Stop, ...], code: str) -> list[dict[str, str]]:
    answers = prune(definition_of(draft.version), _answers(draft))
    return [
        {
            "question": said(question.ask, draft.language),
            "answer": (
                question.show(answers[question.name], draft.language)
                if question.name in answers
                else ""
            ),
            "change_url": reverse("respond-page", args=[code, stop.number]) + "?to=check",
        }
        for stop in path
        for question in stop.questions
        if question.takes_answer
    ]


def _thank(code: str) -> HttpResponseRedirect:
    """On to the thanks, with a mark that lasts a few minutes: the session has ended."""
    query = urlencode({"sent": SENT.sign(code)})
    return HttpResponseRedirect(f"{reverse('respond-done', args=[code])}?{query}", status=303)


def _go(name: str, *args: object) -> HttpResponseRedirect:
    # 303: the browser asks for the next page anew instead of sending the form there again.
    return HttpResponseRedirect(reverse(name, args=args), status=303)


def _not_available(request: HttpRequest) -> HttpResponse:
    """The same for unknown, closed and not yet open: the answer tells a guesser nothing."""
    return render(request, "respond/closed.html", {"exit_url": settings.EXIT_URL}, status=404)


def _expired(request: HttpRequest, code: str) -> HttpResponse:
    version = _published_version(code)
    if version is None:
        return _not_available(request)
    context = _common(version, definition_of(version).languages[0])
    if _open_version(code) is not None:
        context["begin_url"] = reverse("respond-start", args=[code])
    return render(request, "respond/expired.html", context, status=410)
