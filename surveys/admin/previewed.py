"""The pages of a preview, from the templates that respondents get; nothing answered is stored.

The answers travel, signed, in the pages' own forms and nowhere else: there is no draft in the
database, no response and nothing in the session.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from surveys.admin.desk import SEE, require
from surveys.admin.reading import version_or_404
from surveys.definitions.journey import walk
from surveys.definitions.paths import paths
from surveys.definitions.ways.domains import UndecidedError
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.questions.base import Answer, Form
from surveys.questions.wrong import WrongAnswerError
from surveys.respond import pages
from surveys.respond.forms import form_of, read_page
from surveys.respond.language import language_asked, language_chosen, render_in
from surveys.respond.visit import Visit
from surveys.versions.read import definition_of

SIGNER = Signer(salt="preview")
# Shuffled options stand as one person would see them.
SEED = 1
MOST_PATHS = 200
# Where a respondent sees the number of their receipt.
EXAMPLE = "1234 5678 9012 3456"


@dataclass(frozen=True)
class Preview:
    """Where somebody is in a preview: the number of the page, 0 on the check page, and answers."""

    version: Version
    language: str
    number: int
    answers: Mapping[str, Answer]

    @property
    def visit(self) -> Visit:
        # Never saved: only the pages' own functions ask it for language and order.
        draft = Draft(version=self.version, language=self.language, order_seed=SEED)
        return Visit(draft, dict(self.answers))

    def signed(self) -> str:
        state = [self.version.pk, self.version.sha256, self.language, self.number]
        return SIGNER.sign_object([*state, dict(self.answers)], compress=True)


# Posting here changes nothing anywhere, and the start page's form carries no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def show_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The start page, or what follows from what was posted."""
    require(request, SEE)
    version = version_or_404(pk)
    if "left" in request.GET:
        context = {"exit_host": settings.EXIT_URL, "again": _address(request, version)}
        return _render(request, version, "left", _language(request, version), context)
    if request.method != "POST":
        return _show_start(request, version)
    sent = request.POST.get(".state") or request.POST.get("nonce")
    if sent is None:
        return _show_start(request, version) if "about" in request.GET else _begin(request, version)
    preview = _read(sent, version)
    if definition_of(version).is_one_page:
        return _send_one_page(request, preview)
    if "nonce" in request.POST:
        return _send(request, preview)
    return _go_on(request, preview)


def _show_start(request: HttpRequest, version: Version) -> HttpResponse:
    """The page that interrupts, where there is one, and after it the start page."""
    language, here = _language(request, version), _address(request, version)
    if definition_of(version).is_one_page:
        return _show_one_page(request, Preview(version, language, 1, {}))
    if definition_of(version).interruption and "about" not in request.GET:
        about = pages.on_interruption(version, language, begin_url=f"{here}&about=1")
        return _render(request, version, "interruption", language, about)
    context = pages.on_start(version, language, begin_url=here)
    return _render(request, version, "start", language, context)


def _begin(request: HttpRequest, version: Version) -> HttpResponse:
    """The first page; with the answers of a path where one is being walked."""
    definition = definition_of(version)
    answers: Mapping[str, Answer] = {}
    path = request.GET.get("path", "")
    if path.isdecimal() and 0 < int(path) <= MOST_PATHS:
        # Under the cap that the list has, which decides how far is looked for them.
        found = paths(definition, cap=MOST_PATHS)
        with suppress(UndecidedError):
            answers = next((w.answers for w in islice(found, int(path) - 1, None)), {})
    first = min((stop.number for stop in walk(definition, answers).stops), default=0)
    return _show(request, Preview(version, _language(request, version), first, answers))


def _go_on(request: HttpRequest, preview: Preview) -> HttpResponse:
    """What a button of a page leads to: another language, a page to change, back, or on."""
    visit, form = preview.visit, dict(request.POST.lists())
    stop = visit.stop(preview.number)
    if language := language_chosen(request, visit.definition.languages):
        return _show(request, replace(preview, language=language), form=form if stop else None)
    if number := request.POST.get(".page"):
        return _show(request, replace(preview, number=int(number) if number.isdecimal() else 0))
    if stop is None:
        return _show(request, preview)
    sent = read_page(visit.definition, stop, form, today=timezone.localdate())
    if sent.wrong:
        return _show(request, preview, form=form, wrong=sent.wrong)
    after = visit.with_answers(stop, sent.answers)
    ending = after.walked.ending
    if ending is not None and ending.outcome != "finish":
        words = after.say(ending.say or {}, markdown=True)
        context = pages.on_ending(preview.version, preview.language, ending=ending, words=words)
        return _render(request, preview.version, "ended", preview.language, context)
    following = [s.number for s in after.path if s.number > stop.number]
    return _show(
        request, replace(preview, number=(following or [0])[0], answers=dict(after.answers))
    )


