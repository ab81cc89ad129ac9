"""A moment of knowing, as a person writes it."""

from contextlib import suppress
from datetime import date, datetime, time

from django.utils import timezone


def parse_as_of(text: str) -> datetime:
    """A day as its end in local time, 2023-02-01 or 20230201; a full timestamp as itself.

    Raises ValueError with what was expected.
    """
    with suppress(ValueError):
        return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.max))
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        expected = "expected a day such as 2023-02-01 or a moment such as 2023-02-01T09:30:00Z"
        raise ValueError(f"{text!r} is no date: {expected}") from None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
