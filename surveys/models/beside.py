"""A connection beside the one in use: what it writes is seen before that one's transaction ends."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connections, models

Progress = Callable[[int, int], None]


@contextmanager
def telling(row: models.Model) -> Iterator[Progress]:
    """A function that writes into `done` and `total` of a row how far the work on it is.

    Only a hint for who waits: nothing is decided by it.
    """
    table = row._meta.db_table
    statement = f'UPDATE "{table}" SET done = %s, total = %s WHERE id = %s'  # noqa: S608  # our own
    beside = connections["default"].copy()

    def tell(done: int, total: int) -> None:
        with beside.cursor() as cursor:
            cursor.execute(statement, [done, total, row.pk])

    try:
        yield tell
    finally:
        beside.close()


def count_try(row: models.Model) -> int:
    """Counts, for good at once, that the work on a row was begun; how often that makes."""
    table = row._meta.db_table
    statement = f'UPDATE "{table}" SET tries = tries + 1 WHERE id = %s RETURNING tries'  # noqa: S608  # our own
    beside = connections["default"].copy()
    try:
        with beside.cursor() as cursor:
            cursor.execute(statement, [row.pk])
            found = cursor.fetchone()
    finally:
        beside.close()
    return int(found[0]) if found else 0
