"""What this browser's session holds: its draft, sealed contact details, or how the visit ended."""

import time
from typing import Literal, NamedTuple
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest

from surveys.models.responses import Draft
from surveys.models.versions import Version
from surveys.responses.drafts import begin_draft, find_draft, forget_draft

KEY = "draft"
# What the person left to be reached by, sealed and apart from the draft; see visit.py.
CONTACT = "contact"
# That the visit came to an end, for the one page that says so: in the session and not in the
# address, so that leaving takes it away too and the browser's history tells nothing.
MARK = "mark"
MARK_SECONDS = 600


class Mark(NamedTuple):
    """How a visit ended; `page` and `which` are the place of an ending in the questionnaire."""

    how: Literal["sent", "ended", "withdrawn"]
    version_pk: int
    language: str
    page: int = 0
    which: int = 0


def start_answering(request: HttpRequest, version: Version, *, language: str) -> Draft:
    """A new draft for this browser; one that it had before is deleted."""
    stop_answering(request)
    draft = begin_draft(version, language=language)
    request.session[KEY] = str(draft.pk)
    return draft


def draft_of(request: HttpRequest, code: str) -> Draft | None:
    """This browser's draft of the survey with that code, or None; locked for a POST."""
    stored = request.session.get(KEY)
    draft = find_draft(UUID(stored), lock=request.method == "POST") if stored else None
    if draft is None and CONTACT in request.session:
        # What was left to be reached by goes with the draft.
        del request.session[CONTACT]
    return draft if draft is not None and draft.version.survey.code == code else None


def withdrawn_draft_of(request: HttpRequest, code: str) -> Draft | None:
    """This browser's draft, where its version was withdrawn meanwhile."""
    stored = request.session.get(KEY)
    drafts = Draft.objects.select_related("version__survey").filter(
        version__survey__code=code, version__withdrawal__isnull=False
    )
    return drafts.filter(pk=UUID(stored)).first() if stored else None


def stop_answering(request: HttpRequest) -> None:
    """Deletes this browser's draft and its session."""
    if stored := request.session.get(KEY):
        forget_draft(UUID(stored))
    # Staff who try a survey stay signed in: their session is theirs, not the draft's.
    if SESSION_KEY in request.session:
        request.session.pop(KEY, None)
        request.session.pop(CONTACT, None)
        request.session.pop(MARK, None)
    else:
        request.session.flush()


def leave_mark(request: HttpRequest, mark: Mark) -> None:
    """Remembers for some minutes how the visit ended; call it after `stop_answering`."""
    request.session[MARK] = [int(time.time()), *mark]


def mark_of(request: HttpRequest) -> Mark | None:
    """How this browser's last visit ended; None where that was long ago, or it had none."""
    if MARK not in request.session:
        return None
    at, *facts = request.session[MARK]
    return Mark(*facts) if time.time() - at <= MARK_SECONDS else None
