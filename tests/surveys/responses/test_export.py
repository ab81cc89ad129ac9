"""Files of records: two people, sealed at rest, fetched once, gone in a day, made once."""

from pathlib import Path

import psycopg
import pytest
import time_machine
from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from surveys.models.audit import AuditEntry
from surveys.models.encryption import CannotOpenError
from surveys.models.exports import Export, ExportPart
from surveys.responses import export_making, export_sealing
from surveys.responses.export import (
    MovedOnError,
    OwnRequestError,
    approve,
    ask,
    expire_exports,
    fetch,
    refuse,
)
from surveys.responses.export_making import MAKING_LOCK, MOST_TRIES, make, make_approved
from surveys.responses.export_sealing import SealedFile, open_key, open_parts
from tests.factories.records import people
from tests.factories.surveys import publish, respond
from tests.workers import database_url

pytestmark = pytest.mark.django_db

NOON = "2022-12-05T12:00Z"


@pytest.fixture
def version():
    return publish()


def asked(version, form="csv", *, with_words=False):
    return ask(version, form, actor="ana", reason="for the yearly report", with_words=with_words)


def ready(version, form="csv", *, with_words=False):
    export = asked(version, form, with_words=with_words)
    approve(export.pk, actor="dpo")
    assert make_approved() == 1
    return Export.objects.get(pk=export.pk)


def actions():
    entries = AuditEntry.objects.filter(action__contains="records").order_by("id")
    return list(entries.values_list("actor", "action"))


def test_file_is_asked_for_by_one_approved_by_another_and_fetched_once(version):
    one, _ = people(version)
    export = ready(version, with_words=True)
    assert (export.state, export.done, export.total) == ("ready", 2, 2)
    _, pieces = fetch(export.pk, actor="ana")
    content = b"".join(pieces)
    assert len(content) == export.size
    assert str(one.pk).encode() in content
    assert b"Line one" in content
    with pytest.raises(MovedOnError):
        fetch(export.pk, actor="ana")
    assert not ExportPart.objects.exists()
    assert Export.objects.get().sealed_key == ""
    assert actions() == [
        ("ana", "ask for records"),
        ("dpo", "approve records"),
        ("worker", "make records"),
        ("ana", "fetch records"),
    ]
    assert AuditEntry.objects.get(action="ask for records").detail["own words"] is True


def test_who_asked_can_decide_nothing_and_the_database_sees_to_it(version):
    export = asked(version)
    with pytest.raises(OwnRequestError):
        approve(export.pk, actor="ana")
    with pytest.raises(OwnRequestError):
        refuse(export.pk, actor="ana", why="x")
    with pytest.raises(IntegrityError), transaction.atomic():
        Export.objects.update(state="approved", decided_by="ana", decided_at=export.asked_at)
    assert make_approved() == 0
    assert Export.objects.get().state == "waiting"


def test_refused_one_is_never_made_and_says_why(version):
    export = asked(version)
    refuse(export.pk, actor="dpo", why="the results answer that")
    assert make_approved() == 0
    assert Export.objects.get().message == "the results answer that"
    with pytest.raises(MovedOnError):
        approve(export.pk, actor="dpo")


def test_somebody_else_fetches_nothing_and_spoils_nothing(version):
    export = ready(version)
    with pytest.raises(MovedOnError):
        fetch(export.pk, actor="dpo")
    assert Export.objects.get().state == "ready"


def test_deleting_files_holds_up_nobody_who_answers(version):
    """A lock on the version would have each submission wait, whose row leads to it."""
    ready(version)
    with time_machine.travel("2032-12-05T12:00Z"), CaptureQueriesContext(connection) as seen:
        assert expire_exports() == 1
    locking = [one["sql"] for one in seen if "FOR UPDATE" in one["sql"]]
    assert [sql.split("FOR UPDATE ")[1] for sql in locking] == ['OF "surveys_export"']


def test_nothing_of_a_record_is_readable_at_rest(version):
    one, _ = people(version)
    ready(version, with_words=True)
    stored = b"".join(bytes(part.sealed) for part in ExportPart.objects.all())
    assert str(one.pk).encode() not in stored
    assert b"north" not in stored
    with connection.cursor() as cursor:
        cursor.execute("SELECT sealed_key FROM surveys_export")
        assert cursor.fetchone()[0].startswith("v1.")


def sealed(version, content, monkeypatch):
    monkeypatch.setattr(export_sealing, "PART_BYTES", 10)
    export = asked(version)
    file = SealedFile(export)
    file.write(content[:13])
    file.write(content[13:])
    export.state, export.sealed_key = "ready", file.finish()
    export.save()
    return export


@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 20, 35])
def test_file_of_any_size_comes_out_as_it_went_in(version, monkeypatch, size):
    content = bytes(range(size))
    export = sealed(version, content, monkeypatch)
    assert b"".join(open_parts(export, open_key(export))) == content
    assert all(len(part.sealed) <= 10 + 12 + 16 for part in ExportPart.objects.all())


def spoil_last_gone():
    ExportPart.objects.order_by("-number").first().delete()


def spoil_middle_gone():
    ExportPart.objects.get(number=1).delete()


def spoil_swapped():
    one, two = ExportPart.objects.order_by("number")[:2]
    one.sealed, two.sealed = two.sealed, one.sealed
    one.save()
    two.save()


