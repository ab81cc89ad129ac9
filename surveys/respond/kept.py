"""What is kept of a visit under the person's own number: joined in memory here, apart on disk.

The answers stand in one row and what the person left to be reached by in another, each with a
look-up and a key of its own; both are worked out of one secret, and that out of the number. While
the visit goes on, its draft remembers the secret, locked with the token in the browser's cookie:
the database and the service's keys together do not lead from a draft to either row.
"""

import base64
from collections.abc import Mapping
from copy import copy
from datetime import date
from typing import NamedTuple

from django.db import transaction
from django.http import HttpRequest

from surveys.fieldwork.saved_contact import (
    forget_saved_contact,
    keep_saved_contact,
    open_saved_contact,
)
from surveys.models.codes import code_key, derived_key, new_code
from surveys.models.drafts import Draft
from surveys.models.encryption import open_with, seal_with
from surveys.questions.base import Answer
from surveys.respond.session import device_key
from surveys.responses.drafts import ChangedMeanwhileError, keep_draft, show_once
from surveys.responses.saved import (
    Kept,
    forget_saved_answers,
    keep_saved_answers,
    last_day_of,
    open_saved_answers,
    save_answers,
)

Answers = Mapping[str, Answer]


class Found(NamedTuple):
    """What was kept under a number, and the secret with which a visit goes on keeping it."""

    kept: Kept
    contact: dict[str, Answer]
    secret: bytes


@transaction.atomic
def give_number(request: HttpRequest, draft: Draft, answers: Answers, *, contact: Answers) -> None:
    """Keeps the visit under a new number, which waits in the draft to be shown; forgets an old one.

    Raises ChangedMeanwhileError where the draft was gone on with since it was read.
    """
    # Before the long work: of two presses one waits here, and then finds that there is a number.
    as_read = Draft.objects.filter(pk=draft.pk, touched_at=draft.touched_at)
    if as_read.select_for_update().values_list("pk").first() is None:
        raise ChangedMeanwhileError("the draft is no longer as it was read")
    forget_saved(request, draft)
    number = new_code()
    secret = secret_of(number)
    save_answers(derived_key(secret, purpose="saved"), draft, answers)
    if contact:
        keep_saved_contact(derived_key(secret, purpose="saved-contact"), contact)
    draft.number = show_once(draft, number, key=device_key(request))
    remember(request, draft, secret)
    keep_draft(draft, "saved", "number")


@transaction.atomic
def keep_no_more(request: HttpRequest, draft: Draft) -> None:
    """Deletes what is kept of this visit, which itself goes on."""
    as_it_was = copy(draft)
    draft.saved = draft.number = ""
    keep_draft(draft, "saved", "number")
    forget_saved(request, as_it_was)


def keep_saved(request: HttpRequest, draft: Draft, answers: Answers) -> None:
    """Takes the answers into the kept copy, if there is one; `answers` without contact details.

    Where the copy is gone (its time was over, or it was sent from elsewhere) it stays so.
    """
    if not draft.saved:
        return
    key = derived_key(_secret_in(request, draft), purpose="saved")
    if not keep_saved_answers(key, draft, answers):
        draft.saved = ""
        keep_draft(draft, "saved")


def keep_contact_too(request: HttpRequest, draft: Draft, contact: Answers) -> None:
    """Takes the contact details into the kept copy, if there is one; call it after `keep_saved`."""
    if draft.saved:
        key = derived_key(_secret_in(request, draft), purpose="saved-contact")
        keep_saved_contact(key, contact)


def forget_saved(request: HttpRequest, draft: Draft) -> None:
    """Deletes what is kept of this visit, if anything is: it was sent, or ended with nothing."""
    if draft.saved:
        secret = _secret_in(request, draft)
        forget_saved_answers(derived_key(secret, purpose="saved"))
        forget_saved_contact(derived_key(secret, purpose="saved-contact"))


def find_saved(secret: bytes, survey_code: str) -> Found | None:
    """What is kept under the number that this is the secret of, for the survey with that code."""
    kept = open_saved_answers(derived_key(secret, purpose="saved"), survey_code)
    if kept is None:
        return None
    return Found(kept, open_saved_contact(derived_key(secret, purpose="saved-contact")), secret)


def kept_until(request: HttpRequest, draft: Draft) -> date | None:
    """The last day of what is kept of this visit; None where nothing is."""
    if not draft.saved:
        return None
    return last_day_of(derived_key(_secret_in(request, draft), purpose="saved"))


def secret_of(number: str) -> bytes:
    """All that a number leads to is worked out of this; the work is the same for every number."""
    return code_key(number, purpose="saved")


def remember(request: HttpRequest, draft: Draft, secret: bytes) -> None:
    """Lets this visit, and only this browser, keep what is answered from now on; not yet stored."""
    text = base64.b64encode(secret).decode()
    draft.saved = seal_with(device_key(request), text, **_place(draft))


def _secret_in(request: HttpRequest, draft: Draft) -> bytes:
    return base64.b64decode(str(open_with(device_key(request), draft.saved, **_place(draft))))


def _place(draft: Draft) -> dict[str, str]:
    return {"table": "draft", "column": "saved", "row": str(draft.pk)}
