"""Forgetting in time: one function for each class of what people gave, with a count of each run.

Synthetic answers stay, since nobody gave them.
"""

from datetime import date, timedelta
from uuid import UUID

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.drafts import Draft
from surveys.models.months import first_month_kept
from surveys.models.responses import OwnWords, Receipt, Response
from surveys.models.tallies import TALLY_LOCK, ClosedMonth, Uncounted
from surveys.responses.drafts import expired
from surveys.responses.saved import forget_old_saved_answers

ACTOR = "retention"


@transaction.atomic
def forget() -> dict[str, int]:
    """Deletes all whose time is over; returns and records how many of each class."""
    with connection.cursor() as cursor:
        # A recount in between would rebuild without the responses that go here.
        cursor.execute("SELECT pg_advisory_xact_lock_shared(%s)", [TALLY_LOCK])
    oldest_receipt = timezone.now() - timedelta(hours=settings.RECEIPT_HOURS)
    own_words = OwnWords.objects.filter(
        response__period__lt=first_month_kept(settings.OWN_WORDS_MONTHS),
        response__is_synthetic=False,
    )
    going = _responses_whose_time_is_over()
    ClosedMonth.objects.bulk_create(
        [
            ClosedMonth(version_id=version, period=month)
            for version, month in {(version, month) for _, version, month in going}
        ],
        ignore_conflicts=True,
    )
    forgotten = {
        "drafts": Draft.objects.filter(expired()).delete()[0],
        "saved answers": forget_old_saved_answers(),
        "receipts": Receipt.objects.filter(created_at__lt=oldest_receipt).delete()[0],
        "own words": own_words.delete()[0],
        "responses": len(going),
    }
    Response.objects.filter(pk__in=[pk for pk, _, _ in going]).delete()
    if any(forgotten[kind] for kind in ("saved answers", "own words", "responses")):
        record(ACTOR, "forget", subject="answers whose time is over", **forgotten)
    return forgotten


def _responses_whose_time_is_over() -> list[tuple[UUID, int, date]]:
    """Key, version and month of each, locked: nobody decides meanwhile that one counts after all.

    What waits to be counted stays: the totals must hold an answer before it goes. What does not
    count goes with the others, as no total waits for it.
    """
    old = Response.objects.filter(
        period__lt=first_month_kept(settings.RESPONSE_MONTHS), is_synthetic=False
    )
    # In the order of who decides on them, so that neither waits for the other.
    in_order = old.order_by("version_id", "pk").select_for_update()
    locked = list(in_order.values_list("pk", "version", "period"))
    # Only now: what somebody let count, while this waited for the lock, is among them.
    waiting = set(Uncounted.objects.filter(response__in=old).values_list("pk", flat=True))
    return [one for one in locked if one[0] not in waiting]
