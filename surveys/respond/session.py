"""Which draft belongs to this browser: the only thing that its session holds."""

from uuid import UUID

from django.http import HttpRequest

from surveys.models.responses import Draft
from surveys.models.versions import Version
from surveys.responses.drafts import begin_draft, find_draft, forget_draft

KEY = "draft"


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
    return draft if draft is not None and draft.version.survey.code == code else None


def stop_answering(request: HttpRequest) -> None:
    """Deletes this browser's draft and its session."""
    if stored := request.session.get(KEY):
        forget_draft(UUID(stored))
    # Staff who try a survey stay signed in: their session is theirs, not the draft's.
    if "_auth_user_id" in request.session:
        request.session.pop(KEY, None)
    else:
        request.session.flush()