def spoil_changed():
    part = ExportPart.objects.first()
    part.sealed = bytes(part.sealed[:-1]) + bytes([part.sealed[-1] ^ 1])
    part.save()


def spoil_all_gone():
    ExportPart.objects.all().delete()


@pytest.mark.parametrize(
    "spoil", [spoil_last_gone, spoil_middle_gone, spoil_swapped, spoil_changed, spoil_all_gone]
)
def test_piece_that_is_gone_moved_or_changed_opens_nothing(version, monkeypatch, spoil):
    export = sealed(version, bytes(35), monkeypatch)
    spoil()
    with pytest.raises(CannotOpenError):
        b"".join(open_parts(export, open_key(export)))


def test_key_of_one_file_opens_no_other(version, monkeypatch):
    one, other = (sealed(version, bytes(35), monkeypatch) for _ in range(2))
    with pytest.raises(CannotOpenError):
        b"".join(open_parts(other, open_key(one)))
    other.sealed_key = one.sealed_key
    with pytest.raises(CannotOpenError):
        open_key(other)


def test_file_is_gone_after_a_day(version):
    with time_machine.travel(NOON, tick=False):
        export = ready(version)
    with time_machine.travel("2022-12-06T11:59Z", tick=False):
        assert expire_exports() == 0
        assert ExportPart.objects.exists()
    with time_machine.travel("2022-12-06T12:00Z", tick=False), pytest.raises(MovedOnError):
        fetch(export.pk, actor="ana")
    with time_machine.travel("2022-12-06T12:01Z", tick=False):
        assert expire_exports() == 1
        assert expire_exports() == 0
    export.refresh_from_db()
    assert (export.state, export.sealed_key) == ("expired", "")
    assert not ExportPart.objects.exists()
    assert actions()[-1] == ("retention", "delete records that nobody fetched")


def test_who_hangs_up_leaves_nothing(version):
    export = ready(version)
    _, pieces = fetch(export.pk, actor="ana")
    next(pieces)
    pieces.close()
    assert not ExportPart.objects.exists()


def test_what_a_dead_server_left_of_a_fetched_file_goes_within_the_hour(version):
    with time_machine.travel(NOON, tick=False):
        export = ready(version)
        fetch(export.pk, actor="ana")
    with time_machine.travel("2022-12-05T13:01Z", tick=False):
        expire_exports()
    assert not ExportPart.objects.exists()


def test_making_twice_makes_one(version):
    export = ready(version)
    parts = set(ExportPart.objects.values_list("pk", flat=True))
    assert make(export.pk) is False
    assert set(ExportPart.objects.values_list("pk", flat=True)) == parts


def test_failure_leaves_nothing_half_made_and_no_folder(version, monkeypatch):
    export = asked(version, "parquet")
    approve(export.pk, actor="dpo")

    def fail(*_: object, **__: object) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_making, "write_records", fail)
    assert make_approved() == 0
    export.refresh_from_db()
    assert (export.state, export.sealed_key) == ("failed", "")
    assert "No space left on device" in export.message
    assert not ExportPart.objects.exists()
    assert not list(Path("/tmp").glob(f"{export_making.FOLDERS}{export.pk}*"))  # noqa: S108  # looked at only


def test_own_words_that_do_not_open_fail_in_words(version):
    people(version)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE surveys_ownwords SET sealed = 'v1.local.AAAA.AAAA'")
    export = asked(version, with_words=True)
    approve(export.pk, actor="dpo")
    make_approved()
    assert Export.objects.get().state == "failed"


@pytest.mark.django_db(transaction=True)
def test_worker_that_is_at_it_is_left_alone_and_after_its_death_another_begins(version):
    respond(version, area="north")
    export = asked(version)
    approve(export.pk, actor="dpo")
    with psycopg.connect(database_url()) as other:
        other.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))", [MAKING_LOCK, str(export.pk)]
        )
        assert make_approved() == 0
        assert Export.objects.get().tries == 0
        # Killed: its connection ends, and with it the lock.
        other.rollback()
    assert make_approved() == 1
    assert Export.objects.get().tries == 1


@pytest.mark.django_db(transaction=True)
def test_what_kills_each_worker_is_given_up(version, monkeypatch):
    class Killed(BaseException):
        pass

    def die(*_: object, **__: object) -> int:
        raise Killed

    export = asked(version)
    approve(export.pk, actor="dpo")
    with monkeypatch.context() as patched:
        patched.setattr(export_making, "write_records", die)
        for _ in range(MOST_TRIES):
            with pytest.raises(Killed):
                make_approved()
            assert not ExportPart.objects.exists()
    make_approved()
    export.refresh_from_db()
    assert export.state == "failed"
    assert "5 workers began it and none finished" in export.message


@pytest.mark.django_db(transaction=True)
def test_how_far_it_is_is_seen_while_it_is_made(version, monkeypatch):
    monkeypatch.setattr("surveys.responses.records.BLOCK", 2)
    for _ in range(6):
        respond(version, area="north")
    export = asked(version)
    approve(export.pk, actor="dpo")
    seen = []
    write = SealedFile.write

    def look(file, data):
        with psycopg.connect(database_url()) as watcher:
            seen.append(watcher.execute("SELECT done, total FROM surveys_export").fetchone())
        return write(file, data)

    monkeypatch.setattr(SealedFile, "write", look)
    make_approved()
    assert seen == [(0, 6), (0, 6), (2, 6), (4, 6)]
    assert settings.EXPORT_HOURS == 24
