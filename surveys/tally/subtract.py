"""Taking one response out of the totals, exactly once, and letting it back in.

Counting again is not done here: a response that `counts` and is not tallied is found by the sweep.
"""

from uuid import UUID

from django.db import connection, transaction
from django.db.models import F, QuerySet

from surveys.models.responses import Response
from surveys.models.tallies import TALLY_LOCK, Tally


class TallyDoesNotHoldError(Exception):
    """The totals lack what a tallied response added: they were wrong before."""


@transaction.atomic
def take_out(response_pk: UUID, standing: str) -> None:
    """Gives the response a standing that is not counted and takes it out of the totals.

    Safe to do twice, side by side with itself and with counting. Nothing happens where the
    response is gone or the one who sent it took it back.
    """
    if standing == Response.Standing.COUNTS:
        raise ValueError("what counts is put back, not taken out")
    if subtract(response_pk) is not None:
        _of_ours(response_pk).update(standing=standing)


@transaction.atomic
def put_back(response_pk: UUID) -> None:
    """Lets the response count again: the sweep adds it.

    Nothing happens where it counts already or the one who sent it took it back.
    """
    _of_ours(response_pk).update(standing=Response.Standing.COUNTS)


@transaction.atomic
def subtract(response_pk: UUID) -> Response | None:
    """The response, locked and in no total any more until the transaction ends; None where gone.

    The caller changes its standing or deletes it in the same transaction: else it is counted again.
    Raises TallyDoesNotHoldError where the totals lack what it had added; nothing is changed then.
    """
    with connection.cursor() as cursor:
        # A recount in between would rebuild from what is changed here.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
    # Waits for a batch that is counting it, and then sees that it is tallied.
    response = Response.objects.select_for_update().filter(pk=response_pk).first()
    if response is not None and response.is_tallied:
        _take_from_tallies(response)
        response.is_tallied = False
        response.save(update_fields=["is_tallied"])
    return response


def _of_ours(response_pk: UUID) -> QuerySet[Response]:
    """The response, if its standing is for the office to decide."""
    withdrawn = Response.Standing.WITHDRAWN
    return Response.objects.filter(pk=response_pk).exclude(standing=withdrawn)


def _take_from_tallies(response: Response) -> None:
    """One less in each of its rows; a row that nobody is left in goes, as a recount has none."""
    rows = Tally.objects.filter(pk__in=_held_rows(response))
    rows.filter(n=1).delete()
    rows.update(n=F("n") - 1, synthetic=F("synthetic") - int(response.is_synthetic))


def _held_rows(response: Response) -> list[int]:
    """Its rows of the tally, locked in the order in which counting locks them."""
    # A statement of its own: only one that begins after the response was locked sees what the
    # batch added that counted it.
    rows = Tally.objects.filter(
        version=response.version_id,
        wave=response.wave,
        period=response.period,
        stratum=response.stratum,
        group__in=response.groups,
        cell__in=response.cells,
        n__gt=0,
    )
    held = list(rows.order_by("group", "cell").select_for_update().values_list("pk", flat=True))
    expected = len(set(response.groups)) * len(set(response.cells))
    if len(held) != expected:
        raise TallyDoesNotHoldError(
            f"{expected} rows of the tally should hold a response and {len(held)} do: "
            "run tally --check, then tally --recount"
        )
    return held
