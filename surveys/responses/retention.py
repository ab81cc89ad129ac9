"""Forgetting in time: one function for each class of what people gave, with a count of each run.

Synthetic answers stay, since nobody gave them.
"""

from datetime import date, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.utils import timezone

from surveys.models.audit import record
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
    for version, month in responses.values_list("version", "period").distinct():
        ClosedMonth.objects.get_or_create(version_id=version, period=month)
    forgotten = {
        "drafts": Draft.objects.filter(expired()).delete()[0],
        "receipts": Receipt.objects.filter(created_at__lt=oldest_receipt).delete()[0],
        "own words": own_words.delete()[0],
        "responses": responses.delete()[0],
    }
    if forgotten["own words"] or forgotten["responses"]:
        record(ACTOR, "forget", subject="answers whose time is over", **forgotten)
    return forgotten


def first_month_kept(months: int) -> date:
    """The month before which nothing of a class is kept: at most so many months, often less.

    Answers know their month only, so those of its last day go with those of its first.
    """
    today = timezone.localdate()
    total = today.year * 12 + today.month - months
    return date(total // 12, total % 12 + 1, 1)
