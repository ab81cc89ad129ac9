"""Forgetting in time: one function for each class of what people gave, with a count of each run.

Synthetic answers stay, since nobody gave them.
"""

from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.months import first_month_kept
from surveys.models.responses import Draft, OwnWords, Receipt, Response
from surveys.models.tallies import TALLY_LOCK, ClosedMonth
from surveys.responses.drafts import expired

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
    # Not yet tallied is not yet counted: the totals must hold an answer before it goes.
    responses = Response.objects.filter(
        period__lt=first_month_kept(settings.RESPONSE_MONTHS),
        is_synthetic=False,
        is_tallied=True,
    )
    closing = responses.values_list("version", "period").distinct()
    ClosedMonth.objects.bulk_create(
        [ClosedMonth(version_id=version, period=month) for version, month in closing],
        ignore_conflicts=True,
    )
    forgotten = {
        "drafts": Draft.objects.filter(expired()).delete()[0],
        "receipts": Receipt.objects.filter(created_at__lt=oldest_receipt).delete()[0],
        "own words": own_words.delete()[0],
        "responses": responses.delete()[0],
    }
    if forgotten["own words"] or forgotten["responses"]:
        record(ACTOR, "forget", subject="answers whose time is over", **forgotten)
    return forgotten