def _send(request: HttpRequest, preview: Preview) -> HttpResponse:
    context = pages.on_done(preview.version, preview.language, number=EXAMPLE)
    return _render(request, preview.version, "done", preview.language, context)


def _show_one_page(
    request: HttpRequest,
    preview: Preview,
    *,
    form: Form | None = None,
    wrong: dict[str, WrongAnswerError] | None = None,
) -> HttpResponse:
    context = pages.on_one_page(
        preview.visit,
        form=form or {},
        wrong=wrong or {},
        begin_url=_address(request, preview.version),
    )
    context["nonce"] = preview.signed()
    return _render(request, preview.version, "one_page", preview.language, context)


def _send_one_page(request: HttpRequest, preview: Preview) -> HttpResponse:
    """What a survey on one page answers to its button, or to that of a language."""
    visit, form = preview.visit, dict(request.POST.lists())
    if language := language_chosen(request, visit.definition.languages):
        return _show_one_page(request, replace(preview, language=language), form=form)
    sent = read_page(visit.definition, visit.path[0], form, today=timezone.localdate())
    if sent.wrong:
        return _show_one_page(request, preview, form=form, wrong=sent.wrong)
    return _send(request, preview)


def _show(
    request: HttpRequest,
    preview: Preview,
    *,
    form: Form | None = None,
    wrong: Mapping[str, WrongAnswerError] | None = None,
) -> HttpResponse:
    """The page that the preview is at, as it is or with what was typed."""
    visit = preview.visit
    stop = visit.stop(preview.number)
    here = {"state": preview.signed(), "back": _before(visit, preview.number)}
    if stop is None:
        context = pages.on_check(
            visit,
            nonce=preview.signed(),
            submit_url=_address(request, preview.version),
            back_url="",
            change=str,
        )
        return _render(request, preview.version, "check", preview.language, context | here)
    context = pages.on_question(
        visit,
        stop,
        form=form_of(stop, visit.answers) if form is None else form,
        wrong=dict(wrong or {}),
        back_url="",
    )
    return _render(
        request,
        preview.version,
        "question",
        preview.language,
        context | here,
        status=400 if wrong else 200,
    )


def _before(visit: Visit, number: int) -> int:
    """The number of the page before; 0 where there is none."""
    earlier = [stop.number for stop in visit.path if stop.number < (number or 2**15)]
    return max(earlier, default=0)


def _read(sent: str, version: Version) -> Preview:
    try:
        pk, sha256, language, number, answers = SIGNER.unsign_object(sent)
    except (BadSignature, ValueError):
        raise SuspiciousOperation("the state of this preview is not of our making") from None
    if (pk, sha256) != (version.pk, version.sha256):
        # The draft was edited meanwhile: from its first page on, since answers may not fit.
        return Preview(version, definition_of(version).languages[0], 0, {})
    return Preview(version, language, number, answers)


def _language(request: HttpRequest, version: Version) -> str:
    return language_asked(request, definition_of(version).languages)


def _address(request: HttpRequest, version: Version) -> str:
    """This preview, on the same path."""
    kept = {key: request.GET[key] for key in ("path", "language") if request.GET.get(key)}
    return f"{reverse('admin:version-preview-page', args=[version.pk])}?{urlencode(kept)}"


def _render(
    request: HttpRequest,
    version: Version,
    template: str,
    language: str,
    context: dict[str, Any],
    *,
    status: int = 200,
) -> HttpResponse:
    """A respondent's page with its way out turned: it leads to a page that says where it would."""
    left = f"{_address(request, version)}&left=1"
    whole = pages.on_every_page(version, language) | context
    whole |= {"leave_url": left, "exit_url": left}
    return render_in(request, f"admin/surveys/preview/{template}.html", whole, status=status)
