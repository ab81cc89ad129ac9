"""Taking one response out of the totals, exactly once.

Letting it back in is not done here: whatever is given the standing that counts waits for the sweep.
"""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection, transaction

from surveys.models.packed import pack
from surveys.models.responses import Response
from surveys.models.tallies import TALLY_LOCK, Uncounted
from surveys.models.versions import Version
from surveys.tally.adding_up import Alike, Sums, add_up
from surveys.tally.rows import TallyDoesNotHoldError as TallyDoesNotHoldError
from surveys.tally.rows import stored_groups, take
from surveys.versions.read import sealed

COUNTED = (
    "version_id",
    "wave",
    "period",
    "stratum",
    "groups",
    "cells",
    "record_key",
    "is_synthetic",
)


@transaction.atomic
def take_out(response_pk: UUID, standing: str) -> None:
    """Gives the response a standing that is not counted and takes it out of the totals.

    Safe to do twice, side by side with itself and with counting. Nothing happens where the
    response is gone or the one who sent it took it back.
    """
    if standing == Response.Standing.COUNTS:
        raise ValueError("what counts is not taken out")
    if subtract(response_pk) is not None:
        ours = Response.objects.exclude(standing=Response.Standing.WITHDRAWN)
        ours.filter(pk=response_pk).update(standing=standing)


@transaction.atomic
def subtract(response_pk: UUID) -> Response | None:
    """The response, locked and in no total any more until the transaction ends; None where gone.

    The caller changes its standing or deletes it in the same transaction: else it is counted again.
    Raises TallyDoesNotHoldError where the totals lack what it had added; nothing is changed then.
    """
    with connection.cursor() as cursor:
        # A recount in between would rebuild from what is changed here.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
    response = Response.objects.select_for_update().filter(pk=response_pk).first()
    if response is None or response.standing != Response.Standing.COUNTS:
        return response
    if not hold_waiting([response_pk]):
        version = sealed(response.version_id).version
        take(version.pk, _adds(response, version))
        _wait(response)
    return response


def hold_waiting(responses: Sequence[UUID]) -> list[UUID]:
    """Which of these responses, locked by the caller, are in no total yet; none is until the end.

    Waits for a batch that is counting some of them, which then are in the totals.
    """
    waiting = Uncounted.objects.filter(pk__in=responses).order_by("pk").select_for_update()
    return list(waiting.values_list("pk", flat=True))


def _adds(response: Response, version: Version) -> Sums:
    """What the response added to the totals."""
    alone = Alike(
        response.wave,
        response.period,
        response.stratum,
        tuple(response.groups),
        response.is_synthetic,
        pack(response.cells),
        response.record_key.to_bytes(8, "big"),
    )
    return add_up([alone], stored=stored_groups(version), size=len(version.cells))


def _wait(response: Response) -> None:
    """Has the sweep count it, unless the caller's change keeps it from counting."""
    counted = {name: getattr(response, name) for name in COUNTED}
    Uncounted.objects.create(response=response, **counted)
