"""One person's visit: the draft, what was answered so far, and the path that it leads to.

Contact details never stand in a draft with the answers: they wait, sealed, in a row of their own,
and this is the one place where both are in memory together.
"""

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property

from django.db import transaction
from django.http import HttpRequest

from surveys.definitions.journey import Stop, Walk, walk
from surveys.definitions.piping import as_markdown, say
from surveys.definitions.schema import Definition
from surveys.fieldwork.draft_contact import (
    draft_contact,
    forget_draft_contact,
    keep_draft_contact,
)
from surveys.models.drafts import Draft
from surveys.questions.base import Answer, Question, Translated
from surveys.respond.forms import fields_at
from surveys.respond.kept import forget_saved, keep_contact_too, keep_saved
from surveys.respond.session import contact_key, draft_of
from surveys.responses.drafts import change_language, end_draft, keep_answers
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

    @property
    def contact(self) -> dict[str, Answer]:
        """Those of the answers that somebody could be reached by."""
        by_name = self.definition.by_name
        return {name: answer for name, answer in self.answers.items() if by_name[name].is_contact}

    @property
    def own_answers(self) -> dict[str, Answer]:
        """Those of the answers that nobody could be reached by."""
        contact = self.contact
        return {name: answer for name, answer in self.answers.items() if name not in contact}

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
        return replace(self, answers=kept | dict(given))


def visit_of(request: HttpRequest, code: str) -> Visit | None:
    """This browser's visit to the survey with that code, or None."""
    draft = draft_of(request, code)
    return None if draft is None else visit_with(request, draft)


def visit_with(request: HttpRequest, draft: Draft) -> Visit:
    """The visit that a draft of this browser is part of."""
    contact = draft_contact(contact_key(request)) if draft.has_contact else {}
    return Visit(draft, draft.read() | contact)


def keep(request: HttpRequest, visit: Visit, *, before: Visit | None = None) -> None:
    """Stores the answers in the draft, the contact details apart, and both in the kept copy.

    Contact details are written only where they are not as `before`: rows that change together with
    the draft on every page could be told to belong to it. Raises ChangedMeanwhileError where
    somebody was quicker to change the draft.
    """
    draft, is_changed = visit.draft, visit.contact != (before.contact if before else {})
    draft.has_contact = bool(visit.contact)
    if draft.saved or is_changed:
        # Several rows, which must say the same.
        with transaction.atomic():
            keep_answers(draft, visit.own_answers)
            # First of all whether there still is a copy for the contact details to go into.
            keep_saved(request, draft, visit.own_answers)
            if is_changed:
                _keep_contact(request, visit)
    else:
        keep_answers(draft, visit.own_answers)


@transaction.atomic
def speak(request: HttpRequest, visit: Visit, language: str) -> None:
    """Goes on in another language, in the kept copy too."""
    change_language(visit.draft, language)
    keep_saved(request, visit.draft, visit.own_answers)


@transaction.atomic
def end(request: HttpRequest, draft: Draft, state: str, **facts: object) -> None:
    """The visit is over: what was answered, left and kept under a number goes, all or nothing.

    Raises ChangedMeanwhileError where somebody was quicker to change the draft.
    """
    as_it_was = copy(draft)
    # The draft first, as in all that changes several rows: so no two requests wait for each other.
    end_draft(draft, state, **facts)
    if draft.has_contact:
        forget_draft_contact(contact_key(request))
    forget_saved(request, as_it_was)


def _keep_contact(request: HttpRequest, visit: Visit) -> None:
    if visit.contact:
        keep_draft_contact(contact_key(request), visit.contact)
    else:
        forget_draft_contact(contact_key(request))
    keep_contact_too(request, visit.draft, visit.contact)
