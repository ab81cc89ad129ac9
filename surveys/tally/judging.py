"""What was set aside, and a person's decision on whether it counts, which can be taken back."""

from enum import StrEnum
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.responses import Judgement, Response
from surveys.models.tallies import TALLY_LOCK
from surveys.models.versions import Survey
from surveys.tally.subtract import hold_waiting, take_out

BATCH = 1000


class Found(StrEnum):
    """How it stands with what was set aside once; what its sender took back is in none of these."""

    WAITING = "waiting"
    LEFT_OUT = "left-out"
    COUNTED = "counted"


class NumberChangedError(Exception):
    """There are `n` now, and whoever decided was told of another number: nothing was done."""

    def __init__(self, n: int) -> None:
        self.n = n
        super().__init__(f"there are {n} now")


def once_set_aside(survey: Survey, found: Found) -> QuerySet[Response]:
    """The responses to a survey that were set aside and stand so now."""
    responses = Response.objects.filter(version__survey=survey)
    if found is Found.COUNTED:
        return responses.filter(standing=Response.Standing.COUNTS, judgement__isnull=False)
    aside = found is Found.WAITING
    return responses.filter(
        standing=Response.Standing.SET_ASIDE if aside else Response.Standing.REFUSED
    )


def set_aside_now(survey: Survey) -> int:
    """How many wait for somebody to decide."""
    return once_set_aside(survey, Found.WAITING).count()


@transaction.atomic
def judge(
    responses: QuerySet[Response],
    *,
    counts: bool,
    expected: int,
    actor: str,
    subject: str,
    **told: object,
) -> int:
    """Has these responses count, or leaves them out; returns how many, always `expected`.

    What counts is added by the next sweep; what was in the totals is taken out of them. Raises
    NumberChangedError where there are more or fewer than whoever decided was told. Goes on record
    once, with what is `told` of which they were; one that stands so already is left as it is.
    """
    with connection.cursor() as cursor:
        # Before any row is locked: a recount takes this lock first, too, and then the rows.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
    # By version: two who decide at once take the lock of its totals in the same order.
    locked = responses.order_by("version_id", "pk").select_for_update(of=("self",))
    found = list(locked.values_list("pk", "standing"))
    if len(found) != expected:
        raise NumberChangedError(len(found))
    wanted = Response.Standing.COUNTS if counts else Response.Standing.REFUSED
    changing = [(pk, standing) for pk, standing in found if standing != wanted]
    # All at once and first: a batch that counts some of them may wait for the totals that we hold.
    hold_waiting([pk for pk, _ in changing])
    for start in range(0, len(changing), BATCH):
        _stand(changing[start : start + BATCH], wanted)
        _sign([pk for pk, _ in changing[start : start + BATCH]], actor)
    if changing:
        act = "count set-aside" if counts else "leave out set-aside"
        record(actor, act, subject=subject, responses=len(changing), **told)
    return len(found)


def _stand(changing: list[tuple[UUID, str]], wanted: Response.Standing) -> None:
    """Gives them the standing; one that is in the totals leaves them first."""
    for pk, standing in changing:
        if standing == Response.Standing.COUNTS:
            take_out(pk, wanted)
    elsewhere = [pk for pk, standing in changing if standing != Response.Standing.COUNTS]
    Response.objects.filter(pk__in=elsewhere).update(standing=wanted)


def _sign(responses: list[UUID], actor: str) -> None:
    now = timezone.now()
    Judgement.objects.bulk_create(
        [Judgement(response_id=pk, decided_at=now, decided_by=actor) for pk in responses],
        update_conflicts=True,
        unique_fields=["response"],
        update_fields=["decided_at", "decided_by"],
    )
