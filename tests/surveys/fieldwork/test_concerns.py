"""Concerns in the database: sealed, once for each key, step by step, and not for ever."""

import uuid
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from surveys.fieldwork.concerns import (
    ConcernMovedOnError,
    Contact,
    acknowledge,
    act,
    ask_for_contact,
    close,
    forget_concerns,
    has_asked_for_contact,
    raise_concern,
    read_concern,
)
from surveys.models.audit import AuditEntry
from surveys.models.safeguarding import Concern
from surveys.tasks import forget_expired
from tests.factories.surveys import publish

pytestmark = pytest.mark.django_db

CONTACT = Contact("phone", "07700900982", "weekdays", may_leave_message=True)


@pytest.fixture
def survey():
    return publish().survey


@pytest.fixture
def concern(survey):
    key = uuid.uuid4()
    facts = {"why": "words", "question": "words", "asked": "What?", "language": "en"}
    assert raise_concern(survey, key, said="He will kill me", **facts)
    # The same page posted again.
    assert not raise_concern(survey, key, said="Something else", **facts)
    return Concern.objects.get()


def test_what_was_said_is_sealed_and_reading_it_is_recorded(concern):
    assert "kill" not in concern.sealed
    told = read_concern(concern, actor="sal")
    assert (told.asked, told.said, told.contact) == ("What?", "He will kill me", None)
    entry = AuditEntry.objects.first()
    assert (entry.actor, entry.action, entry.subject) == ("sal", "read concern", str(concern))


def test_contact_joins_the_concern_that_is_there(survey, concern):
    assert not has_asked_for_contact(concern.pk)
    ask_for_contact(survey, concern.pk, contact=CONTACT, language="en")
    concern.refresh_from_db()
    assert read_concern(concern, actor="sal").contact == CONTACT
    assert read_concern(concern, actor="sal").said == "He will kill me"
    assert has_asked_for_contact(concern.pk)
    assert Concern.objects.count() == 1


def test_steps_are_taken_once_and_in_order(concern):
    with pytest.raises(ConcernMovedOnError):
        act(concern, actor="sal", what="Called.")
    with pytest.raises(ConcernMovedOnError):
        close(concern, actor="sal", outcome="safe")
    acknowledge(concern, actor="sal")
    with pytest.raises(ConcernMovedOnError):
        acknowledge(concern, actor="kim")
    stale = Concern.objects.get()
    act(concern, actor="sal", what="Called.")
    with pytest.raises(ConcernMovedOnError):
        act(stale, actor="kim", what="Called too.")
    close(concern, actor="sal", outcome="referred")
    with pytest.raises(ConcernMovedOnError):
        close(concern, actor="kim", outcome="safe")
    concern.refresh_from_db()
    assert [one.what for one in read_concern(concern, actor="sal").actions] == ["Called."]
    assert concern.outcome == "referred"


def test_step_that_is_refused_is_not_recorded(concern):
    with pytest.raises(ConcernMovedOnError):
        act(concern, actor="sal", what="Called.")
    assert not AuditEntry.objects.filter(action="act on concern").exists()


def test_database_refuses_a_closed_concern_without_outcome(concern):
    with pytest.raises(IntegrityError), transaction.atomic():
        Concern.objects.update(closed_at=timezone.now(), closed_by="sal")


def test_closed_ones_are_deleted_in_time_and_open_ones_never(survey, concern):
    acknowledge(concern, actor="sal")
    act(concern, actor="sal", what="Called.")
    close(concern, actor="sal", outcome="safe")
    ask_for_contact(survey, uuid.uuid4(), contact=CONTACT, language="en")
    assert forget_concerns() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=300), tick=False):
        assert forget_concerns() == 0
    with time_machine.travel(datetime.now(UTC) + timedelta(days=400), tick=False):
        forget_expired()
    assert Concern.objects.get().why == "asked"
    assert AuditEntry.objects.filter(action="forget", detail__concerns=1).exists()
