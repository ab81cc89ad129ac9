"""Rows of the tally as tests compare and spoil them."""

from typing import Any
from uuid import UUID

import numpy as np

from surveys.models.responses import Response
from surveys.models.tallies import Tally


def tally_rows() -> list[tuple[Any, ...]]:
    """All rows, in an order of their own: whose they are, then people and keys by cell."""
    names = ("version", "wave", "period", "stratum", "group", "is_synthetic", "n", "keys")
    found = Tally.objects.order_by(*names[:6]).values_list(*names)
    return [(*row[:6], bytes(row[6]).hex(), bytes(row[7]).hex()) for row in found]


def empty_rows() -> list[Tally]:
    """Rows that nobody is in, of which there should be none."""
    return [row for row in Tally.objects.all() if not np.frombuffer(bytes(row.n), "<u4")[0]]


def let_count(response_pk: UUID) -> None:
    """Has a response count again, unless its sender took it back."""
    found = Response.objects.filter(pk=response_pk).exclude(standing="withdrawn")
    found.update(standing="counts")


def spoil(row: Tally) -> None:
    """One person too many in its first cell."""
    n = np.frombuffer(bytes(row.n), "<u4").copy()
    n[0] += 1
    row.n = n.tobytes()
    row.save(update_fields=["n"])
