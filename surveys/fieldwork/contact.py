"""What people leave to be reached by: kept apart from the answers, and not for long."""

from collections.abc import Mapping
from datetime import timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils import timezone

from surveys.models.audit import record
from surveys.models.contacts import ContactDetail
from surveys.models.months import first_month_kept, this_month
from surveys.models.versions import Survey

ACTOR = "retention"

# A row that is written in the same transaction as an answer, or right after it, could be matched
# with it by PostgreSQL's own numbers (xmin) or by the order of rows on disk.
SHUFFLE = """
WITH taken AS (DELETE FROM surveys_contactdetail RETURNING *)
INSERT INTO surveys_contactdetail SELECT * FROM taken ORDER BY random()
"""


def keep_contact(survey: Survey, details: Mapping[str, str], *, language: str) -> None:
    """Stores what a person left, by question; knows nothing of what they answered.

    Of the language only that is kept in which the office would write: one of the site's own. A
    rarer one would lead to the answers of the only person in that month who read it.
    """
    known = dict(settings.LANGUAGES)
    language = language if language in known else next(iter(known))
    for question, detail in details.items():
        row = ContactDetail(
            survey=survey,
            question=question,
            language=language,
            period=this_month(),
        )
        row.write(detail)
        row.save(force_insert=True)


@transaction.atomic
def forget_contact() -> int:
    """Deletes what is over its time, and mixes the rest so that no order is left in it.

    Kept until so many days after the survey closed, and never longer than so many months.
    """
    closed_before = timezone.now() - timedelta(days=settings.CONTACT_DAYS_AFTER_CLOSE)
    over = Q(survey__closes_at__lt=closed_before) | Q(
        period__lt=first_month_kept(settings.CONTACT_MONTHS)
    )
    forgotten = ContactDetail.objects.filter(over).delete()[0]
    with connection.cursor() as cursor:
        cursor.execute(SHUFFLE)
    if forgotten:
        record(ACTOR, "forget", subject="contact details whose time is over", contact=forgotten)
    return forgotten
