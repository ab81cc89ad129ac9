"""When a survey takes answers."""

from datetime import datetime

from django.db import transaction

from surveys.models.audit import record
from surveys.models.versions import Survey


@transaction.atomic
def schedule_survey(
    survey: Survey, *, opens_at: datetime | None, closes_at: datetime | None, actor: str
) -> Survey:
    """The survey with its new times; None is no limit on that side.

    Raises ValueError where it would close before it opens.
    """
    if opens_at and closes_at and closes_at <= opens_at:
        raise ValueError("It must close after it opens")
    survey = Survey.objects.select_for_update().get(pk=survey.pk)
    before = [_text(survey.opens_at), _text(survey.closes_at)]
    survey.opens_at, survey.closes_at = opens_at, closes_at
    survey.save(update_fields=["opens_at", "closes_at"])
    after = [_text(opens_at), _text(closes_at)]
    if after != before:
        record(actor, "schedule survey", subject=survey.slug, before=before, after=after)
    return survey


def _text(at: datetime | None) -> str:
    return at.isoformat(timespec="minutes") if at else ""
