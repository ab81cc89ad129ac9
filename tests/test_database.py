"""A kept connection is looked at before it is used again."""

import fcntl
import os
import resource

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

pytestmark = pytest.mark.django_db(transaction=True)


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def kill(pid: int) -> None:
    """What a database that stops or dies does to its connections."""
    ours = connection.get_connection_params()
    names = ("dbname", "host", "port", "user", "password")
    known = {name: ours[name] for name in names if name in ours}
    with psycopg.connect(**known, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_connection_that_stands_is_used_again_without_a_query(django_assert_num_queries):
    pid = backend()
    connection.health_check_enabled, connection.health_check_done = True, False
    with django_assert_num_queries(1):
        assert backend() == pid


def test_connection_that_the_server_closed_is_made_anew():
    pid = backend()
    kill(pid)
    assert not connection.is_usable()
    connection.health_check_enabled, connection.health_check_done = True, False
    assert backend() != pid


def test_process_with_many_open_files_looks_at_its_connection_too(monkeypatch):
    """`select` itself knows no file beyond the 1,024th."""
    connection.ensure_connection()
    allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(allowed[0], 2048), allowed[1]))
    beyond = fcntl.fcntl(connection.connection.fileno(), fcntl.F_DUPFD, 1500)
    monkeypatch.setattr(connection.connection, "fileno", lambda: beyond)
    try:
        assert connection.is_usable()
    finally:
        os.close(beyond)
        resource.setrlimit(resource.RLIMIT_NOFILE, allowed)


def test_connection_within_a_failed_transaction_is_not_usable():
    with transaction.atomic():
        with pytest.raises(DatabaseError), connection.cursor() as cursor:
            cursor.execute("SELECT 1 / 0")
        was_usable = connection.is_usable()
        transaction.set_rollback(True)
    assert not was_usable
    assert connection.is_usable()
