"""Pages of a visit that is over, or that never was: thanks, an early end, closed, not available."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET
from django.views.defaults import page_not_found

from surveys.models.codes import spaced
from surveys.models.drafts import Draft
from surveys.models.versions import Survey, Version
from surveys.questions.base import said
from surveys.respond.language import language_asked, render_in, site_languages
from surveys.respond.pages import on_done, on_ending, on_every_page
from surveys.respond.session import again_if_changed, device_key, draft_in, one_cookie
from surveys.respond.visit import end
from surveys.responses.drafts import take_number
from surveys.versions.read import current_version, definition_of, open_version


@csrf_exempt
@never_cache
@require_GET
@one_cookie
@again_if_changed
def done(request: HttpRequest, code: str) -> HttpResponse:
    """Thanks, and what happens next: for who comes from sending, and for nobody else."""
    draft = draft_in(request)
    if draft is None or not _is_over(draft, code, Draft.State.SENT):
        return expired(request, code, draft)
    language = language_asked(
        request, definition_of(draft.version).languages, before=draft.language
    )
    number = take_number(draft, key=device_key(request))
    context = on_done(draft.version, language, number=spaced(number))
    return render_in(request, "respond/done.html", context)


@csrf_exempt
@never_cache
@require_GET
@one_cookie
@again_if_changed
def ended(request: HttpRequest, code: str) -> HttpResponse:
    """Why the survey ended before its last page; nothing was stored and nothing is left."""
    draft = draft_in(request)
    if draft is None or not _is_over(draft, code, Draft.State.ENDED):
        return expired(request, code, draft)
    definition = definition_of(draft.version)
    language = language_asked(request, definition.languages, before=draft.language)
    ending = definition.pages[draft.ended_at_page].end_if[draft.ending]
    words = said(ending.say or {}, language)
    context = on_ending(draft.version, language, ending=ending, words=words)
    context["told_lead"] = _told_lead(draft)
    return render_in(request, "respond/ended.html", context)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address where nothing is: below a survey's it says no more than any closed one."""
    if request.path_info.startswith("/s/"):
        return not_available(request)
    return page_not_found(request, exception)


def not_available(request: HttpRequest) -> HttpResponse:
    """The same for unknown, closed and not yet open: the answer tells a guesser nothing."""
    languages = site_languages()
    context = {
        "language": language_asked(request, languages),
        "languages": languages,
        "exit_url": settings.EXIT_URL,
    }
    return render_in(request, "respond/closed.html", context, status=404)


def expired(request: HttpRequest, code: str, draft: Draft | None) -> HttpResponse:
    """These pages are closed: in the language of the visit, and with how it ended if we know."""
    if draft is not None and draft.version.survey.code != code:
        draft = None
    if draft is not None and draft.state == Draft.State.WITHDRAWN and draft.sealed:
        end(request, draft, Draft.State.WITHDRAWN)
    begins = open_version(code)
    version = draft.version if draft else begins or _published_version(code)
    if version is None:
        return not_available(request)
    definition, how = definition_of(version), draft.state if draft else ""
    language = language_asked(request, definition.languages, before=draft.language if draft else "")
    context = on_every_page(version, language) | {
        "here": reverse("respond-check", args=[code]),
        "how": how,
        "is_discreet": definition.discreet and how not in ("sent", "withdrawn"),
        "told_lead": draft is not None and _told_lead(draft),
    }
    if begins is not None and how != "sent" and definition_of(begins).may_be_saved:
        context["return_url"] = reverse("respond-return", args=[code])
    if begins is not None:
        context["begin_url"] = reverse("respond-start", args=[code]) + f"?language={language}"
    return render_in(request, "respond/expired.html", context, status=410)


def _is_over(draft: Draft, code: str, state: str) -> bool:
    return draft.state == state and draft.version.survey.code == code


def _told_lead(draft: Draft) -> bool:
    """Whether an answer of this visit was shown to the safeguarding lead, sent or not."""
    guard = definition_of(draft.version).safeguarding
    return guard is not None and not guard.anonymous and bool(draft.helped)


def _published_version(code: str) -> Version | None:
    """The version of a survey that is or was open, for who was there before it closed."""
    survey = Survey.objects.filter(code=code).first()
    return None if survey is None else current_version(survey)
