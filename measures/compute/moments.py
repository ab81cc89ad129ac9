"""A moment of knowing, as a person writes it."""

from datetime import date, datetime, time

from django.utils import timezone


def parse_as_of(text: str) -> datetime:
    """2023-02-01 as the end of that day in local time; a full timestamp as itself.

    Raises ValueError with what was expected.
    """
    try:
        if len(text) == len("2023-02-01"):
            return timezone.make_aware(datetime.combine(date.fromisoformat(text), time.max))
        moment = datetime.fromisoformat(text)
    except ValueError:
        expected = "expected a day such as 2023-02-01 or a moment such as 2023-02-01T09:30:00Z"
        raise ValueError(f"{text!r} is no date: {expected}") from None
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
