"""What has come in lately and what waits to be counted: numbers only, no response among them.

The time of an answer is kept to the month. Only its receipt knows the hour, and for two days.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from surveys.models.versions import Version
from surveys.tally.store import waiting, waiting_since

# Two days of hours: today beside yesterday.
LONGEST = 48

CAME = """
SELECT version.survey_id, receipt.created_at, response.channel, count(*)
FROM surveys_receipt AS receipt
JOIN surveys_response AS response ON response.id = receipt.response_id
JOIN surveys_version AS version ON version.id = response.version_id
WHERE receipt.created_at > %(since)s
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True)
class Arrivals:
    """Responses that came to one survey in the last hours, by hour, oldest first.

    An hour is named by the moment at which it begins. What was set aside is among them; what its
    sender had deleted is not.
    """

    hours: tuple[tuple[datetime, int], ...]
    channels: Mapping[str, int]

    @property
    def total(self) -> int:
        return sum(n for _, n in self.hours)

    @property
    def today(self) -> int:
        """Since midnight by the clock in London."""
        return self.on_day(days_ago=0)

    @property
    def yesterday_so_far(self) -> int | None:
        """Yesterday, until the hour of the clock that it is now; None where that is not kept."""
        if len(self.hours) < LONGEST:
            return None
        return self.on_day(days_ago=1, until_hour=timezone.localtime(self.hours[-1][0]).hour)

    def on_day(self, *, days_ago: int, until_hour: int = 23) -> int:
        """How many came that day, up to and with the hour that begins at `until_hour`."""
        day = timezone.localdate(self.hours[-1][0]) - timedelta(days=days_ago)
        found = ((timezone.localtime(hour), n) for hour, n in self.hours)
        return sum(n for at, n in found if at.date() == day and at.hour <= until_hour)


@dataclass(frozen=True)
class Waiting:
    """How many responses wait to be counted, and the hour in which the oldest of them came.

    `oldest` is None where nothing waits, or where no receipt tells: answers that were loaded, or
    that wait longer than receipts are kept.
    """

    n: int
    oldest: datetime | None

    @property
    def is_late(self) -> bool:
        """Whether something has waited for at least an hour, where seconds are usual."""
        return self.oldest is not None and timezone.now() - self.oldest >= timedelta(hours=2)


def arrivals(*, now: datetime | None = None) -> dict[int, Arrivals]:
    """What came in the last hours, by the key of the survey.

    A survey to which nothing came is not in it: see `nothing_came`.
    """
    hours = last_hours(now)
    with connection.cursor() as cursor:
        cursor.execute(CAME, {"since": hours[0] - timedelta(hours=1)})
        rows = cursor.fetchall()
    by_hour: dict[int, Counter[datetime]] = {}
    by_channel: dict[int, Counter[str]] = {}
    for survey, hour, channel, n in rows:
        by_hour.setdefault(survey, Counter())[hour] += n
        by_channel.setdefault(survey, Counter())[channel] += n
    return {
        survey: Arrivals(tuple((hour, found[hour]) for hour in hours), by_channel[survey])
        for survey, found in by_hour.items()
    }


def nothing_came(*, now: datetime | None = None) -> Arrivals:
    """The same hours with nobody in them."""
    return Arrivals(tuple((hour, 0) for hour in last_hours(now)), {})


def last_hours(now: datetime | None = None) -> list[datetime]:
    """The beginnings of the last hours, the running one at the end: two days of them.

    Fewer where receipts are kept for less than that.
    """
    running = (now or timezone.now()).replace(minute=0, second=0, microsecond=0)
    kept = min(LONGEST, settings.RECEIPT_HOURS)
    return [running - timedelta(hours=back) for back in reversed(range(kept))]


def waiting_to_be_counted(versions: Sequence[Version]) -> Waiting:
    """What counts and is not in the tallies yet, of these versions together."""
    n = waiting(*versions)
    return Waiting(n, waiting_since(*versions) if n else None)
