"""A survey that fits on one page: read, answered and sent there, with no cookie and no draft.

Nothing is kept before it is sent. The form carries a nonce that was signed when the page was shown:
however often it is sent, it is stored once, and its age tells when the person began.
"""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from surveys.models.codes import code_of, spaced
from surveys.models.drafts import Draft
from surveys.models.versions import Version
from surveys.questions.base import Form
from surveys.questions.words import phrase, spoken
from surveys.questions.wrong import WrongAnswerError
from surveys.respond.forms import form_of, read_page
from surveys.respond.language import language_asked, language_chosen, page_in
from surveys.respond.pages import on_done, on_one_page
from surveys.respond.ready import is_same_for_all, place_of, ready_page
from surveys.respond.suspicion import signs_of
from surveys.respond.visit import Visit
from surveys.responses.answers import Cleaned, clean_answers
from surveys.responses.drafts import OVER_SECONDS
from surveys.responses.receipts import lookup_of
from surveys.responses.submit import NonceReusedError, submit
from surveys.versions.read import definition_of

SIGNER = Signer(salt="one page")
# How long a page may stay open, where a nonce is remembered for so long.
LONGEST = timedelta(hours=24)
# The language of the page that was sent; a button of another language has the field `.language`.
SPOKEN = ".spoken"
STALE = phrase("This page was open for a long time. Your answers are still here: please send them")
SENT_BEFORE = phrase("These answers were sent before, and have been changed since")


def answer(request: HttpRequest, version: Version) -> HttpResponse:
    """The page; posting stores the answers once and gives thanks at once."""
    languages = definition_of(version).languages
    language = language_asked(request, languages, before=request.POST.get(SPOKEN, ""))
    if request.method != "POST":
        return _show(request, _visit(version, language, uuid4(), at=timezone.now()))
    visit, form = _visit_sent(request, version, language), dict(request.POST.lists())
    if visit is None:
        fresh = _visit(version, language, uuid4(), at=timezone.now())
        return _show(request, fresh, form=form, trouble=STALE)
    if language_chosen(request, languages):
        return _show(request, visit, form=form)
    (stop,) = visit.path
    sent = read_page(visit.definition, stop, form, today=timezone.localdate())
    if sent.wrong:
        return _show(request, visit, form=form, wrong=sent.wrong)
    cleaned = clean_answers(visit.definition, sent.answers, today=timezone.localdate())
    if cleaned.wrong:
        return _show(request, visit, form=form, wrong=cleaned.wrong)
    try:
        number = _store(visit, cleaned, signs=signs_of(request, visit.draft))
    except NonceReusedError:
        # Somebody went back and changed an answer: what they sent is sent.
        fresh = _visit(version, language, uuid4(), at=timezone.now())
        return _show(request, fresh, form=form, trouble=SENT_BEFORE)
    return _thank(request, version, language, number)


def _store(visit: Visit, cleaned: Cleaned, *, signs: tuple[str, ...]) -> str:
    """Stores the response with its number, which the same form sent again is told too.

    Only for some minutes after the page was opened: a browser sends the form again for whoever
    presses "reload" in it, and the number opens the answers.
    """
    draft = visit.draft
    number = code_of(draft.nonce)
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
    is_lately = timezone.now() - draft.started_at < timedelta(seconds=OVER_SECONDS)
    return number if stored.is_new or is_lately else ""


def _visit(version: Version, language: str, nonce: UUID, *, at: datetime) -> Visit:
    # Never saved: only what shows and stores a visit asks it for language, order and nonce.
    seed = nonce.int % 1000
    return Visit(
        Draft(id=nonce, version=version, language=language, order_seed=seed, started_at=at), {}
    )


def _visit_sent(request: HttpRequest, version: Version, language: str) -> Visit | None:
    """What the form's nonce says; None where it is not of our making, or too old."""
    try:
        nonce, begun = SIGNER.unsign(request.POST.get("nonce", "")).split(".")
    except (BadSignature, ValueError):
        return None
    at = datetime.fromtimestamp(int(begun), UTC)
    if timezone.now() - at > min(LONGEST, timedelta(hours=settings.RECEIPT_HOURS)):
        return None
    return _visit(version, language, UUID(nonce), at=at)


def _show(
    request: HttpRequest,
    visit: Visit,
    *,
    form: Form | None = None,
    wrong: dict[str, WrongAnswerError] | None = None,
    trouble: str = "",
) -> HttpResponse:
    (stop,) = visit.path
    draft = visit.draft
    nonce = SIGNER.sign(f"{draft.nonce}.{int(draft.started_at.timestamp())}")

    def rendered(nonce: str) -> str:
        given = form_of(stop, {}) if form is None else form
        context = on_one_page(visit, form=given, wrong=wrong or {}, begin_url=request.path)
        if trouble:
            said = {"id": "send", "message": spoken(trouble, draft.language)}
            context["errors"] = [said, *context["errors"]]
        return page_in(request, "respond/one_page.html", context | {"nonce": nonce})

    is_plain = form is None and not set(request.GET) - {"language"}
    if not is_plain or not is_same_for_all(visit, stop):
        return HttpResponse(rendered(nonce), status=400 if wrong or trouble else 200)
    text = ready_page(
        draft.version,
        "one page",
        draft.language,
        render=lambda: rendered(place_of("nonce")),
        late={"nonce": nonce},
    )
    return HttpResponse(text)


def _thank(request: HttpRequest, version: Version, language: str, number: str) -> HttpResponse:
    def rendered() -> str:
        context = on_done(version, language, number=place_of("number") if number else "")
        # This page is the answer to a form: in another language it can't be asked for anew.
        return page_in(request, "respond/done.html", context | {"languages": [language]})

    # The page names the address of this site at which the number can be used.
    shown, late = ("thanks", language, request.get_host(), bool(number)), {"number": spaced(number)}
    return HttpResponse(ready_page(version, *shown, render=rendered, late=late))
