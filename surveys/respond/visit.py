"""One person's visit: the draft, what was answered so far, and the path that it leads to.

Contact details never stand in a draft with the answers: they wait, sealed, in the session, and this
is the one place where both are in memory together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest

from surveys.definitions.journey import Stop, Walk, walk
from surveys.definitions.piping import as_markdown, say
from surveys.definitions.schema import Definition
from surveys.models.encryption import open_sealed, seal
from surveys.models.responses import Draft
from surveys.questions.base import Answer, Question, Translated
from surveys.respond.forms import fields_at
from surveys.respond.session import CONTACT, draft_of
from surveys.responses.drafts import keep_answers
from surveys.versions.read import definition_of


@dataclass(frozen=True)
class Visit:
    """What a page needs to know of one person's way through a survey."""

    draft: Draft
    answers: dict[str, Answer]

    @property
    def code(self) -> str:
        return self.draft.version.survey.code

    @property
    def language(self) -> str:
        return self.draft.language

    @cached_property
    def definition(self) -> Definition:
        return definition_of(self.draft.version)

    @cached_property
    def walked(self) -> Walk:
        return walk(self.definition, self.answers)

    @property
    def path(self) -> tuple[Stop, ...]:
        return self.walked.stops

    @property
    def asked(self) -> list[Question]:
        """What is asked on the path; pages that only inform do not count as questions."""
        return [question for stop in self.path for question in stop.questions if question.fields]

    def stop(self, number: int) -> Stop | None:
        return next((stop for stop in self.path if stop.number == number), None)

    def say(self, text: Translated, *, markdown: bool = False) -> str:
        """A text as this person reads it, with labels of earlier answers put in."""
        return say(
            text,
            self.definition,
            self.walked.answers,
            language=self.language,
            escape=as_markdown if markdown else str,
        )

    def with_answers(self, stop: Stop, given: Mapping[str, Answer]) -> "Visit":
        """This visit once the questions of a page are answered as given, and no others."""
        asked = {field.name for field in fields_at(stop)}
        kept = {name: answer for name, answer in self.answers.items() if name not in asked}
        return Visit(self.draft, kept | dict(given))


def visit_of(request: HttpRequest, code: str) -> Visit | None:
    """This browser's visit to the survey with that code, or None; locked for a POST."""
    draft = draft_of(request, code)
    if draft is None:
        return None
    return Visit(draft, draft.read() | _contact(request, draft))


def keep(request: HttpRequest, visit: Visit) -> None:
    """Stores the answers in the draft and the contact details apart from them."""
    is_contact = {field.name for field in visit.definition.fields if field.is_contact}
    contact = {name: answer for name, answer in visit.answers.items() if name in is_contact}
    keep_answers(
        visit.draft,
        {name: answer for name, answer in visit.answers.items() if name not in is_contact},
    )
    if contact:
        request.session[CONTACT] = seal(contact, **_place(visit.draft))
    else:
        request.session.pop(CONTACT, None)


def _contact(request: HttpRequest, draft: Draft) -> dict[str, Answer]:
    sealed = request.session.get(CONTACT)
    if sealed is None:
        return {}
    contact = open_sealed(sealed, **_place(draft))
    if not isinstance(contact, dict):
        raise TypeError(f"the session of draft {draft.pk} holds {type(contact).__name__}")
    return contact


def _place(draft: Draft) -> dict[str, str]:
    return {"table": "session", "column": CONTACT, "row": str(draft.pk)}
