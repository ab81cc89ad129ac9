"""Answers kept under a number: who has it opens them, for some days, and nobody else ever."""

from datetime import date, timedelta

import pytest
import time_machine
from django.conf import settings as in_force

from surveys.models.audit import AuditEntry
from surveys.models.drafts import SavedAnswers
from surveys.models.encryption import CannotOpenError, open_sealed, open_with
from surveys.models.responses import Response
from surveys.responses.drafts import begin_draft
from surveys.responses.retention import forget
from surveys.responses.saved import (
    forget_saved_answers,
    keep_saved_answers,
    last_day_of,
    open_saved_answers,
    save_answers,
)
from surveys.versions.publish import withdraw_version
from tests.factories.surveys import SMALL, changed, publish

pytestmark = pytest.mark.django_db

KEY, OTHER = b"k" * 32, b"o" * 32
ANSWERS = {"area": "north", "words": "Canary of Caerdydd"}


@pytest.fixture
def version():
    return publish()


@pytest.fixture
def draft(version):
    draft = begin_draft(version, language="en", token_hash=b"t" * 32)
    draft.order_seed, draft.helped = 321, [2]
    return draft


def opened(version, key=KEY):
    return open_saved_answers(key, version.survey.code)


def test_it_opens_as_it_was_kept(draft, version):
    save_answers(KEY, draft, ANSWERS)
    kept = opened(version)
    assert kept.version == version
    assert (kept.answers, kept.language, kept.order_seed) == (ANSWERS, "en", 321)
    assert kept.helped == [2]
    assert kept.nonce == draft.pk
    draft.kept_nonce = kept.nonce
    assert draft.nonce == draft.pk.hex


def test_what_is_answered_later_takes_its_place(draft, version):
    save_answers(KEY, draft, {"area": "south"})
    draft.language = "cy"
    assert keep_saved_answers(KEY, draft, ANSWERS)
    assert opened(version).answers == ANSWERS
    assert opened(version).language == "cy"
    assert SavedAnswers.objects.count() == 1


def test_nothing_is_kept_where_there_is_no_copy(draft, version):
    assert not keep_saved_answers(KEY, draft, ANSWERS)
    save_answers(KEY, draft, ANSWERS)
    forget_saved_answers(KEY)
    assert not keep_saved_answers(KEY, draft, ANSWERS)
    assert not SavedAnswers.objects.exists()


def test_same_number_twice_does_not_replace_what_somebody_else_kept(draft):
    save_answers(KEY, draft, ANSWERS)
    with pytest.raises(Exception, match="duplicate key"):
        save_answers(KEY, draft, {})


def test_other_number_and_other_survey_open_nothing(draft, version):
    save_answers(KEY, draft, ANSWERS)
    other = publish(changed(SMALL, {"survey: small": "survey: other"}))
    assert opened(version, OTHER) is None
    assert opened(other) is None


def test_withdrawn_version_opens_no_more(draft, version):
    save_answers(KEY, draft, ANSWERS)
    withdraw_version(version, actor="publisher", reason="a question was wrong")
    assert opened(version) is None


def test_kept_for_14_days_of_which_it_is_told_the_last(draft, version):
    with time_machine.travel("2026-03-01T23:30Z", tick=False):
        save_answers(KEY, draft, ANSWERS)
        assert last_day_of(KEY) == date(2026, 3, 15)
    with time_machine.travel("2026-03-14T09:00Z", tick=False):
        # To go on with it does not keep it longer than was told.
        assert keep_saved_answers(KEY, draft, ANSWERS)
    with time_machine.travel("2026-03-15T23:59Z", tick=False):
        assert forget()["saved answers"] == 0
        assert opened(version) is not None
    with time_machine.travel("2026-03-16T00:00Z", tick=False):
        # Before the task that deletes has run, too.
        assert opened(version) is None
        assert forget()["saved answers"] == 1
        assert forget()["saved answers"] == 0
    assert not SavedAnswers.objects.exists()
    (entry,) = AuditEntry.objects.filter(action="forget")
    assert entry.detail["saved answers"] == 1


def test_day_is_that_of_london(draft):
    """The last minutes of a summer's day are still that day, though not by UTC."""
    with time_machine.travel("2026-06-30T23:30Z", tick=False):
        save_answers(KEY, draft, ANSWERS)
        assert last_day_of(KEY) == date(2026, 7, 1) + timedelta(days=14)


def test_no_column_tells_when_or_who():
    columns = {field.name for field in SavedAnswers._meta.get_fields()}
    assert columns == {"lookup", "version", "sealed", "last_day"}


def test_staff_with_the_database_and_its_keys_open_nothing(draft):
    save_answers(KEY, draft, ANSWERS)
    row = SavedAnswers.objects.get()
    place = {"table": "saved_answers", "column": "sealed", "row": bytes(row.lookup).hex()}
    inner = str(open_sealed(row.sealed, **place))
    for key in in_force.ENCRYPTION_KEYS.values():
        assert key.hex() not in inner
    assert "Canary" not in inner
    assert draft.pk.hex not in row.sealed + inner


def test_row_that_somebody_changed_is_lost_and_told_in_the_log(draft, version, caplog):
    save_answers(KEY, draft, ANSWERS)
    save_answers(OTHER, draft, {"area": "south"})
    mine, theirs = (SavedAnswers.objects.get(pk=row.pk) for row in SavedAnswers.objects.all())
    SavedAnswers.objects.filter(pk=mine.pk).update(sealed=theirs.sealed)
    found = [opened(version, key) for key in (KEY, OTHER)]
    assert sum(kept is None for kept in found) == 1
    assert "not as they were sealed" in caplog.text
    assert "Canary" not in caplog.text


def test_found_and_kept_after_the_service_has_a_new_key(draft, version, settings):
    settings.ENCRYPTION_KEYS = {"old": b"1" * 32}
    save_answers(KEY, draft, {"area": "south"})
    settings.ENCRYPTION_KEYS = {"new": b"2" * 32, "old": b"1" * 32}
    assert opened(version).answers == {"area": "south"}
    assert keep_saved_answers(KEY, draft, ANSWERS)
    assert last_day_of(KEY)
    # What was kept since then needs the old key no more.
    settings.ENCRYPTION_KEYS = {"new": b"2" * 32}
    assert opened(version).answers == ANSWERS
    forget_saved_answers(KEY)
    assert not SavedAnswers.objects.exists()
    assert not Response.objects.exists()


def test_sealing_needs_a_key_of_the_number(draft):
    save_answers(KEY, draft, ANSWERS)
    row = SavedAnswers.objects.get()
    place = {"table": "saved_answers", "column": "sealed", "row": bytes(row.lookup).hex()}
    with pytest.raises(CannotOpenError):
        open_with(OTHER, row.sealed, **place)
