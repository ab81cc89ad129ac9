"""What a page's answers call for: the page of help, and a concern where the survey said so before.

Of an anonymous survey nothing is told here; surveys/respond/pause.py lets the person ask.
"""

import hashlib
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.http import HttpRequest

from surveys.definitions.journey import Stop
from surveys.definitions.safeguarding import calls_for_help, caused_by, fields_of, is_made
from surveys.definitions.schema import Definition
from surveys.fieldwork import concerns
from surveys.models.drafts import Draft
from surveys.models.safeguarding import Concern
from surveys.questions.base import said
from surveys.respond.forms import fields_at
from surveys.respond.session import contact_key
from surveys.respond.visit import Visit


def new_calls(before: Visit, after: Visit, stop: Stop) -> list[int]:
    """The calls for help that the answers to a page make and that were not answered yet."""
    if after.definition.safeguarding is None:
        return []
    answered = set(after.draft.helped)
    made = calls_for_help(after.definition, before.walked.answers, after.walked.answers)
    return [call for call in made if call not in answered]


def calls_at(visit: Visit, number: int) -> list[int]:
    """The calls that the page of help after a page is about: made, and marked as answered by it."""
    answers = visit.walked.answers
    made = [
        call
        for call in sorted(set(visit.draft.helped))
        if call < len(visit.definition.call_conditions) and is_made(visit.definition, call, answers)
    ]
    stop = visit.stop(number)
    asked = {field.name for field in fields_at(stop)} if stop else set()
    # What was worked out of answers is asked on no page.
    return [call for call in made if asked & fields_of(visit.definition, call)] or made


def answer_calls(visit: Visit, calls: list[int]) -> None:
    """Marks the calls as answered, and tells the safeguarding lead where the survey said so."""
    visit.draft.helped = [*visit.draft.helped, *calls]
    guard = visit.definition.safeguarding
    for call in calls if guard is not None and not guard.anonymous else ():
        raise_concern(visit, call)


def raise_concern(visit: Visit, call: int) -> None:
    """Shows the safeguarding lead the answer that called for help; never of an anonymous survey."""
    definition, answers = visit.definition, visit.walked.answers
    guard = definition.safeguarding
    if guard is None or guard.anonymous:
        raise ValueError(f"nobody may be told what is answered in {definition.survey}")
    name = caused_by(definition, call, answers)
    field = definition.by_name[name] if name else None
    concerns.raise_concern(
        visit.draft.version.survey,
        key_of(visit.draft, call),
        why=Concern.Why.WORDS if guard.calls[call].words_in else Concern.Why.ANSWER,
        question=name or "",
        asked=str(said(field.ask, visit.language)) if field else "",
        said=field.show(answers[field.name], visit.language) if field else "",
        language=language_of(visit),
    )


def key_of(draft: Draft, call: int) -> UUID:
    """Where the concern of one call of a survey stands that is not anonymous."""
    return uuid5(draft.pk, f"call for help {call}")


def private_key_of(request: HttpRequest) -> UUID:
    """Where the one request to be contacted of an anonymous visit stands.

    Only the visit's cookie leads there: from the draft nobody can tell which row it is.
    """
    digest = hashlib.sha256(b"concern:" + contact_key(request)).digest()
    return UUID(bytes=digest[:16])


def language_of(visit: Visit) -> str:
    """In which language to speak with the person.

    Of an anonymous survey only one of the site's own, as with all contact details: a rare one would
    lead to the answers of the only person in that month who read it.
    """
    guard = visit.definition.safeguarding
    known = dict(settings.LANGUAGES)
    if guard is None or guard.anonymous:
        return visit.language if visit.language in known else next(iter(known))
    return visit.language


def on_start_safeguarding(definition: Definition) -> dict[str, Any]:
    """What must be said before the first question; for components/start_safeguarding.html.

    `tells_lead`: calls for help are shown to the safeguarding lead. `offers_contact`: the person
    may ask to be contacted, and nobody is told anything unless they do.
    """
    guard = definition.safeguarding
    return {
        "tells_lead": guard is not None and not guard.anonymous,
        "offers_contact": guard is not None and guard.anonymous and guard.contact,
    }
